"""The subscribers' file: who follows what, how much of it and when. It lies beside the store and is never published.

Little is kept: an address, what it follows, and which changes it has been told. Nothing is known of who opens or
clicks. What is deleted is overwritten, so that `forget` leaves nothing. No error of this module carries an address.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from billwatch.bill import BillId
from billwatch.database import remedy_for
from billwatch.errors import StoreError, UsageError
from billwatch_site.alerts.addresses import BadAddress, checked_address
from billwatch_site.alerts.tables import opened

R = TypeVar("R", bound=msgspec.Struct)
Kind = Literal["bill", "family", "topic", "legislature", "words"]
Strength = Literal["milestones", "notable", "all"]
Rhythm = Literal["at-once", "daily", "weekly"]
Dates = Literal["day-first", "month-first", "iso"]  # 12 June 2025, June 12, 2025, 2025-06-12
KINDS, STRENGTHS, RHYTHMS, DATES = map(get_args, (Kind, Strength, Rhythm, Dates))

NAME = "subscribers.db"
RESTORE = "bring it back from a backup, or move it away and begin without subscribers"
RESTORE_ONE = "bring back from a backup what is damaged, this file or the store that is read beside it"
UNCONFIRMED = timedelta(days=7)  # who has not confirmed by then is forgotten


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who gets mail, as the table has them."""

    id: str
    address: str
    rhythm: Rhythm
    urgent: bool
    zone: str
    dates: Dates
    created_at: str
    confirmed_at: str
    suspended_at: str
    bounces: int
    last_sent_at: str
    reached: int
    slot: str

    def __repr__(self) -> str:
        return f"Subscriber({self.id})"  # a repr ends up in logs, which carry no addresses


class Subscription(msgspec.Struct, frozen=True):
    """One thing that somebody follows. `target` is a bill id, a topic or area, a legislature's code, or words."""

    subscriber: str
    kind: Kind
    target: str
    strength: Strength = "notable"
    since: int = 0
    created_at: str = ""


