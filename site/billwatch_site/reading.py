"""Read the store: which bills get a page, and everything their pages tell.

A bill has a page when it is followed or belongs to the family of one that is. Each table is asked once for all of
them, inside one read transaction, so that a run that writes meanwhile cannot give half of an old state.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlite_utils import Database

from billwatch.bill import BillId
from billwatch.errors import StoreError, UsageError
from billwatch_site.downloads.database import let_go, published
from billwatch_site.health import Watch, outages_of, weeks_of
from billwatch_site.records import (
    Action,
    BillRecord,
    Change,
    Check,
    Contents,
    Disagreement,
    Failure,
    Namesake,
    Print,
    Relation,
    SourceRun,
    Sponsor,
    State,
    Step,
    Topic,
    Vote,
)
from billwatch_site.sponsors import full_names, named

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)
Row = dict[str, Any]

# What no page and no feed may hold: control characters, lone surrogates, marks that turn text around.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

_OURS = """
with recursive ours(id) as (
    select id from bills where followed
    union select r.other from ours join relations r on r.bill = ours.id
    union select r.bill from ours join relations r on r.other = ours.id
)
select bills.id from bills join ours on ours.id = bills.id order by bills.id
"""

_NAMES = """
select distinct bills.legislature, session, substr(identifier, 1, 1), name, short
from sponsorships join bills on bills.id = bill where short <> ''
"""


def contents_of(db: Database) -> Contents:
    """Everything that is published, from one consistent state of the store."""
    try:
        db.conn.execute("begin")
        return _contents(db)
    except sqlite3.Error as error:
        raise StoreError(f"the store cannot be read: {error}; run 'billwatch update' first") from error
    finally:
        db.conn.rollback()
        let_go(db.conn)


def _contents(db: Database) -> Contents:
    found = [row["id"] for row in db.query(_OURS)]
    ids = [bill for bill in found if is_bill_id(bill)]
    watches = _watches(db)
    return Contents(
        bills={record.id: record for record in _bills(_Table(db, ids))},
        numbers=_numbers(db, ids),
        runs=_runs(db),
        refused=tuple(sorted(set(found) - set(ids))),
        weeks=tuple(weeks_of(watches)),
        outages=tuple(outages_of(watches)),
        database=published(db.conn, ids),
    )


def is_bill_id(text: str) -> bool:
    """True for `ny/2017/S9191`: only such an id becomes a path."""
    try:
        return bool(BillId.parse(text))
    except UsageError:
        return False


class _Table(NamedTuple):
    """The store seen through the ids that are published."""

    db: Database
    ids: list[str]

    def by_bill(self, table: str, order: str, column: str = "bill") -> dict[str, list[Row]]:
        sql = f"select * from {table} where {column} in (select value from json_each(:ids)) order by {order}"
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.db.query(sql, {"ids": msgspec.json.encode(self.ids).decode()}):
            grouped[row[column]].append(_clean(row))
        return grouped


def _bills(table: _Table) -> Iterator[BillRecord]:
    actions = table.by_bill("actions", "bill, position")
    sponsors = table.by_bill("sponsorships", "bill, position")
    prints = table.by_bill("versions", "bill, letter")
    votes = table.by_bill("votes", "bill, date desc, position desc")
    topics = table.by_bill("topics", "bill, area, topic")
    failures = table.by_bill("failures", "bill, source")
    disagreements = table.by_bill("disagreements", "bill, fact, source")
    checks, relations, changes = _checks(table), _relations(table), _changes(table)
    known = full_names(tuple(row.values()) for row in table.db.query(_NAMES))
    for bill, (row,) in table.by_bill("bills", "id", column="id").items():
        yield _record(
            BillRecord,
            row,
            marks=_json(row["marks"], tuple[str, ...], bill),
            steps=_steps(row),
            actions=_records(Action, actions[bill]),
            sponsors=tuple(named(sponsor, bill, known) for sponsor in _records(Sponsor, sponsors[bill])),
            prints=_records(Print, prints[bill]),
            votes=tuple(_vote(vote) for vote in votes[bill]),
            relations=relations[bill],
            topics=_records(Topic, topics[bill]),
            checks=checks[bill],
            failures=_records(Failure, failures[bill]),
            disagreements=_records(Disagreement, disagreements[bill]),
            changes=changes[bill],
        )


def _steps(row: Row) -> tuple[Step, ...]:
    steps = _json(row["steps"], tuple[tuple[str, str, State, str], ...], row["id"])
    return tuple(Step(*step) for step in steps)


def _vote(row: Row) -> Vote:
    counts = _json(row["counts"], tuple[tuple[str, int], ...], row["bill"])
    roll = _json(row["roll"], tuple[tuple[str, tuple[str, ...]], ...], row["bill"])
    return _record(Vote, row, counts=counts, roll=roll)


def _checks(table: _Table) -> dict[str, tuple[Check, ...]]:
    """Each source's last answer, with its receipt; what we merged from several sources is no source."""
    sql = "select id, sha256, fetched_at from fetches where id in (select receipt from observations)"
    receipts = {row["id"]: row for row in table.db.query(sql)}
    rows = table.by_bill("observations", "bill, checked_at desc, source")
    return defaultdict(
        tuple,
        {
            bill: tuple(_check(row, receipts.get(row["receipt"], {})) for row in group if row["source"] != "merged")
            for bill, group in rows.items()
        },
    )


