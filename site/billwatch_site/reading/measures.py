"""How the watching itself went, read from the store: runs, lag, corrections, disagreements, sessions and sums.

Nothing here is about one bill's page. Each question is small: it goes by an index, or over a table of few rows, so that
80,000 bills cost as little as a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from billwatch_site.reading.cleaning import cleaned_text
from billwatch_site.reading.queries import IS_ASKED, OWED, STANDS

T = TypeVar("T")


class Run(msgspec.Struct, frozen=True):
    """One run of one source. `failing_since` is None where it answered; `dropped_at` is the last run of a source that
    is not asked any more, None while it is."""

    legislature: str
    source: str
    started_at: datetime  # by which all that it found is dated
    finished_at: datetime  # when it was done with this source
    asked: int
    answered: int
    failed: int
    changes: int
    unclassified: int
    waiting: int
    last_good_at: datetime | None
    failing_since: datetime | None
    error: str
    dropped_at: datetime | None = None

    @property
    def idle(self) -> bool:
        """Nothing was asked of it, so that its silence says nothing, also where it had failed before."""
        return not (self.asked or self.answered or self.failed or self.error)


class Processed(msgspec.Struct, frozen=True):
    """The last state of a bill: when its source says it was made, and when we saw it."""

    legislature: str
    source: str
    token: str
    seen_at: datetime


class Sighting(msgspec.Struct, frozen=True):
    """So many lines of the history of this date, first told by this source at this moment."""

    legislature: str
    source: str
    happened_on: str
    seen_at: datetime
    times: int


class Correction(msgspec.Struct, frozen=True):
    """A line of the record that was rewritten, or a vote; `announced_at` is when we had told what it corrects."""

    id: str
    bill: str
    kind: str
    was: str
    now: str
    happened_on: str
    seen_at: datetime
    source: str
    url: str
    corrects: str
    announced_at: datetime | None
    sha256: str
    doubled: int  # 1 where a line was taken out and another like it still stands


class Opinion(msgspec.Struct, frozen=True):
    """What one source says of a fact on which others say otherwise. `until` is "" while that lasts."""

    bill: str
    fact: str
    source: str
    says: str
    since: str
    until: str


class Owed(msgspec.Struct, frozen=True):
    """A bill for which a source does not answer now."""

    bill: str
    source: str
    since: datetime
    times: int
    error: str


class Session(msgspec.Struct, frozen=True):
    """A session that we hold bills of; `counted_at` is "" where we do not hold it whole."""

    legislature: str
    session: str
    begins_on: str
    ends_on: str
    bills: int
    unread: int
    read_at: str
    counted_at: str


class Law(msgspec.Struct, frozen=True):
    """A bill that became law on this day, and the clause that says when it takes effect."""

    bill: str
    became_on: str
    clause: str


class PastRate(msgspec.Struct, frozen=True):
    """A row of the base rates: it holds from its day of the session until the next of its place."""

    legislature: str
    session: str
    stage: str
    step: str
    chamber: str
    day: int
    bills: int
    passed: int
    passed_both: int
    law: int
    vetoed: int
    open: int


class Sums(msgspec.Struct, frozen=True):
    """Sums over everything that is published. `kinds` counts the changes of the last 90 days by kind."""

    lines: int  # of official history
    unclassified: int  # of these, without a rule
    kinds: dict[str, int]
    relations: dict[str, int]  # by kind, "" behind it for a source's and "ours" for our own
    topics: dict[str, int]


# Of the record and of votes. Written as the index on corrections has it, which only then is used.
_CORRECTING = "('action-edited', 'action-inserted', 'action-removed', 'vote-edited', 'vote-removed')"
_OURS = "(select id from temp.ours)"
_LATELY = "seen_at >= (select coalesce(max(strftime('%Y-%m-%d', started_at, '-90 days')), '') from runs)"

_DROPPED = f"iif({IS_ASKED}, '', max(started_at) over (partition by legislature, source))"
_RUNS = f"select {', '.join(Run.__struct_fields__[:-1])}, {_DROPPED} from runs order by started_at, id"
_SIGHTINGS = f"""
    select substr(bill, 1, instr(bill, '/') - 1), source, happened_on, seen_at, count(*) from changes
    where {_LATELY} and kind = 'action' and happened_on != '' and bill in {_OURS} group by 1, 2, 3, 4"""
_PROCESSED = f"""
    select substr(bill, 1, instr(bill, '/') - 1), source, token, changed_at from observations
    where token != '' and missing = 0 and bill in {_OURS} order by 1, 2, 3, 4"""
_CORRECTIONS = f"""
    select c.id, c.bill, c.kind, c.was, c.now, c.happened_on, c.seen_at, c.source, c.url, c.corrects,
        (select seen_at from changes where id = c.corrects), coalesce(f.sha256, ''),
        c.kind = 'action-removed' and exists ({STANDS})
    from changes c left join fetches f on f.id = c.receipt
    where c.kind in {_CORRECTING} and c.bill in {_OURS} order by c.seen_at desc, c.bill, c.position, c.id"""
_OPINIONS = f"select bill, fact, source, says, since, '' from disagreements where bill in {_OURS}"
_SETTLED = f"select bill, fact, source, says, since, until from settled where bill in {_OURS}"
_OWED = f"select bill, source, since, times, error from {OWED} and bill in {_OURS} order by since, bill, source"
_SESSIONS = f"select {', '.join(Session.__struct_fields__)} from sessions order by legislature, session desc"
_RATES = f"""
    select {", ".join(PastRate.__struct_fields__)} from base_rates
    where stage in ('on-floor', 'passed-one-chamber', 'in-committee')
    order by legislature, session, stage, step, chamber, day"""
_LAWS = f"""
    select id, stage_since, takes_effect from bills
    where stage = 'law' and takes_effect != '' and id in {_OURS} order by stage_since desc, id"""
_LINES = f"select count(*), coalesce(sum(classification = '[]'), 0) from actions where bill in {_OURS}"
_KINDS = f"select kind, count(*) from changes where {_LATELY} and bill in {_OURS} group by kind order by 1"
_RELATIONS = f"""
    select kind || iif(by = 'source', '', ' ours'), count(*) from relations where bill in {_OURS}
    group by 1 order by 1"""
_TOPICS = f"select topic, count(*) from topics where bill in {_OURS} group by topic order by 1"
# All of them: when one has another answer, the pages that show it are made again.
QUESTIONS = (
    *(_RUNS, _SIGHTINGS, _PROCESSED, _CORRECTIONS, _OPINIONS, _SETTLED, _OWED, _SESSIONS, _RATES, _LAWS),
    *(_LINES, _KINDS, _RELATIONS, _TOPICS),
)

Ask = Callable[[str], Iterable[Sequence[Any]]]


class Measures:
    """Everything, as far as it is about bills with a page or about none. Each question is asked when it is needed."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every run of every source, oldest first."""
        return self._all(Run, _RUNS)

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        return self._all(Sighting, _SIGHTINGS)

    @cached_property
    def processed(self) -> tuple[Processed, ...]:
        return self._all(Processed, _PROCESSED)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Newest first."""
        return self._all(Correction, _CORRECTIONS)

    @cached_property
    def opinions(self) -> tuple[Opinion, ...]:
        """On which sources differ now."""
        return self._all(Opinion, _OPINIONS)

    @cached_property
    def settled(self) -> tuple[Opinion, ...]:
        """On which they differed."""
        return self._all(Opinion, _SETTLED)

    @cached_property
    def owed(self) -> tuple[Owed, ...]:
        return self._all(Owed, _OWED)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return self._all(Session, _SESSIONS)

    @cached_property
    def rates(self) -> tuple[PastRate, ...]:
        return self._all(PastRate, _RATES)

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The latest first."""
        return self._all(Law, _LAWS)

    @cached_property
    def sums(self) -> Sums:
        ((lines, unclassified),) = self._ask(_LINES)
        kinds, relations, topics = (self._counts(sql) for sql in (_KINDS, _RELATIONS, _TOPICS))
        return Sums(lines, unclassified, kinds, relations, topics)

    def _all(self, kind: type[T], sql: str) -> tuple[T, ...]:
        return tuple(_record(kind, row) for row in self._ask(sql))

    def _counts(self, sql: str) -> dict[str, int]:
        return {str(_clean(name)): count for name, count in self._ask(sql)}


def _record(kind: type[T], row: Sequence[Any]) -> T:
    """A row as a record: its columns in their order, without what no page may hold; an empty moment is none."""
    fields = dict(zip(_names(kind), map(_clean, row), strict=True))
    moments = ("seen_at", "failing_since", "announced_at", "last_good_at", "dropped_at")
    empty = {name: None for name, value in fields.items() if name in moments and not value}
    return msgspec.convert(fields | empty, kind)


def _names(kind: type[Any]) -> tuple[str, ...]:
    names: tuple[str, ...] = kind.__struct_fields__
    return names


def _clean(value: Any) -> Any:
    return cleaned_text(value) if isinstance(value, str) else value
