"""Where one bill lies on its way, and what it has behind it. Knows no legislature: that is `SessionRules`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from billwatch.bill import Action, Bill


class Official(msgspec.Struct, frozen=True):
    """What a source's status code says: its wording, the place it means, and the chamber where it means one."""

    label: str  # "In Senate Committee"
    where: str  # a place of `Course.where`, or "passed"
    chamber: str = ""


class SessionRules(msgspec.Struct, frozen=True, kw_only=True):
    """What stages need to know of a legislature and its session."""

    chambers: tuple[str, str]  # ("Senate", "Assembly")
    executive: str  # "Governor"
    session_name: str  # "2025–2026"
    session_end: date
    next_session_name: str  # of the legislature that must pass a constitutional amendment again
    next_session_end: date
    bills_return_on: date | None = None  # the day that sends what one chamber alone has passed back to it, if there is
    unsigned_is_law: Callable[[date], bool]  # what becomes of a bill delivered that day that the executive leaves alone
    statuses: Mapping[str, Official]  # by the code that sources give
    amends_constitution: Callable[
        [Bill], bool
    ]  # what goes to the next legislature and the voters, not to the executive
    origin: Callable[[str], str]  # the chamber in which a number was introduced
    committee_in: Callable[[str], str]  # the committee an action names, or ""
    committee_named: Callable[[str], str]  # the committee of what a source gives as its name
    substitute_in: Callable[[str], str | None]  # the bill that an action puts in this one's place
    citation_in: Callable[[str], str]  # "chapter 689", "veto 91", or ""

    def other(self, chamber: str) -> str:
        """The other chamber of the two."""
        return self.chambers[0] if chamber == self.chambers[1] else self.chambers[1]


# What a mark lasts until: the bill is taken up again, it passes again, or nothing undoes it; the name of a chamber
# means until that chamber acts.
TAKEN_UP, PASSED_AGAIN, FOR_GOOD = "taken up", "passed again", "for good"

_STAGE_OF_PLACE = {
    "introduced": "introduced",
    "desk": "introduced",
    "committee": "in-committee",
    "floor": "on-floor",
    "executive": "with-executive",
    "adopted": "passed-one-chamber",
    "next-legislature": "to-next-legislature",
    "law": "law",
    "vetoed": "vetoed",
    "failed": "failed",
    "withdrawn": "withdrawn",
    "substituted": "substituted",
    "expired": "expired",
}
_LIES = ("committee", "floor", "executive")  # other places tell of what happened on a day
_IN_A_CHAMBER = ("introduced", "desk", "committee", "floor")


@dataclass
class Course:
    """Where a bill lies, and what it has behind it, after some of its actions."""

    rules: SessionRules
    origin: str
    chamber: str
    where: str = "introduced"  # a key of _STAGE_OF_PLACE
    committee: str = ""
    since: str = ""  # when it came to this place
    why: Action = field(default_factory=lambda: Action("", "", ""))  # the action that brought it there
    passed: dict[str, str] = field(default_factory=dict)  # chamber -> date, of passages that still stand
    outdated: set[str] = field(default_factory=set)  # chambers that passed an earlier text than the present one
    overridden: set[str] = field(default_factory=set)  # chambers that passed it over a veto
    marks: dict[str, str] = field(default_factory=dict)  # mark -> what it lasts until
    stages: list[tuple[str, str]] = field(default_factory=list)  # (stage, since), each as it changed
    steps: list[tuple[str, str, str]] = field(default_factory=list)  # (step, chamber, date), each as it changed
    amends_constitution: bool = False
    passage: int = 0  # of an amendment to the constitution: by a first legislature, by a second, or 0 where none tells
    passed_again: str = ""  # the bill by which the next legislature did: "A7454 of 2025"
    before: Course | None = None  # as it was before a substitution

    @property
    def passed_both(self) -> bool:
        return len(self.passed.keys() - self.outdated) == len(self.rules.chambers)

    @property
    def stage(self) -> str:
        """The stage, were the session never to end."""
        if self.where in _IN_A_CHAMBER and self.passed:
            return "passed-both" if self.passed_both else "passed-one-chamber"
        return _STAGE_OF_PLACE[self.where]

    @property
    def step(self) -> tuple[str, str]:
        """The step of the picture, with its chamber. What ends a bill leaves it on the step where it was."""
        if self.where in ("committee", "floor"):
            return self.where.capitalize(), self.chamber
        if self.where in ("introduced", "desk", "adopted"):
            return ("Passed", list(self.passed)[-1]) if self.passed else ("Introduced", self.origin)
        if self.where in ("executive", "vetoed"):
            return self.rules.executive, ""
        if self.where in ("law", "next-legislature"):
            return self.where.replace("-", " ").capitalize(), ""
        return self.steps[-1][:2] if self.steps else ("Introduced", self.origin)

    @property
    def substitute(self) -> str:
        """The number of the bill that has its place now; "" where none has, or no line names it."""
        return self.rules.substitute_in(self.why.text) or "" if self.where == "substituted" else ""

    def move(self, where: str, chamber: str, action: Action) -> None:
        """To another place, by this action; what moves it within the place where it lies leaves it there."""
        before = (self.where, self.chamber, self.committee)
        self.where, self.chamber, self.why = where, chamber, action
        self.committee = self.rules.committee_in(action.text) if where in ("committee", "failed") else ""
        if where not in _LIES or (self.where, self.chamber, self.committee) != before:
            self.since = action.date

    def take_up(self, where: str, action: Action) -> None:
        """To a chamber that has it before it again: what it decided earlier no longer stands."""
        self.passed.pop(action.chamber, None)
        self.unmark(TAKEN_UP)
        self.move(where, action.chamber, action)

    def note(self, on: str) -> None:
        """Remember stage and step, where they changed."""
        if not self.stages or self.stages[-1][0] != self.stage:
            self.stages.append((self.stage, on))
        if not self.steps or self.steps[-1][:2] != self.step:
            self.steps.append((*self.step, on))

    def mark(self, text: str, until: str) -> None:
        """Set a mark; it moves to the end if it was there."""
        self.marks.pop(text, None)
        self.marks[text] = until

    def unmark(self, *reasons: str) -> None:
        """Take away the marks that last no longer."""
        self.marks = {mark: until for mark, until in self.marks.items() if until not in reasons}
