"""Months as small pictures: weeks of days, and which of them have something."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from datetime import date

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """A day in a month's table. `events` is how much it has."""

    on: date
    events: int
    today: bool


class MonthTable(msgspec.Struct, frozen=True):
    """A month as weeks from Monday to Sunday; None where the week belongs to the month beside it."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def months_with(days: Iterable[date], today: date) -> list[MonthTable]:
    """This month, and the next three that have something, within a year."""
    found = list(days)
    this = today.replace(day=1)
    later = sorted({day.replace(day=1) for day in found if day.replace(day=1) > this and (day - today).days < 366})
    return [_month(first, found, today) for first in (this, *later[:3])]


def _month(first: date, days: list[date], today: date) -> MonthTable:
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return MonthTable(first, tuple(tuple(_day(on, first, days, today) for on in week) for week in weeks))


def _day(on: date, first: date, days: list[date], today: date) -> Cell | None:
    return Cell(on, days.count(on), on == today) if on.month == first.month else None
