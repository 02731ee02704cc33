"""Everything we know, in one SQLite file that people may open: sqlite-utils over `migrations.py`.

Writing goes through `atomic()`: one transaction a run and source, so that a run killed anywhere leaves the old state
or the new. A second run is kept out by a lock that dies with its process.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from billwatch.archive.warc import Receipt
from billwatch.bill import Bill, Change
from billwatch.compare.voices import Told
from billwatch.database import opened, remedy_for
from billwatch.errors import StoreError
from billwatch.stages import Standing
from billwatch.store.migrations import migrations
from billwatch.store.rows import (
    BILL_COLUMNS,
    CHILDREN,
    STANDING_COLUMNS,
    Row,
    bill_row,
    child_rows,
    standing_row,
    with_substitute,
)
from billwatch.topics import Topic

T = TypeVar("T")
MERGED = "merged"  # the observation that holds the facts where several sources tell
ROWS_AT_ONCE = 100  # in one statement: more gain no time, and cost memory
_OBSERVATION = (
    *("bill", "source", "digest", "facts", "first_seen_at", "changed_at", "checked_at", "checks"),
    *("url", "receipt", "etag", "last_modified", "token", "missing"),
)
_CHANGE = Change.__struct_fields__
_decode = msgspec.json.Decoder(Bill).decode


class Observation(msgspec.Struct, kw_only=True):
    """The last answer of one source about one bill. `facts` is the JSON of a `Bill`, read on demand."""

    bill: str
    source: str
    digest: str
    facts: str
    first_seen_at: str
    changed_at: str
    checked_at: str
    checks: int = 1
    url: str = ""
    receipt: str = ""
    etag: str = ""
    last_modified: str = ""
    token: str = ""
    missing: int = 0

    def read(self) -> Bill:
        return _decode(self.facts)


class Store:
    """The database of one data directory; `Store(":memory:")` for tests and the demo's checks."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        try:
            self.db = opened(path, migrations)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"cannot use the database {path}: {error}; {remedy_for(error)}") from error

    def close(self) -> None:
        self.db.close()

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        try:
            with self.db.atomic():
                yield
        except sqlite3.Error as error:
            raise StoreError(
                f"cannot write to {self.path}: {error}; what was known stands; {remedy_for(error)}"
            ) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        cursor = self.db.conn.cursor()
        cursor.row_factory = sqlite3.Row
        return list(cursor.execute(sql, parameters))

    def column(self, sql: str, parameters: Sequence[object] = ()) -> list[str]:
        return [row[0] for row in self.db.conn.execute(sql, parameters)]

    # -- what the sources said

    def observations(self, bills: Iterable[str]) -> dict[str, dict[str, Observation]]:
        """The last answers about these bills, by bill and source."""
        found: dict[str, dict[str, Observation]] = defaultdict(dict)
        for some in _batches(bills, 500):
            sql = f"select {', '.join(_OBSERVATION)} from observations where bill in ({_marks(some)})"
            for row in self.db.conn.execute(sql, some):
                seen = Observation(**dict(zip(_OBSERVATION, row, strict=True)))
                found[seen.bill][seen.source] = seen
        return found

    def digests(self, source: str) -> dict[str, str]:
        """Digest of the last answer -> bill, for knowing an unchanged answer without reading it."""
        sql = "select digest, bill from observations where source = ? and missing = 0"  # that it is back is news
        return dict(self.db.conn.execute(sql, (source,)))

    def put_observations(self, observations: Iterable[Observation]) -> None:
        rows = (msgspec.structs.astuple(o) for o in observations)
        self._many(f"insert or replace into observations ({', '.join(_OBSERVATION)})", len(_OBSERVATION), rows)

    def mark_checked(self, source: str, bills: Iterable[str], now: str) -> None:
        """The source was asked again and said the same."""
        self.db.conn.executemany(
            "update observations set checked_at = ?, checks = checks + 1, missing = 0 where source = ? and bill = ?",
            ((now, source, bill) for bill in bills),
        )

    # -- bills

    def put_bills(self, standings: Sequence[tuple[Bill, Standing]], new: set[str], now: str) -> None:
        """Write the facts and where it stands: new bills are added, known ones replaced with all that hangs on them."""
        bills = [with_substitute(bill, standing) for bill, standing in standings]
        columns = (*BILL_COLUMNS, *STANDING_COLUMNS)
        update = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in ("id", "first_seen_at"))
        rows = (
            (*bill_row(bill, now), *standing_row(standing))
            for bill, (_, standing) in zip(bills, standings, strict=True)
        )
        into, conflict = f"insert into bills ({', '.join(columns)})", f"on conflict (id) do update set {update}"
        self._many(into, len(columns), rows, conflict)
        self._put_children(bills, [(bill.id,) for bill in bills if bill.id not in new])

    def _put_children(self, bills: Sequence[Bill], known: Sequence[tuple[str]]) -> None:
        """What hangs on these bills, in place of what hung on those of them that were known."""
        for table in CHILDREN if known else ():
            ours_too = "" if table != "relations" else " and by = 'source'"  # our guesses stay
            self.db.conn.executemany(f"delete from {table} where bill = ?{ours_too}", known)
        children: dict[str, list[Row]] = {table: [] for table in CHILDREN}
        for bill in bills:
            for table, row in child_rows(bill):
                children[table].append(row)
        for table, columns in CHILDREN.items():
            self._many(f"insert or replace into {table} ({', '.join(columns)})", len(columns), children[table])

    def put_standings(self, standings: Iterable[tuple[str, Standing]]) -> None:
        assignments = ", ".join(f"{c} = ?" for c in STANDING_COLUMNS)
        rows = ((*standing_row(standing), bill) for bill, standing in standings)
        self.db.conn.executemany(f"update bills set {assignments} where id = ?", rows)

    def mark_unlisted(self, bill: str, since: str) -> None:
        """Since when a source has not listed the bill any more; "" when it does again."""
        self.db.conn.execute("update bills set unlisted_since = ? where id = ?", (since, bill))

    def put_topics(self, topics: Mapping[str, Sequence[Topic]]) -> None:
        """What each of these bills is about, in place of what it was about; what is too weak goes among the doubts."""
        bills = [(bill,) for bill in topics]
        self.db.conn.executemany("delete from topics where bill = ? and inherited_from = ''", bills)
        self.db.conn.executemany("delete from doubts where bill = ?", bills)
        self._put_labels("topics", ((bill, t) for bill, found in topics.items() for t in found if t.ours))
        self._put_labels("doubts", ((bill, t) for bill, found in topics.items() for t in found if not t.ours))

    def put_inherited(self, labels: Iterable[tuple[str, Topic]], gone: Iterable[tuple[str, str]]) -> None:
        """What bills inherit from their relatives; `gone`: (bill, topic) that they do not inherit any more."""
        sql = "delete from topics where bill = ? and topic = ? and inherited_from != ''"
        self.db.conn.executemany(sql, gone)
        self._put_labels("topics", labels)

    def _put_labels(self, table: str, labels: Iterable[tuple[str, Topic]]) -> None:
        rows = ((bill, t.topic, t.area, t.evidence, t.score, t.inherited_from) for bill, t in labels)
        self._many(f"insert or replace into {table} (bill, topic, area, evidence, score, inherited_from)", 6, rows)

    def put_disagreements(self, bill: str, found: Sequence[tuple[str, str, str]], now: str) -> None:
        """What the sources differ on; a disagreement that goes on keeps its beginning."""
        since = {
            tuple(r[:3]): r[3]
            for r in self.db.conn.execute("select fact, source, says, since from disagreements where bill = ?", (bill,))
        }
        if set(since) == set(found):
            return
        going_on = {fact for fact, _, _ in found}
        ended = ((bill, *row, began, now) for row, began in since.items() if row[0] not in going_on)
        self._many("insert or replace into settled (bill, fact, source, says, since, until)", 6, ended)
        self.db.conn.execute("delete from disagreements where bill = ?", (bill,))
        rows = ((bill, *row, since.get(row, now)) for row in found)
        self._many("insert into disagreements (bill, fact, source, says, since)", 5, rows)

    def facts(self, bills: Iterable[str]) -> dict[str, Bill]:
        """The bills as we hold them, merged where several sources tell."""
        held = {}
        for bill, seen in self.observations(bills).items():
            held[bill] = (seen.get(MERGED) or next(iter(seen.values()))).read()
        return held

    # -- changes

    def told(self, bill: str, since: str = "") -> Told:
        """How often each transition of the bill has been told, in all or since a moment."""
        sql = "select kind, was, now from changes where bill = ? and seen_at >= ?"
        return Counter((kind, was, now) for kind, was, now in self.db.conn.execute(sql, (bill, since)))

    def announcement(self, bill: str, line: str) -> str:
        """The id of the change that last told this line of the history; "" if none did."""
        found = self.column(
            "select id from changes where bill = ? and now = ? and kind in ('action', 'action-edited', "
            "'action-inserted') order by seen_at desc, id limit 1",
            (bill, line),
        )
        return found[0] if found else ""

    def put_changes(self, changes: Iterable[Change]) -> None:
        rows = (msgspec.structs.astuple(change) for change in changes)
        self._many(f"insert into changes ({', '.join(_CHANGE)})", len(_CHANGE), rows)

    # -- small things

    def cited(self) -> list[str]:
        """The receipts that a change or an observation cites: what they prove must stay in the archive."""
        return self.column("select receipt from changes where receipt != '' union select receipt from observations")

    def put_receipt(self, receipt: Receipt) -> None:
        row = msgspec.structs.astuple(receipt)
        columns = ", ".join(receipt.__struct_fields__)
        self._many(f"insert or ignore into fetches ({columns})", len(row), [row])

    def bookmark(self, name: str) -> str:
        found = self.column("select value from bookmarks where name = ?", (name,))
        return found[0] if found else ""

    def set_bookmark(self, name: str, value: str) -> None:
        self.db.conn.execute("insert or replace into bookmarks (name, value) values (?, ?)", (name, value))

    def _many(self, into: str, width: int, rows: Iterable[Row], tail: str = "") -> None:
        """Many rows in few statements: that halves their time, for the search writes its index once a statement."""
        row = f"({', '.join('?' * width)})"
        for some in _batches(rows, ROWS_AT_ONCE):
            values = ", ".join([row] * len(some))
            self.db.conn.execute(f"{into} values {values} {tail}", [*chain.from_iterable(some)])


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    wanted = list(items)
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]


def _marks(items: Sequence[str]) -> str:
    return ", ".join("?" * len(items))
