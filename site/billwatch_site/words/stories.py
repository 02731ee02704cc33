"""Make news of changes: one cause, one item; one bill and day, one story; milestones before details.

changes -> items     changes of one cause on several bills become one item with the bills inside
items   -> days      by the day on which we saw them, in the legislature's time zone
day     -> stories   what one bill did that day, or several together, stands under its most important sentence
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import accumulate, groupby

import msgspec

from billwatch_site.records import Change
from billwatch_site.words.official import legislature
from billwatch_site.words.plurals import CORRECTIONS, in_common, weight_of
from billwatch_site.words.sentences import counted, parts_of, sentence_of
from billwatch_site.words.votes import counts_in, tally_of

Tallies = dict[tuple[str, str, str], str]

FEW = 6  # bills whose milestones are read one by one
REWORDED = ("title", "abstract", "act-clause", "law-code", "print-text", "vote-edited")


def reworded(change: Change) -> bool:
    """Whether a change is told by what a text was and what it is now."""
    return change.kind in REWORDED


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
    def line(self) -> str:
        """The sentence where the bills that it is true of are named beside it: without their number."""
        return f"{in_common(self.changes)}." if self.folded else self.sentence

    @property
    def open(self) -> bool:
        """Whether the bills inside are shown at once: a milestone of a few is read for its bills."""
        return self.weight == 0 and len(self.bills) <= FEW

    @property
    def seen_at(self) -> datetime:
        return max(change.seen_at for change in self.changes)

    @property
    def weight(self) -> int:
        """0 for a milestone, 1 for what is notable, 2 for a detail. A flood of old news is no milestone."""
        weight = min(map(weight_of, self.changes))
        return max(weight, 1) if self.folded and self.backfill else weight

    @property
    def correction(self) -> bool:
        return all(change.kind in CORRECTIONS for change in self.changes)

    @property
    def backfill(self) -> bool:
        return all(change.backfill for change in self.changes)


class Story(msgspec.Struct, frozen=True):
    """What one bill did in one day, or several bills together."""

    main: tuple[Item, ...]  # the headline first
    details: tuple[Item, ...]
    bill: str = ""  # "" for several bills
    most: int | None = None  # of the bills that are listed; None for all

    @property
    def head(self) -> Item:
        return (*self.main, *self.details)[0]

    @property
    def on(self) -> date:
        return seen_on(self.head.lead)

    @property
    def listed(self) -> tuple[str, ...]:
        return self.head.bills[: self.most]

    @property
    def unlisted(self) -> int:
        return len(self.head.bills) - len(self.listed)

    @property
    def weight(self) -> int:
        return self.head.weight

    def differing(self, bill: str) -> list[Change]:
        """What is said of this bill alone, where the sentences above are not true of every bill word for word."""
        items = (item for item in (*self.main, *self.details) if not item.same)
        return [change for item in items for change in item.changes if change.bill == bill]


class Day(msgspec.Struct, frozen=True):
    """One day of news."""

    on: date
    stories: tuple[Story, ...]
    more: int = 0  # stories that were left out


def items_of(changes: Iterable[Change]) -> list[Item]:
    """Changes as notices, newest first. A cause that goes on over a month's end is told once in each month."""
    causes: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda c: (c.seen_at, c.happened_on, c.id)):
        causes[change.cause or change.id, f"{seen_on(change):%Y-%m}"].append(change)
    items = [item for group in causes.values() for item in _items_of_cause(group)]
    return sorted(items, key=lambda i: (i.seen_at, i.lead.happened_on, i.id), reverse=True)


def _items_of_cause(changes: list[Change]) -> list[Item]:
    """One item, and before it what stands alone: the milestones of a few bills among news that came late.

    Those of many bills stay inside, as when a site is filled for the first time: a flood of old news is none.
    """
    late = [change for change in changes if _is_late_milestone(change)]
    if not late or _bills(late) > FEW:
        return _folded(changes)
    return [*map(_alone, late), *_folded([change for change in changes if not _is_late_milestone(change)])]


def _is_late_milestone(change: Change) -> bool:
    return change.backfill and weight_of(change) == 0


def _folded(changes: list[Change]) -> list[Item]:
    """One item of several bills, or one for each change of a single bill."""
    if _bills(changes) <= 1:
        return [_alone(change) for change in changes]
    return [Item(tuple(changes), _folded_sentence(changes))]


def _alone(change: Change) -> Item:
    return Item((change,), sentence_of(change))


def _bills(changes: Iterable[Change]) -> int:
    return len({change.bill for change in changes})


def narrowed(item: Item, changes: list[Change]) -> list[Item]:
    """What is left of an item when only some of its changes are told, folded anew."""
    return [item] if len(changes) == len(item.changes) else _items_of_cause(changes)


