"""Where a bill stands, for people: from its actions and the source's own status, which are both shown.

A stage is derived, never stored by hand: `stage_of` folds the classified actions (course.py), lets the official
status lead only where the history plainly lacks lines, and says in one sentence where the two differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

import msgspec

from billwatch.bill import Action, Bill
from billwatch.stages import contradictions, outlook, sentences
from billwatch.stages.course import Course, Official, SessionRules
from billwatch.stages.effects import course_of

__all__ = ["CERTAIN_AFTER", "ENDS", "STAGES", "STAGE_SENTENCES", "Official", "SessionRules"]
__all__ += ["Standing", "Step", "Turn", "beside_stage", "stage_of"]

# stage -> (label, explanation), for a legend. The order is the way of a bill, then its ends.
STAGE_SENTENCES: dict[str, tuple[str, str]] = {
    "introduced": ("Introduced", "The bill has a number, but no committee has it yet."),
    "in-committee": ("In committee", "A committee decides whether the chamber will see it; most bills end here."),
    "on-floor": ("On the floor", "A committee let it through; the whole chamber can vote on it."),
    "passed-one-chamber": ("Passed one chamber", "One chamber passed it; the other has it or will get it."),
    "passed-both": ("Passed both chambers", "Both chambers passed the same text; a bill goes to the executive next."),
    "with-executive": ("With the executive", "It waits for a signature or a veto."),
    "law": ("Law", "It was signed, or became law without a signature."),
    "vetoed": ("Vetoed", "The executive refused it, and no override is recorded."),
    "failed": ("Failed", "A vote went against it; it can still be taken up again in the session."),
    "withdrawn": ("Withdrawn", "Its sponsor gave it up."),
    "substituted": ("Substituted", "The other chamber's bill with the same text took its place."),
    "expired": ("Expired", "The session ended before it became law; it can only come back as a new bill."),
    "awaited": ("Outcome awaited", "The session ended after both chambers had passed it; the outcome is to come."),
    "to-next-legislature": (
        "To the next legislature or the voters",
        "A constitutional amendment that both chambers passed: after its first passage the next legislature must pass "
        "it again, after its second the voters decide.",
    ),
}
STAGES = tuple(STAGE_SENTENCES)

# A bill is watched until its end is certain: executives act, and histories are mended, after sessions end.
CERTAIN_AFTER = timedelta(days=60)

_STILL_MOVING = ("introduced", "in-committee", "on-floor", "passed-one-chamber")
_BEFORE_THE_END = ("introduced", "desk", "committee", "floor", "executive")
ENDS = ("vetoed", "failed", "withdrawn", "substituted", "expired")  # where a bill is that got no further
_DESTINATIONS = ("Next legislature or voters", "Next legislature", "Voters")  # of an amendment, by its passage


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """The bill went back. `to` is the place among the steps that it came back to, from 0; `on` an ISO date."""

    to: int
    on: str


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One step of the picture. `chamber` is "" where none has it; `on` is "" for a step that left no line."""

    name: str  # "Introduced", "Committee", "Floor", "Passed", the executive, "Law", or one of _DESTINATIONS
    chamber: str
    state: str  # "done", "here", "ahead", "undone" (was reached, and taken back), "ended" (here, and no further)
    on: str = ""
    turns: tuple[Turn, ...] = ()  # from here, the earliest first


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a bill stands on a day."""

    stage: str  # one of STAGES
    since: str  # ISO date at which it came to this stage; "" where no source tells
    chamber: str  # where it lies; "" when no chamber has it
    substitute: str  # id of the bill that has its place now, by its history; "" where none has
    committee: str  # the one that the sentence names, else the one that the source states; "" where neither does
    sentence: str  # for people
    next: str  # what can come next; "" when nothing can
    official: str  # the official wording: of the status, else of the last action
    marks: tuple[str, ...]  # "defeated in committee", while that stands; "line veto" stands for good
    ended: bool  # the end is certain: nobody needs to look again
    disagreement: str  # how status and actions differ; "" when they do not
    steps: tuple[Step, ...]


def stage_of(
    bill: Bill,
    today: date,
    rules: SessionRules,
    substitute: Standing | None = None,
    passage: int = 0,
    passed_again: str = "",
) -> Standing:
    """Where the bill stands on `today`; `substitute` is the standing of the bill that took its place, if known.

    `passage` tells of an amendment to the constitution whether it is for a first (1) or a second (2) legislature to
    pass; 0 where that is not known. `passed_again` names the bill that the next legislature passed for it.
    """
    bill = msgspec.structs.replace(bill, committee=rules.committee_named(bill.committee or ""))
    course = course_of(bill, rules)
    course.passage, course.passed_again = passage, passed_again
    official = rules.statuses.get(bill.status or "")
    disagreement = ""
    if official and not _agree(course, official, bill):
        disagreement = _disagreement(course, official, bill)
        if _status_leads(course, official):
            _follow(course, official, bill)
    stage = _stage_on(today, course)
    return Standing(
        stage=stage,
        since=rules.session_end.isoformat() if "expired" == stage != course.stage else course.stages[-1][1],
        chamber=course.chamber,
        substitute=f"{bill.legislature}/{bill.session}/{course.substitute}" if course.substitute else "",
        committee=course.committee or _stated_committee(course, official, bill),
        sentence=sentences.standing(stage, course, substitute.sentence if substitute else ""),
        next=outlook.next_step(stage, course, today),
        official=_wording(bill, official),
        marks=tuple(course.marks),
        ended=stage != "awaited" and today > rules.session_end + CERTAIN_AFTER,
        disagreement=disagreement,
        steps=_steps(course, stage),
    )


def beside_stage(stage: str, marks: Sequence[str]) -> list[str]:
    """The marks that say more than the stage does: a vetoed bill is not called "vetoed" beside it."""
    return [mark for mark in marks if not mark.startswith(stage)]


def _stated_committee(course: Course, official: Official | None, bill: Bill) -> str:
    """The committee that the source states, where it is not one of a chamber that does not have the bill."""
    elsewhere = official and official.chamber not in ("", course.chamber)
    return "" if elsewhere else bill.committee or ""


def _stage_on(today: date, course: Course) -> str:
    """The stage, with the session's end taken into account."""
    if today <= course.rules.session_end or course.where == "adopted":
        return course.stage
    if course.stage in _STILL_MOVING:
        return "expired"
    if course.stage == "passed-both" and course.amends_constitution:
        return "to-next-legislature"
    return "awaited" if course.stage in ("passed-both", "with-executive") else course.stage


