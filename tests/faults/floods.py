"""The floods of 2025, and how few notices each makes for somebody who follows everything on speech and privacy.

    python tests/faults/floods.py      the first fill in mid-year, and the three days on which thousands of bills moved

A flood is an update that finds thousands of changed bills because the record caught up at once. Nobody may get more
than one notice a cause; what happened long before is told once, marked; what happened on another day stays apart.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from billwatch.compare.changes import KINDS
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy
from faults.fortnight import Watching
from faults.past import Past, moment
from replay.server import YEAR, TruthRow

TOPICS = ("speech", "privacy")
FLOODS = {  # the stops before and on the day; the record has no session's second January, so no mass re-referral
    "2025-03-04, 10,702 updates": ("2025-03-03T12:00Z", "2025-03-04T23:59Z"),
    "2025-03-26, 4,394 updates": ("2025-03-25T12:00Z", "2025-03-26T23:59Z"),
    "2025-08-01": ("2025-07-31T12:00Z", "2025-08-01T23:59Z"),
}
MID_YEAR = "2025-06-10T12:00Z"
WEEK = timedelta(days=7)


class Flood(msgspec.Struct):
    """What one update came to for a subscriber of everything."""

    changes: int  # of all bills
    ours: int  # of followed bills
    bills: int  # followed bills that changed
    notices: int  # causes among them: what a subscriber gets
    backfill: int  # changes in the one notice about what happened long before

    def __str__(self) -> str:
        return (
            f"{self.changes:,} changes, of them {self.ours} of {self.bills} followed bills: {self.notices} notices, "
            f"one of which holds {self.backfill} back-filled changes"
        )


def told(store: Store, now: datetime) -> list[dict[str, Any]]:
    """The changes of followed bills that the run of this moment told."""
    sql = "select c.* from changes c join bills b on b.id = c.bill where b.followed and c.seen_at = ?"
    return [dict(row) for row in store.rows(sql, (now.isoformat(timespec="seconds"),))]


def flood_at(store: Store, now: datetime) -> Flood:
    ours = told(store, now)
    changes = store.column("select count(*) from changes where seen_at = ?", (now.isoformat(timespec="seconds"),))
    return Flood(
        changes=int(changes[0]),
        ours=len(ours),
        bills=len({change["bill"] for change in ours}),
        notices=len({change["cause"] for change in ours}),
        backfill=sum(change["backfill"] for change in ours),
    )


def assert_one_notice_a_cause(store: Store, now: datetime) -> None:
    """Back-fill is marked and is one notice; every other is of one kind of change, and of one day if of actions."""
    today = now.astimezone(ZoneInfo("America/New_York")).date()
    by_cause: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for change in told(store, now):
        late = bool(change["happened_on"]) and today - date.fromisoformat(change["happened_on"]) > WEEK
        assert bool(change["backfill"]) == late, change
        by_cause[change["cause"]].append(change)
    marked = [cause for cause, changes in by_cause.items() if any(change["backfill"] for change in changes)]
    assert len(marked) <= 1, f"back-fill came in {len(marked)} notices: {marked}"
    for cause, changes in by_cause.items():
        if cause in marked:
            assert all(change["backfill"] for change in changes), f"'{cause}' mixes old and new"
        elif changes[0]["kind"] == "action":
            assert {(c["kind"], c["happened_on"]) for c in changes} == {("action", changes[0]["happened_on"])}, cause
            assert len({stem(c["now"]) for c in changes}) == 1, f"'{cause}' mixes different steps"
        else:
            assert len({kind_of_notice(c) for c in changes}) == 1, f"'{cause}' mixes kinds"


def kind_of_notice(change: dict[str, Any]) -> str:
    """Corrections of the record are one kind for people."""
    return "correction" if change["kind"].startswith("action-") else str(change["kind"])


def stem(line: str) -> str:
    """What is done, without when, numbers and to which committee: "DELIVERED TO ASSEMBLY", "REFERRED TO"."""
    text = re.sub(r"[0-9]+[A-Z]?", "", line.partition(": ")[2].upper())
    return re.sub(r"^((?:\w+ )*?REFERRED TO|REFERENCE CHANGED TO|REPORTED REFERRED TO|SUBSTITUTED \w+).*", r"\1", text)


def most_notices(rows: Iterable[TruthRow], store: Store, now: datetime) -> int:
    """How many causes the record itself holds: one a kind, and one for each status, member, and step of the last week.

    Rows are what the record says changed; counted are those of bills that we follow.
    """
    followed = set(store.column("select id from bills where followed"))
    today = now.astimezone(ZoneInfo("America/New_York")).date()
    causes: set[tuple[str, ...]] = {("kind", kind) for kind in KINDS}
    for row in (r for r in rows if f"ny/{r.bill}" in followed and not r.new):
        was, became = row.fields.get("Sponsors") or (None, None)
        before, after = ({s["Name"] for s in names or ()} for names in (was, became))
        causes |= {("member", name) for name in before ^ after}
        if "Status" in row.fields:
            causes.add(("status", str(row.fields["Status"][1])))
        steps = [new for kind, _, new in row.actions if kind == "appended" and new]
        causes |= {("step", d, stem(f": {text}")) for d, _, text in steps if today - date.fromisoformat(d) <= WEEK}
    return len(causes)


def watched(past: Past, classifier: Classifier) -> Watching:
    return Watching(past, "open-legislation", classifier, bills=(), topics=TOPICS)


def flooded(watching: Watching, before: str, on: str) -> tuple[Flood, int]:
    """Fill or catch up before the flood, go through it; what it came to, and the most notices the record allows."""
    start, now = moment(before), moment(on)
    watching.run(start)
    watching.run(now)
    assert_one_notice_a_cause(watching.store, now)
    flood = flood_at(watching.store, now)
    most = most_notices(watching.past.truth(start, now), watching.store, now)
    assert flood.notices <= most, f"{flood}; the record holds {most} causes"
    watching.run(now + timedelta(minutes=5), clock=now)
    assert not told(watching.store, now + timedelta(minutes=5)), "and the next run tells nothing"
    return flood, most


def main(arguments: Sequence[str] | None = None) -> int:
    classifier = Classifier(Taxonomy.load())
    with Past.start([YEAR]) as past:
        watching = watched(past, classifier)
        now = moment(MID_YEAR)
        watching.run(now)
        assert_one_notice_a_cause(watching.store, now)
        print(f"first fill on {MID_YEAR}: {flood_at(watching.store, now)}", flush=True)
        watching = watched(past, classifier)
        for name, (before, on) in FLOODS.items():
            flood, most = flooded(watching, before, on)
            print(f"{name}: {flood}; the record holds {most} causes", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
