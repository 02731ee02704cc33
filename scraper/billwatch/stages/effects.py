"""What each classified action does to a bill's course: one row of `EFFECTS` a term, folded over the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import msgspec

from billwatch.bill import Action, Bill
from billwatch.stages.course import FOR_GOOD, PASSED_AGAIN, TAKEN_UP, Course, SessionRules


def course_of(bill: Bill, rules: SessionRules) -> Course:
    """The bill's course by its actions alone."""
    *_, (course, _) = courses_of(bill, rules)
    return course


def courses_of(bill: Bill, rules: SessionRules) -> Iterator[tuple[Course, Action | None]]:
    """The bill's course as it began (no action), then after each action: one course that moves on when looked at."""
    origin = rules.origin(bill.identifier)
    amends = rules.amends_constitution(bill)
    course = Course(rules, origin, origin, since=bill.introduced_on or "", amends_constitution=amends)
    actions = bill.actions or ()
    course.note(course.since or (actions[0].date if actions else ""))
    yield course, None
    for action in actions:
        course = _after(course, action)
        course.note(action.date)
        yield course, action


def _after(course: Course, action: Action) -> Course:
    if action.chamber not in course.rules.chambers:
        action = msgspec.structs.replace(action, chamber=course.chamber or course.origin)
    for term in action.classification:
        effect = EFFECTS.get(term)
        if effect and term in _FINAL.get(course.where, EFFECTS):
            course = effect(course, action) or course
    return course


def _introduce(course: Course, action: Action) -> None:
    course.move("introduced", action.chamber, action)


def _refer(course: Course, action: Action) -> None:
    course.take_up("committee", action)


def _to_floor(course: Course, action: Action) -> None:
    course.take_up("floor", action)


def _amend(course: Course, action: Action) -> None:
    course.outdated |= course.passed.keys()


def _hold(course: Course, action: Action) -> None:
    course.take_up("committee", action)
    course.mark("held in committee", TAKEN_UP)


def _defeat(course: Course, action: Action) -> None:
    course.take_up("failed", action)
    course.mark("defeated in committee", TAKEN_UP)


def _pass(course: Course, action: Action) -> None:
    if course.where == "vetoed":
        return _override(course, action)
    course.passed[action.chamber] = action.date
    course.outdated.discard(action.chamber)
    course.unmark(TAKEN_UP, PASSED_AGAIN, action.chamber)
    course.move("desk", action.chamber, action)


def _adopt(course: Course, action: Action) -> None:
    course.move("adopted", action.chamber, action)


def _lose(course: Course, action: Action) -> None:
    if course.where != "vetoed":  # else the override was lost, and the veto stands
        course.take_up("failed", action)
        course.mark("lost on the floor", TAKEN_UP)


def _deliver(course: Course, action: Action) -> None:
    if len(course.passed) == 1:
        course.move("desk", course.rules.other(next(iter(course.passed))), action)


def _return(course: Course, action: Action) -> None:
    course.unmark(action.chamber)
    course.move("desk", course.rules.other(action.chamber), action)


def _recall(course: Course, action: Action) -> None:
    course.mark("recalled", until=action.chamber)  # until the chamber that recalled it passes it or sends it back
    course.move("desk", action.chamber, action)


def _reconsider(course: Course, action: Action) -> None:
    course.take_up("floor", action)
    course.mark("vote reconsidered", PASSED_AGAIN)


def _die(course: Course, action: Action) -> None:
    course.passed.clear()
    course.mark(f"died in the {action.chamber}", PASSED_AGAIN)
    course.move("failed", action.chamber, action)


def _expire(course: Course, action: Action) -> None:
    course.move("expired", action.chamber, action)


def _withdraw(course: Course, action: Action) -> None:
    stricken = "stricken" in action.classification
    course.mark("enacting clause stricken" if stricken else "withdrawn", TAKEN_UP)
    course.move("withdrawn", action.chamber, action)


def _substitute(course: Course, action: Action) -> None:
    passed, outdated = dict(course.passed), set(course.outdated)
    course.before = replace(course, passed=passed, outdated=outdated, marks=dict(course.marks))
    course.move("substituted", action.chamber, action)
    course.mark(f"substituted by {course.substitute}" if course.substitute else "substituted", TAKEN_UP)


def _restore(course: Course, action: Action) -> Course | None:
    # On the substitute's own history the line stands as well: there it moves nothing.
    return course.before if course.where == "substituted" else None


def _to_executive(course: Course, action: Action) -> None:
    course.move("executive", "", action)


def _from_executive(course: Course, action: Action) -> None:
    course.mark(f"recalled from the {course.rules.executive}", PASSED_AGAIN)
    course.move("desk", action.chamber, action)


def _enact(course: Course, action: Action) -> None:
    if course.where != "law":
        course.move("law", "", action)


def _veto(course: Course, action: Action) -> None:
    course.mark("vetoed", FOR_GOOD)
    course.move("vetoed", "", action)


def _veto_lines(course: Course, action: Action) -> None:
    course.mark("line veto", FOR_GOOD)
    _enact(course, action)


def _override(course: Course, action: Action) -> None:
    course.overridden.add(action.chamber)
    if course.where == "vetoed" and len(course.overridden) == len(course.rules.chambers):
        course.mark("veto overridden", FOR_GOOD)
        course.marks.pop("vetoed", None)
        course.move("law", "", action)


def _to_next_legislature(course: Course, action: Action) -> None:
    course.amends_constitution = True
    course.move("next-legislature", "", action)


Effect = Callable[[Course, Action], "Course | None"]
EFFECTS: dict[str, Effect] = {
    "introduction": _introduce,
    "referral-committee": _refer,
    "referral": _to_floor,
    "committee-passage": _to_floor,
    "committee-hold": _hold,
    "committee-failure": _defeat,
    "reading-1": _to_floor,
    "reading-2": _to_floor,
    "reading-3": _to_floor,
    "amendment-passage": _amend,
    "passage": _pass,
    "concurrence": _pass,
    "adoption": _adopt,
    "failure": _lose,
    "receipt": _deliver,
    "return": _return,
    "recall": _recall,
    "reconsideration": _reconsider,
    "died": _die,
    "not-carried-over": _expire,
    "withdrawal": _withdraw,
    "substitution": _substitute,
    "substitution-undone": _restore,
    "executive-receipt": _to_executive,
    "executive-recall": _from_executive,
    "executive-signature": _enact,
    "became-law": _enact,
    "executive-veto": _veto,
    "executive-veto-line-item": _veto_lines,
    "veto-override-passage": _override,
    "to-next-legislature": _to_next_legislature,
}
# A law stays one, and a veto stands until it is overridden, whatever lines follow out of order.
_FINAL = {
    "law": frozenset(("executive-veto-line-item",)),
    "vetoed": frozenset(("became-law", "executive-recall", "veto-override-passage", "passage", "failure")),
}
