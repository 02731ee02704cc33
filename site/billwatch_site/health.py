"""How the watching itself went, read from the runs: weeks that were watched, and outages.

rows of `runs`, oldest first -> weeks      how often the sources of a legislature were checked, week by week
                             -> outages    when a source, or all of them, did not answer for a day or more
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

TOLD_AFTER = timedelta(days=1)  # a hiccup is nobody's news


class Watch(msgspec.Struct, frozen=True):
    """One run of one source; `failing_since` is None for a run that went well."""

    legislature: str
    source: str
    at: datetime
    failing_since: datetime | None
    error: str = ""


class Week(msgspec.Struct, frozen=True):
    """A week that ended before the last run: how often its legislature was checked, by any source."""

    legislature: str
    monday: date
    checks: int
    last_at: datetime


class Outage(msgspec.Struct, frozen=True):
    """`source` did not answer from `since`; "" stands for all sources of the legislature. `told_at` is the run by
    which it had lasted a day; `until` the run that found it well again, None while it lasts."""

    legislature: str
    source: str
    since: datetime
    told_at: datetime
    until: datetime | None
    error: str


def week_of(instant: datetime) -> date:
    """The Monday of an instant's week, in UTC."""
    return instant.date() - timedelta(days=instant.weekday())


def weeks_of(runs: Sequence[Watch]) -> list[Week]:
    """The weeks in which a source answered, but for the one that the last run fell in: that is not over."""
    if not runs:
        return []
    ongoing = week_of(max(run.at for run in runs))
    good: dict[tuple[str, date], set[datetime]] = defaultdict(set)
    for run in runs:
        if run.failing_since is None and week_of(run.at) < ongoing:
            good[run.legislature, week_of(run.at)].add(run.at)
    return [Week(code, monday, len(times), max(times)) for (code, monday), times in sorted(good.items())]


def together(weeks: Iterable[Week]) -> list[Week]:
    """Weeks of several legislatures as one: the checks of a week count together."""
    found: dict[date, list[Week]] = defaultdict(list)
    for week in weeks:
        found[week.monday].append(week)
    return [
        Week("", monday, sum(w.checks for w in group), max(w.last_at for w in group)) for monday, group in found.items()
    ]


def outages_of(runs: Iterable[Watch]) -> list[Outage]:
    """Every outage of a day or more, of single sources and of all that a legislature has, in order of their begin."""
    legislatures: dict[str, _Reading] = {}
    for run in runs:
        legislatures.setdefault(run.legislature, _Reading()).note(run)
    found = [outage for reading in legislatures.values() for outage in reading.outages.values()]
    return sorted(found, key=lambda o: (o.since, o.legislature, o.source))


class _Reading:
    """What is known of one legislature's sources while its runs are read."""

    def __init__(self) -> None:
        self.since: dict[str, datetime | None] = {}  # source -> since when it has been failing
        self.outages: dict[tuple[str, datetime], Outage] = {}

    def note(self, run: Watch) -> None:
        blind = self._blind_since()
        self._step(run, run.source, self.since.get(run.source), run.failing_since)
        self.since[run.source] = run.failing_since
        if len(self.since) > 1:  # of a single source there is nothing more to say
            self._step(run, "", blind, self._blind_since())

    def _step(self, run: Watch, source: str, before: datetime | None, since: datetime | None) -> None:
        """What a run tells of an outage that may be known already."""
        if since and (source, since) not in self.outages and run.at - since >= TOLD_AFTER:
            self.outages[source, since] = Outage(run.legislature, source, since, run.at, None, run.error)
        if before and not since and (source, before) in self.outages:
            self.outages[source, before] = msgspec.structs.replace(self.outages[source, before], until=run.at)

    def _blind_since(self) -> datetime | None:
        """Since when no source at all has answered; None while one does."""
        begins = list(self.since.values())
        known = [begin for begin in begins if begin]
        return max(known) if known and len(known) == len(begins) else None
