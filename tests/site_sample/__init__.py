"""A sample store, filled through the project's own migrations: real bills as far as facts go, hard cases beside them.

S8000, A9000, A10402 and S6666 of 2025 are made up: a long history that went backwards, 150 sponsors, a bill with
nothing but one action, and a title written to break pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlite_utils import Database

from billwatch.store.migrations import migrations
from billwatch_site import OwnCorrection, Settings, Stance
from site_sample import facts, watching
from site_sample.actions import ACTIONS
from site_sample.bills import BILLS
from site_sample.changes import CHANGES
from site_sample.rows import Row

NOW = datetime(2025, 12, 19, 18, 0, tzinfo=UTC)
SETTINGS = Settings(
    title="Online speech and privacy bills",
    url="https://bills.example.org/billwatch/",
    contact="mailto:editor@example.org",
    corrections=(
        OwnCorrection(date(2025, 11, 20), "We had S404 in the committee on Rules; it was in Codes.", "ny/2025/S404"),
    ),
    stances={"ny/2025/S404": Stance("support", "high", "Ends reverse-location warrants.")},
)
TABLES: dict[str, list[Row]] = {
    "bills": BILLS,
    "actions": ACTIONS,
    "sponsorships": facts.SPONSORSHIPS,
    "versions": facts.VERSIONS,
    "votes": facts.VOTES,
    "relations": facts.RELATIONS,
    "topics": facts.TOPICS,
    "doubts": facts.DOUBTS,
    "changes": CHANGES,
    "observations": watching.OBSERVATIONS,
    "disagreements": watching.DISAGREEMENTS,
    "failures": watching.FAILURES,
    "fetches": watching.FETCHES,
    "sessions": watching.SESSIONS,
    "base_rates": watching.BASE_RATES,
    "settled": watching.SETTLED,
    "runs": watching.RUNS,
}


def filled(path: Path) -> Path:
    """A store at `path` with everything above in it."""
    db = Database(path)
    migrations.apply(db)
    for table, rows in TABLES.items():
        db.table(table).insert_all(rows, replace=True)
    db.close()
    return path
