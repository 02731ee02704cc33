"""The sheet: what a form asks for, line by line, as a person can read and change it. Pure but for the snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from billwatch.bill import BillId
from billwatch_site.alerts.signup.preview import Snapshot
from billwatch_site.alerts.signup.wishes import Fields, Follow, Numbers, Wishes, numbers_of, value_of, wishes_of
from billwatch_site.records import Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import words_of


class Line(NamedTuple):
    """One thing that may be followed, with its box ticked or not."""

    value: str
    name: str
    about: str
    ticked: bool


class Sheet(msgspec.Struct, frozen=True):
    """What a form came to. `unknown` are the numbers that are not followed here."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    wishes: Wishes

    @property
    def families(self) -> bool:
        """Whether a family is among the lines, so that the word has to be explained."""
        return any(line.value.startswith("family:") for line in self.lines)


def sheet_of(fields: Fields, snapshot: Snapshot, codes: Sequence[str], read: Numbers) -> Sheet:
    """Everything in a form as lines: what was ticked, and the bills whose numbers were typed."""
    wishes = wishes_of(fields, codes)
    kind = "bill" if fields.get("alone", "") == "yes" else "family"
    lines = {value_of(f): _line(f, snapshot.bills) for f in wishes.follow}
    unknown = []
    for code, identifier, session in numbers_of(fields.get("bills", ""), read):
        found = snapshot.bills_with(code, identifier, session)
        for place, record in enumerate(found):
            line = _line((kind, record.id), snapshot.bills, ticked=place == 0)  # type: ignore[arg-type] # it is a Kind
            lines.setdefault(line.value, line)
        if not found:
            unknown.append(f"{identifier} of {session}" if session else identifier)
    ticked = [line.value for line in lines.values() if line.ticked]
    return Sheet(tuple(lines.values()), _really_unknown(unknown, lines.values()), _with(wishes, ticked))


def _really_unknown(unknown: Iterable[str], lines: Iterable[Line]) -> tuple[str, ...]:
    """Numbers that nothing was found for; "9191" was read as S9191 and as A9191, and one of them is enough."""
    found = {line.value.rpartition("/")[2][1:] for line in lines}
    return tuple(number for number in unknown if number.split(" ")[0][1:] not in found)


def _with(wishes: Wishes, ticked: Iterable[str]) -> Wishes:
    pairs = (value.partition(":") for value in ticked)
    return msgspec.structs.replace(wishes, follow=tuple((kind, target) for kind, _, target in pairs))


def _line(follow: Follow, bills: Mapping[str, Brief], *, ticked: bool = True) -> Line:
    name, about = named(follow, bills)
    return Line(value_of(follow), name, about, ticked)


def named(follow: Follow, bills: Mapping[str, Brief]) -> tuple[str, str]:
    """What is followed, in words: its name and what it is about."""
    kind, target = follow
    if kind in ("bill", "family"):
        bill, record = BillId.parse(target), bills.get(target)
        name = f"{bill.identifier} of {legislature(bill.legislature).session(bill.session)}"
        return (f"{name} and its family" if kind == "family" else name), record.headline if record else ""
    if kind == "topic":
        topic = words_of(target)
        return f"The topic {topic.name}", topic.explanation
    if kind == "legislature":
        return f"Every bill followed here in {legislature(target).name}", ""
    return f"The words “{target}”", "In a title, a summary or a line of the record."
