"""What changed, read as it is asked for: how much on which day, a day, or the latest of all bills or of some of them.

Days and months are those of each legislature's calendar.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

import msgspec

from billwatch_site import stories
from billwatch_site.manifest import digest
from billwatch_site.official import legislature
from billwatch_site.reading import View, card, change
from billwatch_site.records import Brief, Card

SEVERITIES = ("milestone", "notable", "detail")
WHOLE = 400  # changes that one page can show: a month of more has a page for each of its days


class Dated(msgspec.Struct, frozen=True):
    """A day or a month in which something changed: "2025-06-12" or "2025-06", and the ones before and after it."""

    name: str
    changes: int
    milestones: int
    before: str = ""
    after: str = ""


class Month(msgspec.Struct, frozen=True):
    """A month with its days, the latest first."""

    dated: Dated
    days: tuple[Dated, ...]

    @property
    def whole(self) -> bool:
        """Whether it is told on one page."""
        return self.dated.changes <= WHOLE


class News:
    """The changes of the bills with a page."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def days(self) -> list[Dated]:
        """Every day on which we saw something change, the latest first."""
        changes, milestones = Counter[str](), Counter[str]()
        for code, hour, some, loud in self._view.hours():
            day = day_of(code, hour)
            changes[day] += some
            milestones[day] += loud
        return _dated(changes, milestones)

    @cached_property
    def months(self) -> list[Month]:
        """The same by months, the latest first."""
        days: dict[str, list[Dated]] = defaultdict(list)
        for day in self.days:
            days[day.name[:7]].append(day)
        changes = Counter({month: sum(day.changes for day in some) for month, some in days.items()})
        loud = Counter({month: sum(day.milestones for day in some) for month, some in days.items()})
        return [Month(month, tuple(days[month.name])) for month in _dated(changes, loud)]

    @cached_property
    def _hours(self) -> Counter[str]:
        found = Counter[str]()
        for _, hour, changes, _ in self._view.hours():
            found[hour] += changes
        return found

    def marks(self, month: str) -> dict[str, str]:
        """A digest of all that each day of a month tells."""
        rows: dict[str, list[bytes]] = defaultdict(list)
        bills: dict[str, set[str]] = defaultdict(set)
        for bill, hour, raw in self._view.raw_changes(*_around(f"{month}-01", 31)):
            day = day_of(bill.partition("/")[0], hour)
            rows[day].append(raw)
            bills[day].add(bill)
        cards = self._view.raw_cards
        return {
            day: digest(*found, *(cards[bill] for bill in sorted(bills[day])))
            for day, found in rows.items()
            if day.startswith(month)
        }

    def told(self, days: Iterable[Dated], weight: int = 2) -> tuple[list[stories.Item], dict[str, Card]]:
        """The items of these days, newest first, and the cards of their bills. `weight`: see `latest`."""
        names = sorted(day.name for day in days)
        if not names:
            return [], {}
        last = date.fromisoformat(names[-1]) - date.fromisoformat(names[0])
        wanted, found = set(names), []
        for bill, hour, raw in self._view.raw_changes(*_around(names[0], last.days + 1)):
            if day_of(bill.partition("/")[0], hour) in wanted:
                found.append(change(raw))
        some = [c for c in found if c.severity in SEVERITIES[: weight + 1]]
        cards = self._view.raw_cards
        return stories.items_of(some), {id: card(id, cards[id]) for id in {c.bill for c in some}}

    def latest(self, limit: int, bills: Iterable[Brief] | None = None, weight: int = 2) -> list[stories.Item]:
        """At least so many of the latest items where there are as many, newest first: of all bills, or of these.

        `weight` 0 are milestones alone, 1 what is notable too. What came in one hour stays together.
        """
        among = None if bills is None else list(bills)
        hours = self._hours if among is None else Counter(hour for bill in among for hour in bill.seen)
        wanted = limit
        while True:
            since = _reaching(hours, wanted)
            ids = None if among is None else [bill.id for bill in among]
            found = stories.items_of(self._view.changes(ids, since, "~", SEVERITIES[: weight + 1]))
            if len(found) >= limit or not since:
                return found
            wanted *= 4


def _dated(changes: Counter[str], milestones: Counter[str]) -> list[Dated]:
    """The latest first, each with its neighbours."""
    names = ["", *sorted(changes), ""]
    found = [
        Dated(name, changes[name], milestones[name], before, after)
        for before, name, after in zip(names, names[1:], names[2:], strict=False)
    ]
    return found[::-1]


@lru_cache(maxsize=65536)
def day_of(code: str, hour: str) -> str:
    """The day of an hour (UTC) in the legislature's calendar."""
    return f"{datetime.fromisoformat(hour + ':00+00:00').astimezone(legislature(code).timezone):%Y-%m-%d}"


def _around(day: str, days: int) -> tuple[str, str]:
    """From when to when (UTC) so many days can last, in whatever time zone."""
    first = date.fromisoformat(day)
    return (first - timedelta(days=1)).isoformat(), (first + timedelta(days=days + 1)).isoformat()


def _reaching(hours: Counter[str], wanted: int) -> str:
    """The latest hour since which so much changed; "" for ever."""
    seen = 0
    for hour in sorted(hours, reverse=True):
        seen += hours[hour]
        if seen >= wanted:
            return hour
    return ""
