"""Who is told what now: the one place where a change becomes told.

A change is due when it does not wait for the morning, or when the morning has come. What is decided is written in one
transaction: the message, the marks of what it tells, and how far its reader has come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

import msgspec

from billwatch_site.alerts import outbox
from billwatch_site.alerts.digest import RETURNS, Digest, digest_of
from billwatch_site.alerts.matching import Match, matches_of
from billwatch_site.alerts.newsroom import Newsroom
from billwatch_site.alerts.outbox import Outgoing
from billwatch_site.alerts.recipients import Recipient, may_be_told, move
from billwatch_site.alerts.rhythm import at_once
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.records import Change

Write = Callable[[Recipient, Digest], Sequence[Outgoing]]
AT_ONCE = 100  # recipients in one transaction
FOUND = ("listed", "topic-added", "topic-removed", *RETURNS, "chapter-amendment")  # by reading, not by acting
HURRIED = "hurried"  # the bookmark: up to where all that does not wait has been decided


class Decision(msgspec.Struct, frozen=True):
    """What one recipient gets now, and where that leaves them."""

    recipient: Recipient
    messages: tuple[Outgoing, ...]
    changes: tuple[str, ...]
    reached: int
    slot: str


def due(
    matches: Iterable[Match],
    recipient: Recipient,
    hurried: int,
    told: Collection[str],
    changes: Mapping[str, Change],
    now: datetime,
    *,
    filling: bool = False,
) -> list[Match]:
    """Of what somebody is to be told, what goes now. Pure.

    `hurried`: up to there, what does not wait has gone; `changes`: all changes, for the weight of what is corrected.
    `filling`: a new installation still reads what was there before it; what it finds so waits for the morning.
    """
    morning = recipient.digest_is_due(now)

    def goes(match: Match) -> bool:
        count, change = match.news.count, match.news.change
        if change.id in told or count <= recipient.reached:
            return False
        if filling and change.kind in FOUND:
            return morning
        original = changes.get(change.corrects, change)
        hurries = any(at_once(_as(change, c), recipient.rhythm, recipient.urgent) for c in (change, original))
        return morning or (count > hurried and hurries)

    return [match for match in matches if goes(match)]


def _as(change: Change, other: Change) -> Change:
    """The change with the weight of another: what corrects a milestone is as urgent as that was."""
    return change if other is change else msgspec.structs.replace(change, severity=other.severity)


def decisions(
    people: Subscribers,
    newsroom: Newsroom,
    recipients: Iterable[Recipient],
    hurried: int,
    write: Write,
    now: datetime,
    *,
    filling: bool = False,
) -> Iterator[list[Decision]]:
    """Decide for everybody, so many at once; nothing is written down yet."""
    count, rest = people.count(), iter(recipients)

    def going(recipient: Recipient, told: set[str]) -> list[Match]:
        matches = matches_of(newsroom.board, recipient.subscriptions, told)
        return due(matches, recipient, hurried, told, newsroom.changes, now, filling=filling)

    while group := list(islice(rest, AT_ONCE)):
        known = _told(people, newsroom, group)
        yield [d for r in group if (d := _decision(r, going(r, known[r.id]), newsroom.twins, count, write, now))]


def _told(people: Subscribers, newsroom: Newsroom, group: Sequence[Recipient]) -> dict[str, set[str]]:
    """What they have been told of the news and of what it corrects."""
    changes = newsroom.originals | {news.change.id for news in newsroom.board.news}
    return outbox.told(people, [recipient.id for recipient in group], changes)


def _decision(
    recipient: Recipient, going: Sequence[Match], twins: Mapping[str, str], count: int, write: Write, now: datetime
) -> Decision | None:
    digest = digest_of(going, twins) if going else Digest((), ())
    morning, slot = recipient.digest_is_due(now), recipient.slot_at(now)
    if not going and slot == recipient.slot:
        return None
    return Decision(
        recipient=recipient,
        messages=tuple(write(recipient, digest)) if going or morning else (),
        changes=digest.changes,
        reached=count if morning else recipient.reached,
        slot=slot,
    )


def write_down(people: Subscribers, group: Iterable[Decision], now: datetime) -> list[Decision]:
    """All of these decisions, or none: those of them that hold, for whoever has left meanwhile is not told.

    A message that is in the outbox already, as this week's notice is, is not written again, nor shown.
    """
    written = []
    with people.atomic():
        for decision in (one for one in group if may_be_told(people, one.recipient)):
            new = tuple(m for m in decision.messages if outbox.put(people, decision.recipient.id, m, now))
            outbox.mark_told(people, decision.recipient.id, decision.changes)
            move(people, decision.recipient, decision.reached, decision.slot)
            written.append(msgspec.structs.replace(decision, messages=new))
    return written
