"""What can come next for a bill, in words: by its stage, the rules of its session, and the day."""

from __future__ import annotations

from datetime import date

from billwatch.stages.course import Course
from billwatch.stages.sentences import day, is_back, substitute_of

_NEXT = {  # by stage
    "introduced": "A committee of the {chamber} gets it.",
    "in-committee": "The committee reports it, holds it, or lets it lie until the session ends on {end}.",
    "on-floor": "The {chamber} votes on it, or sends it back to a committee.",
    "passed-one-chamber": "Both the {origin} and the {other} must pass the same text before the session ends on {end}.",
    "passed-both": "It is delivered to the {executive}, who signs or vetoes it.",
    "law": "",
    "vetoed": "The chambers could override the veto with two thirds of each before the session ends on {end}.",
    "failed": "It could still be taken up again before the session ends on {end}.",
    "withdrawn": "Nothing, unless it is restored; a new bill can be introduced.",
    "substituted": "The bill to follow now is {substitute}.",
    "expired": "",
    "awaited": "The {executive} signs it or vetoes it, and the record will tell.",
}


def next_step(stage: str, course: Course, today: date) -> str:
    """What can come next, "" for nothing."""
    over = today > course.rules.session_end
    if course.where == "adopted" or (over and stage not in ("awaited", "to-next-legislature")):
        return ""
    if course.amends_constitution and stage in ("passed-both", "to-next-legislature"):
        first = "It is delivered to the Secretary of State. " if stage == "passed-both" else ""
        return first + _legislature_or_voters(course, today)
    if stage == "passed-one-chamber" and (by := _passed_as_it_stands(course)):
        return _other_chamber(course, by, today)
    words = _executive_acts(course) if stage == "with-executive" else _NEXT[stage]
    return words.format(
        chamber=course.chamber or course.origin,
        origin=course.origin,
        other=course.rules.other(course.origin),
        executive=course.rules.executive,
        end=_end(course),
        substitute=substitute_of(course),
    )


def _legislature_or_voters(course: Course, today: date) -> str:
    """What is next for an amendment to the constitution that both chambers have passed; in the past once it is over."""
    rules, is_over = course.rules, today > course.rules.next_session_end
    if course.passage == 2:
        if today <= rules.session_end:
            return "The voters decide; the record of bills does not tell how."
        return "It was for the voters to decide; the record of bills does not tell how they did."
    if course.passed_again:
        return f"It was passed again as {course.passed_again}."
    who = "the next legislature" if today <= rules.session_end else f"the legislature of {rules.next_session_name}"
    if course.passage == 1 and not is_over:
        return f"{who[0].upper()}{who[1:]} must pass it again; then the voters decide."
    if course.passage == 1:
        return f"{who[0].upper()}{who[1:]} had to pass it again for the voters to decide; that is over."
    must = "had to" if is_over else "must"
    decide = "the voters decide" if today <= rules.session_end else "it was for the voters to decide"
    return (
        f"If this was its first passage, {who} {must} pass it again; if it was its second, {decide}. The record we "
        "hold does not tell which it was."
    )


def _executive_acts(course: Course) -> str:
    """What the executive can do, by the day of the last delivery, from which calendars count as well."""
    try:
        delivered = date.fromisoformat(course.why.date)
    except ValueError:
        return "The {executive} signs it or vetoes it."
    if course.rules.unsigned_is_law(delivered):
        return "The {executive} signs it, vetoes it, or lets it become law unsigned."
    return (
        "The {executive} signs it or vetoes it; left unsigned once the legislature has adjourned, it is vetoed without "
        "a word (a pocket veto)."
    )


def _other_chamber(course: Course, by: str, today: date) -> str:
    """What is next for a bill that one chamber alone has passed."""
    if is_back(course, by):
        return f"The {by} has it back; it can reconsider its vote, amend the bill and pass it again."
    voting, returns = course.rules.other(by), course.rules.bills_return_on
    is_across = by == course.origin  # in the chamber that it did not begin in, or on its way there
    if returns and today <= returns and is_across:
        return (
            f"The {voting} acts. If it has not passed the bill when the legislature returns on "
            f"{day(returns.isoformat())}, the bill goes back to the {by}, which must pass it again; everything ends "
            f"with the session on {_end(course)}."
        )
    if returns and "" < course.passed[by] < returns.isoformat() and is_across:
        return (
            f"Unless the {voting} passed it before {day(returns.isoformat())}, it went back to the {by}, which must "
            f"pass it again. Our record shows neither. The session ends on {_end(course)}."
        )
    return f"The {voting} must pass the same text before the session ends on {_end(course)}."


def _passed_as_it_stands(course: Course) -> str:
    """The chamber that has passed the present text; "" where none has."""
    return next((chamber for chamber in course.passed if chamber not in course.outdated), "")


def _end(course: Course) -> str:
    return day(course.rules.session_end.isoformat())
