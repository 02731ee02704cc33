"""What changed, read as it is asked for: how much on which day, a day, or the latest of all bills or of some of them.

Days and months are those of each legislature's calendar.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import groupby

import msgspec

from billwatch_site.reading.digest import digest
from billwatch_site.reading.view import View, card, change
from billwatch_site.records import SEVERITIES, Brief, Card, Change
from billwatch_site.words import links, passages, stories
from billwatch_site.words.days import Day
from billwatch_site.words.days import days_of as by_day
from billwatch_site.words.echoes import without_echoes
from billwatch_site.words.official import legislature

WHOLE = 400  # changes that one page can show: a month of more has a page for each of its days


class Dated(msgspec.Struct, frozen=True, array_like=True):
    """A day or a month in which something changed: "2025-06-12" or "2025-06". `mark` is a digest of all it tells."""

    name: str
    changes: int
    milestones: int
    mark: str
    before: str = ""  # the name of the one before, "" for none
    after: str = ""


class Month(msgspec.Struct, frozen=True):
    """A month with its days, the latest first."""

    dated: Dated
    days: tuple[Dated, ...]

    @property
    def whole(self) -> bool:
        """Whether it is told on one page."""
        return self.dated.changes <= WHOLE


def days_of(view: View, month: str) -> list[Dated]:
    """The days of a month on which something changed."""
    rows: dict[str, list[bytes]] = defaultdict(list)
    bills: dict[str, set[str]] = defaultdict(set)
    loud = Counter[str]()
    for bill, hour, severity, _, raw in view.raw_changes(*_around(f"{month}-01", 31)):
        day = day_of(bill.partition("/")[0], hour)
        if day.startswith(month):
            rows[day].append(raw)
            bills[day].add(bill)
            loud[day] += severity == "milestone"
    cards = view.raw_cards
    return [
        Dated(day, len(some), loud[day], digest(*some, *(cards[bill] for bill in sorted(bills[day]))))
        for day, some in sorted(rows.items())
    ]


def daily(view: View, month: str) -> bool:
    """Whether so much changed in a month that each of its days has its own page, as `Month.whole` tells of a site."""
    hours = view.hours(*_around(f"{month}-01", 31))
    return sum(changes for code, hour, changes in hours if day_of(code, hour).startswith(month)) > WHOLE


def calendar_of(days: Iterable[Dated]) -> list[Month]:
    """These days with their neighbours, in their months, the latest first."""
    ordered = _beside(sorted(days, key=lambda day: day.name))
    months = [(name, tuple(some)) for name, some in groupby(ordered, lambda day: day.name[:7])]
    heads = _beside([_month(name, some) for name, some in months])
    return [Month(head, days[::-1]) for head, (_, days) in zip(heads, months, strict=True)][::-1]


def _month(name: str, days: Sequence[Dated]) -> Dated:
    mark = digest(*(day.mark.encode() for day in days))
    return Dated(name, sum(day.changes for day in days), sum(day.milestones for day in days), mark)


def _beside(dated: Sequence[Dated]) -> list[Dated]:
    names = ["", *(one.name for one in dated), ""]
    beside = zip(dated, names, names[2:], strict=False)
    return [msgspec.structs.replace(one, before=before, after=after) for one, before, after in beside]


class Chronicle:
    """The changes of the bills with a page."""

    def __init__(self, view: View, months: list[Month]) -> None:
        self._view = view
        self.months = months  # in which something changed, the latest first

    @property
    def days(self) -> list[Dated]:
        """On which something changed, the latest first."""
        return [day for month in self.months for day in month.days]

    def told(self, days: Iterable[Dated], weight: int = 2) -> tuple[list[stories.Item], dict[str, Card]]:
        """The items of these days, newest first and without echoes, and the cards of their bills. `weight`: see
        `latest`."""
        names = sorted(day.name for day in days)
        if not names:
            return [], {}
        last = date.fromisoformat(names[-1]) - date.fromisoformat(names[0])
        wanted, found = set(names), []
        for bill, hour, severity, _, raw in self._view.raw_changes(*_around(names[0], last.days + 1)):
            if severity in SEVERITIES[: weight + 1] and day_of(bill.partition("/")[0], hour) in wanted:
                found.append(change(raw))
        cards = self._view.raw_cards
        told = stories.items_of(without_echoes(found, stories.seen_on))
        return told, {id: card(id, cards[id]) for id in {c.bill for c in found}}

    def path_of(self, day: str) -> str:
        """The page that tells all of a day: its own, or that of its month."""
        whole = any(month.whole for month in self.months if month.dated.name == day[:7])
        return f"changes/{day[:7]}/" if whole else links.day_path(day)

    def tallies(self, changes: Iterable[Change]) -> passages.Tallies:
        """The counts of the votes that these passages came by, as the record has them."""
        bills = {change.bill for change in changes if any(passages.passage_of(change))}
        return passages.recorded(card(id, self._view.raw_cards[id]) for id in bills)

    def by_day(self, items: Sequence[stories.Item]) -> list[Day]:
        """Items by the day on which they were seen, newest day first, passages with their counts."""
        return by_day(items, self.tallies(item.lead for item in items))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many changes each bill has had."""
        return self._view.counts()

    def newest(self, since: str) -> list[tuple[int, Change]]:
        """What changed since a moment, and what stands out before it: see `View.newest`."""
        return self._view.newest(since)

    def latest(
        self, limit: int, bills: Iterable[Brief] | None = None, weight: int = 2, company: bool = False
    ) -> list[stories.Item]:
        """At least so many of the latest items where there are as many, newest first: of all bills, or of these.

        `weight` 0 are milestones alone, 1 what is notable too; `company`: see `View.changes`. What came in one hour
        stays together.
        """
        among = None if bills is None else list(bills)
        ids = None if among is None else [bill.id for bill in among]
        moments = self._daily if among is None else Counter(hour for bill in among for hour in bill.seen)
        wanted = limit
        while True:
            since = _reaching(moments, wanted)
            found = stories.items_of(self._view.changes(ids, since, "~", SEVERITIES[: weight + 1], company))
            if len(found) >= limit or not since:
                return found
            wanted *= 4

    @property
    def _daily(self) -> Counter[str]:
        return Counter({day.name: day.changes for day in self.days})


@lru_cache(maxsize=65536)
def day_of(code: str, hour: str) -> str:
    """The day of an hour (UTC) in the legislature's calendar."""
    return f"{datetime.fromisoformat(hour + ':00+00:00').astimezone(legislature(code).timezone):%Y-%m-%d}"


def _around(day: str, days: int) -> tuple[str, str]:
    """From when to when (UTC) so many days last: in the far east they begin 14 hours before, in the far west end 12
    after."""
    first = datetime.fromisoformat(day)
    last = first + timedelta(days=days)
    return f"{first - timedelta(hours=14):%Y-%m-%dT%H}", f"{last + timedelta(hours=12):%Y-%m-%dT%H}"


def _reaching(moments: Counter[str], wanted: int) -> str:
    """The latest moment since which so much changed; "" for ever."""
    seen = 0
    for moment in sorted(moments, reverse=True):
        seen += moments[moment]
        if seen >= wanted:
            return moment
    return ""
