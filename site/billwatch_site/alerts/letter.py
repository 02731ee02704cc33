"""A digest in words, before it is text or HTML: what a reader finds in it, top to bottom. Pure.

The words for what happened are the site's (`sentences.py`). Each story says which bill, what was and is, when it
happened and when we saw it, where it stands and what can come next, why the reader gets it, and where to read on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from billwatch.bill import BillId, parts_of
from billwatch_site.alerts.digest import Digest, Story
from billwatch_site.alerts.headings import cut, heading_of, preview_of, subject_of
from billwatch_site.alerts.moments import date_of, happened, seen_together, sentence_from, sentence_with_date, when
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import BillRecord, Change
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.legislature import Legislature, Official
from billwatch_site.words.official import legislature
from billwatch_site.words.plurals import weight_of
from billwatch_site.words.sentences import bill_words, counted, day, listed, sentence_of
from billwatch_site.words.stories import Item, reworded, seen_on
from billwatch_site.words.subjects import topic_name
from billwatch_site.words.wording import committee_name, official_differs

NAMED = 30  # bills of one cause that are named, unless it is a milestone; the site has the others

# Kinds whose sentences say only what is now, and how to put what was.
_MOVED: dict[str, Callable[[str], str]] = {"committee": committee_name, "substituted-by": bill_words}


class Fact(NamedTuple):
    """A label and what stands behind it."""

    label: str
    text: str


class Line(msgspec.Struct, frozen=True):
    """One thing that happened."""

    sentence: str
    mark: str = ""  # "Correction", "Happened earlier, seen now"
    when: str = ""
    facts: tuple[Fact, ...] = ()
    milestone: bool = False


class Named(NamedTuple):
    """A bill inside a cause that it shares with others."""

    number: str
    about: str
    url: str


class Block(msgspec.Struct, frozen=True):
    """One story as it is read."""

    number: str  # "S4505 and A5346", "12 bills"
    place: str  # "New York, 2025–2026"
    title: str
    lines: tuple[Line, ...]
    seen: str = ""  # when we saw all of it, where the lines do not say so each
    bills: tuple[Named, ...] = ()
    more: str = ""  # how many bills are not named
    standing: str = ""
    next: str = ""
    why: str = ""
    url: str = ""
    official: Official | None = None


class Foot(msgspec.Struct, frozen=True):
    """Why this came, and how to change or end it."""

    why: str
    manage: str  # an address, or ""
    unsubscribe: str  # an address; mailto: where there is no service
    contact: str


class Letter(msgspec.Struct, frozen=True):
    """The whole message."""

    subject: str
    preview: str
    heading: str
    site: str  # its title
    site_url: str
    blocks: tuple[Block, ...]
    earlier: tuple[Block, ...]  # stories of what happened long before
    notes: tuple[str, ...]
    foot: Foot


class Writer(msgspec.Struct, frozen=True):
    """Puts digests into words. `changes` are all that were ever told, by id: a correction names what it corrects;
    `daily`: months of which the site has a page for each day."""

    bills: Mapping[str, BillRecord]
    changes: Mapping[str, Change]
    settings: Settings
    daily: Container[str] = ()

    def letter(self, digest: Digest, notes: Sequence[str], foot: Foot) -> Letter:
        """The letter for a digest; `notes` are about sources that are silent."""
        stories = digest.stories
        return Letter(
            subject=subject_of(stories),
            preview=preview_of(stories) or cut(self._about(stories[0]), 140),
            heading=heading_of(stories),
            site=self.settings.title,
            site_url=self.settings.url,
            blocks=tuple(self.block(s) for s in stories if not s.earlier),
            earlier=tuple(self.block(s) for s in stories if s.earlier),
            notes=tuple(notes),
            foot=foot,
        )

    def block(self, story: Story) -> Block:
        """One story in words."""
        lead = BillId.parse(story.bills[0])
        house = legislature(lead.legislature)
        why = " · ".join(reason_words(s) for s in story.reasons)
        if story.shared:
            return self._shared(story, house, why)
        record, seen = self._standing(story), seen_together(story.items)
        return Block(
            number=listed([BillId.parse(bill).identifier for bill in story.bills]),
            place=f"{house.name}, {house.session(lead.session)}",
            title=self._about(story),
            lines=tuple(self._line(item, seen, story) for item in story.items),
            seen=sentence_from(seen),
            standing=record.sentence,
            next=record.next,
            why=why,
            url=self._page(story.head),
            official=next(iter(house.pages(lead)), None),
        )

    def _about(self, story: Story) -> str:
        """What its first bill is called."""
        return self.bills[story.bills[0]].headline or "No title yet"

    def _shared(self, story: Story, house: Legislature, why: str) -> Block:
        """One cause on many bills, which are named; what it was on each only where they differ."""
        item, ranked = story.head, _ranked(story.head)
        named = ranked[:NAMED] if item.weight else ranked
        left = len(story.bills) - len(named)
        return Block(
            number=counted(len(story.bills), "bill"),
            place=house.name,
            title=item.sentence.rpartition(": ")[0] or item.sentence,  # how many, stands above it
            lines=(Line("", "" if story.earlier else _mark(item), when(item)),),
            bills=tuple(self._named(bill, item) for bill in named),
            more=f"and {counted(left, 'more bill')}" if left else "",
            why=why,
            url=self._news_page(item),
        )

    def _news_page(self, item: Item) -> str:
        """The page that names all its bills: the month's, and where that is too much for a page, the day's."""
        days = {seen_on(change).isoformat() for change in item.changes}
        month = max(days)[:7]
        path = links.day_path(days.pop()) if len(days) == 1 and month in self.daily else f"changes/{month}/"
        return self.settings.address(path) if self.settings.url else ""

    def _named(self, bill: str, item: Item) -> Named:
        about = self.bills[bill].headline or "No title yet"
        changes = [change for change in item.in_order if change.bill == bill]
        if not item.same:
            about = " ".join([f"{about}.", *map(sentence_with_date, changes)])
        elif not happened(item):
            about += date_of(changes[0])
        url = self.settings.address(links.bill_path(bill)) if self.settings.url else ""
        return Named(links.called(bill, item.seen_on), about + item.behind(bill), url)

    def _standing(self, story: Story) -> BillRecord:
        """The bill that goes on: of two, the one that was not replaced by the other."""
        records = [self.bills[bill] for bill in story.bills]
        return next((r for r in records if r.stage != "substituted"), records[0])

    def _line(self, item: Item, seen: str, story: Story) -> Line:
        number = listed([BillId.parse(bill).identifier for bill in item.bills])
        sentence = item.line  # where it is folded, both houses' bills of one fight
        return Line(
            f"{number}: {sentence}" if len(story.bills) > 1 else sentence,
            "" if story.earlier and not item.correction else _mark(item),  # the heading above says so
            happened(item, sentence) if seen else when(item),
            tuple(self._facts(item.lead)),
            item.weight == 0,
        )

    def _facts(self, change: Change) -> Iterator[Fact]:
        if reworded(change):
            told = (("Was", change.was), ("Now", change.now))
            yield from (Fact(label, cut(bill_words(text))) for label, text in told if text)
        if change.kind in _MOVED and change.was and change.now:
            yield Fact("Was", _MOVED[change.kind](change.was))
        text = parts_of(change.now)[2]
        if change.kind == "action" and official_differs(text, change.context):
            yield Fact("On the record", text)
        original = self.changes.get(change.corrects)
        if original:
            yield Fact("Corrects", f"what we saw on {day(seen_on(original).isoformat())}: {sentence_of(original)}")

    def _page(self, item: Item) -> str:
        page = f"{links.bill_path(item.lead.bill)}#{links.anchor(item.id)}"
        return self.settings.address(page) if self.settings.url else ""


def reason_words(subscription: Subscription) -> str:
    """Why somebody gets it: "you follow S4505"."""
    match subscription.kind:
        case "bill":
            return bill_words(subscription.target)
        case "family":
            return f"the family of {bill_words(subscription.target)}"
        case "topic":
            return f"the topic {topic_name(subscription.target)}"
        case "legislature":
            return f"all bills of {legislature(subscription.target).name}"
        case _:
            return f"the words “{subscription.target}”"


def _ranked(item: Item) -> list[str]:
    """The bills of one cause: those to which most happened first, then as people look for them."""
    weights: dict[str, int] = {}
    for change in item.changes:
        weights[change.bill] = min(weight_of(change), weights.get(change.bill, 2))
    return sorted(item.bills, key=lambda bill: weights[bill])


def _mark(item: Item) -> str:
    if item.correction:
        return "Correction"
    return "Happened earlier, seen now" if item.backfill else ""
