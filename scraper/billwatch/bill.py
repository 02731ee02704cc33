"""What a bill is: the words of Open Civic Data where it has them, as plain immutable records.

A `Bill` holds the facts that one answer of one source carries, or the facts we hold in all. A field that is
`None` is not carried by that source; an empty string or tuple is carried, and empty. That difference is what
keeps a source that says less from erasing what another said. Records hold no cycles, so they are left to reference
counting (`gc=False`): a session's fill makes millions of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from billwatch.errors import UsageError

_LINE = re.compile(r"(\d{4}-\d\d-\d\d)? ?([^:]*): (.*)", re.DOTALL)
_ID = re.compile(r"([a-z]{2})/([0-9]{2,4}[a-z0-9-]{0,12})/([A-Z]{1,5}[0-9]{1,6})")


def line(on: str, place: str, text: str) -> str:
    """What was done where and when, as people and the ids of changes read it: "2025-06-12 Senate: PASSED SENATE"."""
    return f"{on} {place}: {text}"


def parts_of(line: str) -> tuple[str, str, str]:
    """Date, place and text of such a line; of anything else, "", "" and all of it."""
    match = _LINE.fullmatch(line)
    return (match[1] or "", match[2], match[3]) if match else ("", "", line)


class BillId(NamedTuple):
    """The key everywhere: legislature, session and number, as in `ny/2017/S9191`."""

    legislature: str
    session: str
    identifier: str

    def __str__(self) -> str:
        return f"{self.legislature}/{self.session}/{self.identifier}"

    @classmethod
    def parse(cls, text: str) -> BillId:
        """Read `ny/2017/S9191`; anything else is a `UsageError`, for an id becomes a path and an address."""
        match = _ID.fullmatch(text)
        if not match:
            raise UsageError(f"'{text}' is not a bill id; write it as ny/2017/S9191")
        return cls(*match.groups())


class Action(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One line of the official history. `date` is the legislature's own (ISO), never shifted by a time zone."""

    date: str
    chamber: str  # the chamber's name: "Senate", "Assembly", "House"
    text: str  # upper case: sources differ in case, and the chamber says what case said
    classification: tuple[str, ...] = ()  # Open States terms; empty: not classified


class Sponsorship(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Somebody's name on the bill. Sources give the short name, the full name, or both."""

    name: str  # "Andrew Gounardes"; the short name where the source has no other
    short: str = ""  # "GOUNARDES", "ROSENTHAL L"; empty where the source has full names only
    role: str = "cosponsor"  # "primary", "cosponsor", "multisponsor"


class Version(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One print of the bill: letter "" is the original, then "A", "B", ..."""

    letter: str
    published_on: str = ""
    text: str | None = None
    memo: str | None = None


class Vote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One vote. `roll` gives, for each option in the source's order, the short names of those who chose it."""

    date: str
    chamber: str
    kind: str  # "committee" or "floor"
    committee: str = ""
    motion: str = ""  # "Favorable refer to committee Codes", where the source says
    version: str = ""  # the print voted on
    roll: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (("aye", ("Krueger", ...)), ("nay", (...)), ...)
    counts: tuple[tuple[str, int], ...] = ()  # (("aye", 58), ("nay", 3)): as the source states or the roll adds up


class Bill(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The facts about one bill. Relations hold bill ids (`ny/2025/A5346`)."""

    legislature: str
    session: str
    identifier: str
    title: str | None = None
    abstract: str | None = None
    status: str | None = None  # the official status, as the source codes it: "IN_SENATE_COMM"
    committee: str | None = None
    version: str | None = None  # letter of the active print, "" for the original
    introduced_on: str | None = None
    law_section: str | None = None  # "General Business Law"
    law_code: str | None = None  # "Add §390-f, Gen Bus L"
    act_clause: str | None = None
    sponsors: tuple[Sponsorship, ...] | None = None
    actions: tuple[Action, ...] | None = None
    versions: tuple[Version, ...] | None = None
    votes: tuple[Vote, ...] | None = None
    same_as: tuple[str, ...] | None = None
    previous_versions: tuple[str, ...] | None = None
    substituted_by: str | None = None  # "" where the source carries it and there is none

    @property
    def id(self) -> str:
        return f"{self.legislature}/{self.session}/{self.identifier}"


FACTS = tuple(f for f in Bill.__struct_fields__ if f not in ("legislature", "session", "identifier"))


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that became different between two observations. `was` and `now` are what people read."""

    id: str
    bill: str
    kind: str  # see changes.KINDS
    was: str
    now: str
    happened_on: str  # the legislature's date; "" where the record gives none
    seen_at: str  # ours, ISO with offset, UTC
    severity: str  # "milestone", "notable" or "detail"
    cause: str  # changes of one cause make one notice
    backfill: bool  # happened more than 7 days before we saw it
    source: str
    url: str
    receipt: str
    position: int = 0  # its place among the changes of one answer: the order in which they are told
    corrects: str = ""  # the change that this one corrects, where we had announced one
