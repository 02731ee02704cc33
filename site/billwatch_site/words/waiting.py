"""What a bill waits for and until when: the end of its session, the day on which what only one chamber has passed
goes back to it, and the executive's answer to each delivery.

A wait that ended is told with what ended it: calendars have to take back what they announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from billwatch_site.records import Action, BillRecord, Brief, Step
from billwatch_site.words.deadlines import Deadline
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import date_in, day
from billwatch_site.words.wording import plain_action

# What ends the wait for the executive: a decision, the bill taken back, or sent anew.
_ANSWERS = (
    *("executive-signature", "became-law", "executive-veto", "executive-veto-line-item"),
    *("executive-recall", "executive-receipt"),
)
_MOVES = ("passage", "receipt", "recall", "return")  # from one chamber to the other, and back
_BEFORE_THE_EXECUTIVE = ("with-executive", "awaited")
# Stages at which the end of the session decides nothing any more. A veto can be overridden until then.
_SETTLED = {
    "law": "it has become law",
    "withdrawn": "it was withdrawn",
    "substituted": "another bill took its place",
    "to-next-legislature": "both chambers have passed it",
}
_ANSWERED = {**_SETTLED, "vetoed": "it was vetoed"}


class Wait(msgspec.Struct, frozen=True):
    """A day that a bill waits for. `since` is when it was delivered, "" for a session; `over` what ended it, or ""."""

    deadline: Deadline
    over: str = ""
    since: str = ""


def wait_for_session_end(bill: Brief) -> Wait | None:
    """The last day of the bill's session; None where the rules of its legislature are not known."""
    end = legislature(bill.legislature).session_end(bill.session)
    return Wait(end, _SETTLED.get(bill.stage, "")) if end else None


def wait_for_return(bill: BillRecord) -> Wait | None:
    """Until when the other chamber has what the bill's own passed before that day; None where that is not so."""
    house = legislature(bill.legislature)
    returns, origin = house.bills_return(bill.session), house.chamber_of(bill.identifier)
    own = next((step for step in bill.steps if (step.name, step.chamber) == ("Passed", origin)), None)
    if not returns or not own or not "" < own.on < returns.on.isoformat():
        return None
    return Wait(returns, _passed_or_back(bill, own, returns.on.isoformat()) or _SETTLED.get(bill.stage, ""), own.on)


def _passed_or_back(bill: BillRecord, own: Step, returns: str) -> str:
    """Whether it passed the other chamber, or came back to its own, before the day; "" for neither."""
    other = next((s for s in bill.steps if s.name == "Passed" and s.chamber != own.chamber and s.on), None)
    if other and other.state != "undone":
        return f"the {other.chamber} passed it on {day(other.on)}"
    back = _came_back(bill, own)
    return f"it went back to the {own.chamber} on {day(back)}" if "" < back < returns else ""


def _came_back(bill: BillRecord, own: Step) -> str:
    """When its own chamber had it again, whether that has undone its passage since or not; "" for not at all."""
    if own.state == "undone":
        at = bill.steps.index(own)
        return max((turn.on for step in bill.steps[at:] for turn in step.turns if turn.to < at), default="")
    if own.state != "here" or bill.chamber != own.chamber:
        return ""
    moves = (action for action in reversed(bill.actions) if any(map(action.means, _MOVES)))
    last = next(moves, None)
    return last.date if last and (last.means("recall") or last.means("return")) else ""


def waits_for_executive(bill: Brief) -> Iterator[Wait]:
    """A wait for each time that the bill was delivered to the executive, the earliest first."""
    house = legislature(bill.legislature)
    for i, action in enumerate(bill.executive):
        delivered = date_in(action.date) if action.means("executive-receipt") else None
        if delivered and (deadline := house.executive_deadline(delivered)):
            over = _answer(bill.executive[i + 1 :]) or _answer_by_stage(bill.stage, house.executive)
            yield Wait(deadline, over, action.date)


def _answer(later: Sequence[Action]) -> str:
    """What ended the wait, in the record's words; "" while it lasts."""
    found = (action for action in later if any(map(action.means, _ANSWERS)))
    return next((f"{plain_action(action.text)} on {day(action.date)}" for action in found), "")


def _answer_by_stage(stage: str, executive: str) -> str:
    """The same where the history has no line for it, as when it runs behind the official status."""
    if stage in _BEFORE_THE_EXECUTIVE:
        return ""
    return _ANSWERED.get(stage, f"it is not with the {executive} any more")
