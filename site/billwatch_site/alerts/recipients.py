"""Whom the news may concern: everybody who has confirmed, and the channels of the configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from billwatch_site.alerts.rhythm import slot_of
from billwatch_site.alerts.subscriptions import Rhythm, Subscriber, Subscribers, Subscription

CHANNEL = "channel:"


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that is told. `reached`: the count up to which digests have gone; `slot`: the last one's
    morning. A channel has no `subscriber`.
    """

    id: str
    subscriptions: tuple[Subscription, ...]
    rhythm: Rhythm
    urgent: bool
    zone: str
    reached: int
    slot: str
    subscriber: Subscriber | None = None

    def slot_at(self, now: datetime) -> str:
        return slot_of(now, self.zone, self.rhythm)

    def digest_is_due(self, now: datetime) -> bool:
        """Whether a morning has come since the last digest; the first one is the next after the confirmation."""
        return self.slot not in ("", self.slot_at(now))


class ChannelPlan(msgspec.Struct, frozen=True):
    """What a channel is told and when, as configured. The `subscriptions` carry no `since`."""

    name: str
    subscriptions: tuple[Subscription, ...]
    rhythm: Rhythm = "at-once"
    urgent: bool = True
    zone: str = "UTC"


def recipients_of(people: Subscribers, channels: Iterable[ChannelPlan] = ()) -> list[Recipient]:
    """Everybody who may be told something now: neither who has not confirmed, nor who cannot be reached."""
    sql = "select * from subscribers where confirmed_at != '' and suspended_at = '' order by id"
    by_subscriber: dict[str, list[Subscription]] = defaultdict(list)
    for subscription in people.rows(Subscription, "select * from subscriptions order by created_at, kind, target"):
        by_subscriber[subscription.subscriber].append(subscription)
    found = [_subscriber(one, by_subscriber[one.id]) for one in people.rows(Subscriber, sql)]
    return [*found, *_channels(people, channels)]


def _subscriber(one: Subscriber, subscriptions: Sequence[Subscription]) -> Recipient:
    return Recipient(
        id=one.id,
        subscriptions=tuple(subscriptions),
        rhythm=one.rhythm,
        urgent=one.urgent,
        zone=one.zone,
        reached=one.reached,
        slot=one.slot,
        subscriber=one,
    )


def _channels(people: Subscribers, channels: Iterable[ChannelPlan]) -> Iterator[Recipient]:
    """A channel that is new begins here: what was before is no news to it."""
    for channel in channels:
        name = f"{CHANNEL}{channel.name}"
        with people.atomic():
            for key, value in (("reached", str(people.count())), ("slot", "")):
                row = (f"{key} {name}", value)
                people.db.conn.execute("insert or ignore into bookmarks (name, value) values (?, ?)", row)
        reached, slot = (people.value("select value from bookmarks where name = ?", (f"{k} {name}",)) for k in _KEPT)
        yield Recipient(
            id=name,
            subscriptions=tuple(channel.subscriptions),
            rhythm=channel.rhythm,
            urgent=channel.urgent,
            zone=channel.zone,
            reached=int(str(reached)),
            slot=str(slot),
        )


_KEPT = ("reached", "slot")


def move(people: Subscribers, recipient: Recipient, reached: int, slot: str) -> None:
    """Remember how far the digests of somebody have come; inside the transaction that decides them."""
    if recipient.subscriber:
        sql = "update subscribers set reached = max(reached, ?), slot = ? where id = ?"
        people.db.conn.execute(sql, (reached, slot, recipient.id))
        return
    for key, value in zip(_KEPT, (str(reached), slot), strict=True):
        sql = "update bookmarks set value = ? where name = ?"
        people.db.conn.execute(sql, (value, f"{key} {recipient.id}"))


def may_be_told(people: Subscribers, recipient: Recipient) -> bool:
    """Whether they still want it, now that it is about to be written down."""
    if not recipient.subscriber:
        return True
    now = people.get(recipient.id)
    return bool(now and now.confirmed_at and not now.suspended_at)
