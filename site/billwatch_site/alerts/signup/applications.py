"""Applications: what was asked for in the form, until somebody says that it was they who asked.

Whoever sends the form gets one answer, whatever we know of the address, because by then nothing was looked up: the
application is put down, and attended to afterwards. Then the address gets one letter, at most one a day, and only what
is confirmed by its link becomes a subscription.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from billwatch_site.alerts.addresses import mailbox_of
from billwatch_site.alerts.outbox import Outgoing, put
from billwatch_site.alerts.signup.wishes import Wishes
from billwatch_site.alerts.subscriptions import Subscriber, Subscribers, stamp

ONCE_IN = timedelta(days=1)  # one letter to confirm, for each address
_MOST_WAITING = 5_000


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's wishes, in the name of an address that may be theirs."""

    id: str
    address: str
    mailbox: str
    wishes: str
    asked_at: str
    subscriber: str | None
    sent_at: str

    def __repr__(self) -> str:
        return f"Application({self.id[:4]}…)"  # a repr ends up in logs

    @property
    def asked(self) -> Wishes:
        return msgspec.json.decode(self.wishes, type=Wishes)


class Overrun(Exception):
    """More is waiting than anybody honest sends."""


Letter = Callable[[Subscriber, Application, datetime], Outgoing]  # the letter that asks for a confirmation
Zone = Callable[[Wishes], str]  # whose mornings these wishes go by


def put_down(people: Subscribers, address: str, wishes: Wishes, now: datetime) -> None:
    """Keep what was asked for. Nothing is looked up, so that the answer cannot tell what we know."""
    row = (secrets.token_urlsafe(16), address, mailbox_of(address), msgspec.json.encode(wishes).decode(), stamp(now))
    with people.atomic():
        if people.number("select count(*) from applications where subscriber is null") >= _MOST_WAITING:
            raise Overrun
        sql = "insert into applications (id, address, mailbox, wishes, asked_at) values (?, ?, ?, ?, ?)"
        people.db.conn.execute(sql, row)


def attend(people: Subscribers, letter: Letter, zone: Zone, now: datetime) -> int:
    """Attend to what was put down, and forget what nobody confirmed; how many letters were put into the outbox."""
    waiting = people.rows(Application, "select * from applications where subscriber is null order by asked_at, id")
    written = sum(_attended(people, application, letter, zone, now) for application in waiting)
    people.forget_unconfirmed(now)
    return written


def _attended(people: Subscribers, application: Application, letter: Letter, zone: Zone, now: datetime) -> bool:
    """Write to the address, unless it had its letter within a day: then this application is dropped."""
    with people.atomic():
        known = people.find(application.address)
        if _written_lately(people, application, known, now):
            people.db.conn.execute("delete from applications where id = ?", (application.id,))
            return False
        wishes = application.asked
        subscriber = known.id if known else people.add(application.address, now, zone=zone(wishes))
        people.db.conn.execute("delete from applications where subscriber = ?", (subscriber,))
        # Who asks again has seven days again.
        again = "update subscribers set created_at = ? where id = ? and confirmed_at = ''"
        people.db.conn.execute(again, (stamp(now), subscriber))
        sql = "update applications set subscriber = ?, address = '', sent_at = ? where id = ?"
        people.db.conn.execute(sql, (subscriber, stamp(now), application.id))
        found = people.get(subscriber)
        return found is not None and put(people, subscriber, letter(found, application, now), now)


def _written_lately(people: Subscribers, application: Application, known: Subscriber | None, now: datetime) -> bool:
    since = stamp(now - ONCE_IN)
    sql = "select exists (select 1 from applications where mailbox = ? and sent_at > ?)"
    if people.value(sql, (application.mailbox, since)):
        return True
    sql = "select exists (select 1 from outbox where recipient = ? and kind = 'confirmation' and created_at > ?)"
    return bool(known and people.value(sql, (known.id, since)))


def application(people: Subscribers, name: str) -> Application | None:
    """The application that a link to confirm names; None where it is confirmed, replaced or forgotten."""
    sql = "select * from applications where id = ? and subscriber is not null"
    found = people.rows(Application, sql, (name,))
    return found[0] if found else None


def confirm(people: Subscribers, name: str, now: datetime) -> str | None:
    """Let what was asked for begin; whose it is. None where there is nothing to confirm any more."""
    with people.atomic():
        found = application(people, name)
        if not found or not found.subscriber:
            return None
        wishes = found.asked
        people.choose(found.subscriber, rhythm=wishes.rhythm, urgent=wishes.urgent, dates=wishes.dates)
        for kind, target in wishes.follow:
            people.subscribe(found.subscriber, kind, target, wishes.strength, now)
        people.confirm(found.subscriber, now)
        people.resume(found.subscriber)
        people.db.conn.execute("delete from applications where id = ?", (name,))
    return found.subscriber
