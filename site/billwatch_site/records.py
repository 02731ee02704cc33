"""What the pages are made from: the rows of the store as plain immutable records.

A `Brief` is what lists tell of a bill; a `BillRecord` is a brief and all the rest, for the bill's own folder. Fields
are named for the columns that they are read from, so that a field more is read by being there (`reading/queries.py`).
They are decoded from JSON arrays, in the order in which they stand here.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Literal

import msgspec

State = Literal["done", "here", "ahead", "undone", "ended"]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]

SEVERITIES = ("milestone", "notable", "detail")  # of a change; the place of each is its weight


class Turn(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A bill went back. `to` is the place of the station that it came back to, from 0."""

    to: int
    on: str


class Step(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One station on a bill's way. `chamber` is "" where no chamber has it in hand."""

    name: str
    chamber: str = ""
    state: State = "ahead"
    on: str = ""
    turns: tuple[Turn, ...] = ()  # from here, the earliest first


class Action(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One line of the official history; `classification` are Open States terms."""

    date: str
    chamber: str
    text: str
    classification: tuple[str, ...] = ()

    def means(self, term: str) -> bool:
        """Whether the line is of this kind, as "executive-receipt"."""
        return term in self.classification


class Sponsor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Somebody's name on a bill; role is primary, cosponsor or multisponsor. `short` is "" where there is none.

    `name` is the full one where the bills of the same chamber in the store tell it (`reading/people.py`).
    """

    name: str
    short: str
    role: str


class Print(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One print of the bill, as far as we hold it."""

    letter: str
    published_on: str


class Vote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One vote: counts and names for each option, in the source's order."""

    date: str
    chamber: str
    kind: str
    committee: str
    motion: str
    version: str
    counts: tuple[tuple[str, int], ...]
    roll: tuple[tuple[str, tuple[str, ...]], ...]


class Relation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A link to another bill. `incoming`: the other bill names this one. `sure`: a source says so, not we."""

    kind: str
    other: str
    sure: bool
    evidence: str
    incoming: bool


class Topic(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a bill is here."""

    topic: str
    area: str
    evidence: str
    inherited_from: str


class Check(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one source answered about a bill, and the receipt for it."""

    source: str
    url: str
    first_seen_at: Instant
    changed_at: Instant
    checked_at: Instant
    checks: int
    missing: bool
    sha256: str
    fetched_at: Instant | None


class Failure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A source that does not answer for a bill now."""

    source: str
    since: Instant
    last_at: Instant
    times: int
    error: str


class Disagreement(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one source says about a fact on which another says otherwise."""

    fact: str
    source: str
    says: str


class Change(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing that became different. `position` is its place among what one answer brought, in the order of the
    record. `context` is the motion of a vote; of a line that was taken out its twin, where that still stands; "veto" of
    one that says TABLED behind a veto; of a chapter amendment whose law it would amend (`sentences.py`).
    `corrected_by` is the correction that came later, if any."""

    id: str
    bill: str
    kind: str
    was: str
    now: str
    happened_on: str
    seen_at: Instant
    severity: str
    cause: str
    backfill: bool
    source: str
    url: str
    corrects: str
    position: int = 0
    context: str = ""
    corrected_by: str = ""


# What tells a reader nothing: "Relates to warning labels on social media" is a headline from its third word on.
_EMPTY = re.compile(r"^relat(?:es|ing) to (?!.*\band to\b)|; repealer\.?$", re.IGNORECASE)


@lru_cache(maxsize=1024)  # the same bill is named on its page, in its feeds and in those of its family
def _headline(title: str, abstract: str) -> str:
    """What a bill is called: its title without empty words, or how its summary begins; some sources have no title."""
    clause = _EMPTY.sub("", (title or abstract.split(";")[0]).strip())
    clause = clause[:1].upper() + clause[1:]
    return clause if len(clause) <= 300 else clause[:300].rsplit(" ", 1)[0] + " …"


class Namesake(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A stored bill that shares a number with others: enough for the page of that number."""

    id: str
    legislature: str
    session: str
    identifier: str
    title: str
    abstract: str
    sponsor: str
    stage: str
    last_action_on: str
    own: bool  # it has a page here

    @property
    def headline(self) -> str:
        return _headline(self.title, self.abstract)


class Move(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A topic or a sponsor that came or went: `kind`, `was` and `now` are those of the change."""

    kind: str
    was: str
    now: str
    seen_at: Instant


class FloorVote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a passage is told with of the vote that it came by."""

    date: str
    chamber: str
    counts: tuple[tuple[str, int], ...]


class Card(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the pages of past days and months tell of a bill besides its changes: what hardly ever becomes another."""

    id: str
    called: str
    sponsor: str
    votes: tuple[FloorVote, ...] = ()

    @property
    def headline(self) -> str:
        return _headline(self.called, "")


class Rate(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What became of the bills that stood at the same place on the same day of a past session."""

    session: str
    on: str  # that day
    bills: int
    passed: int  # by the chamber of that place, afterwards
    passed_both: int
    law: int
    vetoed: int
    open: int  # without an outcome in the record that we hold


class Brief(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What lists tell of a bill. Texts the store does not hold are ""."""

    id: str
    legislature: str
    session: str
    identifier: str
    called: str  # its title, or how its summary begins
    committee: str
    introduced_on: str
    law_section: str
    sponsor: str
    stage: str
    stage_since: str
    chamber: str
    sentence: str
    next: str
    ended: bool
    last_action_on: str
    last_action: str
    followed: bool
    follow_reason: str
    first_seen_at: Instant
    changed_at: Instant
    unlisted_since: str
    marks: tuple[str, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    relations: tuple[Relation, ...] = ()  # in both directions, each once; what the bill says itself comes first
    topics: tuple[Topic, ...] = ()
    family: str = ""  # the name of its family: the id of one of its bills; "" for a bill alone, or among too many
    seen: tuple[str, ...] = ()  # the hours (UTC) in which we saw something change: "2025-06-12T21"
    moves: tuple[Move, ...] = ()  # of topics and sponsors, the earliest first
    executive: tuple[Action, ...] = ()  # its deliveries to the executive, and what the executive did
    revision: int = 0  # how often we saw its history or status change

    @property
    def headline(self) -> str:
        return _headline(self.called, "")


class BillRecord(Brief, frozen=True, array_like=True, gc=False):
    """Everything that stands in a bill's folder. `kin` are the briefs of its family, as far as they have a page."""

    changes: tuple[Change, ...] = ()  # newest first
    title: str = ""
    abstract: str = ""
    version: str = ""
    law_code: str = ""
    official: str = ""
    disagreement: str = ""
    status: str = ""  # as the source words it
    takes_effect: str = ""  # the clause of its text that says when
    rates: tuple[Rate, ...] = ()
    steps: tuple[Step, ...] = ()
    actions: tuple[Action, ...] = ()
    prints: tuple[Print, ...] = ()
    votes: tuple[Vote, ...] = ()
    checks: tuple[Check, ...] = ()  # the latest first
    failures: tuple[Failure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    set_aside: str = ""  # why the publisher decided that it is not ours
    namesakes: tuple[Namesake, ...] = ()  # all stored bills of this number, itself too, the latest session first
    kin: dict[str, Brief] = {}

    @property
    def headline(self) -> str:
        return _headline(self.title, self.abstract)


class Line(Brief, frozen=True, array_like=True, gc=False):
    """A bill as a row of the downloads: its brief, and what else stands in one line."""

    title: str = ""
    abstract: str = ""
    version: str = ""
    law_code: str = ""
    official: str = ""
    disagreement: str = ""
    status: str = ""
    checked_at: str = ""  # when a source was last asked about it, "" where none was


class Doubt(msgspec.Struct, frozen=True):
    """Bills of one session and title that a person should look at; `score` is how sure their words are, 0 to 1."""

    bills: tuple[str, ...]
    title: str
    topic: str
    evidence: str
    score: float


class SourceRun(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The last run of one source that is asked now."""

    legislature: str
    source: str
    finished_at: Instant
    asked: int
    answered: int
    unchanged: int
    failed: int
    changes: int
    waiting: int
    last_good_at: Instant | None
    failing_since: Instant | None
    error: str

    @property
    def idle(self) -> bool:
        """Nothing was asked of it, so that its silence says nothing, also where it had failed before."""
        return not (self.asked or self.answered or self.failed or self.error)
