"""One subject that can be followed, and its six files: Atom and JSON Feed, each in three strengths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from billwatch_site.feeds import atom, json_feed
from billwatch_site.feeds.entry import Entry
from billwatch_site.feeds.names import Names
from billwatch_site.printing.press import Page
from billwatch_site.settings import Settings

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Strength(msgspec.Struct, frozen=True):
    """How much a feed tells: entries up to a weight. `mark` is a part of its file's name."""

    mark: str
    weight: int
    words: str


STRENGTHS = (
    Strength("", 2, "every change"),
    Strength("-notable", 1, "notable changes and milestones"),
    Strength("-milestones", 0, "milestones only"),
)


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """What is followed. `path` is its folder, `stem` the name its files begin with ("feed" or "family").

    `why` says for an entry why it is in this channel. `since` is the time of a feed that is still empty.
    """

    path: str
    title: str
    entries: Sequence[Entry]
    why: Callable[[Entry], str]
    stem: str = "feed"
    since: datetime = BEGINNING


def pages(channel: Channel, settings: Settings) -> Iterator[Page]:
    """The channel's files. Each entry is written once in each form, for all three strengths."""
    named = Names(settings, channel.path, channel.stem)
    reasons = [channel.why(entry) for entry in channel.entries]
    in_atom = [atom.entry(e, why, named) for e, why in zip(channel.entries, reasons, strict=True)]
    in_json = [json_feed.item(e, why, named) for e, why in zip(channel.entries, reasons, strict=True)]
    for strength in STRENGTHS:
        chosen = [i for i, entry in enumerate(channel.entries) if entry.weight <= strength.weight]
        title = f"{channel.title}: {strength.words}" if strength.mark else channel.title
        updated = channel.entries[chosen[0]].updated if chosen else channel.since
        file = f"{channel.path}{channel.stem}{strength.mark}"
        yield Page(f"{file}.xml", atom.feed(title, strength.mark, updated, [in_atom[i] for i in chosen], named))
        yield Page(f"{file}.json", json_feed.feed(title, strength.mark, [in_json[i] for i in chosen], named))
