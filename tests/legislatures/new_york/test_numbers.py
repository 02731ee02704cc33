"""Bill numbers, however somebody writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import UsageError
from billwatch.legislatures.new_york.numbers import Number, chamber_of, numbers_in, padded

EXAMPLES = json.loads((Path(__file__).parents[2] / "numbers.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "numbers"), EXAMPLES)
def test_a_number_is_understood_in_any_spelling(text: str, numbers: list[list[str | None]]) -> None:
    """Houses, prints and sessions where they are written, candidates where the house is not, no session guessed; and
    no number in prose with digits, too many digits, other alphabets. The site's search is held to the same table."""
    assert [list(number) for number in numbers_in(text)] == numbers


@pytest.mark.parametrize("text", ["S" * 5000, "\x00"])
def test_junk_holds_no_number(text: str) -> None:
    """Nor does what nobody typed."""
    assert numbers_in(text) == []


@given(
    st.sampled_from("SAJKBCELR"),
    st.integers(1, 99_999),
    st.sampled_from(["", "A", "G"]),
    st.sampled_from([None, "2017", "2025"]),
    st.sampled_from(["{c}{n}{l}", "{c}.{n}{l}", "{c}. {n}-{l}", "{c}0{n}{l}", "{c} {n}{l}"]),
    st.sampled_from(["{b}-{y}", "{y}-{b}", "{b} of {y}", "ny/{y}/{b}", "{b} ({y}-18)"]),
    st.booleans(),
)
def test_a_number_comes_back_from_every_spelling(
    letter: str, digits: int, version: str, year: str | None, spelling: str, dated: str, lower: bool
) -> None:
    """Round trip: chamber, digits, print and session survive dots, dashes, zeros, spaces and case."""
    text = spelling.format(c=letter, n=digits, l=version).removesuffix("-")
    text = dated.format(b=text, y=year) if year else text
    assert numbers_in(text.lower() if lower else text) == [Number(f"{letter}{digits}", version, year)]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    """Whatever is typed, each number found is one that a house gives, and is found again in its own spelling."""
    for number in numbers_in(text):
        assert chamber_of(number.identifier) in ("Senate", "Assembly")
        assert [found.identifier for found in numbers_in(padded(number.identifier))] == [number.identifier]


def test_the_assembly_pads_its_numbers() -> None:
    """Five digits, as its site prints and asks for them."""
    assert (padded("S9191"), padded("A12"), padded("S51001")) == ("S09191", "A00012", "S51001")


def test_a_number_tells_its_house() -> None:
    """By its letter, resolutions too."""
    assert [chamber_of(number) for number in ("S1", "J1", "A1", "K1")] == ["Senate", "Senate", "Assembly", "Assembly"]
    with pytest.raises(UsageError, match="X1"):
        chamber_of("X1")
