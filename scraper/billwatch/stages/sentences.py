"""Standings in words: one plain sentence for where a bill is, what can come next, and where sources differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from billwatch.bill import Bill
from billwatch.stages.course import Course, Official


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
        return f"Adopted by the {course.chamber}{_on(course.since)}."
    told = _STANDING[stage](course)
    return f"{told} {_substitute(course)}: {substitute}" if stage == "substituted" and substitute else told


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
        substitute=_substitute(course),
    )


def _legislature_or_voters(course: Course, today: date) -> str:
    """What is next for an amendment to the constitution that both chambers have passed; in the past once it is over."""
    rules, is_over = course.rules, today > course.rules.next_session_end
    if course.passage == 2:
        if today <= rules.session_end:
            return "The voters decide; the record of bills does not tell how."
        return "It was for the voters to decide; the record of bills does not tell how they did."
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
    if _is_back(course, by):
        return f"The {by} has it back; it can reconsider its vote, amend the bill and pass it again."
    voting, returns = course.rules.other(by), course.rules.bills_return_on
    is_across = by == course.origin  # in the chamber that it did not begin in, or on its way there
    if returns and today <= returns and is_across:
        return (
            f"The {voting} acts next. If it has not passed the bill when the legislature returns on "
            f"{day(returns.isoformat())}, the bill goes back to the {by}, which must pass it again; everything ends "
            f"with the session on {_end(course)}."
        )
    if returns and "" < course.passed[by] < returns.isoformat() and is_across:
        return (
            f"Unless the {voting} passed it before {day(returns.isoformat())}, it went back to the {by}, which must "
            f"pass it again. Our record shows neither. The session ends on {_end(course)}."
        )
    return f"The {voting} votes next; it must pass the same text before the session ends on {_end(course)}."


def _is_back(course: Course, by: str) -> bool:
    """Whether the chamber that passed it has it again, recalled or returned, with its passage not yet undone."""
    return course.chamber == by and not {"return", "recall"}.isdisjoint(course.why.classification)


def _passed_as_it_stands(course: Course) -> str:
    """The chamber that has passed the present text; "" where none has."""
    return next((chamber for chamber in course.passed if chamber not in course.outdated), "")


def _end(course: Course) -> str:
    return day(course.rules.session_end.isoformat())


def missing_lines(official: Official) -> str:
    """The status tells of something for which the actions have no line."""
    return f"The official status says '{official.label}', but the history we hold has no line for it."


def disagreement(course: Course, official: Official, bill: Bill, behind: bool) -> str:
    """How the official status and the actions differ; `behind` tells that the status is behind the actions."""
    elsewhere = _other_committee(course, official, bill)
    says = f"'{official.label}'" + (f" ({elsewhere})" if elsewhere else "")
    if line := _sent_on(course, bill, elsewhere):
        told = f"The official status says {says}, but {_last_move(course)}"
        return f"{told}; on the same day the record also has '{line}'."
    return f"The official status {'still ' if behind else ''}says {says}, but {_last_move(course)}."


def _other_committee(course: Course, official: Official, bill: Bill) -> str:
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
    on = _on(course.since)
    moves = {
        "law": f"the bill became law{on}",
        "vetoed": f"the {course.rules.executive} vetoed the bill{on}",
        "failed": _failure(course)[0].lower() + _failure(course)[1:],
        "withdrawn": f"the bill was given up{on}",
        "substituted": f"{_substitute(course)} took the bill's place{on}",
        "executive": f"the bill was delivered to the {course.rules.executive}{on}",
        "next-legislature": f"the bill was delivered to the Secretary of State{on}",
        "expired": f"the record says{on} that the bill was not carried over",
        "adopted": f"the {course.chamber} adopted it{on}",
    }
    return moves.get(course.where) or f"by its history the bill is {_place(course)}{_on(course.since, 'since')}"


def _place(course: Course) -> str:
    if course.where == "committee":
        if not course.committee:
            return f"in a committee of the {course.chamber}"
        return f"in the {course.chamber}'s {course.committee} Committee"
    return f"on the {course.chamber}'s floor calendar" if course.where == "floor" else f"in the {course.chamber}"


def _on(iso: str, word: str = "on") -> str:
    return f" {word} {day(iso)}" if iso else ""


def _substitute(course: Course) -> str:
    return course.substitute or "the other chamber's bill"


def _introduced(course: Course) -> str:
    on = _on(course.since)
    if any(mark.startswith("died") for mark in course.marks):
        return f"Died in the {course.rules.other(course.chamber)} and went back to the {course.chamber}{on}."
    if "recalled" in course.marks:
        return f"Recalled by the {course.chamber}{on}."
    return f"Introduced in the {course.origin}{on}; not yet in a committee."


def _in_committee(course: Course) -> str:
    if "held in committee" in course.marks:
        name = f"{course.committee} Committee" if course.committee else "committee"
        return f"Held{_on(course.why.date)} by the {course.chamber}'s {name}, which chose not to act on it."
    place = _place(course)
    return f"{place[0].upper()}{place[1:]}{_on(course.since, 'since')}."


def _on_floor(course: Course) -> str:
    reopened = " after its passage was undone" if "vote reconsidered" in course.marks else ""
    return f"On the {course.chamber}'s floor calendar{reopened}{_on(course.since, 'since')}; a vote can follow."


def _passed_one(course: Course) -> str:
    by, on = list(course.passed.items())[-1]
    told = f"Passed the {by}{_on(on)}"
    if course.where in ("committee", "floor"):
        return f"{told}; {_place(course)}{_held(course)}."
    if "recalled" in course.marks:
        return f"{told}; recalled{_on(course.since)} and back in the {course.chamber}."
    if _is_back(course, by):
        return f"{told}; returned to the {by}{_on(course.since)}."
    if course.outdated & course.passed.keys():
        return f"{told}, in another text than the present one; both chambers must pass the same."
    return f"{told}; next in the {course.rules.other(by)}."


def _held(course: Course) -> str:
    return f", which held it{_on(course.why.date)} without acting" if "held in committee" in course.marks else ""


def _passages(course: Course) -> str:
    passed = [f"the {chamber}{_on(on)}" for chamber, on in course.passed.items()]
    return f"Passed {' and '.join(passed)}" if passed else "Passed"


def _passed_both(course: Course) -> str:
    to = "Secretary of State" if course.amends_constitution else course.rules.executive
    return f"{_passages(course)}; not yet delivered to the {to}."


def _with_executive(course: Course) -> str:
    return f"{_passages(course)}; with the {course.rules.executive}{_on(course.since, 'since')}."


def _law(course: Course) -> str:
    citation = course.rules.citation_in(course.why.text)
    cited = f" as {citation}" if citation.startswith("chapter") else ""
    if "veto overridden" in course.marks:
        return f"Became law over the {course.rules.executive}'s veto{_on(course.since)}{cited}."
    if course.why.classification and "executive-signature" not in course.why.classification:
        if "executive-veto-line-item" in course.why.classification:
            return f"Became law{_on(course.since)}, without the lines that the {course.rules.executive} vetoed."
        return f"Became law{_on(course.since)} without the {course.rules.executive}'s signature{cited}."
    lines = "; single lines were vetoed" if "line veto" in course.marks else ""
    return f"Signed into law by the {course.rules.executive}{_on(course.since)}{cited}{lines}."


def _vetoed(course: Course) -> str:
    citation = course.rules.citation_in(course.why.text)
    cited = f" ({citation})" if citation else ""
    if "pocket-veto" in course.why.classification:
        return f"Pocket veto{_on(course.since)}{cited}: the {course.rules.executive} left it unsigned."
    return f"Vetoed by the {course.rules.executive}{_on(course.since)}{cited}."


def _failure(course: Course) -> str:
    on = _on(course.since)
    if "defeated in committee" in course.marks:
        name = f"{course.committee} Committee" if course.committee else "committee"
        return f"The {course.chamber}'s {name} defeated the bill{on}"
    if "lost on the floor" in course.marks:
        return f"The {course.chamber} voted the bill down{on}"
    return f"The bill died in the {course.chamber}{on}"


def _withdrawn(course: Course) -> str:
    how = ": the enacting clause was stricken" if "enacting clause stricken" in course.marks else ""
    return f"Given up by its sponsor{_on(course.since)}{how}."


def _substituted(course: Course) -> str:
    return f"{_substitute(course)}, the same bill of the other chamber, took its place{_on(course.since)}."


def _expired(course: Course) -> str:
    missed = "passing both chambers" if course.amends_constitution else "becoming law"
    told = f"Ended with the {course.rules.session_name} session without {missed}"
    passed = f"; passed the {list(course.passed)[-1]}" if course.passed else ""
    held = ", which had held it" if "held in committee" in course.marks else ""
    return f"{told}{passed}; last {_place(course)}{held}."


def _awaited(course: Course) -> str:
    where = f"with the {course.rules.executive}" if course.where == "executive" else "on its way"
    return f"{_passages(course)}; {where} when the session ended: the outcome is awaited."


def _to_next_legislature(course: Course) -> str:
    on = f", delivered to the Secretary of State{_on(course.since)}" if course.where == "next-legislature" else ""
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
    "failed": lambda course: f"{_failure(course)}.",
    "withdrawn": _withdrawn,
    "substituted": _substituted,
    "expired": _expired,
    "awaited": _awaited,
    "to-next-legislature": _to_next_legislature,
}
_NEXT = {
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
