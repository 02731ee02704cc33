"""Days that a rule counts, as constitutions write them: "ten days, Sundays excepted"."""

from __future__ import annotations

from datetime import date, timedelta

SUNDAY = 6


def after_days(start: date, days: int, *, without_sundays: bool = False) -> date:
    """The day so many days after `start`, which is not counted itself.

    >>> after_days(date(2025, 12, 8), 10, without_sundays=True)
    datetime.date(2025, 12, 19)
    """
    on = start
    while days:
        on += timedelta(days=1)
        days -= not (without_sundays and on.weekday() == SUNDAY)
    return on