def _check(row: Row, receipt: Row) -> Check:
    return _record(Check, row, sha256=receipt.get("sha256", ""), fetched_at=_instant(receipt.get("fetched_at", "")))


def _relations(table: _Table) -> dict[str, tuple[Relation, ...]]:
    """Links of each bill in both directions, each pair and kind once: what the bill itself says comes first."""
    found: dict[str, dict[tuple[str, str], Relation]] = defaultdict(dict)
    for column, incoming in (("bill", False), ("other", True)):
        for bill, rows in table.by_bill("relations", "kind, bill, other", column=column).items():
            for row in rows:
                other = row["bill" if incoming else "other"]
                # Same-as reads the same both ways; the other kinds do not.
                key = (row["kind"], other) if row["kind"] == "same-as" else (f"{row['kind']} {incoming}", other)
                relation = Relation(row["kind"], other, row["by"] == "source", row["evidence"], incoming)
                found[bill].setdefault(key, relation)
    return defaultdict(tuple, {bill: tuple(links.values()) for bill, links in found.items()})


def _changes(table: _Table) -> dict[str, tuple[Change, ...]]:
    rows = table.by_bill("changes", "bill, seen_at desc, source, url, happened_on desc, id")
    corrected = {r["corrects"]: r["id"] for group in rows.values() for r in group if r["corrects"]}
    return defaultdict(
        tuple,
        {
            bill: tuple(_record(Change, row, corrected_by=corrected.get(row["id"], "")) for row in group)
            for bill, group in rows.items()
        },
    )


def _numbers(db: Database, ids: Iterable[str]) -> dict[str, tuple[Namesake, ...]]:
    numbers = sorted({f"{b.legislature}/{b.identifier}" for b in map(BillId.parse, ids)})
    sql = """
        select * from bills where legislature || '/' || identifier in (select value from json_each(:numbers))
        order by session desc, id
    """
    found: dict[str, list[Namesake]] = {number: [] for number in numbers}
    for row in db.query(sql, {"numbers": msgspec.json.encode(numbers).decode()}):
        if is_bill_id(row["id"]):
            found[f"{row['legislature']}/{row['identifier']}"].append(_record(Namesake, _clean(row)))
    return {number: tuple(bills) for number, bills in found.items()}


def _runs(db: Database) -> tuple[SourceRun, ...]:
    sql = "select *, max(id) from runs group by legislature, source order by legislature, source"
    return _records(SourceRun, map(_clean, db.query(sql)))


def _watches(db: Database) -> list[Watch]:
    sql = "select legislature, source, finished_at as at, failing_since, error from runs order by finished_at, id"
    return [_record(Watch, _clean(row)) for row in db.query(sql)]


def _clean(value: Any) -> Any:
    """A row, or what its JSON holds, without the characters that no page may hold."""
    if isinstance(value, str):
        return value if value.isprintable() else _UNWANTED.sub("", value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def _record(kind: type[R], row: Row, **more: object) -> R:
    """A row as a record: absent text is "", instants are read, flags are flags."""
    fields = {name: convert(row[name]) for name, convert in _columns(kind) if name not in more and name in row}
    return kind(**fields, **more)


def _records(kind: type[R], rows: Iterable[Row]) -> tuple[R, ...]:
    return tuple(_record(kind, row) for row in rows)


@cache
def _columns(kind: type[msgspec.Struct]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """How each field of a record is read from its column."""
    readers: dict[Any, Callable[[Any], Any]] = {str: lambda text: text or "", bool: bool, int: int}
    return tuple((f.name, readers.get(f.type, _instant)) for f in msgspec.structs.fields(kind))


def _instant(text: str) -> datetime | None:
    """An instant of the store in UTC; None for ""."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _json(text: str, kind: type[T], bill: str) -> T:
    try:
        return msgspec.convert(_clean(msgspec.json.decode(text or "[]")), type=kind)
    except msgspec.MsgspecError as error:
        raise StoreError(f"the store holds {text[:60]!r} for {bill}: {error}; run 'billwatch update' again") from None
