"""How the watching itself went, read from the runs: weeks that were watched, and outages.

runs, oldest first -> weeks      how often the sources of a legislature were checked, week by week
                   -> outages    when a source, or all of them, did not answer
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from billwatch_site.reading.measures import Run

TOLD_AFTER = timedelta(days=1)  # a hiccup is on the page of the sources, but nobody's news


class Week(msgspec.Struct, frozen=True):
    """A week that ended before the last run: how often its legislature was checked, by any source."""

    legislature: str
    monday: date
    checks: int
    last_at: datetime


class Outage(msgspec.Struct, frozen=True):
    """`source` did not answer from `since`; "" stands for all sources of the legislature. `until` is the run that found
    it well again, None while it lasts; `told_at` the run by which it had lasted a day, None where it did not;
    `dropped_at` the last run that asked the source, where it was given up before it was well again."""

    legislature: str
    source: str
    since: datetime
    until: datetime | None
    error: str
    told_at: datetime | None = None
    dropped_at: datetime | None = None


class Watch(msgspec.Struct, frozen=True):
    """What feeds tell of the watching: the weeks, and the outages of a day or more."""

    weeks: tuple[Week, ...] = ()
    outages: tuple[Outage, ...] = ()

    def blind(self, code: str) -> tuple[Outage, ...]:
        """Outages of all the sources that a legislature has."""
        return tuple(outage for outage in self.outages if outage.legislature == code and not outage.source)


def watch_of(runs: Sequence[Run]) -> Watch:
    """What feeds tell of these runs."""
    return Watch(tuple(weeks_of(runs)), tuple(outage for outage in outages_of(runs) if outage.told_at))


def week_of(instant: datetime) -> date:
    """The Monday of an instant's week, in UTC."""
    return instant.date() - timedelta(days=instant.weekday())


def weeks_of(runs: Sequence[Run]) -> list[Week]:
    """The weeks in which a source answered, but for the one that the last run fell in: that is not over."""
    if not runs:
        return []
    ongoing = week_of(max(run.started_at for run in runs))
    good: dict[tuple[str, date], set[datetime]] = defaultdict(set)
    for run in runs:
        if run.failing_since is None and not run.idle and week_of(run.started_at) < ongoing:
            good[run.legislature, week_of(run.started_at)].add(run.started_at)
    return [Week(code, monday, len(times), max(times)) for (code, monday), times in sorted(good.items())]


def together(weeks: Iterable[Week]) -> list[Week]:
    """Weeks of several legislatures as one: the checks of a week count together."""
    found: dict[date, list[Week]] = defaultdict(list)
    for week in weeks:
        found[week.monday].append(week)
    return [
        Week("", monday, sum(w.checks for w in group), max(w.last_at for w in group)) for monday, group in found.items()
    ]


def outages_of(runs: Iterable[Run]) -> list[Outage]:
    """Every outage of single sources, and of all that a legislature has; the latest first."""
    legislatures: dict[str, _Reading] = {}
    for run in runs:
        legislatures.setdefault(run.legislature, _Reading()).note(run)
    found = [outage for reading in legislatures.values() for outage in reading.outages.values()]
    return sorted(found, key=lambda o: (o.since, o.legislature, o.source), reverse=True)


class _Reading:
    """What is known of one legislature's sources while its runs are read."""

    def __init__(self) -> None:
        self.since: dict[str, datetime | None] = {}  # source -> since when it has been failing
        self.outages: dict[tuple[str, datetime], Outage] = {}
        self.leaving: dict[str, datetime] = {}  # source -> its last run, where it is not asked any more
        self.seen_until: list[datetime] = []  # until when those that have left had kept us from being blind

    def note(self, run: Run) -> None:
        self._drop(run.started_at)
        if run.idle and run.source not in self.since:
            return  # who was never asked does not keep us from being blind
        blind = self._blind_since()
        self._step(run, run.source, self.since.get(run.source), run.failing_since)
        self.since[run.source] = run.failing_since
        if run.dropped_at:
            self.leaving[run.source] = run.dropped_at
        if len(self.since) > 1 or ("", blind) in self.outages:  # of a single source there is nothing more to say
            self._step(run, "", blind, self._blind_since())

    def _drop(self, now: datetime) -> None:
        """Forget the sources whose last run is over: who is not asked cannot answer."""
        for source in [name for name, last in self.leaving.items() if last < now]:
            last, since = self.leaving.pop(source), self.since.pop(source)
            self.seen_until.append(since or last)

    def _step(self, run: Run, source: str, before: datetime | None, since: datetime | None) -> None:
        """What a run tells of an outage that may be known already."""
        if since:
            found = self.outages.get((source, since)) or _begun(run, source, since)
            if not found.told_at and run.started_at - since >= TOLD_AFTER:
                found = msgspec.structs.replace(found, told_at=run.started_at, error=run.error)
            self.outages[source, since] = found
        if before and not since and (source, before) in self.outages:
            found = self.outages[source, before]
            self.outages[source, before] = msgspec.structs.replace(found, until=run.started_at, dropped_at=None)

    def _blind_since(self) -> datetime | None:
        """Since when no source at all has answered; None while one does."""
        begins = list(self.since.values())
        known = [begin for begin in begins if begin]
        return max(known + self.seen_until) if known and len(known) == len(begins) else None


def _begun(run: Run, source: str, since: datetime) -> Outage:
    dropped_at = run.dropped_at if source else None
    return Outage(run.legislature, source, since, None, run.error, dropped_at=dropped_at)
