"""Base rates in words: all counts, no percentage, nothing where nothing is known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.records import Rate, Step
from billwatch_site.words.official import legislature
from billwatch_site.words.rates import BaseRate, base_rate, summed
from site_records import bill_record

NY = legislature("ny")
FLOOR = (Step("Floor", "Senate", "here"),)
RATES = (
    Rate("2019", "2019-06-04", 563, 317, 194, 163, 31, 0),
    Rate("2021", "2021-06-04", 421, 241, 156, 133, 22, 0),
    Rate("2023", "2023-06-04", 623, 470, 303, 245, 43, 15),
)


def rate_of(stage: str = "on-floor", **facts: Any) -> BaseRate:
    found = base_rate(bill_record(stage=stage, **{"steps": FLOOR, "rates": RATES, **facts}), NY)
    assert found is not None
    return found


def test_the_sentence_says_how_many_of_how_many() -> None:
    """All sessions named, their counts added up, and what the record does not tell said too."""
    assert rate_of(rates=RATES[:2]).sentence == (
        "Of 984 bills that were on the Senate floor calendar on this day of the sessions 2019–2020 and 2021–2022, "
        "558 passed the Senate and 296 became law."
    )
    assert rate_of().sentence == (
        "Of 1,607 bills that were on the Senate floor calendar on this day of the sessions 2019–2020, 2021–2022 and "
        "2023–2024, 1,028 passed the Senate and 541 became law; of 15 the record that we hold does not tell the end."
    )


@pytest.mark.parametrize(
    ("stage", "step", "says"),
    [
        ("in-committee", Step("Committee", "Assembly", "here"), "were in a committee of the Assembly on this day"),
        ("passed-one-chamber", Step("Floor", "Assembly", "here"), "passed the other chamber too and"),
        ("passed-one-chamber", Step("Passed", "Senate", "here"), "had passed the Senate and were on their way"),
        ("with-executive", Step("Governor", "", "here"), "were with the Governor on this day"),
        ("passed-both", Step("Passed", "Senate", "here"), "were vetoed"),
    ],
)
def test_each_stage_asks_what_is_still_to_come(stage: str, step: Step, says: str) -> None:
    """The chamber's vote, the other chamber's, or the executive's."""
    assert says in rate_of(stage, steps=(step,), rates=RATES[:1]).sentence


def test_small_numbers_are_shown_as_they_are() -> None:
    """One bill is one bill, and none is said to be none."""
    assert rate_of(rates=(Rate("2023", "2023-06-04", 1, 0, 0, 0, 0, 0),)).sentence == (
        "Of 1 bill that was on the Senate floor calendar on this day of the session 2023–2024, 0 passed the Senate and "
        "0 became law."
    )
    assert "no bill stood there" in rate_of(rates=(Rate("2023", "2023-06-04", 0, 0, 0, 0, 0, 0),)).sentence


@pytest.mark.parametrize("facts", [{"rates": ()}, {"steps": ()}, {"stage": "law"}, {"stage": "failed"}])
def test_nothing_is_said_where_nothing_is_known(facts: dict[str, Any]) -> None:
    """No past session, no place, or nothing left to come."""
    assert base_rate(bill_record(**{"stage": "on-floor", "steps": FLOOR, "rates": RATES, **facts}), NY) is None


@given(st.lists(st.tuples(*[st.integers(0, 9999)] * 6), min_size=1, max_size=5))
def test_sums_and_no_percentage(counts: list[tuple[int, ...]]) -> None:
    """Every count is the sum of its sessions, and the sentence holds whole numbers only."""
    rates = tuple(Rate("2023", "2023-06-04", *row) for row in counts)
    total = summed(rates)
    assert (total.bills, total.law) == (sum(r[0] for r in counts), sum(r[3] for r in counts))
    sentence = rate_of(rates=rates).sentence
    assert "%" not in sentence and not re.search(r"\d\.\d", sentence)
    assert f"{total.bills:,} bill" in sentence or not total.bills
