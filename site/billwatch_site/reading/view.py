"""Read the store: which bills get a page, and everything their pages tell.

A bill has a page when it is followed or belongs to the family of one that is. SQLite itself puts all that hangs on a
bill into arrays of JSON, in the order of the records' fields: so a bill is a few bytes strings, whose digest tells
whether anything about it changed (`raw`), and which are decoded only where it did (`record`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlite_utils import Database

from billwatch.bill import BillId
from billwatch.database import remedy_for
from billwatch.errors import StoreError, UsageError
from billwatch_site.reading import queries
from billwatch_site.reading.cleaning import cleaned
from billwatch_site.reading.database import publish
from billwatch_site.reading.health import Watch, watch_of
from billwatch_site.reading.kinship import LARGEST, families_of, kin_of
from billwatch_site.reading.measures import QUESTIONS, Measures
from billwatch_site.reading.people import people_of
from billwatch_site.records import BillRecord, Brief, Card, Change, Doubt, Line, SourceRun

T = TypeVar("T")


class Raw(NamedTuple):
    """One bill as the store gives it, undecoded: its brief, its changes, the rest of its record, and what only the
    database for others shows."""

    id: str
    brief: bytes
    changes: bytes
    rest: bytes
    handed: bytes


class View:
    """The store as one build sees it: a single state of it, whatever a run writes meanwhile."""

    ids: list[str]  # every bill with a page, in order
    refused: tuple[str, ...]  # ids found in the store that cannot be a page

    def __init__(self, db: Database) -> None:
        self._db = db.conn
        self._kin: dict[str, list[str]] = {}
        self._families: dict[str, str] = {}
        self._begun = False

    def begin(self) -> None:
        """Fix the state that is seen, and find the bills that have a page. Raises `StoreError` for what is no store."""
        if self._begun:
            return
        self._begun = True
        try:
            self._db.execute("begin")
            found = [id for (id,) in self._db.execute(queries.FOUND)]
            self.ids = [id for id in found if is_bill_id(id)]
            self.refused = tuple(id for id in found if not is_bill_id(id))
            self._db.execute(queries.OURS)
            self._db.executemany("insert into temp.ours values (?, '')", ((id,) for id in self.ids))
            self._gather_families()
            self._gather_people()
        except sqlite3.Error as error:
            raise _unreadable(error) from error

    def _gather_families(self) -> None:
        near, families = families_of(self._db.execute(queries.LINKS))
        self._families = {id: min(family) for family in families for id in family}
        told = ((min(family), id) for family in families if len(family) <= LARGEST for id in family)
        self._db.executemany("update temp.ours set family = ? where id = ?", told)
        self._kin = kin_of(near, families)

    def _gather_people(self) -> None:
        """The full names of those of whom somewhere the short one stands alone."""
        self._db.execute(queries.PEOPLE)
        ((short,),) = self._db.execute(queries.SHORT)
        people = people_of(self._db.execute(queries.NAMES)) if short else ()
        self._db.executemany("insert into temp.people values (?, ?, ?, ?, ?)", people)

    def families(self) -> dict[str, str]:
        """The family of each bill that has relatives, by its name."""
        return self._families

    def end(self) -> None:
        self._db.rollback()
        self._begun = False

    def version(self) -> int:
        """Another number than before when somebody else wrote to the store meanwhile."""
        ((found,),) = self._rows("pragma data_version")
        return int(found)

    def followed(self) -> int:
        """How many bills are followed: about how large the site will be."""
        ((found,),) = self._rows("select count(*) from bills where followed")
        return int(found)

    def kin(self, bill: str) -> list[str]:
        """The bills whose briefs its pages may show: of its family, or linked with it."""
        return self._kin.get(bill, [])

    def raw(self, ids: Sequence[str]) -> Iterator[Raw]:
        """Everything about these bills."""
        return (Raw(*row) for row in self._rows(queries.RAW, _listed(ids)))

    def raw_briefs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """What lists tell of these bills, undecoded."""
        return dict(self._rows(queries.BRIEFS, _listed(ids)))

    def briefs(self, ids: Iterable[str]) -> dict[str, Brief]:
        """What lists tell of these bills. What many of them share is held once."""
        held: dict[object, object] = {}
        return {id: _sharing(brief(id, raw), held) for id, raw in self._rows(queries.BRIEFS, _listed(ids))}

    def records(self, ids: Sequence[str]) -> list[BillRecord]:
        """Everything about these bills and their families."""
        raws = list(self.raw(ids))
        briefs = self.briefs({other for raw in raws for other in self.kin(raw.id)})
        return [record(raw, {other: briefs[other] for other in self.kin(raw.id)}) for raw in raws]

    def changes(
        self, bills: Iterable[str] | None, since: str, until: str, least: Sequence[str], company: bool = False
    ) -> list[Change]:
        """What changed from one moment to before another (ISO, UTC), of these severities; newest first. With its
        `company`: what may be told together with it, whatever that weighs."""
        sql = queries.CHANGES if bills is None else queries.CHANGES_OF_BILLS
        when = {"since": since, "until": until, "severities": _json(least), "company": str(int(company))}
        rows = self._rows(sql, {**when, **_listed(bills or ())})
        return [change(raw) for (raw,) in rows]

    def months(self) -> list[str]:
        """Every month (UTC) in which something changed."""
        return [month for (month,) in self._rows(queries.MONTHS)]

    def raw_changes(self, since: str, until: str) -> Iterator[tuple[str, str, str, str, bytes]]:
        """(bill, hour, severity, kind, change as JSON) of all that changed between two moments, newest first."""
        return self._rows(queries.CHANGES_RAW, {"since": since, "until": until})

    def hours(self, since: str, until: str) -> Iterator[tuple[str, str, int]]:
        """(legislature, hour, changes) between two moments."""
        return self._rows(queries.HOURS, {"since": since, "until": until})

    @cached_property
    def raw_cards(self) -> dict[str, bytes]:
        """What past days tell of every bill with a page, undecoded."""
        return dict(self._rows(queries.CARDS))

    def counts(self) -> dict[str, int]:
        """How many changes each bill with a page has had."""
        return dict(self._rows(queries.COUNTS))

    def newest(self, since: str) -> list[tuple[int, Change]]:
        """What changed since a moment, and before it what outweighs all that its bill had since; newest first.

        With how many changes of the bill are newer.
        """
        return [(age, change(raw)) for age, raw in self._rows(queries.NEWEST, {"since": since})]

    def runs(self) -> tuple[SourceRun, ...]:
        """The last run of each source that is asked now."""
        return tuple(_read(raw, SourceRun, "runs") for (raw,) in self._rows(queries.RUNS))

    def doubts(self) -> tuple[Doubt, ...]:
        """What a person should look at, highest doubt first: bills of one session and title are one case."""
        found: dict[tuple[str, str], Doubt] = {}
        for (raw,) in self._rows(queries.DOUBTS):
            bill, title, topic, evidence, score = _read(raw, tuple[str, str, str, str, float], "borderline")
            if is_bill_id(bill):
                key = bill.rsplit("/", 1)[0], title or bill
                case = found.get(key) or Doubt((), key[1], topic, evidence, score)
                found[key] = msgspec.structs.replace(case, bills=(*case.bills, bill))
        return tuple(found.values())

    def around(self) -> bytes:
        """Everything that is of no bill and yet on pages: how the sources are, who fails for which bill, how the
        watching went."""
        measured = msgspec.json.encode([list(self._rows(sql)) for sql in QUESTIONS])
        handed = msgspec.json.encode([list(self._rows(sql)) for sql in queries.HANDED])
        return b"\n".join([*(raw or b"" for (raw,) in self._rows(queries.AROUND)), measured, handed])

    @cached_property
    def watch(self) -> Watch:
        """The weeks that were watched, and the outages that are told."""
        return watch_of(self.measures().runs)

    def lines(self) -> Iterator[Line]:
        """Every bill with a page as a row of the downloads, in the order of their ids."""
        for id, first, rest in self._rows(queries.LINES):
            yield _read(b"%b,%b" % (first[:-1], rest[1:]), Line, id)

    def every_change(self) -> Iterator[Change]:
        """Everything that ever changed, the newest first."""
        corrected = dict(self._rows(queries.CORRECTED))
        return (_corrected(change(raw), corrected) for *_, raw in self.raw_changes("", "~"))

    def write_database(self, file: Path) -> None:
        """Write the SQLite file for others."""
        publish(self._db, self.ids, file)

    def checked_at(self) -> str:
        """When any source last answered about any bill of ours; "" if none did."""
        ((found,),) = self._rows(queries.CHECKED_AT)
        return str(found or "")

    def checks(self) -> dict[str, str]:
        """When each followed bill whose end is not certain was last checked; "" where it never was."""
        return dict(self._rows(queries.CHECKS))

    def measures(self) -> Measures:
        """How the watching went."""
        return Measures(lambda sql: self._rows(sql))

    def count_changes(self) -> int:
        """How many changes the bills with a page had."""
        ((found,),) = self._rows(queries.COUNT_CHANGES)
        return int(found)

    def _rows(self, sql: str, parameters: dict[str, str] | None = None) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(sql, parameters or {})
        except sqlite3.Error as error:
            raise _unreadable(error) from error


def opened(path: Path) -> Database:
    """The store, opened so that nothing can be written to it."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise StoreError(f"there is no store at {path} ({error}); run 'billwatch update' first") from error
    connection.execute("pragma temp_store = memory")  # asks nothing of the file
    return Database(connection)


