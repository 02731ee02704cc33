"""A day's news: what one bill did that day, or several together, stands under its most important sentence.

items   -> days      by the day on which we saw them, in the legislature's time zone
day     -> stories   milestones first
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

import msgspec

from billwatch_site.records import Change
from billwatch_site.words.passages import Tallies, tallies_of, with_votes
from billwatch_site.words.stories import Item, seen_on, together

OWN_LINES = 3  # of a bill in a story of several, where not all bills are listed


class Story(msgspec.Struct, frozen=True):
    """What one bill did in one day, or several bills together."""

    main: tuple[Item, ...]  # the headline first
    details: tuple[Item, ...]
    bill: str = ""  # "" for several bills
    most: int | None = None  # of the bills that are listed, and of each its first lines alone; None for all

    @property
    def head(self) -> Item:
        return (*self.main, *self.details)[0]

    @property
    def listed(self) -> tuple[str, ...]:
        return self.head.bills[: self.most]

    @property
    def unlisted(self) -> int:
        return len(self.head.bills) - len(self.listed)

    @property
    def weight(self) -> int:
        return self.head.weight

    @property
    def own(self) -> dict[str, list[Change]]:
        """What is said of each listed bill alone, where the sentences above are not true of all word for word."""
        found: dict[str, list[Change]] = {bill: [] for bill in self.listed}
        for item in (*self.main, *self.details):
            for change in () if item.shared else item.in_order:
                if change.bill in found and (self.most is None or len(found[change.bill]) < OWN_LINES):
                    found[change.bill].append(change)
        return found

    @property
    def size(self) -> int:
        """How much room it takes on a page, in lines: a headline or a bill with its title is about three."""
        bills = 0 if self.bill else sum(3 + len(lines) for lines in self.own.values())
        return 2 + len(self.main) + len(self.details) + bills


class Day(msgspec.Struct, frozen=True):
    """One day of news. `at` is the page that tells all of it, where this does not."""

    on: date
    stories: tuple[Story, ...]
    more: int = 0  # stories that were left out
    at: str = ""


def days_of(items: Iterable[Item], recorded: Tallies | None = None) -> list[Day]:
    """Items by the day they were seen, newest day first. `recorded` are the counts that the record has: a passage is
    told with its own also where the vote came to light on another day."""
    days: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        days[seen_on(item.lead)].append(item)
    return [Day(on, _stories_of(days[on], recorded or {})) for on in sorted(days, reverse=True)]


def loudest(day: Day) -> Day:
    """The day with its milestones alone."""
    return msgspec.structs.replace(day, stories=tuple(story for story in day.stories if story.weight == 0))


def shortened(day: Day, limit: int, most: int, at: str) -> Day:
    """The day with so many of its stories, none listing more than so many bills; the rest is told `at` another page."""
    kept = tuple(msgspec.structs.replace(story, most=most) for story in day.stories[:limit])
    return Day(day.on, kept, day.more + len(day.stories) - len(kept), at)


def fitting(days: Iterable[Day], room: int) -> Iterator[Day]:
    """The days, newest first, with as many stories as there is room for (lines, as `Story.size`)."""
    for day in days:
        sums = list(accumulate(story.size for story in day.stories))
        fit = sum(size <= room for size in sums)
        yield msgspec.structs.replace(day, stories=day.stories[:fit], more=day.more + len(sums) - fit)
        room -= sums[fit - 1] if fit else 0


def _stories_of(items: list[Item], recorded: Tallies) -> tuple[Story, ...]:
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.bills].append(item)
    tallies = tallies_of(items) | recorded
    stories = (_story("" if len(bills) > 1 else bills[0], group, tallies) for bills, group in groups.items())
    return tuple(sorted(stories, key=lambda story: (story.weight, story.head.backfill, story.bill)))


def _story(bill: str, items: list[Item], tallies: Tallies) -> Story:
    ranked = with_votes(sorted(together(items), key=lambda item: item.weight), tallies)
    main = tuple(item for item in ranked if item.weight < 2)
    # A day of details alone shows the first of them, and does not fold a single one away.
    main = main or tuple(ranked[:1])
    rest = tuple(item for item in ranked if item not in main)
    return Story(main, rest, bill) if len(rest) > 1 else Story((*main, *rest), (), bill)
