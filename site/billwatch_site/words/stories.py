"""Make news of changes: one cause, one item; one bill and day, one entry; milestones before details.

changes -> items     changes of one cause on several bills become one item with the bills inside
items   -> days      by the day on which we saw them, in the legislature's time zone
day     -> entries   what one bill did that day stands together under its most important sentence
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby, takewhile

import msgspec

from billwatch_site.records import Change
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted, parts_of, sentence_of, tally_of

_WEIGHT = {"milestone": 0, "notable": 1}
CORRECTIONS = ("action-edited", "action-inserted", "action-removed")


REWORDED = ("title", "abstract", "act-clause", "law-code", "print-text", "vote-edited")


def reworded(change: Change) -> bool:
    """Whether a change is told by what a text was and what it is now."""
    return change.kind in REWORDED


def weight_of(change: Change) -> int:
    """0 for a milestone, 1 for what is notable, 2 for a detail."""
    return _WEIGHT.get(change.severity, 2)


class Item(msgspec.Struct, frozen=True):
    """One notice: one change of one bill, or one cause that moved several bills."""

    changes: tuple[Change, ...]  # earliest seen first
    sentence: str

    @property
    def id(self) -> str:
        """The id of the change that was seen first: it stays when the cause reaches more bills."""
        return self.changes[0].id

    @property
    def bills(self) -> tuple[str, ...]:
        return tuple(sorted({change.bill for change in self.changes}))

    @property
    def lead(self) -> Change:
        return self.changes[0]

    @property
    def folded(self) -> bool:
        return len(self.bills) > 1

    @property
    def same(self) -> bool:
        """Whether the same sentence is true of every bill inside."""
        return len({sentence_of(change) for change in self.changes}) == 1

    @property
    def open(self) -> bool:
        """Whether the bills inside are shown at once: a milestone of a few is read for its bills."""
        return self.weight == 0 and len(self.bills) <= 6

    @property
    def seen_at(self) -> datetime:
        return max(change.seen_at for change in self.changes)

    @property
    def weight(self) -> int:
        """0 for a milestone, 1 for what is notable, 2 for a detail. A digest of old news is no milestone."""
        weight = min(map(weight_of, self.changes))
        return max(weight, 1) if self.folded and self.backfill else weight

    @property
    def correction(self) -> bool:
        return all(change.kind in CORRECTIONS for change in self.changes)

    @property
    def backfill(self) -> bool:
        return all(change.backfill for change in self.changes)


class Entry(msgspec.Struct, frozen=True):
    """What one bill did in one day, or one item about several bills."""

    main: tuple[Item, ...]  # the headline first
    details: tuple[Item, ...]
    bill: str = ""  # "" for an item about several bills

    @property
    def head(self) -> Item:
        return (*self.main, *self.details)[0]

    @property
    def weight(self) -> int:
        return self.head.weight


class Day(msgspec.Struct, frozen=True):
    """One day of news."""

    on: date
    entries: tuple[Entry, ...]
    more: int = 0  # entries that were left out


def items_of(changes: Iterable[Change]) -> list[Item]:
    """Changes as notices, newest first. A cause that goes on over a month's end is told once in each month."""
    causes: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda c: (c.seen_at, c.happened_on, c.id)):
        causes[change.cause or change.id, f"{seen_on(change):%Y-%m}"].append(change)
    items = [item for group in causes.values() for item in _items_of_cause(group)]
    return sorted(items, key=lambda i: (i.seen_at, i.lead.happened_on, i.id), reverse=True)


def _items_of_cause(changes: list[Change]) -> list[Item]:
    if len({change.bill for change in changes}) == 1:
        return [Item((change,), sentence_of(change)) for change in changes]
    return [Item(tuple(changes), _folded_sentence(changes))]


def narrowed(item: Item, changes: list[Change]) -> list[Item]:
    """What is left of an item when only some of its changes are told: one item, or one each where one bill is left."""
    return [item] if len(changes) == len(item.changes) else _items_of_cause(changes)


def _folded_sentence(changes: list[Change]) -> str:
    """What the changes of one cause have in common, and how many bills it moved."""
    bills = counted(len({change.bill for change in changes}), "bill")
    return f"{_in_common(changes)}: {bills}."


