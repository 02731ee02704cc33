"""From matches to a digest: news by fight, twins of the two houses together, each thing once. Pure.

matches -> items      one cause, one item (`stories.items_of`); a milestone of a few bills is told with each bill
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
from billwatch_site.sentences import parts_of
from billwatch_site.stories import Item, items_of, with_votes


class Story(msgspec.Struct, frozen=True):
    """What one fight did, or one cause on many bills: its items, the most important first."""

    items: tuple[Item, ...]
    reasons: tuple[Subscription, ...]

    @property
    def head(self) -> Item:
        return self.items[0]

    @property
    def bills(self) -> tuple[str, ...]:
        """The bills it is about, that of the first item first."""
        found = (bill for item in self.items for bill in (item.lead.bill, *item.bills))
        return tuple(dict.fromkeys(found))

    @property
    def shared(self) -> bool:
        """Whether it is one cause on many bills, rather than one fight."""
        return len(self.items) == 1 and self.head.folded and self.head.weight > 0

    @property
    def earlier(self) -> bool:
        """Whether all of it happened long before we saw it."""
        return all(item.backfill for item in self.items)


class Digest(msgspec.Struct, frozen=True):
    """All that somebody is told in one message: stories, and the ids of every change in them."""

    stories: tuple[Story, ...]
    changes: tuple[str, ...]


def digest_of(matches: Sequence[Match], twins: Mapping[str, str]) -> Digest:
    """A digest of these matches, of which there is at least one. `twins`: each bill's fight in its session."""
    reasons = {match.news.change.id: match.reasons for match in matches}
    stories = [_story(items, reasons) for items in _by_fight(items_of(m.news.change for m in matches), twins)]
    ranked = sorted(stories, key=lambda s: (s.earlier, s.head.weight, s.shared, s.bills))
    return Digest(tuple(ranked), tuple(sorted(reasons)))


def _by_fight(items: Iterable[Item], twins: Mapping[str, str]) -> Iterator[list[Item]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        fights = sorted({twins.get(bill, bill) for bill in item.bills})
        if len(fights) == 1:
            groups[fights[0]].append(item)
        elif item.open and not item.backfill:
            for fight, part in _parted(item, twins):
                groups[fight] += part
        else:
            groups[item.id].append(item)
    yield from groups.values()


def _parted(item: Item, twins: Mapping[str, str]) -> Iterator[tuple[str, list[Item]]]:
    """An item of several fights as one item for each."""

    def fight(change: Change) -> str:
        return twins.get(change.bill, change.bill)

    for name, changes in groupby(sorted(item.changes, key=fight), fight):
        yield name, items_of(changes)


def _story(items: list[Item], reasons: Mapping[str, tuple[Subscription, ...]]) -> Story:
    ranked = sorted(items, key=lambda i: (i.backfill, i.weight, i.correction))
    shown = _without_echoes(with_votes(ranked))
    why = dict.fromkeys(s for item in items for change in item.changes for s in reasons[change.id])
    return Story(tuple(shown), tuple(why))


def _without_echoes(items: list[Item]) -> list[Item]:
    """Without what an official line beside it says already: that the status moved, or the committee it went to."""
    lines = [(i.lead.bill, parts_of(i.lead.now)[2].upper()) for i in items if i.lead.kind == "action" and not i.folded]

    def echoes(item: Item) -> bool:
        lead = item.lead
        own = [text for bill, text in lines if bill == lead.bill]
        if item.folded or not own:
            return False
        if lead.kind == "committee":
            return not lead.now or any(lead.now.upper() in text for text in own)
        if lead.kind == "version":
            return any(text.startswith(("AMEND", "PRINT NUMBER")) for text in own)
        return lead.kind in ("status", "substituted-by")

    return [item for item in items if not echoes(item)]
