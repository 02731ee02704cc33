"""A digest in words, before it is text or HTML: what a reader finds in it, top to bottom. Pure.

The words for what happened are the site's (`sentences.py`). Each story says which bill, what was and is, when it
happened and when we saw it, where it stands and what can come next, why the reader gets it, and where to read on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from billwatch.bill import BillId
from billwatch_site import links
from billwatch_site.alerts.digest import Digest, Story
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.official import Legislature, Official, legislature
from billwatch_site.records import BillRecord, Change
from billwatch_site.sentences import bill_words, counted, day, listed, parts_of, sentence_of
from billwatch_site.settings import Settings
from billwatch_site.stories import Item, seen_on
from billwatch_site.subjects import topic_name
from billwatch_site.wording import name_case, official_differs

NAMED = 30  # bills of one cause that are named; the site has the others
_LONGEST = 300  # characters of a text that was edited, before and after
_TEXTS = ("title", "abstract", "act-clause", "law-code", "law-section", "print-text", "vote-edited")
_NO_VERB = ("sponsor", "cosponsor-added", "cosponsor-removed")  # their sentences may begin with a name


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
    """Puts digests into words. `changes` are all that were ever told, by id: a correction names what it corrects."""

    bills: Mapping[str, BillRecord]
    changes: Mapping[str, Change]
    settings: Settings

    def letter(self, digest: Digest, notes: Sequence[str], foot: Foot) -> Letter:
        """The letter for a digest; `notes` are about sources that are silent."""
        stories = digest.stories
        return Letter(
            subject=subject_of(stories),
            preview=_preview(stories),
            heading=_heading(stories),
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
        record = self._standing(story)
        return Block(
            number=listed([BillId.parse(bill).identifier for bill in story.bills]),
            place=f"{house.name}, {house.session(lead.session)}",
            title=self.bills[story.bills[0]].headline or "No title yet",
            lines=tuple(self._line(item, many=len(story.bills) > 1) for item in story.items),
            standing=record.sentence,
            next=record.next,
            why=why,
            url=self._page(story.head),
            official=next(iter(house.pages(lead)), None),
        )

    def _shared(self, story: Story, house: Legislature, why: str) -> Block:
        """One cause on many bills, which are named; what it was on each only where they differ."""
        item, named = story.head, sorted(story.bills, key=_in_order)[:NAMED]
        left = len(story.bills) - len(named)
        return Block(
            number=counted(len(story.bills), "bill"),
            place=house.name,
            title=item.sentence.rpartition(": ")[0] or item.sentence,  # how many, stands above it
            lines=(Line("", "" if story.earlier else _mark(item), _when(item)),),
            bills=tuple(self._named(bill, item) for bill in named),
            more=f"and {counted(left, 'more bill')}" if left else "",
            why=why,
            url=self.settings.address(f"changes/{seen_on(item.lead):%Y-%m}/") if self.settings.url else "",
        )

    def _named(self, bill: str, item: Item) -> Named:
        found = BillId.parse(bill)
        told = "" if item.same else " ".join(sentence_of(c) for c in item.changes if c.bill == bill)
        about = f"{self.bills[bill].headline or 'No title yet'}"
        url = self.settings.address(links.bill_path(bill)) if self.settings.url else ""
        return Named(found.identifier, f"{about}. {told}" if told else about, url)

    def _standing(self, story: Story) -> BillRecord:
        """The bill that goes on: of two, the one that was not replaced by the other."""
        records = [self.bills[bill] for bill in story.bills]
        return next((r for r in records if r.stage != "substituted"), records[0])

    def _line(self, item: Item, *, many: bool) -> Line:
        number = listed([BillId.parse(bill).identifier for bill in item.bills])
        sentence = item.sentence
        if item.folded:  # both houses' bills of one fight
            sentence = f"{sentence.partition(':')[0]}."
        return Line(
            f"{number}: {sentence}" if many else sentence,
            _mark(item),
            _when(item),
            tuple(self._facts(item.lead)),
            item.weight == 0,
        )

    def _facts(self, change: Change) -> Iterator[Fact]:
        if change.kind in _TEXTS:
            yield from (Fact(label, _cut(bill_words(text))) for label, text in _was_and_now(change) if text)
        text = parts_of(change.now)[2]
        if change.kind == "action" and official_differs(text):
            yield Fact("On the record", text)
        original = self.changes.get(change.corrects)
        if original:
            yield Fact("Corrects", f"what we saw on {day(seen_on(original).isoformat())}: {sentence_of(original)}")

    def _page(self, item: Item) -> str:
        page = f"{links.bill_path(item.lead.bill)}#{links.anchor(item.id)}"
        return self.settings.address(page) if self.settings.url else ""


def subject_of(stories: Sequence[Story]) -> str:
    """The change itself: "S4505 passed the Senate, 58 to 3; 2 more"."""
    more = f"; {len(stories) - 1} more" if len(stories) > 1 else ""
    return f"{_cut(_in_short(stories[0]), 140 - len(more))}{more}"


def _in_short(story: Story) -> str:
    """A story in one line: which bill did what."""
    item = story.head
    mark = "Correction: " if item.correction else "Earlier, seen now: " if story.earlier and not item.folded else ""
    sentence = item.sentence.rstrip(".")
    if story.shared:
        return f"{mark}{sentence}"
    number = listed([BillId.parse(bill).identifier for bill in item.bills])
    if item.folded:
        sentence = sentence.partition(":")[0]
    first = sentence.split(" ", 1)[0]
    if item.lead.kind not in _NO_VERB and len(first) > 4 and first.endswith("ed"):
        return f"{mark}{number} {sentence[:1].lower()}{sentence[1:]}"
    return f"{mark}{number}: {sentence}"


def _preview(stories: Sequence[Story]) -> str:
    """What a mailbox shows beside the subject: the next stories, or what the first bill is about."""
    return _cut(". ".join(_in_short(s) for s in stories[1:4]), 140)


def _heading(stories: Sequence[Story]) -> str:
    bills = len({bill for story in stories for bill in story.bills})
    return f"What changed on {counted(bills, 'bill')}" if bills > 1 else "What changed"


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


def _in_order(bill: str) -> tuple[str, int]:
    """The order in which people look for a number: S9 before S10."""
    number = BillId.parse(bill).identifier
    return number.rstrip("0123456789"), int(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


def _mark(item: Item) -> str:
    if item.correction:
        return "Correction"
    return "Happened earlier, seen now" if item.backfill else ""


def _when(item: Item) -> str:
    """When it happened, by the legislature's date, and when we saw it, in its local time."""
    lead = item.lead
    here = item.seen_at.astimezone(legislature(lead.bill.split("/")[0]).timezone)
    seen = f"seen {day(here.date().isoformat())}, {here:%H:%M} {here.tzname()}"
    happened = {c.happened_on for c in item.changes}
    if len(happened) == 1 and lead.happened_on and not item.correction:
        what = "Introduced" if lead.kind in ("listed", "topic-added") else "Happened"
        return f"{what} {day(lead.happened_on)}; {seen}."
    return f"{seen[:1].upper()}{seen[1:]}."


def _was_and_now(change: Change) -> tuple[Fact, Fact]:
    sponsors = change.kind == "sponsor"
    was, now = (name_case(text) if sponsors else text for text in (change.was, change.now))
    return Fact("Was", was), Fact("Now", now)


def _cut(text: str, longest: int = _LONGEST) -> str:
    """On one line and no longer than that, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    kept = plain[: longest - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[longest // 2 :] else kept} …"
