"""Changes, bills and stores for the tests of alerts, with nothing in them but what a test names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from billwatch.bill import BillId
from billwatch.bill import Change as StoredChange
from billwatch.store import Store
from billwatch_site.alerts.matching import News
from billwatch_site.alerts.subscriptions import Kind, Strength, Subscribers, stamp
from billwatch_site.records import BillRecord, Change, Relation, Topic
from site_records import bill_record

ZONE = "America/New_York"
NOW = datetime(2025, 6, 12, 18, tzinfo=UTC)  # a Thursday, 14:00 in New York
MORNING = datetime(2025, 6, 13, 11, 5, tzinfo=UTC)  # five past seven the next day
PASSED = "2025-06-12 Senate: PASSED SENATE"
_numbers = count()


def change(bill: str = "ny/2025/S4505", **facts: Any) -> Change:
    """A change: the passage of S4505, but for what is named."""
    plain = {
        "id": f"change{next(_numbers):06}",
        "kind": "action",
        "was": "",
        "now": PASSED,
        "happened_on": "2025-06-12",
        "seen_at": NOW,
        "severity": "milestone",
        "cause": "",
        "backfill": False,
        "source": "open-legislation",
        "url": "https://legislation.nysenate.gov/api/3/bills/2025/S4505",
        "corrects": "",
    }
    return Change(bill=bill, **{**plain, **facts})


def record(bill: str = "ny/2025/S4505", *changes: Change, topics: Iterable[str] = (), **facts: Any) -> BillRecord:
    """A followed bill with these changes; a topic is written area/topic."""
    found = tuple(Topic(name.split("/")[1], name.split("/")[0], "", "") for name in topics)
    return bill_record(bill, changes=changes, topics=found, **{"title": f"The title of {bill}", **facts})


def same_as(other: str) -> Relation:
    return Relation("same-as", other, True, "", False)


def news(changes: Sequence[Change], **facts: Any) -> list[News]:
    """Changes as news, counted from 1, each of a bill without more to it."""
    return [News(n, c, record(c.bill, c, **facts)) for n, c in enumerate(changes, 1)]


def stored(folder: Path, bills: Iterable[BillRecord] = (), *, now: datetime = NOW) -> Path:
    """A store with these bills, their links, topics and changes; its source is well for ever."""
    path = folder / "bills.db"
    with closing(Store(path)) as store, store.atomic():
        for bill in bills:
            put_bill(store, bill)
        put_good_run(store, now, good=now + timedelta(days=9999))
    return path


def put_good_run(store: Store, now: datetime, *, good: datetime | None = None) -> None:
    """The last run of one source: answered at `good`, or just now."""
    row = {"legislature": "ny", "source": "open-legislation", "started_at": stamp(now), "finished_at": stamp(now)}
    counts = dict.fromkeys(("asked", "answered", "unchanged", "failed", "changes"), 0) | {"asked": 1}
    store.db.table("runs").insert({**row, **counts, "last_good_at": stamp(good or now)})


def put_bill(store: Store, bill: BillRecord) -> None:
    id = BillId.parse(bill.id)
    row = {name: getattr(bill, name) for name in ("title", "abstract", "stage", "sentence", "next", "last_action")}
    row |= {"id": bill.id, "legislature": id.legislature, "session": id.session, "identifier": id.identifier}
    row |= {"followed": int(bill.followed), "first_seen_at": stamp(NOW), "changed_at": stamp(NOW)}
    store.db.table("bills").insert(row, ignore=True)
    for topic in bill.topics:
        store.db.table("topics").insert(
            {"bill": bill.id, "topic": topic.topic, "area": topic.area, "evidence": ""}, ignore=True
        )
    for link in bill.relations:
        store.db.table("relations").insert({"bill": bill.id, "kind": link.kind, "other": link.other}, ignore=True)
    put_changes(store, bill.changes)


def put_changes(store: Store, changes: Iterable[Change]) -> None:
    rows = []
    for one in changes:
        facts = {k: v for k, v in msgspec.structs.asdict(one).items() if k not in ("context", "corrected_by")}
        rows.append(StoredChange(**{**facts, "seen_at": stamp(one.seen_at), "receipt": ""}))
    store.put_changes(rows)


def add_changes(path: Path, *changes: Change) -> None:
    """Put more changes into a store, as an update would."""
    with closing(Store(path)) as store, store.atomic():
        put_changes(store, changes)


def subscriber(
    people: Subscribers,
    name: str,
    *follows: tuple[Kind, str] | tuple[Kind, str, Strength],
    now: datetime = NOW - timedelta(days=2),
    **choices: Any,
) -> str:
    """Somebody who has confirmed two days ago and got their last digest this morning."""
    one = people.add(f"{name}@example.org", now, zone=ZONE, **choices)
    for what in follows:
        people.subscribe(one, what[0], what[1], what[2] if len(what) > 2 else "notable", now)  # type: ignore[misc]
    people.confirm(one, now)
    with people.atomic():
        slot = "2025-06-09" if choices.get("rhythm") == "weekly" else "2025-06-12"
        people.db.conn.execute("update subscribers set slot = ? where id = ?", (slot, one))
    return one
