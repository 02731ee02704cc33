"""Bills with histories written in short, and where they stand."""

from __future__ import annotations

from datetime import date

from billwatch.bill import Action, Bill
from billwatch.legislatures.new_york.actions import classified
from billwatch.legislatures.new_york.session import rules
from billwatch.stages import Standing, stage_of

CHAMBERS = {"S": "Senate", "A": "Assembly"}


def bill(identifier: str, *lines: str, session: str = "2025", status: str = "", committee: str = "") -> Bill:
    """A bill with a history of lines such as "2025-01-08 S REFERRED TO CODES"."""
    actions = tuple(_action(*line.split(" ", 2)) for line in lines)
    known = {"status": status or None, "committee": committee or None}
    return Bill(legislature="ny", session=session, identifier=identifier, actions=actions, **known)


def _action(day: str, chamber: str, text: str) -> Action:
    return Action(day, CHAMBERS[chamber], text, classified(text, CHAMBERS[chamber]))


def standing(it: Bill, today: str, substitute: Standing | None = None, passage: int = 0) -> Standing:
    return stage_of(it, date.fromisoformat(today), rules(it.session), substitute, passage)


PASSED = ("2025-06-10 S REFERRED TO RULES", "2025-06-12 S PASSED SENATE", "2025-06-12 S DELIVERED TO ASSEMBLY")
RECALLED, RETURNED = "2025-06-16 S RECALLED FROM ASSEMBLY", "2025-06-16 A RETURNED TO SENATE"
