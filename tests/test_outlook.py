"""What can come next for a bill."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from billwatch.bill import Bill
from billwatch.legislatures.new_york.session import rules
from billwatch.stages import stage_of
from histories import PASSED, RECALLED, RETURNED, bill, standing

RETURNS = (
    "The Assembly acts. If it has not passed the bill when the legislature returns on 7 January 2026, the bill "
    "goes back to the Senate, which must pass it again; everything ends with the session on 31 December 2026."
)
VOTES = "The Assembly must pass the same text before the session ends on 31 December 2026."


def test_after_one_passage_the_other_chamber_is_next() -> None:
    """Who acts next is named, unless the text was changed since: then both must pass the new one."""
    second_year = [line.replace("2025-06", "2026-03") for line in PASSED]
    assert standing(bill("S1", *second_year), "2026-03-13").next == VOTES
    amended = [*PASSED, "2025-06-14 A AMEND AND RECOMMIT TO CODES", "2025-06-14 A PRINT NUMBER 1A"]
    assert standing(bill("S1", *amended), "2025-06-15").next.startswith("Both the Senate and the Assembly must pass")


@pytest.mark.parametrize("lines", [PASSED[:2], PASSED, [*PASSED, "2025-06-12 A REFERRED TO CODES"]])
def test_in_the_first_year_the_other_house_has_until_the_legislature_returns(lines: list[str]) -> None:
    """What it has not passed by that January goes back, and must be passed again."""
    assert {standing(bill("S1", *lines), on).next for on in ("2025-06-13", "2025-12-31", "2026-01-07")} == {RETURNS}


def test_a_history_that_has_not_come_to_that_january_does_not_promise_more() -> None:
    """Nobody told us yet that the bill went back: the rule is told, and that we hold no line of it."""
    assert standing(bill("S1", *PASSED), "2026-01-08").next == (
        "Unless the Assembly passed it before 7 January 2026, it went back to the Senate, which must pass it again. "
        "Our record shows neither. The session ends on 31 December 2026."
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([RECALLED], "recalled on 16 June 2025 and back in the Senate."),
        ([RECALLED, RETURNED], "recalled on 16 June 2025 and back in the Senate."),
        ([RETURNED], "returned to the Senate on 16 June 2025."),
    ],
)
def test_what_its_own_house_has_back_is_not_voted_on_by_the_other(lines: list[str], told: str) -> None:
    """Recalled or returned, with its passage not yet undone: who has it is told, and what that house can do."""
    found = standing(bill("S1", *PASSED, *lines), "2025-06-17")
    assert found.sentence == f"Passed the Senate on 12 June 2025; {told}"
    assert found.next == "The Senate has it back; it can reconsider its vote, amend the bill and pass it again."


def test_what_the_other_house_amended_waits_for_its_own() -> None:
    """The Assembly passed another text of a Senate bill: the Senate has it, and no January takes it from there."""
    lines = [*PASSED, "2025-06-14 A AMENDED 1A", "2025-06-15 A PASSED ASSEMBLY", "2025-06-15 A RETURNED TO SENATE"]
    assert standing(bill("S1", *lines), "2025-06-17").next.startswith("The Senate must pass ")


def test_where_no_rule_sends_bills_back_nothing_is_said_of_it() -> None:
    """It is a rule of the legislature, which others need not have."""
    others = msgspec.structs.replace(rules("2025"), bills_return_on=None)
    assert stage_of(bill("S1", *PASSED), date(2025, 6, 13), others).next == VOTES


PASSED_BOTH = ["2025-05-27 A PASSED ASSEMBLY", "2025-06-06 S PASSED SENATE"]
TO_SECRETARY = "2025-06-25 A DELIVERED TO SECRETARY OF STATE"


def amendment(*lines: str, session: str = "2025") -> Bill:
    """A7454: a concurrent resolution to amend the constitution."""
    section = "Constitution, Concurrent Resolutions to Amend"
    return msgspec.structs.replace(bill("A7454", *lines, session=session), law_section=section)


@pytest.mark.parametrize(
    ("passage", "whom", "last"),
    [
        (0, "the next legislature or the voters", "Next legislature or voters"),
        (1, "the next legislature", "Next legislature"),
        (2, "the voters", "Voters"),
    ],
)
def test_an_amendment_to_the_constitution_goes_to_no_governor(passage: int, whom: str, last: str) -> None:
    """Its picture ends with the next legislature or the voters, from its first day on."""
    introduced = standing(amendment("2025-03-28 A REFERRED TO JUDICIARY"), "2025-04-01", passage=passage)
    both = standing(amendment(*PASSED_BOTH), "2025-06-13", passage=passage)
    sent = standing(amendment(*PASSED_BOTH, TO_SECRETARY), "2025-06-26", passage=passage)
    for found in (introduced, both, sent):
        assert found.steps[-1].name == last and {step.name for step in found.steps}.isdisjoint({"Governor", "Law"})
    assert both.sentence.endswith("not yet delivered to the Secretary of State.")
    assert both.next == f"It is delivered to the Secretary of State. {sent.next}"
    assert sent.sentence.endswith(f"delivered to the Secretary of State on 25 June 2025 for {whom}.")


FIRST_OR_SECOND = (
    "If this was its first passage, {} pass it again; if it was its second, {}. The record we hold does not tell which "
    "it was."
)
TO_DECIDE = "it was for the voters to decide"


@pytest.mark.parametrize(
    ("passage", "today", "told"),
    [
        (1, "2026-12-31", "The next legislature must pass it again; then the voters decide."),
        (1, "2027-01-01", "The legislature of 2027–2028 must pass it again; then the voters decide."),
        (1, "2029-01-01", "The legislature of 2027–2028 had to pass it again for the voters to decide; that is over."),
        (2, "2026-12-31", "The voters decide; the record of bills does not tell how."),
        (2, "2027-01-01", "It was for the voters to decide; the record of bills does not tell how they did."),
        (0, "2026-12-31", FIRST_OR_SECOND.format("the next legislature must", "the voters decide")),
        (0, "2028-12-31", FIRST_OR_SECOND.format("the legislature of 2027–2028 must", TO_DECIDE)),
        (0, "2029-01-01", FIRST_OR_SECOND.format("the legislature of 2027–2028 had to", TO_DECIDE)),
    ],
)
def test_who_decides_on_an_amendment_next(passage: int, today: str, told: str) -> None:
    """The next legislature, then the voters; in the past once it is over, and both where nobody tells the passage."""
    assert standing(amendment(*PASSED_BOTH, TO_SECRETARY), today, passage=passage).next == told


def test_an_amendment_that_both_passed_awaits_no_governor_after_the_session() -> None:
    """Nor is it said to have ended without becoming law, where it did not pass both."""
    both = standing(amendment(*PASSED_BOTH), "2027-01-02", passage=2)
    assert (both.stage, both.next[:30]) == ("to-next-legislature", "It was for the voters to decid")
    assert both.sentence.endswith("; a constitutional amendment for the voters.")
    ended = standing(amendment(PASSED_BOTH[0]), "2027-01-02").sentence
    assert ended.startswith("Ended with the 2025–2026 session without passing both chambers; passed the Assembly")


@pytest.mark.parametrize(
    ("delivered", "told"),
    [
        ("2025-12-19", "The Governor signs it, vetoes it, or lets it become law unsigned."),
        (
            "2025-12-26",
            "The Governor signs it or vetoes it; left unsigned once the legislature has adjourned, it is vetoed "
            "without a word (a pocket veto).",
        ),
    ],
)
def test_what_becomes_of_an_unsigned_bill_depends_on_the_day_of_its_delivery(delivered: str, told: str) -> None:
    """Ten days that end while the legislature sits make it law; ten days that do not, make it none."""
    assert standing(bill("S1", f"{delivered} S DELIVERED TO GOVERNOR"), "2025-12-27").next == told


def test_a_bill_delivered_on_an_unknown_day_is_promised_nothing() -> None:
    """The status alone has it with the Governor."""
    assert standing(bill("S1", status="DELIVERED_TO_GOV"), "2025-12-27").next == "The Governor signs it or vetoes it."