def _unreadable(error: sqlite3.Error) -> StoreError:
    """What is missing in a sound file, an update makes; about the rest it can do nothing."""
    missing = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR
    remedy = "run 'billwatch update' first" if missing else remedy_for(error)
    return StoreError(f"the store cannot be read: {error}; {remedy}")


def is_bill_id(text: str) -> bool:
    """True for `ny/2017/S9191`: only such an id becomes a path."""
    try:
        return bool(BillId.parse(text))
    except UsageError:
        return False


def brief(id: str, raw: bytes) -> Brief:
    return _read(raw, Brief, id)


def _sharing(bill: Brief, held: dict[object, object]) -> Brief:
    """The same brief, made of the very objects of those before it where they are equal: the same people stand on
    thousands of bills, which stand with the same committees and moved in the same hours."""
    for name in bill.__struct_fields__:
        value = getattr(bill, name)
        if isinstance(value, str):
            msgspec.structs.force_setattr(bill, name, held.setdefault(value, value))
        elif isinstance(value, tuple) and value:
            msgspec.structs.force_setattr(bill, name, tuple([held.setdefault(part, part) for part in value]))
    return bill


def card(id: str, raw: bytes) -> Card:
    return _read(raw, Card, id)


def change(raw: bytes) -> Change:
    return _read(raw, Change, "changes")


def record(raw: Raw, kin: dict[str, Brief]) -> BillRecord:
    """A bill's record. Raises `StoreError` that names the bill where a row breaks the contract."""
    joined = b"%b,%b,%b" % (raw.brief[:-1], raw.changes, raw.rest[1:])
    found = _read(joined, BillRecord, raw.id)
    corrected = {change.corrects: change.id for change in found.changes if change.corrects}
    changes = tuple(_corrected(change, corrected) for change in found.changes) if corrected else found.changes
    return msgspec.structs.replace(found, changes=changes, kin=kin)


def _corrected(change: Change, by: dict[str, str]) -> Change:
    later = by.get(change.id)
    return msgspec.structs.replace(change, corrected_by=later) if later else change


def _read(raw: bytes, kind: type[T], what: str) -> T:
    try:
        return msgspec.json.decode(cleaned(raw), type=kind, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreError(f"the store is broken at {what}: {error}; run 'billwatch update' again") from None


def _listed(ids: Iterable[str]) -> dict[str, str]:
    return {"ids": _json(list(ids))}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