class Subscribers:
    """The file of one data directory, or `:memory:`. Write inside `atomic()`."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        try:
            self.db = opened(path)
        except (sqlite3.Error, OSError) as error:
            said = f"cannot use the subscribers' file {path}: {error}"
            raise StoreError(f"{said}; {remedy_for(error, damaged=RESTORE)}") from error

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def atomic(self, *, durable: bool = True) -> Iterator[None]:
        """All that is written inside, or nothing of it; whoever else writes waits from its beginning.

        What is not `durable` outlives this process, but a power cut only together with what comes after it.
        """
        if self.db.conn.in_transaction:
            yield
            return
        try:
            self.db.conn.execute(f"pragma synchronous = {'full' if durable else 'normal'}")
            self.db.conn.execute("begin immediate")
            yield
            self.db.conn.commit()
        except sqlite3.Error as error:
            self.db.conn.rollback()
            said = f"cannot write to the subscribers' file {self.path}: {error}; nothing of it was written"
            raise StoreError(f"{said}; {remedy_for(error, damaged=RESTORE_ONE)}") from error
        except BaseException:
            self.db.conn.rollback()
            raise

    def rows(self, kind: type[R], sql: str, parameters: Sequence[object] = ()) -> list[R]:
        """The rows of a query as records of this kind, by the names of their columns."""
        cursor = self.db.conn.cursor()
        cursor.row_factory = sqlite3.Row
        return [msgspec.convert(dict(row), kind, strict=False) for row in cursor.execute(sql, parameters)]

    def value(self, sql: str, parameters: Sequence[object] = ()) -> object:
        """The first value of the first row; None where there is none."""
        row = self.db.conn.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def number(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """The same as a number; 0 where there is none."""
        return int(str(self.value(sql, parameters) or 0))

    # -- subscribers

    def get(self, subscriber: str) -> Subscriber | None:
        found = self.rows(Subscriber, "select * from subscribers where id = ?", (subscriber,))
        return found[0] if found else None

    def find(self, address: str) -> Subscriber | None:
        """Whose address this is, in whichever spelling of one address: in capitals, or its domain as xn--."""
        with suppress(BadAddress):  # an earlier rule may have let it in: it is looked for as it stands
            address = checked_address(address)
        found = self.rows(Subscriber, "select * from subscribers where address = ?", (address.strip(),))
        return found[0] if found else None

    def add(
        self,
        address: str,
        now: datetime,
        *,
        zone: str,
        rhythm: Rhythm = "daily",
        urgent: bool = True,
        dates: Dates = "day-first",
    ) -> str:
        """Enter somebody who has yet to confirm; the id. A known address keeps its id and what it had chosen."""
        columns = "(id, address, rhythm, urgent, zone, dates, created_at)"
        row = (secrets.token_urlsafe(16), checked_address(address), rhythm, urgent, zone, dates, stamp(now))
        with self.atomic():
            self.db.conn.execute(f"insert or ignore into subscribers {columns} values (?, ?, ?, ?, ?, ?, ?)", row)
            return str(self.value("select id from subscribers where address = ?", (row[1],)))

    def confirm(self, subscriber: str, now: datetime) -> bool:
        """They said yes: from here on they are told. False where they had said so before, or are not known."""
        with self.atomic():
            confirmed = self.db.conn.execute(
                "update subscribers set confirmed_at = ?, reached = ? where id = ? and confirmed_at = ''",
                (stamp(now), self.count(), subscriber),
            ).rowcount
            if confirmed:
                sql = "update subscriptions set since = ? where subscriber = ?"
                self.db.conn.execute(sql, (self.count(), subscriber))
        return bool(confirmed)

    def choose(
        self,
        subscriber: str,
        *,
        rhythm: Rhythm | None = None,
        urgent: bool | None = None,
        dates: Dates | None = None,
    ) -> None:
        """When they want their mail, and how its dates are written; None leaves a choice as it is."""
        sql = (
            "update subscribers set rhythm = coalesce(?, rhythm), urgent = coalesce(?, urgent), "
            "dates = coalesce(?, dates) where id = ?"
        )
        with self.atomic():
            self.db.conn.execute(sql, (rhythm, urgent, dates, subscriber))

    def resume(self, subscriber: str) -> None:
        """Deliver again to an address that had been suspended; what was missed meanwhile is on the site."""
        sql = "update subscribers set suspended_at = '', bounces = 0, reached = ? where id = ? and suspended_at != ''"
        with self.atomic():
            self.db.conn.execute(sql, (self.count(), subscriber))

    def forget(self, subscriber: str) -> None:
        """Delete somebody and all that we know of them: also from the file's free pages and its log."""
        with self.atomic():
            sql = (
                "delete from applications where address = (select address from subscribers where id = ?) collate nocase"
            )
            self.db.conn.execute(sql, (subscriber,))
            for table in ("outbox", "told"):
                self.db.conn.execute(f"delete from {table} where recipient = ?", (subscriber,))
            self.db.conn.execute("delete from subscribers where id = ?", (subscriber,))
        self._wipe_log()

    def forget_unconfirmed(self, now: datetime) -> int:
        """Delete whoever has not confirmed within seven days, and what was asked for and never confirmed; how many."""
        with self.atomic():
            sql = "delete from applications where iif(subscriber is null, asked_at, sent_at) < ?"
            self.db.conn.execute(sql, (stamp(now - UNCONFIRMED),))
        sql = "select id as target from subscribers where confirmed_at = '' and created_at < ?"
        late = [row[0] for row in self.db.conn.execute(sql, (stamp(now - UNCONFIRMED),))]
        for subscriber in late:
            self.forget(subscriber)
        return len(late)

    def _wipe_log(self) -> None:
        with suppress(sqlite3.OperationalError):  # somebody reads just now: the next checkpoint does it
            self.db.conn.execute("pragma wal_checkpoint(truncate)").fetchall()

    # -- what they follow

    def subscriptions(self, subscriber: str) -> list[Subscription]:
        sql = "select * from subscriptions where subscriber = ? order by created_at, kind, target"
        return self.rows(Subscription, sql, (subscriber,))

    def subscribe(self, subscriber: str, kind: Kind, target: str, strength: Strength | None, now: datetime) -> None:
        """Follow something from now on; what is followed already only changes its strength, with None not even that."""
        row = (subscriber, kind, checked_target(kind, target), strength or "notable", self.count(), stamp(now))
        with self.atomic():
            self.db.conn.execute(
                "insert into subscriptions (subscriber, kind, target, strength, since, created_at) "
                "values (?, ?, ?, ?, ?, ?) on conflict do update set strength = coalesce(?, strength)",
                (*row, strength),
            )

    def unsubscribe(self, subscriber: str, kind: Kind, target: str) -> None:
        sql = "delete from subscriptions where subscriber = ? and kind = ? and target = ?"
        with self.atomic():
            self.db.conn.execute(sql, (subscriber, kind, target))

    def held_about(self, subscriber: str) -> dict[str, list[dict[str, object]]]:
        """All that we hold about somebody, table by table, as it stands."""
        columns = {"subscribers": "id", "subscriptions": "subscriber", "told": "recipient", "outbox": "recipient"}
        columns["applications"] = "subscriber"
        held: dict[str, list[dict[str, object]]] = {}
        for table, column in columns.items():
            found = self.db.query(f"select * from {table} where {column} = ?", (subscriber,))
            held[table] = [{k: v.decode() if isinstance(v, bytes) else v for k, v in row.items()} for row in found]
        return held

    def count(self) -> int:
        """How many changes have been noted so far: a time that no clock can turn back."""
        return self.number("select max(count) from ledger")


def stamp(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")


def checked_target(kind: Kind, target: str) -> str:
    """What is followed, in the form in which it is compared."""
    target = " ".join(target.split())
    if kind in ("bill", "family"):
        return str(BillId.parse(target))
    if not target or len(target) > 200 or not target.isprintable():
        raise UsageError(f"there is nothing to follow in this {kind}; write up to 200 letters on one line")
    return target
