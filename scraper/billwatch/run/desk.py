"""What a legislature works with in one run, and what it hands back: sightings, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from billwatch.addresses import without_key
from billwatch.answer import Answer, Fetcher
from billwatch.archive import Archive
from billwatch.bill import Bill, BillId
from billwatch.errors import NotListed, SourceError
from billwatch.legislatures import Legislature
from billwatch.source import Source
from billwatch.store import Observation, Store
from billwatch.topics import Classifier


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """One bill in one answer. `part`: the bill's own bytes, where the answer holds many bills."""

    bill: Bill
    answer: Answer
    digest: str
    part: bytes | None = None
    token: str = ""  # the source's own time of this state, where it gives one


class Unchanged(msgspec.Struct, frozen=True):
    """The source says of these bills what it said before; `answer` where it was asked for one of them alone."""

    bills: tuple[str, ...]
    answer: Answer | None = None


class Missing(msgspec.Struct, frozen=True):
    """The source says, in its own words, that it has no such bill."""

    bill: str
    error: SourceError


class Failed(msgspec.Struct, frozen=True):
    """The source could not answer for this bill; `bill` is "" where the whole source failed."""

    bill: str
    error: SourceError


Sighting = Observed | Unchanged | Missing | Failed


class Budget(msgspec.Struct):
    """How many requests the run may still make, and how many bills wait for the next."""

    left: int
    spent: int = 0
    waiting: int = 0

    def spend(self) -> bool:
        """Whether one more request may be made; it is counted."""
        if self.left <= 0:
            return False
        self.left -= 1
        self.spent += 1
        return True


class Desk(msgspec.Struct, kw_only=True):
    """One run's work on one legislature: what it works with, what it is after, and what it has found by now."""

    store: Store
    place: Legislature
    fetcher: Fetcher
    settings: Any  # the legislature's own Settings
    classifier: Classifier
    archive: Archive | None = None  # where answers are kept
    now: datetime  # UTC; when the run began, by which everything is dated
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # what time it is by now

    order: Sequence[str] = ()  # the names of all its sources, in the order in which they lead
    named: Sequence[BillId] = ()  # bills that the configuration names
    topics: Sequence[str] = ()  # areas and subtopics that the configuration follows
    wanted: list[BillId] = []  # followed, named and related bills, all to be asked for
    only: Mapping[str, frozenset[str]] = {}  # where it is not empty: the bills to ask each source for, no others
    budget: Budget

    asked: set[tuple[str, str]] = msgspec.field(default_factory=set)  # (source, bill) asked one by one in this run
    answered: set[str] = msgspec.field(default_factory=set)  # bills that some source answered for in this run
    denied: set[str] = msgspec.field(default_factory=set)  # bills of which some source said that it has no such bill
    moved: set[str] = msgspec.field(default_factory=set)  # bills that changed in this run

    @property
    def discovers(self) -> bool:
        """Whether bills that we do not know yet may be ours."""
        return bool(self.topics)

    @property
    def stamp(self) -> str:
        """When the run began, as the store has it."""
        return self.now.isoformat(timespec="seconds")

    @property
    def today(self) -> date:
        """The legislature's day."""
        return self.now.astimezone(ZoneInfo(self.place.TIMEZONE)).date()

    def named_only(self, source: Source) -> list[BillId]:
        """The bills that this run is limited to, at this source."""
        return [BillId.parse(bill) for bill in sorted(self.only.get(source.name, ()))]

    def ask(self, source: Source, bills: Iterable[BillId]) -> Iterator[Sighting]:
        """Ask a source for bills one by one, each once a run, as long as the budget lasts; the others wait."""
        bills = [bill for bill in bills if (source.name, str(bill)) not in self.asked]
        seen = self.store.observations(map(str, bills))
        for n, bill in enumerate(bills):
            if not self.budget.spend():
                self.budget.waiting += len(bills) - n
                return
            self.asked.add((source.name, str(bill)))
            yield self._asked(source, bill, seen.get(str(bill), {}).get(source.name))

    def _asked(self, source: Source, bill: BillId, last: Observation | None) -> Sighting:
        try:
            answer = self._answer(source, bill, last)
            digest = digest_of(answer.body)
            if last and not last.missing and (answer.not_modified or digest == last.digest):
                return Unchanged((str(bill),), answer)
            return Observed(bill=source.read(answer, bill), answer=answer, digest=digest)
        except NotListed as error:
            return Missing(str(bill), error)
        except SourceError as error:
            return Failed(str(bill), error)

    def _answer(self, source: Source, bill: BillId, last: Observation | None) -> Answer:
        """The answer; asked conditionally only where the validators belong to this very address and to read facts.

        A bill that the source did not have last time is asked for whole: that it is back is news.
        """
        address = source.address(bill)
        if last is None or last.missing or without_key(last.url) != without_key(address):
            return self.fetcher.get(address, kind=source.kind)
        return self.fetcher.get(address, kind=source.kind, etag=last.etag, last_modified=last.last_modified)


def digest_of(body: bytes) -> str:
    """What tells an answer from another; 128 bits of SHA-256, for which processors have instructions, are plenty to
    tell two states of a bill apart."""
    return hashlib.sha256(body).hexdigest()[:32]
