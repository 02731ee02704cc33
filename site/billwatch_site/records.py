"""What the pages are made from: the rows of the store as plain immutable records."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from billwatch_site.health import Outage, Week

State = Literal["done", "here", "ahead", "undone", "ended"]


class Step(msgspec.Struct, frozen=True):
    """One station on a bill's way. `chamber` is "" where no chamber has it in hand."""

    name: str
    chamber: str = ""
    state: State = "ahead"
    on: str = ""


class Action(msgspec.Struct, frozen=True):
    """One line of the official history."""

    date: str
    chamber: str
    text: str
    classification: str = "[]"  # a JSON list of Open States terms

    def means(self, term: str) -> bool:
        """Whether the line is of this kind, as "executive-receipt"."""
        return f'"{term}"' in self.classification


class Sponsor(msgspec.Struct, frozen=True):
    """Somebody's name on a bill; role is primary, cosponsor or multisponsor. `short` is "" where there is none."""

    name: str
    role: str
    short: str = ""


class Print(msgspec.Struct, frozen=True):
    """One print of the bill, as far as we hold it."""

    letter: str
    published_on: str


class Vote(msgspec.Struct, frozen=True):
    """One vote: counts and names for each option, in the source's order."""

    date: str
    chamber: str
    kind: str
    committee: str
    motion: str
    version: str
    counts: tuple[tuple[str, int], ...]
    roll: tuple[tuple[str, tuple[str, ...]], ...]


class Relation(msgspec.Struct, frozen=True):
    """A link to another bill. `incoming`: the other bill names this one. `sure`: a source says so, not we."""

    kind: str
    other: str
    sure: bool
    evidence: str
    incoming: bool


class Topic(msgspec.Struct, frozen=True):
    """Why a bill is here."""

    topic: str
    area: str
    evidence: str
    inherited_from: str


class Check(msgspec.Struct, frozen=True):
    """What one source answered about a bill, and the receipt for it."""

    source: str
    url: str
    first_seen_at: datetime
    changed_at: datetime
    checked_at: datetime
    checks: int
    missing: bool
    sha256: str
    fetched_at: datetime | None


class Failure(msgspec.Struct, frozen=True):
    """A source that does not answer for a bill now."""

    source: str
    since: datetime
    last_at: datetime
    times: int
    error: str


class Disagreement(msgspec.Struct, frozen=True):
    """What one source says about a fact on which another says otherwise."""

    fact: str
    source: str
    says: str


class Change(msgspec.Struct, frozen=True):
    """One thing that became different. `corrected_by` is the correction that came later, if any."""

    id: str
    bill: str
    kind: str
    was: str
    now: str
    happened_on: str
    seen_at: datetime
    severity: str
    cause: str
    backfill: bool
    source: str
    url: str
    corrects: str
    corrected_by: str = ""


def _headline(title: str, abstract: str) -> str:
    """What a bill is called: its title, or how its summary begins, for some sources carry no title."""
    clause = title or abstract.split(";")[0].strip()
    return clause if len(clause) <= 300 else clause[:300].rsplit(" ", 1)[0] + " …"


class Namesake(msgspec.Struct, frozen=True):
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

    @property
    def headline(self) -> str:
        return _headline(self.title, self.abstract)


class BillRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a bill's page tells. Texts the store does not hold are ""."""

    id: str
    legislature: str
    session: str
    identifier: str
    title: str
    abstract: str
    version: str
    introduced_on: str
    law_section: str
    law_code: str
    sponsor: str
    stage: str
    stage_since: str
    chamber: str
    sentence: str
    next: str
    official: str
    disagreement: str
    ended: bool
    last_action_on: str
    last_action: str
    status: str
    committee: str
    followed: bool
    follow_reason: str
    first_seen_at: datetime
    changed_at: datetime
    unlisted_since: str
    marks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    actions: tuple[Action, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    prints: tuple[Print, ...] = ()
    votes: tuple[Vote, ...] = ()
    relations: tuple[Relation, ...] = ()
    topics: tuple[Topic, ...] = ()
    checks: tuple[Check, ...] = ()
    failures: tuple[Failure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    changes: tuple[Change, ...] = ()  # newest first

    @property
    def headline(self) -> str:
        return _headline(self.title, self.abstract)


class SourceRun(msgspec.Struct, frozen=True):
    """The last run of one source."""

    legislature: str
    source: str
    finished_at: datetime
    asked: int
    answered: int
    unchanged: int
    failed: int
    changes: int
    waiting: int
    last_good_at: datetime | None
    failing_since: datetime | None
    error: str


class Contents(msgspec.Struct, frozen=True):
    """All that is published: bills with a page, namesakes by number page, the health of the sources.

    `refused` holds ids found in the store that cannot be a page; `weeks` and `outages` tell how the watching went;
    `database` is the SQLite file for others.
    """

    bills: dict[str, BillRecord]
    numbers: dict[str, tuple[Namesake, ...]]  # "ny/S9191" -> its bills, latest session first
    runs: tuple[SourceRun, ...]
    refused: tuple[str, ...] = ()
    weeks: tuple[Week, ...] = ()
    outages: tuple[Outage, ...] = ()
    database: bytes = b""

    @property
    def followed(self) -> list[BillRecord]:
        return [b for b in self.bills.values() if b.followed]

    @property
    def changes(self) -> list[Change]:
        """Every change of every published bill, newest first."""
        found = [change for bill in self.bills.values() for change in bill.changes]
        return sorted(found, key=lambda c: (c.seen_at, c.happened_on, c.id), reverse=True)