def _in_common(changes: list[Change]) -> str:
    told = sorted({sentence_of(change).rstrip(".") for change in changes})
    if len(told) == 1:
        return told[0]
    if all(change.backfill for change in changes):
        return "Changes that happened earlier, seen now"
    if all(change.kind in CORRECTIONS for change in changes):
        return "The record of the past was corrected"
    if all(change.kind == "vote-added" for change in changes):
        return "Votes were published"
    common = _common_words(told[0].split(), told[-1].split())
    return " ".join(common).rstrip(":,") if common else "Several changes of one kind"


def _common_words(first: list[str], last: list[str]) -> list[str]:
    """The words that two sentences begin with; of a sorted list, those that all begin with."""
    return [a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))]


def days_of(items: Iterable[Item]) -> list[Day]:
    """Items by the day they were seen, newest day first."""
    days: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        days[seen_on(item.lead)].append(item)
    return [Day(on, _entries_of(days[on])) for on in sorted(days, reverse=True)]


def shortened(day: Day, limit: int) -> Day:
    """The day with so many of its entries, and the number of the others."""
    return Day(day.on, day.entries[:limit], max(0, len(day.entries) - limit))


def by_sentence(items: Iterable[Item]) -> list[tuple[str, tuple[str, ...]]]:
    """What happened, and to which bills, where the same happened to many: the most frequent first."""
    bills: dict[str, set[str]] = defaultdict(set)
    for item in items:
        bills[item.sentence].update(item.bills)
    return sorted(((told, tuple(sorted(some))) for told, some in bills.items()), key=lambda t: (-len(t[1]), t[0]))


def seen_on(change: Change) -> date:
    """The day on which we saw a change, as the legislature's calendar has it."""
    return change.seen_at.astimezone(legislature(change.bill.split("/")[0]).timezone).date()


def _entries_of(items: list[Item]) -> tuple[Entry, ...]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.id if item.folded else item.lead.bill].append(item)
    entries = (_entry("" if group[0].folded else name, group) for name, group in groups.items())
    return tuple(sorted(entries, key=lambda entry: (entry.weight, entry.head.backfill, entry.bill)))


def _entry(bill: str, items: list[Item]) -> Entry:
    ranked = with_votes(sorted(items, key=lambda item: item.weight))
    main = tuple(item for item in ranked if item.weight < 2)
    # A day of details alone shows the first of them, and does not fold a single one away.
    main = main or tuple(ranked[:1])
    rest = tuple(item for item in ranked if item not in main)
    return Entry(main, rest, bill) if len(rest) > 1 else Entry((*main, *rest), (), bill)


def with_votes(items: list[Item]) -> list[Item]:
    """A passage and the floor vote it came by are one sentence: "Passed the Senate, 58 to 3."."""
    votes = {parts_of(i.lead.now)[:2]: i for i in items if i.lead.kind == "vote-added" and not i.folded}
    told, used = [], set()
    for item in items:
        on, chamber, text = parts_of(item.lead.now)
        vote = votes.get((on, f"{chamber} floor"))
        if vote and item.lead.kind == "action" and "PASSED" in text.upper() and (tally := _tally(vote)):
            item = msgspec.structs.replace(item, sentence=f"{item.sentence.rstrip('.')}, {tally}.")
            used.add(vote.id)
        told.append(item)
    return [item for item in told if item.id not in used]


def _tally(vote: Item) -> str:
    """The counts of "2025-06-12 Senate floor: 58 aye, 3 nay"; "" where they are not of that form."""
    parts = (part.strip().partition(" ") for part in parts_of(vote.lead.now)[2].split(","))
    return tally_of((option, int(count)) for count, _, option in parts if count.isdigit())


def moments_of(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """A bill's changes in groups that came with one answer: in each the new before the old, milestones first."""
    groups = groupby(changes, key=lambda c: (c.seen_at, c.source, c.url))
    return [tuple(sorted(group, key=lambda c: (c.backfill, weight_of(c)))) for _, group in groups]


def by_month(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by month, "2025-06", newest first."""
    ordered = sorted(items, key=lambda item: seen_on(item.lead), reverse=True)
    return {month: list(group) for month, group in groupby(ordered, lambda item: f"{seen_on(item.lead):%Y-%m}")}
