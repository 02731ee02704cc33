"""New York's sessions: two years, named for the odd one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import Bill
from billwatch.errors import UsageError
from billwatch.legislatures.new_york.session import (
    STATUSES,
    amends_constitution,
    bills_return_on,
    citation_in,
    rules,
    session_end,
    session_name,
    session_of,
    unsigned_is_law,
)


def test_a_session_is_two_years() -> None:
    """S9191 of November 2018 belongs to the session of 2017."""
    assert session_of(date(2018, 11, 14)) == session_of(date(2017, 1, 1)) == "2017"
    assert session_end("2017") == date(2018, 12, 31)
    assert session_name("2025") == "2025–2026"


@given(st.dates(date(1995, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_one_session(day: date) -> None:
    """A session holds the day, and the day after its end begins the next."""
    session = session_of(day)
    assert date(int(session), 1, 1) <= day <= session_end(session)
    assert session_of(session_end(session) + timedelta(days=1)) == str(int(session) + 2)


@pytest.mark.parametrize("day", ["2020-01-08", "2022-01-05", "2024-01-03", "2026-01-07"])
def test_bills_return_when_the_legislature_does(day: str) -> None:
    """By the rule, and on the days on which the record has them die in the other house."""
    assert bills_return_on(str(int(day[:4]) - 1)).isoformat() == day


@given(st.integers(950, 1049).map(lambda half: 2 * half + 1))
def test_bills_return_on_a_wednesday(first: int) -> None:
    """From 3 to 9 January of the even year."""
    day = bills_return_on(str(first))
    assert date(first + 1, 1, 3) <= day <= date(first + 1, 1, 9) and day.weekday() == 2


@pytest.mark.parametrize(
    ("section", "clause", "amends"),
    [
        ("Constitution, Concurrent Resolutions to Amend", "", True),
        (
            "",
            "Concurrent Resolution of the Senate and Assembly proposing an amendment to section 1 of article 14",
            True,
        ),
        ("Constitution, Concurrent Resolutions to Amend", "AN ACT proposing an amendment to article 2", True),  # S6252
        (
            "Constitution, Concurrent Resolutions to Amend",
            "Concurrent Resolution of the Senate and Assembly ratifying the proposed amendment to the Constitution of "
            "the United States",
            False,
        ),
        ("Penal Law", "AN ACT to amend the penal law, in relation to concurrent resolutions", False),
        ("Resolutions, Concurrent, Assembly", "", False),
    ],
)
def test_what_amends_the_constitution(section: str, clause: str, amends: bool) -> None:
    """Its law section or its act clause says so, whichever a source carries."""
    it = Bill(legislature="ny", session="2025", identifier="A7454", law_section=section, act_clause=clause)
    assert amends_constitution(it) is amends


@pytest.mark.parametrize(("delivered", "law"), [("2025-12-19", True), ("2025-12-20", False), ("2026-01-02", True)])
def test_ten_days_that_run_past_the_year_make_no_law(delivered: str, law: bool) -> None:
    """Sundays are not counted; the days begin on the one after."""
    assert unsigned_is_law(date.fromisoformat(delivered)) is law


@pytest.mark.parametrize("wrong", ["2018", "119", "", "20²5", "x"])
def test_a_session_is_named_for_an_odd_year(wrong: str) -> None:
    """One line that says so, not a traceback."""
    with pytest.raises(UsageError, match="odd year"):
        session_end(wrong)


def test_the_rules_of_a_session_hold_what_stages_ask() -> None:
    """All fifteen codes of Open Legislation, and the end that goes with the session."""
    assert len(STATUSES) == 15
    assert rules("2025").session_end == date(2026, 12, 31)
    assert rules("2025").bills_return_on == date(2026, 1, 7)
    assert rules("2025").origin("A5346") == "Assembly"


def test_an_end_is_cited_by_its_number() -> None:
    """Chapters and vetoes; other lines have none."""
    assert [citation_in(t) for t in ("SIGNED CHAP.689", "VETOED MEMO.91", "TABLED")] == ["chapter 689", "veto 91", ""]
