"""How heavy the indexes of the search and of my bills are, on New York's real bills of 2025 and the years before.

    python tests/benchmarks/indexes.py ../shared/data/ny

Each action of a bill counts as one change seen on its day. "Busiest" are the bills with the most actions in the last
sixty days of the regular session, when my bills has most to tell. The limit: 100 kB for 2,000 bills, as it is, not
compressed.
"""

from __future__ import annotations

import gzip
import json
import lzma
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from billwatch.legislatures import legislature
from billwatch_site.pages import mine, search
from billwatch_site.records import BillRecord, Change, Topic

LIMIT = 100_000
UNTIL = "2025-06-20"
NY = legislature("ny")
TOPICS = ("social-media-minors", "age-verification", "consumer-privacy", "biometrics", "data-brokers")
STAGES = {"IN_SENATE_COMM": "in-committee", "IN_ASSEMBLY_COMM": "in-committee", "SIGNED_BY_GOV": "law"}


def latest(folder: Path) -> Iterator[dict[str, Any]]:
    """The last state of every bill: of 2025 first, then of the sessions before."""
    bills = {}
    with lzma.open(folder / "replay-2025.jsonl.xz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            if row["k"].startswith("bills/") and "Title" in row["d"]:
                bills[row["k"]] = row["d"]
    yield from bills.values()
    with lzma.open(folder / "history-2019-2024.jsonl.xz", "rt") as lines:
        yield from map(json.loads, lines)


def record(i: int, facts: dict[str, Any]) -> BillRecord:
    """A bill as the site knows it."""
    session, number = str(facts["Session"]), facts["PrintNo"].rstrip("ABCDEFGHIJ") or facts["PrintNo"]
    bill = f"ny/{session}/{number}"
    actions = [a for a in facts.get("Actions", []) if a["Date"] <= UNTIL]
    text = dict.fromkeys((n for n, f in _FIELDS.items() if f is str), "") | {"id": bill, "legislature": "ny"}
    text |= {"session": session, "identifier": number, "title": facts["Title"], "abstract": facts.get("Summary", "")}
    text |= {"sponsor": next((s["Name"] for s in facts.get("Sponsors", [])), "")}
    text |= {"stage": STAGES.get(facts.get("Status", ""), "on-floor")}
    text |= {"last_action_on": actions[-1]["Date"] if actions else ""}
    seen = datetime(2025, 1, 1, tzinfo=UTC)
    flags = {"ended": False, "followed": True, "first_seen_at": seen, "changed_at": seen}
    topics = (Topic(TOPICS[i % len(TOPICS)], "speech", "", ""),)
    changes = tuple(change(bill, action) for action in reversed(actions))
    return BillRecord(**text, **flags, topics=topics, changes=changes)


_FIELDS = {f.name: str for f in msgspec.structs.fields(BillRecord) if f.type in ("str", str) and f.required}


def change(bill: str, action: dict[str, str]) -> Change:
    """An action as a change."""
    day, text, chamber = action["Date"], action["Text"], action["Chamber"].capitalize()
    weight = NY.severity_of(NY.classified(text, chamber), text, day)
    seen = datetime.fromisoformat(f"{day}T20:00:00+00:00")
    now = f"{day} {chamber}: {text}"
    return Change(f"{bill}{now}", bill, "action", "", now, day, seen, weight, "", False, "", "", "")


def told(bill: BillRecord) -> mine.Told:
    """All that a bill has to tell."""
    return mine.Told(len(bill.changes), list(enumerate(bill.changes)))


def measured(what: str, bills: list[BillRecord], limit: int = 0) -> None:
    """One line for each of the two indexes."""
    files = {
        "my bills": [
            mine.index({bill.id: mine.Told(len(bill.changes), list(enumerate(bill.changes))) for bill in bills})
        ],
        "search": [p.content for p in search.index(bills)],
    }
    for name, contents in files.items():
        size, packed = sum(map(len, contents)), sum(len(gzip.compress(c)) for c in contents)
        share = f"{100 * size / limit:5.0f} % of the limit" if limit and name == "my bills" else ""
        print(f"{what:28} {name:9} {size / 1000:8.1f} kB {packed / 1000:7.1f} kB gzipped {share}")


def main(folder: Path) -> None:
    bills = [record(i, facts) for i, facts in enumerate(latest(folder))]
    bills = list({bill.id: bill for bill in bills}.values())
    of_2025 = [bill for bill in bills if bill.session == "2025"]
    busy = sorted(of_2025, key=lambda b: sum(c.happened_on > "2025-04-21" for c in b.changes), reverse=True)
    measured("2,000 bills, every nth", of_2025[:: len(of_2025) // 2000][:2000], LIMIT)
    measured("2,000 bills, the busiest", busy[:2000], LIMIT)
    measured("20,000 bills, every nth", bills[:: len(bills) // 20_000][:20_000])
    measured(f"{len(bills):,} bills, all", bills)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/ny"))
