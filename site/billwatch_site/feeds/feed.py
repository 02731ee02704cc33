"""One subject that can be followed, and its six files: Atom and JSON Feed, each in three strengths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from billwatch_site.feeds import atom, json_feed
from billwatch_site.feeds.entry import WEIGHTS, Entry, News, Told, ordered
from billwatch_site.feeds.names import Names
from billwatch_site.printing.press import Page
from billwatch_site.settings import Settings

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Strength(msgspec.Struct, frozen=True):
    """How much a feed tells. `mark` is a part of its file's name."""

    mark: str
    words: str


# In the order of `WEIGHTS`.
STRENGTHS = (
    Strength("", "every change"),
    Strength("-notable", "notable changes and milestones"),
    Strength("-milestones", "milestones only"),
)

Entries = tuple[Sequence[Entry], ...]  # of each strength
NOTHING: Entries = tuple(() for _ in STRENGTHS)


class _Written(NamedTuple):
    """An entry in both forms."""

    atom: str
    json: bytes


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What is followed. `path` is its folder, `stem` the name its files begin with ("feed" or "family").

    `why` says for an entry why it is in this feed. `since` is the time of a feed that is still empty.
    """

    path: str
    title: str
    entries: Entries
    why: Callable[[Entry], str]
    stem: str = "feed"
    since: datetime = BEGINNING


def entries_of(told: Told, written: Callable[[News], Entry]) -> Entries:
    """News as entries, each written once for all strengths."""
    made: dict[str, Entry] = {}
    for news in (news for some in told for news in some):
        if news.item.id not in made:
            made[news.item.id] = written(news)
    return tuple([made[news.item.id] for news in some] for some in told)


def watched(entries: Entries, watching: Iterable[Entry]) -> Entries:
    """With what is told of the watching, as each strength shows it."""
    told = list(watching)
    return tuple(
        ordered([*some, *(entry for entry in told if entry.weight <= weight)])
        for some, weight in zip(entries, WEIGHTS, strict=True)
    )


def pages(feed: Feed, settings: Settings) -> Iterator[Page]:
    """The feed's files. Each entry is written once in each form, for all three strengths."""
    named = Names(settings, feed.path, feed.stem)
    whole = {entry.key: entry for some in feed.entries for entry in some}
    written = {key: _written(entry, feed.why(entry), named) for key, entry in whole.items()}
    for strength, entries in zip(STRENGTHS, feed.entries, strict=True):
        title = f"{feed.title}: {strength.words}" if strength.mark else feed.title
        updated = entries[0].updated if entries else feed.since
        file = f"{feed.path}{feed.stem}{strength.mark}"
        chosen = [written[entry.key] for entry in entries]
        yield Page(f"{file}.xml", atom.feed(title, strength.mark, updated, [one.atom for one in chosen], named))
        yield Page(f"{file}.json", json_feed.feed(title, strength.mark, [one.json for one in chosen], named))


def _written(entry: Entry, why: str, named: Names) -> _Written:
    return _Written(atom.entry(entry, why, named), json_feed.item(entry, why, named))
