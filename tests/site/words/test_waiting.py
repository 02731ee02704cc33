"""What a bill waits for: until when, and what ended it."""

from __future__ import annotations

import pytest

from billwatch_site.records import Action, Step, Turn
from billwatch_site.words.waiting import Wait, wait_for_return, wait_for_session_end, waits_for_executive
from site_records import bill_record, delivered

RECALL = Action("2025-12-04", "Senate", "RECALLED FROM GOVERNOR", ("executive-recall",))
VETO = Action("2025-12-19", "", "VETOED MEMO.91", ("executive-veto",))


def waits(stage: str, *executive: Action) -> list[tuple[str, str]]:
    """Each wait for the executive: its last day, and what ended it."""
    bill = bill_record("ny/2025/S1", stage=stage, executive=executive)
    return [(wait.deadline.on.isoformat(), wait.over) for wait in waits_for_executive(bill)]


def test_each_delivery_is_a_wait_of_its_own() -> None:
    """What ended the first is the recall, and what ended the second the veto, in the record's words."""
    assert waits("vetoed", *delivered("2025-12-01"), RECALL, *delivered("2025-12-08"), VETO) == [
        ("2025-12-12", "Recalled from the Governor on 4 December 2025"),
        ("2025-12-19", "Vetoed (memorandum 91) on 19 December 2025"),
    ]


def test_a_delivery_told_again_is_waited_for_once() -> None:
    """The bill is with the Governor one time only, whatever the record says twice."""
    again = waits("with-executive", *delivered("2025-12-01"), *delivered("2025-12-02"))
    assert again == [("2025-12-12", "Delivered to the Governor on 2 December 2025"), ("2025-12-13", "")]


def test_the_wait_goes_on_after_the_session() -> None:
    """Whoever was delivered in its last days is decided in January."""
    assert waits("awaited", *delivered("2026-12-28")) == [("2027-01-30", "")]


@pytest.mark.parametrize(
    ("stage", "over"),
    [("law", "it has become law"), ("vetoed", "it was vetoed"), ("on-floor", "it is not with the Governor any more")],
)
def test_where_the_history_lacks_the_line_the_stage_tells(stage: str, over: str) -> None:
    """The official status can be ahead of the lines."""
    assert waits(stage, *delivered("2025-12-01")) == [("2025-12-12", over)]


@pytest.mark.parametrize(
    ("stage", "over"),
    [
        ("in-committee", ""),
        ("failed", ""),
        ("vetoed", ""),  # it can be overridden until then
        ("law", "it has become law"),
        ("substituted", "another bill took its place"),
    ],
)
def test_the_end_of_the_session(stage: str, over: str) -> None:
    """It is waited for by whatever it still decides about."""
    wait = wait_for_session_end(bill_record("ny/2025/S1", stage=stage))
    assert isinstance(wait, Wait) and (wait.deadline.on.isoformat(), wait.over) == ("2026-12-31", over)


def test_nothing_is_waited_for_without_rules() -> None:
    """No date of an unknown legislature is guessed, nor one of a delivery without a day."""
    bill = bill_record("zz/2025/H1", stage="with-executive", executive=delivered("2025-12-01"))
    assert wait_for_session_end(bill) is None and not list(waits_for_executive(bill))
    assert waits("with-executive", *delivered("")) == []


def way(passed: Step, across: Step, second: Step) -> tuple[Step, ...]:
    """The way of a Senate bill: its passage, the Assembly's committee, the Assembly's passage."""
    before = Step("Introduced", "Senate", "done"), Step("Committee", "Senate", "done"), Step("Floor", "Senate", "done")
    return (*before, passed, across, second)


def committee(went_back: str = "", to: int = 1) -> Step:
    """The Assembly's committee, and the day on which the bill went back from there."""
    return Step("Committee", "Assembly", "here", "2025-06-12", (Turn(to, went_back),) if went_back else ())


DONE = Step("Passed", "Senate", "done", "2025-06-12")
UNDONE = Step("Passed", "Senate", "undone", "2025-06-12")
AHEAD = Step("Passed", "Assembly")


@pytest.mark.parametrize(
    ("stage", "steps", "over"),
    [
        ("passed-one-chamber", way(DONE, committee(), AHEAD), ""),
        ("in-committee", way(UNDONE, committee("2026-01-07"), AHEAD), ""),  # it happened
        ("on-floor", way(UNDONE, committee("2025-06-14"), AHEAD), "it went back to the Senate on 14 June 2025"),
        (
            "law",
            way(DONE, committee(), Step("Passed", "Assembly", "done", "2025-06-17")),
            "the Assembly passed it on 17 June 2025",
        ),
        ("substituted", way(DONE, committee(), AHEAD), "another bill took its place"),
        ("passed-one-chamber", way(DONE, committee("2025-06-14", to=2), AHEAD), ""),  # it went back and came again
    ],
)
def test_until_when_the_other_chamber_has_it(stage: str, steps: tuple[Step, ...], over: str) -> None:
    """What its own chamber passed in the first year waits for the January that sends it back, or what is first."""
    wait = wait_for_return(bill_record("ny/2025/S1", stage=stage, steps=steps))
    assert wait and (wait.deadline.on.isoformat(), wait.over, wait.since) == ("2026-01-07", over, "2025-06-12")


@pytest.mark.parametrize(
    ("last", "over"),
    [
        (
            Action("2025-06-14", "Senate", "RECALLED FROM ASSEMBLY", ("recall",)),
            "it went back to the Senate on 14 June 2025",
        ),
        (
            Action("2025-06-14", "Assembly", "RETURNED TO SENATE", ("return",)),
            "it went back to the Senate on 14 June 2025",
        ),
        (Action("2025-06-14", "Assembly", "RETURNED TO SENATE", ("note",)), ""),
    ],
)
def test_what_its_own_chamber_has_back_is_not_waited_for(last: Action, over: str) -> None:
    """Recalled or returned, with its passage not yet undone: the other chamber does not have it any more."""
    passed = Action("2025-06-12", "Senate", "PASSED SENATE", ("passage",))
    here = way(Step("Passed", "Senate", "here", "2025-06-12"), Step("Committee", "Assembly"), AHEAD)
    it = bill_record("ny/2025/S1", stage="passed-one-chamber", chamber="Senate", steps=here, actions=(passed, last))
    wait = wait_for_return(it)
    assert wait and wait.over == over


@pytest.mark.parametrize("on", ["", "2026-02-03"])
def test_what_passed_no_chamber_before_that_day_does_not_wait_for_it(on: str) -> None:
    """Not passed at all, or in the second year; nor where no rule sends bills back."""
    passed = Step("Passed", "Senate", "done" if on else "ahead", on)
    for code in ("ny", "zz"):
        assert wait_for_return(bill_record(f"{code}/2025/S1", steps=way(passed, committee(), AHEAD))) is None
    assert wait_for_return(bill_record("zz/2025/S1", steps=way(DONE, committee(), AHEAD))) is None