def _agree(course: Course, official: Official, bill: Bill) -> bool:
    """Whether the status says what the actions say, to the committee."""
    if official.where == "passed":
        return course.where in ("desk", "next-legislature") and official.chamber in course.passed
    return _is_at(course, official) and not (
        course.committee and contradictions.other_committee(course, official, bill)
    )


def _is_at(course: Course, official: Official) -> bool:
    """Whether both mean the same place of the same chamber, whatever its committee."""
    return course.where == official.where and official.chamber in ("", course.chamber)


def _status_leads(course: Course, official: Official) -> bool:
    """Whether the history has no line of its own for it: there is none at all, or the executive's are missing."""
    acted = course.where in _BEFORE_THE_END and official.where in ("executive", "law", "vetoed")
    return acted or not course.why.text


def _disagreement(course: Course, official: Official, bill: Bill) -> str:
    """The sentence about it; "" where a status without a history is all that there is."""
    if not course.why.text:
        return ""
    if _status_leads(course, official):
        return contradictions.missing_lines(official)
    if _is_at(course, official):  # in two committees, of which none is further on the way
        return contradictions.disagreement(course, official, bill, behind=False)
    way = _way(course)
    says = replace(course, where=official.where, chamber=official.chamber or course.chamber)
    reached = ("Passed", says.chamber) if official.where == "passed" else says.step
    behind = course.step not in way[: way.index(reached)] if reached in way else False
    return contradictions.disagreement(course, official, bill, behind=behind)


def _follow(course: Course, official: Official, bill: Bill) -> None:
    """Move the course to where the status says that the bill is."""
    course.where, course.chamber, course.why = official.where, official.chamber, Action("", "", "")
    course.since, course.committee = "", bill.committee or "" if official.where == "committee" else ""
    if official.where == "passed":
        course.where, course.passed = "desk", course.passed | {official.chamber: ""}
    course.note("")


def _wording(bill: Bill, official: Official | None) -> str:
    if official:
        return official.label
    return bill.status or (bill.actions[-1].text if bill.actions else "")


def _steps(course: Course, stage: str) -> tuple[Step, ...]:
    """The picture: every step of the way in its order, and how far the bill came on it."""
    way = _way(course)
    reached: dict[tuple[str, str], str] = {}
    undone: dict[tuple[str, str], str] = {}
    for name, chamber, on in course.steps:
        step = (name, chamber)
        at = way.index(step) if step in way else len(way)  # a way that it took and left again
        undone |= {later: reached.pop(later) for later in way[at + 1 :] if later in reached}
        reached.setdefault(step, on)
    here = way.index(course.step)
    state = "ended" if stage in ENDS else "here"
    came = reached.get(way[here], "") if course.step[0] == "Passed" else course.steps[-1][2]  # it may have come back
    steps = (
        *(Step(*step, "done", reached.get(step, "")) for step in way[:here]),
        Step(*way[here], state, came),
        *(Step(*step, "undone" if step in undone else "ahead", undone.get(step, "")) for step in way[here + 1 :]),
    )
    turns = _turns(course, way)
    if way[-1][0] == "Next legislature":
        steps = (*steps[:-1], msgspec.structs.replace(steps[-1], name=_DESTINATIONS[course.passage]))
    return tuple(msgspec.structs.replace(step, turns=tuple(turns[at])) for at, step in enumerate(steps))


def _turns(course: Course, way: Sequence[tuple[str, str]]) -> defaultdict[int, list[Turn]]:
    """By the step that it went back from: each time that an evening found the bill further back than the one before.

    Within a day it is moved to and fro for form's sake, as by a committee that reports it to another one. Going back
    in several steps, as to the chamber on one day and to its floor on the next, is going back once.
    """
    places = [(way.index((name, chamber)), on) for name, chamber, on in course.steps if (name, chamber) in way]
    evenings = [list(day)[-1] for _, day in groupby(places, key=itemgetter(1))]
    midway = {b for a, b, c in zip(evenings, evenings[1:], evenings[2:], strict=False) if a[0] > b[0] > c[0]}
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for (before, _), (after, on) in pairwise(evening for evening in evenings if evening not in midway):
        if after < before:
            turns[before].append(Turn(after, on))
    return turns


def _way(course: Course) -> list[tuple[str, str]]:
    first, second = course.origin, course.rules.other(course.origin)
    inside = [(name, chamber) for chamber in (first, second) for name in ("Committee", "Floor", "Passed")]
    last = [(course.rules.executive, ""), ("Law", "")]
    if course.amends_constitution and course.step not in last:
        last = [("Next legislature", "")]
    return [("Introduced", first), *inside, *last]
