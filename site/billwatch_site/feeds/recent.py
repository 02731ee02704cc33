"""The latest news of all bills or of some, as far back as a feed shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from billwatch_site.feeds.entry import FEW, LATELY, MANY, News, lately, news_of
from billwatch_site.reading.news import News as Changes
from billwatch_site.records import Brief

Narrow = Callable[[News], Iterable[News]]
_AT_FIRST = 2 * FEW  # items: corrections join others, and not everything is told everywhere


def recent(changes: Changes, bills: Iterable[Brief] | None = None, narrow: Narrow = lambda news: (news,)) -> list[News]:
    """The news that a feed shows; `narrow` makes of each what is to be told of it.

    A correction joins what it corrects where that is among what is read: at least twice what a feed shows.
    """
    among, wanted = None if bills is None else list(bills), _AT_FIRST
    while True:
        items = changes.latest(wanted, among)
        found = [part for news in news_of(items) for part in narrow(news)]
        if len(items) < wanted or _reaches(found):
            return list(lately(found))
        wanted *= 4


def _reaches(found: Sequence[News]) -> bool:
    """Whether what is left out would not be shown."""
    if len(found) < _AT_FIRST:
        return False
    return len(found) >= 2 * MANY or found[0].updated - found[-1].updated > LATELY
