"""The latest news of all bills or of some, as far back as a feed shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from billwatch_site.feeds.entry import FEW, LATELY, MANY, WEIGHTS, News, Told, lately, news_of
from billwatch_site.reading.news import Chronicle
from billwatch_site.records import Brief
from billwatch_site.words.passages import with_count

Narrow = Callable[[News], Iterable[News]]
_AT_FIRST = 2 * FEW  # items: corrections join others, and not everything is told everywhere


def recent(chronicle: Chronicle, bills: Iterable[Brief] | None = None, narrow: Narrow = lambda news: (news,)) -> Told:
    """The news that the feed of each strength shows; `narrow` makes of each what is to be told of it.

    Milestones are far fewer than changes, so their feed reaches further back. A correction joins what it corrects where
    that is among what is read: at least twice what a feed shows.
    """
    among = None if bills is None else list(bills)
    found, whole = _read(chronicle, among, narrow, 2)
    told = [lately(found)]
    for weight in WEIGHTS[1:]:
        louder = [news for news in found if news.weight <= weight]
        if not whole and not _reaches(louder):
            louder, _ = _read(chronicle, among, narrow, weight)
        told.append(lately(louder))
    return tuple(_with_counts(chronicle, some) for some in told)


def _with_counts(chronicle: Chronicle, told: Sequence[News]) -> list[News]:
    """News whose passages are told with the counts of their votes, as on every page."""
    tallies = chronicle.tallies(news.item.lead for news in told)
    return [msgspec.structs.replace(news, item=with_count(news.item, tallies)) if tallies else news for news in told]


def _read(chronicle: Chronicle, among: list[Brief] | None, narrow: Narrow, weight: int) -> tuple[list[News], bool]:
    """News up to a weight, as far back as a feed of it can reach, and whether that is all there is."""
    wanted = _AT_FIRST
    while True:
        items = chronicle.latest(wanted, among, weight, company=True)
        found = [part for news in news_of(items) for part in narrow(news) if part.weight <= weight]
        whole = len(items) < wanted
        if whole or _reaches(found):
            return found, whole
        wanted *= 4


def _reaches(found: Sequence[News]) -> bool:
    """Whether what is left out would not be shown."""
    if len(found) < _AT_FIRST:
        return False
    return len(found) >= 2 * MANY or found[0].updated - found[-1].updated > LATELY
