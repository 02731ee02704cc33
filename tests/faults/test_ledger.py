"""The ledger sees what it is for: a change told twice, left out, or made up."""

from __future__ import annotations

import contextlib

import pytest

from billwatch.bill import Action, Bill, Sponsorship
from billwatch.compare.changes import differences
from faults.ledger import Unbookable, retold, state_of

INTRODUCED = Action("2025-01-08", "Senate", "REFERRED TO CODES")
PASSED = Action("2025-06-12", "Senate", "PASSED SENATE")
LEAD = Sponsorship("Ann Lee", "", "primary")
OLD = Bill(
    legislature="ny",
    session="2025",
    identifier="S1",
    status="IN_SENATE_COMM",
    actions=(INTRODUCED,),
    sponsors=(LEAD,),
)
NEW = Bill(
    legislature="ny",
    session="2025",
    identifier="S1",
    status="PASSED_SENATE",
    actions=(INTRODUCED, PASSED),
    sponsors=(LEAD, Sponsorship("Bo Ray")),
)


def told(old: Bill, new: Bill) -> list[dict[str, str]]:
    """What differs, as rows of `changes`."""
    found = differences(old, new)
    return [{"bill": new.id, "kind": d.kind, "was": d.was, "now": d.now, "seen_at": "2025-06-12"} for d in found]


def test_all_told_once() -> None:
    """Every difference told once makes the new state of the old one."""
    assert len(told(OLD, NEW)) == 3
    assert retold(OLD, told(OLD, NEW)) == state_of(NEW)


@pytest.mark.parametrize("n", range(3))
def test_one_left_out(n: int) -> None:
    """A change that was not told is missing in the outcome."""
    changes = told(OLD, NEW)
    assert retold(OLD, changes[:n] + changes[n + 1 :]) != state_of(NEW)


@pytest.mark.parametrize("n", range(3))
def test_one_told_twice(n: int) -> None:
    """A change told twice cannot be booked, or makes another outcome."""
    changes = told(OLD, NEW)
    with contextlib.suppress(Unbookable):
        assert retold(OLD, [*changes, changes[n]]) != state_of(NEW)


def test_one_made_up() -> None:
    """What was never there cannot be taken away."""
    gone = {"bill": OLD.id, "kind": "action-removed", "was": "2025-02-02 Senate: RECALLED", "now": "", "seen_at": ""}
    with pytest.raises(Unbookable, match="where it did not stand"):
        retold(OLD, [gone])
