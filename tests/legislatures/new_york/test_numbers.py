"""Bill numbers, however somebody writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import UsageError
from billwatch.legislatures.new_york.numbers import Number, house_of, identifier, numbers_in, padded

S9191 = Number("S9191")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        *((text, [S9191]) for text in ("S9191", "S.9191", "s 9191", "S. 9191", "S09191", "s-9191", "(S9191).")),
        *((text, [Number("S9191", "A")]) for text in ("S9191-A", "S9191A", "s. 9191-a")),
        ("9191-A", [Number("S9191", "A"), Number("A9191", "A")]),
        ("9191", [S9191, Number("A9191")]),
        *((f"2017{sep}S9191", [Number("S9191", "", "2017")]) for sep in "-/ "),
        ("S9191-2017", [Number("S9191", "", "2017")]),
        ("S.9191 of 2017", [Number("S9191", "", "2017")]),
        ("S9191-A-2018", [Number("S9191", "A", "2017")]),  # 2018 is the second year of the session
        ("S. 9191 (2017-2018)", [Number("S9191", "", "2017")]),
        ("ny/2017/S9191", [Number("S9191", "", "2017")]),
        ("A. 5346/S. 4505", [Number("A5346"), Number("S4505")]),
        ("S9191, s9191 and A 5", [S9191, Number("A5")]),
        ("Senate Bill S6953B", [Number("S6953", "B")]),
        ("Senate bill 6953", [Number("S6953")]),
        ("K229 J1", [Number("K229"), Number("J1")]),
        ("S.9191, a bill in the New York State Assembly", [S9191]),
    ],
)
def test_a_number_is_understood_in_any_spelling(text: str, numbers: list[Number]) -> None:
    """Houses, prints and sessions where they are written, candidates where the house is not, no session guessed."""
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "S", "S0", "S000", "S123456", "S9191AB", "XS9191", "S9191x9", "2017-2018", "COVID-19", "٩١٩١"),
        *("a 5 year plan", "section 230 of the act", "100 days of school", "S" * 5000, "\x00", "S.-9191-"),
    ],
)
def test_junk_holds_no_number(text: str) -> None:
    """Prose with digits, too many digits, other alphabets."""
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
    """Whatever is typed, each number found can be asked of a source."""
    for number in numbers_in(text):
        assert identifier(padded(number.identifier)) == number.identifier


def test_a_source_is_read_strictly() -> None:
    """Zeros and the letter of a print are taken off; anything else is refused with a remedy."""
    assert [identifier(text) for text in ("S09191", "A08148-A", " S7694A ")] == ["S9191", "A8148", "S7694"]
    for wrong in ("9191", "S.9191", "s9191", "S9191 of 2017", "", "S0", "S123456"):
        with pytest.raises(UsageError, match="S9191"):
            identifier(wrong)


def test_the_assembly_pads_its_numbers() -> None:
    """Five digits, as its site prints and asks for them."""
    assert (padded("S9191"), padded("A12"), padded("S51001")) == ("S09191", "A00012", "S51001")


def test_a_number_tells_its_house() -> None:
    """By its letter, resolutions too."""
    assert [house_of(number) for number in ("S1", "J1", "A1", "K1")] == ["Senate", "Senate", "Assembly", "Assembly"]
