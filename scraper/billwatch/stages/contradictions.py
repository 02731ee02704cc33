"""Where the official status and the history of a bill say different things: in one sentence."""

from __future__ import annotations

from billwatch.bill import Bill
from billwatch.stages.course import Course, Official
from billwatch.stages.sentences import failure_of, on_day, place_of, substitute_of


def missing_lines(official: Official) -> str:
    """The status tells of something for which the actions have no line."""
    return f"The official status says '{official.label}', but the history we hold has no line for it."


def disagreement(course: Course, official: Official, bill: Bill, behind: bool) -> str:
    """How the official status and the actions differ; `behind` tells that the status is behind the actions."""
    elsewhere = other_committee(course, official, bill)
    says = f"'{official.label}'" + (f" ({elsewhere})" if elsewhere else "")
    if line := _sent_on(course, bill, elsewhere):
        told = f"The official status says {says}, but {_last_move(course)}"
        return f"{told}; on the same day the record also has '{line}'."
    return f"The official status {'still ' if behind else ''}says {says}, but {_last_move(course)}."


def other_committee(course: Course, official: Official, bill: Bill) -> str:
    """The committee that the status means, where it is another one than that of the actions."""
    named = (bill.committee or "") if official.where == "committee" else ""
    return "" if named.casefold() == course.committee.casefold() else named


def _sent_on(course: Course, bill: Bill, committee: str) -> str:
    """The line of the day of its defeat in one committee that sent the bill on to this other one; "" for none."""
    if course.where != "failed" or "defeated in committee" not in course.marks or not committee:
        return ""
    that_day = [action.text for action in bill.actions or () if action.date == course.since]
    sent = (text for text in that_day if course.rules.committee_in(text).casefold() == committee.casefold())
    return next(sent, "")


def _last_move(course: Course) -> str:
    """What the actions say happened last, as the second half of a sentence."""
    on = on_day(course.since)
    moves = {
        "law": f"the bill became law{on}",
        "vetoed": f"the {course.rules.executive} vetoed the bill{on}",
        "failed": failure_of(course)[0].lower() + failure_of(course)[1:],
        "withdrawn": f"the bill was given up{on}",
        "substituted": f"{substitute_of(course)} took the bill's place{on}",
        "executive": f"the bill was delivered to the {course.rules.executive}{on}",
        "next-legislature": f"the bill was delivered to the Secretary of State{on}",
        "expired": f"the record says{on} that the bill was not carried over",
        "adopted": f"the {course.chamber} adopted it{on}",
    }
    return moves.get(course.where) or f"by its history the bill is {place_of(course)}{on_day(course.since, 'since')}"
