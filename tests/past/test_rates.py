"""Base rates: each fight once, sums that add up, and the same numbers as counting the hard way."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import Action, Bill
from billwatch.legislatures import legislature
from billwatch.past.rates import Rate, rates_of
from billwatch.stages.journey import Journey, Place, Visit, journey_of

NY = legislature("ny")
RULES = NY.rules("2023")
BEGINS, ENDS = NY.session_start("2023"), NY.session_end("2023")
SENATE_FLOOR = Place("on-floor", "Floor", "Senate")
IN_SENATE = Place("in-committee", "Committee", "Senate")
HOUSES = {"S": "Senate", "A": "Assembly"}


def journey(number: str, *lines: str) -> Journey:
    """A journey by lines such as "2023-01-10 S REFERRED TO CODES"."""
    actions = (Action(line[:10], HOUSES[line[11]], line[13:], NY.classified(line[13:], "")) for line in lines)
    return journey_of(Bill(legislature="ny", session="2023", identifier=number, actions=tuple(actions)), RULES)


def on(rates: list[Rate], place: Place, day: int) -> Rate:
    """The row that holds on a day."""
    rows = [rate for rate in rates if rate.place == place and rate.day <= day]
    return rows[-1] if rows else Rate(place, day, 0, 0, 0, 0, 0, 0)


LAW = journey(
    "S1",
    "2023-01-10 S REFERRED TO CODES",
    "2023-03-01 S 1ST REPORT CAL.1",
    "2023-03-10 S PASSED SENATE",
    "2023-03-10 S DELIVERED TO ASSEMBLY",
    "2023-03-10 A REFERRED TO CODES",
    "2023-06-01 A PASSED ASSEMBLY",
    "2023-06-01 A RETURNED TO SENATE",
    "2023-07-01 S DELIVERED TO GOVERNOR",
    "2023-07-09 S SIGNED CHAP.100",
)


def test_where_a_bill_stood_and_what_it_came_to() -> None:
    """A place is left at the end of the day on which the bill moved; a day's way stations are none."""
    assert LAW.visits == (
        Visit(IN_SENATE, "2023-01-10", "2023-03-01"),
        Visit(SENATE_FLOOR, "2023-03-01", "2023-03-10"),
        Visit(Place("passed-one-chamber", "Committee", "Assembly"), "2023-03-10", "2023-06-01"),
        Visit(Place("passed-both", "Passed", "Assembly"), "2023-06-01", "2023-07-01"),
        Visit(Place("with-executive", "Governor", ""), "2023-07-01", "2023-07-09"),
    )
    assert LAW.passages == (("Senate", "2023-03-10"), ("Assembly", "2023-06-01"))
    assert (LAW.passed_both, LAW.end, LAW.substitute) == (True, "law", "")


def test_a_passage_that_the_chamber_takes_back_is_none() -> None:
    """A vote reconsidered; but one that died in the other chamber was passed all the same."""
    back = journey("S1", "2023-02-01 S PASSED SENATE", "2023-02-05 S VOTE RECONSIDERED - RESTORED TO THIRD READING")
    died = journey(
        "S1", "2023-02-01 S PASSED SENATE", "2024-01-03 A DIED IN ASSEMBLY", "2024-01-03 A RETURNED TO SENATE"
    )
    assert back.passages == () and died.passages == (("Senate", "2023-02-01"),)
    assert not back.passed_both and not died.passed_both


def test_a_bill_on_the_floor_counts_until_it_leaves() -> None:
    """From the end of the day on which it came: day 60 is 1 March, day 69 is 10 March."""
    rates = rates_of({"S1": LAW}, BEGINS, ENDS)
    assert [on(rates, SENATE_FLOOR, day).bills for day in (59, 60, 68, 69)] == [0, 1, 1, 0]
    assert on(rates, SENATE_FLOOR, 65)[2:] == (1, 1, 1, 1, 0, 0)


