"""From matches to a digest: news by fight, twins of the two houses together, each thing once. Pure.

matches -> items      one cause, one item (`stories.items_of`); what touches a few bills is told with each of them
items   -> stories    what one fight did stands together, under its most important sentence
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from billwatch_site.alerts.matching import Match
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import Change
from billwatch_site.words.echoes import without_echoes
from billwatch_site.words.links import in_order, is_of_session
from billwatch_site.words.passages import Tallies, passage_of, recorded, tallies_of, with_votes
from billwatch_site.words.stories import Item, items_of, seen_on, together

FEW, MANY = 6, 20  # fights that a cause may touch to be told with each: of any kind, and of a milestone
RETURNS = ("reintroduced", "probably-reintroduced")
_NEAREST = ("bill", "family", "words", "topic", "legislature")


class Story(msgspec.Struct, frozen=True):
    """What one fight did, or one cause on many bills: its items, the most important first."""

    items: tuple[Item, ...]
    reasons: tuple[Subscription, ...]
    shared: bool = False  # one cause on many bills, rather than one fight

    @property
    def head(self) -> Item:
        return self.items[0]

    @property
    def bills(self) -> tuple[str, ...]:
        """The bills it is about, that of the first item first."""
        found = (bill for item in self.items for bill in (item.lead.bill, *item.bills))
        return tuple(dict.fromkeys(found))

    @property
    def nearness(self) -> int:
        """How closely it is what the reader asked for: a bill before a topic, a topic before a whole legislature."""
        return _nearness(self.reasons)

    @property
    def past(self) -> bool:
        """Whether all its bills are of sessions before that in which it was seen."""
        return not any(is_of_session(bill, self.head.seen_on) for bill in self.bills)

    @property
    def earlier(self) -> bool:
        """Whether all of it happened long before we saw it."""
        return all(item.backfill for item in self.items)


class Digest(msgspec.Struct, frozen=True):
    """All that somebody is told in one message: stories, and the ids of every change in them."""

    stories: tuple[Story, ...]
    changes: tuple[str, ...]


def digest_of(matches: Sequence[Match], twins: Mapping[str, str]) -> Digest:
    """A digest of these matches. `twins`: each bill's fight in its session, where it has more than one bill."""
    told = _each_return_once(matches)
    reasons = {match.news.change.id: match.reasons for match in told}
    changes = without_echoes([_of_long_ago(match.news.change) for match in told], seen_on)
    items = items_of(_votes_apart(changes))
    tallies = recorded({m.news.record.id: m.news.record for m in told if any(passage_of(m.news.change))}.values())
    stories = [_story(group, reasons, tallies, shared) for group, shared in _by_fight(items, twins)]
    ranked = sorted(stories, key=lambda s: (s.earlier, s.head.weight, s.past, s.shared, s.nearness, s.bills))
    return Digest(tuple(ranked), tuple(sorted(match.news.change.id for match in matches)))


def _each_return_once(matches: Sequence[Match]) -> list[Match]:
    """A bill that comes back does so for all before it, session after session: it is told at one of these, for all the
    reasons there are; at what is sure rather than probable, at what is followed most closely, and at the latest."""
    found: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        change = match.news.change
        found[change.now if change.kind in RETURNS else change.id].append(match)
    return [_nearest(some) if len(some) > 1 else some[0] for some in found.values()]


def _nearest(returns: Sequence[Match]) -> Match:
    latest = {bill: place for place, bill in enumerate(in_order(match.news.change.bill for match in returns))}

    def rank(match: Match) -> tuple[int, int, int]:
        change = match.news.change
        return RETURNS.index(change.kind), _nearness(match.reasons), latest[change.bill]

    reasons = dict.fromkeys(reason for match in returns for reason in match.reasons)
    return Match(min(returns, key=rank).news, tuple(reasons))


def _nearness(reasons: Iterable[Subscription]) -> int:
    return min(_NEAREST.index(reason.kind) for reason in reasons)


def _of_long_ago(change: Change) -> Change:
    """What happened long before we saw it is one cause, however many runs it took to see it."""
    return msgspec.structs.replace(change, cause="earlier") if change.backfill else change


def _votes_apart(changes: Sequence[Change]) -> list[Change]:
    """A vote by which a bill passed is set apart from other votes of the day: it becomes part of the passage. In one
    item with those of many bills it would be a story of its own, and the passage would go without its count."""
    passed = {change.bill for change in changes if not change.backfill and any(passage_of(change))}
    return [_alone(c) if c.kind == "vote-added" and c.bill in passed else c for c in changes]


def _alone(change: Change) -> Change:
    return msgspec.structs.replace(change, cause="")


def _by_fight(items: Iterable[Item], twins: Mapping[str, str]) -> Iterator[tuple[list[Item], bool]]:
    """Items in groups that are told together, and whether each is one cause on many bills."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        fights = {twins.get(bill, bill) for bill in item.bills}
        if len(fights) == 1:
            groups[fights.pop()].append(item)
        elif not item.backfill and len(fights) <= (MANY if item.weight == 0 else FEW):
            for fight, part in _parted(item, twins):
                groups[fight] += part
        else:
            yield [item], True
    yield from ((group, False) for group in groups.values())


def _parted(item: Item, twins: Mapping[str, str]) -> Iterator[tuple[str, list[Item]]]:
    """An item of several fights as one item for each."""

    def fight(change: Change) -> str:
        return twins.get(change.bill, change.bill)

    for name, changes in groupby(sorted(item.changes, key=fight), fight):
        yield name, items_of(changes)


def _story(items: list[Item], reasons: Mapping[str, tuple[Subscription, ...]], tallies: Tallies, shared: bool) -> Story:
    newest = sorted(together(items), key=lambda i: (i.lead.happened_on, i.seen_at, i.order), reverse=True)
    ranked = sorted(newest, key=lambda i: (i.weight, i.correction))
    why = dict.fromkeys(s for item in items for change in item.changes for s in reasons[change.id])
    return Story(tuple(with_votes(ranked, tallies_of(ranked) | tallies)), tuple(why), shared)
