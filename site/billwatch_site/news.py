"""What changed, read as it is asked for: a month, or the latest of all bills or of some of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from billwatch_site import stories
from billwatch_site.official import legislature
from billwatch_site.reading import View
from billwatch_site.records import Brief, Change

SEVERITIES = ("milestone", "notable", "detail")


class News:
    """The changes of these bills, as items."""

    def __init__(self, view: View, bills: Mapping[str, Brief]) -> None:
        self._view, self._bills = view, bills
        self._months: dict[str, list[stories.Item]] = {}

    @property
    def months(self) -> list[str]:
        """Every month in which we saw something change, the latest first: "2025-06"."""
        return sorted({month for bill in self._bills.values() for month in months_of(bill)}, reverse=True)

    def month(self, month: str) -> list[stories.Item]:
        """The items of a month, newest first."""
        if month not in self._months:
            self._months[month] = stories.items_of(self._changes_in(month))
        return self._months[month]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many changes each bill has had."""
        return self._view.counts()

    def newest(self, since: str) -> list[Change]:
        """What changed since a moment, and the last change of each bill that has none so new; newest first."""
        return self._view.newest(since)

    def latest(self, limit: int, bills: Iterable[Brief] | None = None, weight: int = 2) -> list[stories.Item]:
        """At least so many of the latest items where there are as many, newest first: of all bills, or of these.

        `weight` 0 are milestones alone, 1 what is notable too. What came in one hour stays together.
        """
        among = list(self._bills.values() if bills is None else bills)
        hours = Counter(hour for bill in among for hour in bill.seen)
        wanted = limit
        while True:
            since = _reaching(hours, wanted)
            ids = None if bills is None else [bill.id for bill in among]
            found = stories.items_of(self._view.changes(ids, since, "~", SEVERITIES[: weight + 1]))
            if len(found) >= limit or not since:
                return found
            wanted *= 4

    def latest_days(self, days: int) -> list[stories.Item]:
        """The items of at least so many days on which something changed, where there are as many, newest first."""
        found: list[stories.Item] = []
        for month in self.months:
            found += self.month(month)
            if len({stories.seen_on(item.lead) for item in found}) >= days:
                break
        return found

    def _changes_in(self, month: str) -> list[Change]:
        first = datetime.fromisoformat(f"{month}-01")
        since, until = first - timedelta(days=1), first + timedelta(days=32)
        found = self._view.changes(None, since.isoformat(), until.isoformat(), SEVERITIES)
        return [change for change in found if f"{stories.seen_on(change):%Y-%m}" == month]


def months_of(bill: Brief) -> set[str]:
    """The months in which we saw something of it change."""
    return {_month(bill.legislature, hour) for hour in bill.seen}


@lru_cache(maxsize=65536)
def _month(code: str, hour: str) -> str:
    """The month of an hour (UTC) in the legislature's calendar."""
    if "03" <= hour[8:10] <= "28":  # in no time zone another month
        return hour[:7]
    return f"{datetime.fromisoformat(hour + ':00+00:00').astimezone(legislature(code).timezone):%Y-%m}"


def _reaching(hours: Counter[str], wanted: int) -> str:
    """The latest hour since which so many bills changed; "" for ever."""
    seen = 0
    for hour in sorted(hours, reverse=True):
        seen += hours[hour]
        if seen >= wanted:
            return hour
    return ""
