"""What a feed holds: an entry is one item of news, with the corrections of it that came later.

A correction updates the entry that it corrects, where we had announced one, so that nobody is told twice; `updated`
only ever rises. A correction of something that was never announced is an entry of its own, and a detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from billwatch_site.feeds import body
from billwatch_site.records import SEVERITIES, Brief, Change
from billwatch_site.words import links, stories

Headlines = tuple[tuple[str, str], ...]  # of bills, by their ids

FEW, MANY, LATELY = 50, 500, timedelta(days=7)
WEIGHTS = (2, 1, 0)  # up to which a feed tells: every change, what is notable, milestones alone


class Entry(msgspec.Struct, frozen=True):
    """One entry. `key` is the same for ever in one feed, `path` is inside the site, `told` is HTML.

    `weight` is 0 for a milestone, 1 for what is notable, 2 for a detail.
    """

    key: str
    path: str
    title: str
    told: str
    published: datetime
    updated: datetime
    weight: int
    tags: tuple[str, ...]
    bills: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    order: tuple[str, int, str] = ("", 0, "")  # among what was updated in one moment


class News(msgspec.Struct, frozen=True):
    """An item with its corrections, the earliest first. `latest`: the bills of which it is the newest milestone."""

    item: stories.Item
    corrections: tuple[Change, ...] = ()
    latest: tuple[str, ...] = ()

    @property
    def updated(self) -> datetime:
        return max(self.item.seen_at, *(c.seen_at for c in self.corrections)) if self.corrections else self.item.seen_at

    @property
    def weight(self) -> int:
        return 2 if self.item.correction else self.item.weight


Told = tuple[Sequence[News], ...]  # what the feed of each strength holds, in the order of `WEIGHTS`


def news_of(items: Sequence[stories.Item]) -> list[News]:
    """Items as news, the latest updated first; a correction joins what it corrects."""
    (corrections, joined), latest = _corrections(items), _latest(items)
    news = [
        News(
            item,
            tuple(sorted(corrections.get(item.id, ()), key=lambda c: (c.seen_at, c.id))),
            tuple(latest.get(item.id, ())),
        )
        for item in items
        if not joined or not joined.issuperset(change.id for change in item.changes)
    ]
    return sorted(news, key=lambda n: (n.updated, *n.item.order), reverse=True)


def _latest(items: Sequence[stories.Item]) -> dict[str, list[str]]:
    """The bills of which each item is the newest milestone, where it is of any."""
    found: dict[str, list[str]] = {}
    for bill, item in stories.latest_milestones(items).items():
        found.setdefault(item, []).append(bill)
    return found


def _corrections(items: Sequence[stories.Item]) -> tuple[dict[str, list[Change]], set[str]]:
    """Corrections by the item that they correct, and their ids."""
    found = [change for item in items for change in item.changes if change.corrects and item.correction]
    if not found:
        return {}, set()
    owner = {change.id: item.id for item in items for change in item.changes}
    corrections: dict[str, list[Change]] = {}
    joined: set[str] = set()
    for change in found:
        corrected = owner.get(change.corrects)
        if corrected and corrected != owner[change.id]:
            corrections.setdefault(corrected, []).append(change)
            joined.add(change.id)
    return corrections, joined


def entry_of(news: News, bills: Mapping[str, Brief]) -> Entry:
    """News as it is written; `bills` knows the bills inside."""
    return _entry(news, _headlines(news, bills), _next(news, bills))


def entry_again(news: News, bills: Mapping[str, Brief]) -> Entry:
    """The same, remembered: what is in the feed of a topic is in those of all its sponsors too."""
    return _remembered(news, _headlines(news, bills), _next(news, bills))


def _headlines(news: News, bills: Mapping[str, Brief]) -> Headlines:
    return tuple([(bill, bills[bill].headline) for bill in news.item.bills])


def _next(news: News, bills: Mapping[str, Brief]) -> str:
    """What comes next for the bill: told with the last that it did, and with nothing before."""
    bill = news.item.lead.bill
    return bills[bill].next if bill in news.latest and not news.item.folded else ""


def _entry(news: News, headlines: Headlines, following: str) -> Entry:
    item, weight, called = news.item, news.weight, dict(headlines)
    lead = item.lead
    return Entry(
        key=item.id,
        path=f"{links.bill_path(lead.bill)}#{links.anchor(item.id)}",
        title=body.title(item, news.corrections, called),
        told=body.told(item, news.corrections, called, following),
        published=lead.seen_at,
        updated=news.updated,
        weight=weight,
        tags=(SEVERITIES[weight], lead.kind),
        bills=item.bills,
        changes=tuple(change.id for change in (*item.changes, *news.corrections)),
        order=item.order,
    )


_remembered = lru_cache(maxsize=4096)(_entry)


def strengths(news: Sequence[News]) -> Told:
    """What the feed of each strength still holds of its news."""
    return tuple(lately([one for one in news if one.weight <= weight]) for weight in WEIGHTS)


def lately(news: Sequence[News]) -> Sequence[News]:
    """What a feed still holds of its news: the latest few, and however many the last days brought.

    The days are counted from the newest, not from the clock, so that an unchanged feed stays as it is. What came in
    one moment stays together.
    """
    if len(news) <= FEW:
        return news
    since = min(news[FEW - 1].updated, news[0].updated - LATELY)
    return [one for one in news[:MANY] if one.updated >= since]


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """Entries as a feed shows them: the latest updated first, then what is later in the record."""
    return sorted(entries, key=lambda entry: (entry.updated, *entry.order, entry.key), reverse=True)