def _folded_sentence(changes: list[Change]) -> str:
    """What the changes of one cause have in common, and how many bills it moved."""
    bills = counted(_bills(changes), "bill")
    return f"{in_common(changes)}: {bills}."


def days_of(items: Iterable[Item]) -> list[Day]:
    """Items by the day they were seen, newest day first."""
    days: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        days[seen_on(item.lead)].append(item)
    return [Day(on, _stories_of(days[on])) for on in sorted(days, reverse=True)]


def loudest(day: Day) -> Day:
    """The day with its milestones alone."""
    return msgspec.structs.replace(day, stories=tuple(story for story in day.stories if story.weight == 0))


def shortened(day: Day, limit: int) -> Day:
    """The day with so many of its stories, and the number of the others."""
    left_out = max(0, len(day.stories) - limit)
    return msgspec.structs.replace(day, stories=day.stories[:limit], more=day.more + left_out)


def fitting(days: Iterable[Day], lines: int, limit: int, most: int) -> Iterator[Day]:
    """The days, newest first, with as many stories as so many lines hold: one each, or one for each bill of several.

    No day has more than `limit` stories, and no story lists more than `most` bills.
    """
    for day in days:
        stories = tuple(msgspec.structs.replace(story, most=most) for story in day.stories[:limit])
        sums = list(accumulate(len(story.listed) for story in stories))
        fit = sum(size <= lines for size in sums)
        yield shortened(msgspec.structs.replace(day, stories=(*stories, *day.stories[limit:])), fit)
        lines -= sums[fit - 1] if fit else 0


def by_sentence(items: Iterable[Item]) -> list[tuple[str, tuple[str, ...]]]:
    """What happened, and to which bills, where the same happened to many: the most frequent first."""
    bills: dict[str, set[str]] = defaultdict(set)
    for item in items:
        bills[item.sentence].update(item.bills)
    return sorted(((told, tuple(sorted(some))) for told, some in bills.items()), key=lambda t: (-len(t[1]), t[0]))


def seen_on(change: Change) -> date:
    """The day on which we saw a change, as the legislature's calendar has it."""
    return change.seen_at.astimezone(legislature(change.bill.split("/")[0]).timezone).date()


def _stories_of(items: list[Item]) -> tuple[Story, ...]:
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.bills].append(item)
    tallies = _tallies(items)
    stories = (_story("" if len(bills) > 1 else bills[0], group, tallies) for bills, group in groups.items())
    return tuple(sorted(stories, key=lambda story: (story.weight, story.head.backfill, story.bill)))


def _story(bill: str, items: list[Item], tallies: Tallies) -> Story:
    ranked = with_votes(sorted(items, key=lambda item: item.weight), tallies)
    main = tuple(item for item in ranked if item.weight < 2)
    # A day of details alone shows the first of them, and does not fold a single one away.
    main = main or tuple(ranked[:1])
    rest = tuple(item for item in ranked if item not in main)
    return Story(main, rest, bill) if len(rest) > 1 else Story((*main, *rest), (), bill)


def with_votes(items: list[Item], tallies: Tallies | None = None) -> list[Item]:
    """A passage and the floor vote it came by are one sentence: "Passed the Senate, 58 to 3.".

    `tallies` are those of votes that are told elsewhere, with those of other bills; a vote among these items is part of
    its passage from then on.
    """
    known = _tallies(items) if tallies is None else tallies
    told, used = [], set()
    for item in items:
        on, chamber, text = parts_of(item.lead.now)
        place = item.lead.bill, on, f"{chamber} floor"
        if not item.folded and item.lead.kind == "action" and "PASSED" in text.upper() and known.get(place):
            item = msgspec.structs.replace(item, sentence=f"{item.sentence.rstrip('.')}, {known[place]}.")
            used.add(place)
        told.append(item)
    return [item for item in told if item.folded or item.lead.kind != "vote-added" or _place(item.lead) not in used]


def _tallies(items: Iterable[Item]) -> Tallies:
    """The counts of every vote that was published: bill, day and place -> "58 to 3"."""
    votes = (change for item in items for change in item.changes if change.kind == "vote-added")
    return {_place(vote): _tally(vote) for vote in votes}


def _place(vote: Change) -> tuple[str, str, str]:
    return vote.bill, *parts_of(vote.now)[:2]


def _tally(vote: Change) -> str:
    """The counts of "2025-06-12 Senate floor: 58 aye, 3 nay"; "" where they are not of that form."""
    return tally_of(counts_in(parts_of(vote.now)[2]))


def by_month(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by month, "2025-06", newest first."""
    ordered = sorted(items, key=lambda item: seen_on(item.lead), reverse=True)
    return {month: list(group) for month, group in groupby(ordered, lambda item: f"{seen_on(item.lead):%Y-%m}")}
