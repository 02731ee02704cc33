"""Dates by rule: the day of the week, the turn of the year, and what really happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.legislatures.new_york.session import unsigned_is_law
from billwatch.stages.days import SUNDAY, after_days
from billwatch_site.words.deadlines import new_york_governor

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(start=days, count=st.integers(0, 400))
def test_sundays_are_not_counted(start: date, count: int) -> None:
    """So many days after, the first not counted, no Sunday among them; and never on a Sunday."""
    end = after_days(start, count, without_sundays=True)
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(day.weekday() != SUNDAY for day in between) == count
    assert not between or end.weekday() != SUNDAY
    assert after_days(start, count) == start + timedelta(days=count)


@given(delivered=days)
def test_the_governors_deadline(delivered: date) -> None:
    """Never before ten days nor after 30 January of the next year; an estimate only at the turn of the year."""
    found = new_york_governor(delivered)
    assert delivered + timedelta(days=10) <= found.on <= date(delivered.year + 1, 1, 30)
    assert found.sure == (found.on.year == delivered.year)
    assert found.sure or delivered >= date(delivered.year, 12, 20)


@given(delivered=days)
def test_the_calendar_and_the_standing_agree_on_what_is_left_unsigned(delivered: date) -> None:
    """Where the one says that it is vetoed without a word, the other does not say that it becomes law."""
    assert unsigned_is_law(delivered) != ("vetoed without a word" in new_york_governor(delivered).why)


@pytest.mark.parametrize(
    ("delivered", "decided"),
    [
        ("2025-12-08", "2025-12-19"),  # S4505, signed on the tenth day
        ("2022-12-28", "2023-01-30"),  # S74 of 2021, vetoed on the last
        ("2020-12-30", "2021-01-30"),  # S6492 of 2019, signed on the last
        ("2023-12-27", "2024-01-30"),  # A3340 of 2023
    ],
)
def test_it_is_what_happened(delivered: str, decided: str) -> None:
    """Bills that were decided on their last day, by the record."""
    assert new_york_governor(date.fromisoformat(delivered)).on == date.fromisoformat(decided)
