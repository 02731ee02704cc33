"""A bill's way as it looks when it is over: where it stood on each day, when chambers passed it, how it ended."""

from __future__ import annotations

from typing import NamedTuple

from billwatch.bill import Action, Bill
from billwatch.stages.course import Course, SessionRules
from billwatch.stages.effects import courses_of

# The stages in which a bill still has something before it.
UNDECIDED = ("introduced", "in-committee", "on-floor", "passed-one-chamber", "passed-both", "with-executive")
_BEYOND_BOTH = ("executive", "law", "vetoed", "next-legislature")


class Place(NamedTuple):
    """Where a bill stands: its stage, and the step of the picture with its chamber."""

    stage: str
    step: str  # "Committee", "Floor", "Passed", ...
    chamber: str  # "" where no chamber has it


class Visit(NamedTuple):
    """A bill stood at this place from the end of one day until the end of another; `until` is "" for good."""

    place: Place
    since: str
    until: str


class Journey(NamedTuple):
    """All of one bill's way. `substitute` is the number of the bill that took its place in the end, or ""."""

    visits: tuple[Visit, ...]
    passages: tuple[tuple[str, str], ...]  # (chamber, date); none that the chamber itself took back
    passed_both: bool
    end: str  # "law", "vetoed", "open" where it waits for an end, "" for what got no further
    substitute: str


def journey_of(bill: Bill, rules: SessionRules) -> Journey:
    """The journey of a bill by its actions. Lines that are dated before an earlier line count from that line's day."""
    moves: list[tuple[Place, str]] = []
    passages: list[tuple[str, str]] = []
    on = ""
    for course, action in courses_of(bill, rules):
        on = max(on, action.date if action else course.since)
        _keep(passages, action, on)
        place = Place(course.stage, *course.step)
        if not moves or moves[-1][0] != place:
            moves.append((place, on))
    return Journey(_visits(moves), tuple(passages), _passed_both(course), _end(course), course.substitute)


def _keep(passages: list[tuple[str, str]], action: Action | None, on: str) -> None:
    """A passage counts until the chamber reconsiders its vote; that the other chamber lets the bill die undoes none."""
    if action is None:
        return
    if "reconsideration" in action.classification:
        last = next((p for p in reversed(passages) if p[0] == action.chamber), None)
        if last:
            passages.remove(last)
    elif "passage" in action.classification or "concurrence" in action.classification:
        passages.append((action.chamber, on))


def _visits(moves: list[tuple[Place, str]]) -> tuple[Visit, ...]:
    """The places where a bill stood at the end of a day, as long as it had something before it."""
    ends = [on for _, on in moves[1:]] + [""]
    found = (Visit(place, since, until) for (place, since), until in zip(moves, ends, strict=True))
    return tuple(v for v in found if v.since and v.since != v.until and v.place.stage in UNDECIDED)


def _passed_both(course: Course) -> bool:
    return course.passed_both or course.where in _BEYOND_BOTH


def _end(course: Course) -> str:
    if course.where in ("law", "vetoed"):
        return course.where
    return "open" if course.stage in ("passed-both", "with-executive") else ""
