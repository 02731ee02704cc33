"""Standings in words: one plain sentence for where a bill is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from billwatch.stages.course import Course


def day(iso: str) -> str:
    """A date for people: "12 June 2025"; what is no date stays as it is."""
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{on.day} {on:%B} {on.year}"


def standing(stage: str, course: Course, substitute: str = "") -> str:
    """The sentence for a stage; a substituted bill's goes on with the sentence of its substitute, if known."""
    if course.where == "adopted":
        return f"Adopted by the {course.chamber}{on_day(course.since)}."
    told = _STANDING[stage](course)
    return f"{told} {substitute_of(course)}: {substitute}" if stage == "substituted" and substitute else told


def is_back(course: Course, by: str) -> bool:
    """Whether the chamber that passed it has it again, recalled or returned, with its passage not yet undone."""
    return course.chamber == by and not {"return", "recall"}.isdisjoint(course.why.classification)


def place_of(course: Course) -> str:
    if course.where == "committee":
        if not course.committee:
            return f"in a committee of the {course.chamber}"
        return f"in the {course.chamber}'s {course.committee} Committee"
    return f"on the {course.chamber}'s floor calendar" if course.where == "floor" else f"in the {course.chamber}"


def on_day(iso: str, word: str = "on") -> str:
    return f" {word} {day(iso)}" if iso else ""


def substitute_of(course: Course) -> str:
    return course.substitute or "the other chamber's bill"


def _introduced(course: Course) -> str:
    on = on_day(course.since)
    if any(mark.startswith("died") for mark in course.marks):
        return f"Died in the {course.rules.other(course.chamber)} and went back to the {course.chamber}{on}."
    if "recalled" in course.marks:
        return f"Recalled by the {course.chamber}{on}."
    return f"Introduced in the {course.origin}{on}; not yet in a committee."


def _in_committee(course: Course) -> str:
    if "held in committee" in course.marks:
        name = f"{course.committee} Committee" if course.committee else "committee"
        return f"Held{on_day(course.why.date)} by the {course.chamber}'s {name}, which chose not to act on it."
    place = place_of(course)
    return f"{place[0].upper()}{place[1:]}{on_day(course.since, 'since')}."


def _on_floor(course: Course) -> str:
    place, since = f"n the {course.chamber}'s floor calendar", on_day(course.since, "since")
    if "vote reconsidered" in course.marks:
        return f"Back o{place}{since}, its passage undone; a vote can follow."
    return f"O{place}{since}; a vote can follow."


def _passed_one(course: Course) -> str:
    by, on = list(course.passed.items())[-1]
    told = f"Passed the {by}{on_day(on)}"
    if course.where in ("committee", "floor"):
        return f"{told}; {place_of(course)}{_held(course)}."
    if "recalled" in course.marks:
        return f"{told}; recalled{on_day(course.since)} and back in the {course.chamber}."
    if is_back(course, by):
        return f"{told}; returned to the {by}{on_day(course.since)}."
    if course.outdated & course.passed.keys():
        return f"{told}, in another text than the present one; both chambers must pass the same."
    return f"{told}; next in the {course.rules.other(by)}."


def _held(course: Course) -> str:
    return f", which held it{on_day(course.why.date)} without acting" if "held in committee" in course.marks else ""


def _passages(course: Course) -> str:
    passed = [f"the {chamber}{on_day(on)}" for chamber, on in course.passed.items()]
    return f"Passed {' and '.join(passed)}" if passed else "Passed"


def _passed_both(course: Course) -> str:
    to = "Secretary of State" if course.amends_constitution else course.rules.executive
    return f"{_passages(course)}; not yet delivered to the {to}."


def _with_executive(course: Course) -> str:
    return f"{_passages(course)}; with the {course.rules.executive}{on_day(course.since, 'since')}."


def _law(course: Course) -> str:
    citation = course.rules.citation_in(course.why.text)
    cited = f" as {citation}" if citation.startswith("chapter") else ""
    if "veto overridden" in course.marks:
        return f"Became law over the {course.rules.executive}'s veto{on_day(course.since)}{cited}."
    if course.why.classification and "executive-signature" not in course.why.classification:
        if "executive-veto-line-item" in course.why.classification:
            return f"Became law{on_day(course.since)}, without the lines that the {course.rules.executive} vetoed."
        return f"Became law{on_day(course.since)} without the {course.rules.executive}'s signature{cited}."
    lines = "; single lines were vetoed" if "line veto" in course.marks else ""
    return f"Signed into law by the {course.rules.executive}{on_day(course.since)}{cited}{lines}."


def _vetoed(course: Course) -> str:
    citation = course.rules.citation_in(course.why.text)
    cited = f" ({citation})" if citation else ""
    if "pocket-veto" in course.why.classification:
        return f"Pocket veto{on_day(course.since)}{cited}: the {course.rules.executive} left it unsigned."
    return f"Vetoed by the {course.rules.executive}{on_day(course.since)}{cited}."


def failure_of(course: Course) -> str:
    on = on_day(course.since)
    if "defeated in committee" in course.marks:
        name = f"{course.committee} Committee" if course.committee else "committee"
        return f"The {course.chamber}'s {name} defeated the bill{on}"
    if "lost on the floor" in course.marks:
        return f"The {course.chamber} voted the bill down{on}"
    return f"The bill died in the {course.chamber}{on}"


def _withdrawn(course: Course) -> str:
    how = ": the enacting clause was stricken" if "enacting clause stricken" in course.marks else ""
    return f"Given up by its sponsor{on_day(course.since)}{how}."


def _substituted(course: Course) -> str:
    return f"{substitute_of(course)}, the same bill of the other chamber, took its place{on_day(course.since)}."


def _expired(course: Course) -> str:
    missed = "passing both chambers" if course.amends_constitution else "becoming law"
    told = f"Ended with the {course.rules.session_name} session without {missed}"
    passed = f"; passed the {list(course.passed)[-1]}" if course.passed else ""
    held = ", which had held it" if "held in committee" in course.marks else ""
    return f"{told}{passed}; last {place_of(course)}{held}."


def _awaited(course: Course) -> str:
    where = f"with the {course.rules.executive}" if course.where == "executive" else "on its way"
    return f"{_passages(course)}; {where} when the session ended: the outcome is awaited."


def _to_next_legislature(course: Course) -> str:
    on = f", delivered to the Secretary of State{on_day(course.since)}" if course.where == "next-legislature" else ""
    whom = ("the next legislature or the voters", "the next legislature", "the voters")[course.passage]
    return f"{_passages(course)}; a constitutional amendment{on} for {whom}."


_STANDING: dict[str, Callable[[Course], str]] = {
    "introduced": _introduced,
    "in-committee": _in_committee,
    "on-floor": _on_floor,
    "passed-one-chamber": _passed_one,
    "passed-both": _passed_both,
    "with-executive": _with_executive,
    "law": _law,
    "vetoed": _vetoed,
    "failed": lambda course: f"{failure_of(course)}.",
    "withdrawn": _withdrawn,
    "substituted": _substituted,
    "expired": _expired,
    "awaited": _awaited,
    "to-next-legislature": _to_next_legislature,
}