def test_a_substituted_bill_shares_the_fate_of_its_substitute() -> None:
    """And a fight that stood in two bills at one place on one day is one."""
    gone = journey("S2", "2023-01-10 S REFERRED TO CODES", "2023-03-05 S SUBSTITUTED BY A9")
    taken = journey(
        "A9",
        "2023-01-20 A REFERRED TO CODES",
        "2023-02-20 A PASSED ASSEMBLY",
        "2023-02-20 A DELIVERED TO SENATE",
        "2023-02-20 S REFERRED TO CODES",
        "2023-04-01 S PASSED SENATE",
        "2023-04-01 S RETURNED TO ASSEMBLY",
        "2023-05-01 A DELIVERED TO GOVERNOR",
        "2023-05-09 A VETOED MEMO.7",
    )
    rates = rates_of({"S2": gone, "A9": taken}, BEGINS, ENDS)
    assert on(rates, IN_SENATE, 30)[2:] == (1, 1, 1, 0, 1, 0)
    twins = {"S2": gone, "S3": journey("S3", "2023-01-01 S REFERRED TO CODES", "2023-06-01 S SUBSTITUTED BY S2")}
    assert [on(rates_of(twins, BEGINS, ENDS), IN_SENATE, day).bills for day in (5, 30, 100)] == [1, 1, 1]


def test_an_outcome_that_the_record_lacks_is_open() -> None:
    """Both chambers passed it, and no line tells of the end."""
    both = journey("S1", "2023-01-10 S REFERRED TO CODES", "2023-02-01 S PASSED SENATE", "2023-03-01 A PASSED ASSEMBLY")
    assert on(rates_of({"S1": both}, BEGINS, ENDS), IN_SENATE, 20)[2:] == (1, 1, 1, 0, 0, 1)


def test_a_circle_of_substitutions_ends() -> None:
    """Two bills that each say the other took their place are two fights."""
    circle = {
        "S1": journey("S1", "2023-01-10 S REFERRED TO CODES", "2023-03-05 S SUBSTITUTED BY A1"),
        "A1": journey("A1", "2023-01-10 A REFERRED TO CODES", "2023-03-05 A SUBSTITUTED BY S1"),
    }
    assert on(rates_of(circle, BEGINS, ENDS), IN_SENATE, 20).bills == 1


TEXTS = (
    *("REFERRED TO CODES", "1ST REPORT CAL.9", "PASSED SENATE", "PASSED ASSEMBLY", "DELIVERED TO ASSEMBLY"),
    *("SUBSTITUTED BY A1", "SUBSTITUTED BY S2", "VOTE RECONSIDERED - RESTORED TO THIRD READING", "DIED IN ASSEMBLY"),
    *("DELIVERED TO GOVERNOR", "SIGNED CHAP.5", "VETOED MEMO.3", "RETURNED TO SENATE", "ENACTING CLAUSE STRICKEN"),
)
days = st.dates(BEGINS - timedelta(days=20), ENDS + timedelta(days=40))
histories = st.lists(st.tuples(days, st.sampled_from("SA"), st.sampled_from(TEXTS)), max_size=9).map(sorted)
sessions = st.dictionaries(st.sampled_from(["S1", "S2", "S3", "A1", "A2"]), histories, max_size=5)


@given(sessions, st.lists(days, min_size=1, max_size=4))
def test_the_sums_add_up_on_every_day(bills: dict[str, list[tuple[date, str, str]]], looks: list[date]) -> None:
    """law <= both <= passed <= bills, the ends within those that both passed, never more than there are fights."""
    journeys = {n: journey(n, *(f"{d} {house} {text}" for d, house, text in lines)) for n, lines in bills.items()}
    rates = rates_of(journeys, BEGINS, ENDS)
    for rate in rates:
        assert 0 <= rate.law <= rate.passed_both <= rate.passed <= rate.bills <= len(bills)
        assert rate.law + rate.vetoed + rate.open <= rate.passed_both
        assert 1 <= rate.day <= (ENDS - BEGINS).days + 2
    for place, rows in groupby(rates, key=lambda rate: rate.place):
        steps = list(rows)
        assert [r.day for r in steps] == sorted({r.day for r in steps}), place
        assert steps[-1].bills == 0 or steps[-1].day <= (ENDS - BEGINS).days + 1
    for look in looks:
        standing = {v.place for j in journeys.values() for v in j.visits if _stood(v, look)}
        day = (look - BEGINS).days + 1
        if BEGINS <= look <= ENDS:
            assert {p for p in {r.place for r in rates} if on(rates, p, day).bills} == standing


def _stood(visit: Visit, look: date) -> bool:
    return visit.since <= look.isoformat() and (not visit.until or look.isoformat() < visit.until)


@pytest.mark.parametrize("lines", [[], ["2023-01-10 S ENACTING CLAUSE STRICKEN"]])
def test_what_never_stood_anywhere_is_counted_nowhere(lines: list[str]) -> None:
    """A bill without a line, and one that was given up on its first day."""
    assert rates_of({"S1": journey("S1", *lines)}, BEGINS, ENDS) == []
