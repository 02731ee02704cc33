"""A passage that was undone the same day is not told as one that stands."""

from __future__ import annotations

from typing import Any

from alerts.news import change
from billwatch_site.feeds import body
from billwatch_site.words.stories import Item, items_of, narrowed

BILLS = [f"ny/2025/S{n}" for n in (1012, 1162, 1200)]
BACK: dict[str, Any] = {"now": "2025-06-12 Senate: VOTE RECONSIDERED - RESTORED TO THIRD READING", "cause": "back"}
PASSED = [change(bill, position=1, cause="passed") for bill in BILLS]
TAKEN_BACK = [change(bill, position=2, **BACK) for bill in BILLS[:2]]


def passage(*changes: Any) -> Item:
    (found,) = (item for item in items_of(changes) if item.sentence.startswith("Passed"))
    return found


def test_behind_a_bill_stands_that_its_passage_was_undone() -> None:
    """Three passed and of two the vote was reconsidered: the list says so of these, also where only they are told."""
    item = passage(*PASSED, *TAKEN_BACK)
    assert item.sentence == "Passed the Senate: 3 bills."
    assert [item.behind(bill) for bill in BILLS] == [" (undone the same day)"] * 2 + [""]
    (part,) = narrowed(item, list(item.changes[:2]))
    assert part.behind(BILLS[0]) == item.behind(BILLS[0])
    told = body.told(item, (), dict.fromkeys(BILLS, "Heat"))
    assert "<li>S1012 of 2025: Heat (undone the same day)</li>" in told and "<li>S1200 of 2025: Heat</li>" in told


def test_what_passed_after_all_is_not_undone() -> None:
    """Nor what was reconsidered on another day or in the other chamber."""
    again = [change(bill, position=3, now="2025-06-12 Senate: REPASSED SENATE", cause="again") for bill in BILLS]
    other_day = change(BILLS[2], position=2, now="2025-06-13 Senate: VOTE RECONSIDERED")
    other_house = change(BILLS[2], position=2, now="2025-06-12 Assembly: VOTE RECONSIDERED")
    assert passage(*PASSED, other_day, other_house).undone == ()
    repassed = items_of([*PASSED, *TAKEN_BACK, *again])
    assert [item.undone for item in repassed if item.sentence.startswith("Passed the Senate again")] == [()]
    assert passage(*PASSED, *TAKEN_BACK).undone == tuple(BILLS[:2])
