"""A legislature for readers: the name, the zone, the chambers and the days are those that the watching goes by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import BillId
from billwatch.legislatures import all_codes
from billwatch.legislatures import legislature as watched
from billwatch_site.words.legislature import Legislature
from billwatch_site.words.official import legislature

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize("code", all_codes())
def test_one_that_is_watched_has_its_name_and_its_days_without_a_word_here(code: str) -> None:
    """Nothing has to be registered for that; official pages are led to only where they were written down."""
    house, place = Legislature(code), watched(code)
    session = place.session_of(TODAY)
    assert (house.name, house.timezone.key, house.chambers) == (place.NAME, place.TIMEZONE, place.CHAMBERS)
    assert house.term(TODAY) == (session, place.session_start(session), place.session_end(session))
    assert house.session(session) == place.rules(session).session_name
    end, returns = house.session_end(session), house.bills_return(session)
    assert end and end.sure and end.on == place.session_end(session) and end.why.endswith(".")
    assert (returns.on if returns else None) == place.rules(session).bills_return_on
    assert house.pages(BillId.parse(f"{code}/{session}/S1")) == () and house.executive_deadline(TODAY) is None


def test_one_that_is_not_known_is_told_by_its_code() -> None:
    """As where a store holds what this version does not watch: no day, no chamber, nothing guessed."""
    house = legislature("zz")
    assert (house.name, house.timezone.key, house.chambers) == ("ZZ", "UTC", ())
    assert (house.session("2025"), house.chamber_of("S1"), house.term(TODAY)) == ("2025", "", None)
    assert house.session_end("2025") is None and house.bills_return("2025") is None


@given(session=st.one_of(st.text(max_size=6), st.sampled_from(["2024", "²025", "202", "0x25"])))
def test_what_is_no_session_keeps_its_name_and_has_no_days(session: str) -> None:
    """In New York all but odd years: no end, nor a day on which bills go back."""
    house = legislature("ny")
    known = len(session) == 4 and session.isascii() and session.isdigit() and session[:2] in ("19", "20")
    known = known and int(session) % 2 == 1
    assert (house.session(session) != session) == known
    assert bool(house.session_end(session)) == bool(house.bills_return(session)) == known


@pytest.mark.parametrize(
    ("number", "chamber"), [("S9191", "Senate"), ("A5346", "Assembly"), ("S", "Senate"), ("X1", ""), ("", "")]
)
def test_a_number_tells_its_chamber(number: str, chamber: str) -> None:
    """By its letter; where there is none that is known, no chamber is told."""
    assert legislature("ny").chamber_of(number) == chamber


def test_the_reasons_for_new_yorks_days_are_told() -> None:
    """The constitution for the day on which bills go back, the term of two years for the end."""
    house = legislature("ny")
    end, returns = house.session_end("2025"), house.bills_return("2025")
    assert end and "elected for two years" in end.why
    assert returns and "article XIII, section 4" in returns.why and returns.on == date(2026, 1, 7)
