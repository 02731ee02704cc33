"""The outbox: every message that was decided, until it is sent or given up.

A message is put in by the transaction that marks what it tells; from then on only its state moves, and only after the
mail server's reply. Whoever was killed in between sends again what was "sending": the same bytes, the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from billwatch_site.alerts.subscriptions import Subscribers, stamp

Mail = Literal["digest", "notice", "confirmation"]
# How long after each try the next one comes: three days in all, then the message is given up.
WAITS = tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 360, 720, 720, 720, 720, 720))
SUSPENDED_AFTER = 3  # messages in a row that could not be delivered
KEPT = timedelta(days=90)  # rows, without their messages: for bounces that come late


class Outgoing(msgspec.Struct, frozen=True):
    """A message that has been written."""

    message_id: str
    message: bytes
    kind: Mail = "digest"


class Parcel(msgspec.Struct, frozen=True):
    """A message on its way. `address` is "" for a channel."""

    id: int
    recipient: str
    kind: str
    message_id: str
    message: bytes
    tries: int
    address: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """How it went. "stopped" is about the server, not about this message. A reason never holds an address."""

    state: Literal["sent", "later", "refused", "stopped"]
    reason: str = ""
    wait: timedelta = timedelta()  # how long the other side asked us to stay away


def put(people: Subscribers, recipient: str, outgoing: Outgoing, now: datetime) -> bool:
    """Put a message in, inside the transaction that decided it; False where it is there already."""
    row = (recipient, outgoing.kind, outgoing.message_id, stamp(now), stamp(now), outgoing.message)
    return bool(
        people.db.conn.execute(
            "insert or ignore into outbox (recipient, kind, message_id, created_at, due_at, message) "
            "values (?, ?, ?, ?, ?, ?)",
            row,
        ).rowcount
    )


def due(people: Subscribers, now: datetime, kinds: Collection[str]) -> list[int]:
    """The messages to send now, oldest first; with those that a clock gone wrong put off beyond the longest wait."""
    sql = (
        "select id from outbox where state in ('waiting', 'sending') and (due_at <= ? or due_at > ?) "
        "and kind in (select value from json_each(?)) order by due_at, id"
    )
    asked = (stamp(now), stamp(now + WAITS[-1]), msgspec.json.encode(sorted(kinds)).decode())
    return [row[0] for row in people.db.conn.execute(sql, asked)]


def waiting(people: Subscribers) -> int:
    """How many messages are neither sent nor given up."""
    return people.number("select count(*) from outbox where state in ('waiting', 'sending')")


def taken(people: Subscribers, number: int) -> Parcel | None:
    """The message, marked as being sent; None where it is gone, or where nothing may go there any more.

    A power cut may undo the mark: then the message waits again, which comes to the same.
    """
    with people.atomic(durable=False):
        row = people.db.conn.execute(
            "update outbox set state = 'sending', tries = tries + 1 where id = ? and state in ('waiting', 'sending') "
            "returning id, recipient, kind, message_id, message, tries",
            (number,),
        ).fetchone()
        if not row:
            return None
        address = _address(people, row[1], row[2])
        if address is None:
            _close(people, number, "given-up", "nothing may be sent there any more")
            return None
    number, recipient, kind, message_id, message, tries = row
    return Parcel(number, recipient, kind, message_id, message, tries, address)


def _address(people: Subscribers, recipient: str, kind: str) -> str | None:
    """Where to; before somebody has confirmed, only the letter that asks for it may go.

    That one also goes where nothing could be delivered: somebody asks for mail there again, and comes back by its link.
    """
    if recipient.startswith("channel:"):
        return ""
    found = people.get(recipient)
    open_to = found and (kind == "confirmation" or (found.confirmed_at and not found.suspended_at))
    return found.address if found and open_to else None


def settle(people: Subscribers, parcel: Parcel, outcome: Outcome, now: datetime) -> str:
    """Write down what came of it; the state it is in now."""
    with people.atomic():
        if outcome.state == "stopped":
            _again(people, parcel, parcel.tries - 1, now, outcome.reason)
            return "waiting"
        if outcome.state == "later" and parcel.tries <= len(WAITS):
            _again(people, parcel, parcel.tries, now + max(WAITS[parcel.tries - 1], outcome.wait), outcome.reason)
            return "waiting"
        if outcome.state == "sent":
            _close(people, parcel.id, "sent", "", stamp(now))
            people.db.conn.execute(
                "update subscribers set last_sent_at = ? where id = ?", (stamp(now), parcel.recipient)
            )
            return "sent"
        _close(people, parcel.id, "given-up", outcome.reason)
        count_failures(people, parcel.recipient, now)
        return "given-up"


def _again(people: Subscribers, parcel: Parcel, tries: int, at: datetime, error: str) -> None:
    sql = "update outbox set state = 'waiting', tries = ?, due_at = ?, error = ? where id = ?"
    people.db.conn.execute(sql, (tries, stamp(at), error, parcel.id))


def _close(people: Subscribers, number: int, state: str, error: str, sent_at: str = "") -> None:
    """Nothing more is done with it, and what it said is kept no longer."""
    sql = "update outbox set state = ?, error = ?, sent_at = ?, message = x'' where id = ?"
    people.db.conn.execute(sql, (state, error, sent_at, number))


def bounced(people: Subscribers, number: int, reason: str, now: datetime) -> bool:
    """A message that had been sent came back for good; False where that is known, or there was none such."""
    with people.atomic():
        row = people.db.conn.execute(
            "update outbox set state = 'given-up', error = ? where id = ? and state = 'sent' returning recipient",
            (f"came back: {reason}", number),
        ).fetchone()
        if row:
            count_failures(people, row[0], now)
    return bool(row)


def count_failures(people: Subscribers, recipient: str, now: datetime) -> None:
    """Count the last messages in a row that failed; after three nothing more is sent there."""
    sql = "select state from outbox where recipient = ? and state in ('sent', 'given-up') order by id desc limit 20"
    states = [row[0] for row in people.db.conn.execute(sql, (recipient,))]
    failed = next((n for n, state in enumerate(states) if state == "sent"), len(states))
    sql = (
        "update subscribers set bounces = ?1, suspended_at = "
        "case when ?1 >= ?2 and suspended_at = '' then ?3 else suspended_at end where id = ?4"
    )
    people.db.conn.execute(sql, (failed, SUSPENDED_AFTER, stamp(now), recipient))


def mark_told(people: Subscribers, recipient: str, changes: Iterable[str]) -> None:
    """These changes are told to this recipient: in the transaction that puts the message in, and never again."""
    rows = ((recipient, change) for change in changes)
    people.db.conn.executemany("insert into told (recipient, change) values (?, ?)", rows)


def told(people: Subscribers, recipients: Collection[str], changes: Collection[str]) -> dict[str, set[str]]:
    """Which of these changes each of these recipients has been told."""
    found: dict[str, set[str]] = {recipient: set() for recipient in recipients}
    sql = (
        "select t.recipient, t.change from json_each(?1) r cross join json_each(?2) c "
        "join told t on t.recipient = r.value and t.change = c.value"
    )
    asked = [msgspec.json.encode(sorted(names)).decode() for names in (recipients, changes)]
    for recipient, change in people.db.conn.execute(sql, asked):
        found[recipient].add(change)
    return found


def forget_old(people: Subscribers, now: datetime) -> None:
    """Delete the rows of messages that were done with long ago."""
    sql = "delete from outbox where state in ('sent', 'given-up') and created_at < ?"
    with people.atomic():
        people.db.conn.execute(sql, (stamp(now - KEPT),))
