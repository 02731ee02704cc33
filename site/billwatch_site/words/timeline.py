"""One bill's story: the official lines and the silent changes between them, day by day, newest first.

An official line stands on the legislature's own date, with what became of it since: who announced it here, how it read
before it was corrected. A change that no line records stands on the day on which we saw it. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Literal

import msgspec

from billwatch.bill import line, parts_of
from billwatch_site.records import SEVERITIES, Action, BillRecord, Change
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import day, sentence_of
from billwatch_site.words.stories import seen_on
from billwatch_site.words.together import MEMBERS, told_together
from billwatch_site.words.votes import tallies_by_place
from billwatch_site.words.wording import plain_action

Tellers = dict[str, list[Change]]

_TELLS_A_LINE = ("action", "action-edited", "action-inserted")


class Entry(msgspec.Struct, frozen=True):
    """One line of the story. `changes`: those that told of it, the oldest first; none for what was there before us."""

    on: str
    kind: Literal["action", "removed", "silent"]
    sentence: str
    official: str = ""  # the line as the record has it; "" for what has no line
    chamber: str = ""
    tally: str = ""  # "58 to 3", where the line came by a vote
    changes: tuple[Change, ...] = ()
    own: str = ""  # what a line of the record weighs, whether or not we announced it

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The changes that say that the record was corrected here."""
        return tuple(c for c in self.changes if c.kind.startswith("action-"))

    @property
    def receipt(self) -> tuple[datetime, str] | None:
        """When and where it was seen last: told once for neighbours of one answer."""
        return (self.changes[-1].seen_at, self.changes[-1].source) if self.changes else None

    @property
    def weight(self) -> str:
        """milestone, notable or detail: the most that the line or any of its changes has."""
        found = {self.own, *(c.severity for c in self.changes)}
        return next((s for s in SEVERITIES if s in found), "notable")


class Day(msgspec.Struct, frozen=True):
    """What happened on one day, or was seen then; official lines first, each kind newest first."""

    on: str
    entries: tuple[Entry, ...]


def timeline_of(record: BillRecord) -> list[Day]:
    """The whole story of a bill, the newest day first. What no date tells stands at the end, under "".

    Every line of the history and every change stands in it, and stands there once.
    """
    days: dict[str, list[Entry]] = defaultdict(list)
    told = _tellers(record.changes)
    entries = [*_lines(record, told), *_removed(record.changes, told)]
    used = {change.id for entry in entries for change in entry.changes}
    for entry in (*entries, *_silent([change for change in record.changes if change.id not in used])):
        days[entry.on].append(entry)
    return [Day(on, tuple(days[on])) for on in sorted(days, reverse=True)]


def _lines(record: BillRecord, told: Tellers) -> Iterator[Entry]:
    """The official history, backwards, each line with the changes that tell of it, and of the vote it came by."""
    tallies = tallies_by_place(record.votes)
    vetoed = next((n for n, a in enumerate(record.actions) if a.means("executive-veto")), len(record.actions))
    for number, action in reversed(list(enumerate(record.actions))):
        context = "veto" if number > vetoed else ""
        words, place = plain_action(action.text, context), (action.date, action.chamber)
        tally = tallies.pop(place, "") if words.startswith("Passed") else ""
        votes = [c for c in record.changes if tally and _is_floor_vote(c, *place)]
        changes = (*votes, *_with_earlier(told, line(*place, action.text)))
        chamber = "" if _is_the_executives(action) else action.chamber
        weight = legislature(record.legislature).weight_of_line(action.classification, action.text, action.date)
        yield Entry(action.date, "action", words, action.text, chamber, tally, changes, weight)


def _is_the_executives(action: Action) -> bool:
    """Whether the executive acts or is handed the bill: the record has it under a chamber, which does neither."""
    return any(term.startswith("executive-") or term == "became-law" for term in action.classification)


def _is_floor_vote(change: Change, on: str, chamber: str) -> bool:
    return change.kind == "vote-added" and parts_of(change.now)[:2] == (on, f"{chamber} floor")


def _tellers(changes: Iterable[Change]) -> Tellers:
    """Line -> the changes that brought it, the newest first."""
    found: Tellers = defaultdict(list)
    for change in changes:
        if change.kind in _TELLS_A_LINE:
            found[change.now].append(change)
    return found


def _with_earlier(told: Tellers, line: str) -> tuple[Change, ...]:
    """The changes that tell of a line and of what it read before, each given out once: equal lines stay apart."""
    found: list[Change] = []
    while told.get(line):
        found.append(told[line].pop())
        line = found[-1].was
    return tuple(reversed(found))


def _removed(changes: Iterable[Change], told: Tellers) -> Iterator[Entry]:
    """Lines that the record no longer has, on the day they stood under."""
    for change in changes:
        if change.kind == "action-removed":
            on, chamber, text = parts_of(change.was)
            yield Entry(
                on, "removed", plain_action(text), text, chamber, changes=(*_with_earlier(told, change.was), change)
            )


def _silent(changes: Sequence[Change]) -> Iterator[Entry]:
    """What no line of the record tells, on the day on which we saw it; votes on their own.

    Lines that we announced and that neither stand nor were taken out are told too: nothing told is ever dropped.
    """
    for (on, kind), group in groupby(sorted(changes, key=_place), key=_place):
        some = list(group)
        if kind in MEMBERS and len(some) > 1:
            yield Entry(on, "silent", told_together(some).rstrip("."), changes=tuple(some))
        else:
            yield from (Entry(on, "silent", _undated(sentence_of(c).rstrip("."), on), changes=(c,)) for c in some)


def _undated(sentence: str, on: str) -> str:
    """A sentence that stands under its day without that day."""
    return sentence.removesuffix(f" ({day(on)})")


def _place(change: Change) -> tuple[str, str]:
    is_vote = change.kind == "vote-added" and change.happened_on
    return change.happened_on if is_vote else seen_on(change).isoformat(), change.kind


class Stay(msgspec.Struct, frozen=True):
    """By when somebody's name was gone from the bill: the day of the look that no longer found it."""

    name: str
    on: str


def joined(record: BillRecord) -> dict[str, str]:
    """Who joined while we watched: name -> the day by which they had, the latest where somebody came back.

    The record dates no sponsorship, and we may have looked last a month before.
    """
    full = _full_names(record)
    came = [c for c in reversed(record.changes) if c.kind == "cosponsor-added"]
    return {full.get(c.now.upper(), c.now): seen_on(c).isoformat() for c in came}


def left(record: BillRecord) -> list[Stay]:
    """Who left while we watched and is not back, the last to leave first."""
    here = {name.upper() for s in record.sponsors for name in (s.name, s.short)}
    gone = {c.was: seen_on(c).isoformat() for c in reversed(record.changes) if c.kind == "cosponsor-removed"}
    found = (Stay(name, on) for name, on in gone.items() if name.upper() not in here)
    return sorted(found, key=lambda stay: stay.on, reverse=True)


def _full_names(record: BillRecord) -> dict[str, str]:
    """What a bill calls those whom a change calls by the SHORT NAME."""
    return {s.short.upper(): s.name for s in record.sponsors if s.short}
