"""Bulletins: what a channel is told, in words for people and facts for programs.

A bulletin is made when the news is decided and kept in the outbox as it is, so that a webhook gets the same bytes
however often it has to be tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from billwatch.bill import BillId
from billwatch_site.alerts.channels import Channel
from billwatch_site.alerts.digest import Digest, Story
from billwatch_site.alerts.letter import reason_words
from billwatch_site.alerts.newsroom import Newsroom
from billwatch_site.alerts.outbox import Outgoing
from billwatch_site.alerts.recipients import Recipient
from billwatch_site.records import SEVERITIES, BillRecord
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted, day
from billwatch_site.words.stories import Item, seen_on

FLOOD = 10  # posts at one time; more than that become one list
_NAMED = 5  # bills of one cause that a note names


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is told: the words for a person and the facts for a program."""

    id: str
    changes: tuple[str, ...]  # ids in the store's `changes`
    bills: tuple[str, ...]
    number: str  # "S4505", or "12 bills"
    place: str  # "New York, 2025–2026"
    headline: str
    sentence: str
    kind: str
    severity: str
    was: str
    now: str
    happened_on: str
    seen_on: str  # the legislature's date
    seen_at: str
    correction: bool
    earlier: bool  # happened more than a week before it was seen
    link: str
    source: str  # the official page
    why: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What it is about, where no place stands beside it: "S4505", "S333 of 2019", "12 bills"."""
        return links.called(self.bills[0], date.fromisoformat(self.seen_on)) if len(self.bills) == 1 else self.number

    @property
    def told(self) -> str:
        """The sentence with what a reader has to know of it."""
        other_day = self.happened_on and self.happened_on != self.seen_on and self.kind == "action"
        on = f" On {day(self.happened_on)}." if other_day else ""
        before = "Correction: " if self.correction else "Seen only now: " if self.earlier else ""
        return f"{before}{self.sentence}{on}"


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """What one outbox row of a channel holds, and a webhook's body. `version` rises when a field changes meaning."""

    version: int = 1
    channel: str
    title: str
    site: str
    stories: tuple[tuple[Note, ...], ...]

    def encoded(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def decoded(cls, blob: bytes) -> Bulletin:
        return msgspec.json.decode(blob, type=cls)


def note_of(item: Item, bills: Mapping[str, BillRecord], settings: Settings, why: Iterable[str] = ()) -> Note:
    """An item of news as a channel tells it."""
    lead, first = item.lead, BillId.parse(item.lead.bill)
    house = legislature(first.legislature)
    record = bills.get(lead.bill)
    return Note(
        id=item.id,
        changes=tuple(change.id for change in item.changes),
        bills=item.bills,
        number=counted(len(item.bills), "bill") if item.folded else first.identifier,
        place=house.name if item.folded else f"{house.name}, {house.session(first.session)}",
        headline=_numbers(item) if item.folded else record.headline if record else "",
        sentence=item.sentence,
        kind=lead.kind,
        severity=SEVERITIES[item.weight],
        was="" if item.folded else lead.was,
        now="" if item.folded else lead.now,
        happened_on=item.happened_on if item.same else "",
        seen_on=seen_on(lead).isoformat(),
        seen_at=item.seen_at.isoformat(timespec="seconds"),
        correction=item.correction,
        earlier=item.backfill,
        link=_link(item, settings),
        source=links.safe(lead.url) or next((page.url for page in house.pages(first)), ""),
        why=tuple(why),
    )


def _numbers(item: Item) -> str:
    names = [links.called(bill, item.seen_on) for bill in item.bills]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _link(item: Item, settings: Settings) -> str:
    """Where it stands on the site: on the bill's page, or in the month's news where several bills share it."""
    page = f"changes/{seen_on(item.lead):%Y-%m}/" if item.folded else links.bill_path(item.lead.bill)
    return settings.address(f"{page}#{links.anchor(item.id)}")


def bulletins_of(
    channel: Channel, digest: Digest, bills: Mapping[str, BillRecord], settings: Settings
) -> list[Bulletin]:
    """A bulletin for each story where there is something at once, one for all of a morning or in a flood."""
    stories = [_noted(story, bills, settings) for story in digest.stories]
    apart = channel.rhythm == "at-once" and len(stories) <= FLOOD
    groups = [(story,) for story in stories] if apart else [tuple(stories)] if stories else []
    return [Bulletin(channel=channel.name, title=settings.title, site=settings.url, stories=g) for g in groups]


def _noted(story: Story, bills: Mapping[str, BillRecord], settings: Settings) -> tuple[Note, ...]:
    why = [reason_words(subscription) for subscription in story.reasons]
    return tuple(note_of(item, bills, settings, why) for item in story.items)


def outgoing_of(channel: Channel, bulletin: Bulletin) -> Outgoing:
    """A bulletin for the outbox, named for who is told what: the same bulletin always has the same name."""
    told = sorted(change for story in bulletin.stories for note in story for change in note.changes)
    name = hashlib.sha256("\n".join([channel.recipient, *told]).encode()).hexdigest()
    return Outgoing(f"<{name[:40]}@{channel.name}.channel>", bulletin.encoded())


def bulletins_for(
    channels: Iterable[Channel], settings: Settings
) -> Callable[[Recipient, Digest, Newsroom], list[Outgoing]]:
    """What goes into the outbox for a channel that gets a digest."""
    known = {channel.recipient: channel for channel in channels}

    def written(recipient: Recipient, digest: Digest, newsroom: Newsroom) -> list[Outgoing]:
        channel = known[recipient.id]
        return [outgoing_of(channel, b) for b in bulletins_of(channel, digest, newsroom.bills, settings)]

    return written
