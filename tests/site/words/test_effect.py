"""When a law takes effect: a day only where the words name it, and never one that they do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.words.effect import effect_of, number_of, reading_of, sunset_in

SIGNED = date(2025, 12, 19)
ACT = "This act shall take effect "


@pytest.mark.parametrize(
    ("clause", "on", "partly"),
    [
        ("immediately.", SIGNED, False),
        ("immediately and shall be deemed to have been in force on and after April 1, 2025.", SIGNED, True),
        ("on the one hundred eightieth day after it shall have become a law.", date(2026, 6, 17), False),
        ("on the ninetieth day after the bill shall become law.", date(2026, 3, 19), False),
        ("on the 30th day after it shall have become a law.", date(2026, 1, 18), False),
        ("on the sixtieth day after it shall have become a law; provided that § 2 is void.", date(2026, 2, 17), True),
        ("one year after it shall have become a law.", date(2026, 12, 19), False),
        (
            "on the first of January next succeeding the date on which it shall have become a law.",
            date(2026, 1, 1),
            False,
        ),
        ("January 1, 2027.", date(2027, 1, 1), False),
        ("on the first of April, 2026.", date(2026, 4, 1), False),
        ("on the same date and in the same manner as chapter 3.", None, False),
        ("on the umpteenth day after it shall have become a law.", None, False),
        ("February 30, 2027.", None, False),
    ],
)
def test_what_a_clause_names(clause: str, on: date | None, partly: bool) -> None:
    """The day it became law is not counted itself; what goes on behind the day is said to go on."""
    found = reading_of(ACT + clause, SIGNED)
    assert (found.on, found.partly) == (on, partly)


@pytest.mark.parametrize("stage", ["vetoed", "with-executive", "passed-both"])
def test_only_a_law_takes_effect(stage: str) -> None:
    """A bill that may never become one has no day."""
    assert effect_of(stage, "2025-12-19", f"{ACT}immediately.") is None
    assert effect_of("law", "2025-12-19", "") is None
    assert effect_of("law", "", f"{ACT}immediately.") is not None


def test_a_law_that_ends_by_its_own_words() -> None:
    """Where a date is named; years "after" something are left to the reader."""
    assert sunset_in(f"{ACT}immediately and shall expire and be deemed repealed June 30, 2027.") == date(2027, 6, 30)
    assert sunset_in(f"{ACT}immediately and shall expire two years after such date.") is None


def spelt(number: int) -> str:
    """A number as an act spells it: "one hundred forty-five"."""
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    names = [*ones.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number >= 100:
        rest = f" {spelt(number % 100)}" if number % 100 else ""
        return f"{names[number // 100]} hundred{rest}"
    if number < 20:
        return names[number]
    return tens[number // 10] + (f"-{names[number % 10]}" if number % 10 else "")


@given(st.integers(1, 999))
def test_every_number_is_read_as_it_is_spelt(number: int) -> None:
    """In words, with "and", and in figures."""
    assert number_of(spelt(number)) == number == number_of(spelt(number).replace("hundred ", "hundred and "))
    assert number_of(f"{number}th") == number
    assert reading_of(f"{ACT}{spelt(number)} days after it shall have become a law.", SIGNED).on == SIGNED + timedelta(
        days=number
    )


@given(st.text(max_size=200))
def test_any_words_are_read(words: str) -> None:
    """A day or none."""
    reading_of(ACT + words, SIGNED)
    sunset_in(words)
