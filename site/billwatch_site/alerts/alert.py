"""THE FLOW TO PEOPLE: what is new in the store, told to whom it concerns, once.

`decide`: note which changes are new; match them with what everybody follows; for whom something is due, write one
message and the marks of what it tells in one transaction. `send`: hand over what waits in the outbox. Killed anywhere,
the next run goes on from there: nothing is lost, and nothing goes twice but the one message that was on its way, under
its own name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from billwatch_site.alerts import outbox
from billwatch_site.alerts.deciding import HURRIED, Decision, decisions, write_down
from billwatch_site.alerts.delivery import Carry, Delivered, Pace, deliver
from billwatch_site.alerts.digest import Digest
from billwatch_site.alerts.ledger import Noted, beside, bookmark, note, set_bookmark
from billwatch_site.alerts.newsroom import Newsroom, newsroom_of
from billwatch_site.alerts.notices import healths_of
from billwatch_site.alerts.outbox import Outcome, Outgoing, Parcel
from billwatch_site.alerts.recipients import ChannelPlan, Recipient, recipients_of
from billwatch_site.alerts.secretary import Secretary
from billwatch_site.alerts.settings import Links, MailSettings
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.settings import Settings

OURS = ("digest", "notice")
Bulletins = Callable[[Recipient, Digest, Newsroom], Sequence[Outgoing]]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run goes by. `mail` None: channels only. `bulletins` writes for channels."""

    settings: Settings
    mail: MailSettings | None = None
    signed: Links | None = None
    channels: tuple[ChannelPlan, ...] = ()
    bulletins: Bulletins | None = None


class Decided(msgspec.Struct):
    """What was decided: messages by kind, how many changes they tell in all, and how the sources are."""

    noted: Noted
    messages: Counter[str]
    told: int = 0
    recipients: int = 0
    silent: tuple[str, ...] = ()


def decide(
    people: Subscribers,
    store: Path,
    plan: Plan,
    now: datetime,
    show: Callable[[Decision], None] = lambda decision: None,
) -> Decided:
    """Put into the outbox what is due now. `show` gets each decision as it is made."""
    people.forget_unconfirmed(now)
    outbox.forget_old(people, now)
    with beside(people, store):
        noted = note(people)
    return _decided(people, store, plan, now, noted, show)


def rehearse(people: Subscribers, store: Path, plan: Plan, now: datetime, show: Callable[[Decision], None]) -> Decided:
    """All of `decide`, shown and then undone."""
    with beside(people, store):
        people.db.conn.execute("begin immediate")
        try:
            return _decided(people, store, plan, now, note(people), show)
        finally:
            people.db.conn.rollback()


def _decided(
    people: Subscribers, store: Path, plan: Plan, now: datetime, noted: Noted, show: Callable[[Decision], None]
) -> Decided:
    recipients = [r for r in recipients_of(people, plan.channels) if plan.mail or not r.subscriber]
    hurried, count = bookmark(people, HURRIED), people.count()
    newsroom = newsroom_of(people, store, _oldest(recipients, hurried, now))
    healths = healths_of(newsroom.runs, plan.settings, now)
    secretary = Secretary(newsroom, healths, plan.settings, plan.mail, plan.signed, plan.bulletins, now)
    decided = Decided(noted, Counter(), silent=tuple(h.line for h in healths.values() if h.line))
    for group in decisions(people, newsroom, recipients, hurried, secretary.write, now, filling=noted.filling):
        for decision in write_down(people, group, now):
            show(decision)
            decided.messages.update(message.kind for message in decision.messages)
            decided.told += len(decision.changes)
            decided.recipients += bool(decision.messages)
    with people.atomic():
        set_bookmark(people, HURRIED, count)
    return decided


def _oldest(recipients: Iterable[Recipient], hurried: int, now: datetime) -> int:
    """The count from which on the news may be due for anybody."""
    return min([hurried, *(r.reached for r in recipients if r.digest_is_due(now))])


def send(
    people: Subscribers,
    carry: Carry,
    pace: Pace,
    now: Callable[[], datetime],
    channels: Mapping[str, Carry] | None = None,
) -> Delivered:
    """Hand over what is due: mail by `carry`, and to each channel in its own way. The sign-up service sends its own."""

    def carried(parcel: Parcel) -> Outcome:
        if not parcel.recipient.startswith("channel:"):
            return carry(parcel)
        known = (channels or {}).get(parcel.recipient)
        return known(parcel) if known else Outcome("refused", "this channel is not configured any more")

    return deliver(people, carried, pace, now, OURS)
