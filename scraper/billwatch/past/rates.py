"""Honest base rates: what became of the bills that once stood where a bill stands now, on the same day.

Pure. A fight is counted once: a bill that gave way to another is followed in that other, and bills that stood at one
place on one day for one fight are one. The counts are a step function of the session's day: a row holds from its day
until the next row of its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from billwatch.stages.journey import Journey, Place, Visit


class Rate(NamedTuple):
    """Of `bills` at a place, how many then passed that chamber, passed both, became law, were vetoed, and are open.

    `law <= passed_both <= passed <= bills`, and `law + vetoed + open <= passed_both`.
    """

    place: Place
    day: int  # of the session; 1 is its first
    bills: int
    passed: int
    passed_both: int
    law: int
    vetoed: int
    open: int


class _Stay(NamedTuple):
    """One fight at one place, from a day until another, and what became of it."""

    since: str
    until: str
    fate: tuple[int, ...]  # the six counts of `Rate`, each 0 or 1


_FOR_GOOD = "9999-12-31"


def rates_of(journeys: Mapping[str, Journey], begins_on: date, ends_on: date) -> list[Rate]:
    """The base rates of one session, from the journeys of its bills by their number; sorted by place and day."""
    stays: dict[tuple[Place, str], list[_Stay]] = defaultdict(list)
    for number, journey in journeys.items():
        fight = _last_substitute(number, journeys)
        for visit in journey.visits:
            stays[visit.place, fight].append(_stay(visit, journey, journeys[fight]))
    days: dict[tuple[Place, int], list[int]] = defaultdict(lambda: [0] * 6)
    for (place, _), found in stays.items():
        for stay in _merged(found):
            for day, sign in _days(stay, begins_on, ends_on):
                days[place, day] = [n + sign * m for n, m in zip(days[place, day], stay.fate, strict=True)]
    return list(_running(days))


def _last_substitute(number: str, journeys: Mapping[str, Journey]) -> str:
    """The bill in which a fight went on to its end; a bill itself where nothing took its place that we hold."""
    seen = {number}
    while (other := journeys[number].substitute) and other in journeys and other not in seen:
        seen.add(other)
        number = other
    return number


def _stay(visit: Visit, journey: Journey, last: Journey) -> _Stay:
    until = visit.until or _FOR_GOOD
    both = last.passed_both
    passages = (*journey.passages, *last.passages)
    passed = both or any(chamber == visit.place.chamber and on >= until for chamber, on in passages)
    ends = (int(last.end == end) for end in ("law", "vetoed", "open"))
    return _Stay(visit.since, until, (1, int(passed), int(both), *ends))


def _merged(stays: list[_Stay]) -> Iterator[_Stay]:
    """Stays of one fight that overlap or touch, as one: it is counted once on each day."""
    stays.sort()
    stay = stays[0]
    for later in stays[1:]:
        if later.since <= stay.until:
            stay = _Stay(stay.since, max(stay.until, later.until), tuple(map(max, stay.fate, later.fate)))
        else:
            yield stay
            stay = later
    yield stay


def _days(stay: _Stay, begins_on: date, ends_on: date) -> Iterator[tuple[int, int]]:
    """The days of the session on which a stay begins (+1) and is over (-1)."""
    first, last = begins_on.isoformat(), ends_on.isoformat()
    since, until = max(stay.since, first), min(stay.until, _FOR_GOOD)
    if since > last or until <= since:
        return
    yield _day(since, begins_on), 1
    yield (_day(until, begins_on) if until <= last else (ends_on - begins_on).days + 2), -1


def _day(on: str, begins_on: date) -> int:
    return (date.fromisoformat(on) - begins_on).days + 1


def _running(days: Mapping[tuple[Place, int], Iterable[int]]) -> Iterator[Rate]:
    """The sums from day to day at each place, where they change."""
    for place, steps in groupby(sorted(days.items()), key=lambda step: step[0][0]):
        sums = [0] * 6
        for (_, day), change in steps:
            if any(change):
                sums = [n + m for n, m in zip(sums, change, strict=True)]
                yield Rate(place, day, *sums)
