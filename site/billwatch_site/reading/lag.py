"""How long it takes until we see what a legislature did, as it was. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from billwatch_site.reading.measures import Processed, Sighting
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import date_in

Source = tuple[str, str]  # legislature and name


class Lag(msgspec.Struct, frozen=True):
    """So many sightings; half of them took no longer than `median`, 95 of 100 no longer than `most`.

    In days from the date of a line of the history, or in hours from when the source says that it made a state.
    """

    count: int
    median: int
    most: int


def in_days(sightings: Iterable[Sighting]) -> dict[Source, Lag]:
    """From the legislature's date to the day we saw the line, in the legislature's calendar, by source."""
    days: dict[Source, Counter[int]] = defaultdict(Counter)
    for seen in sightings:
        on = legislature(seen.legislature).day_of(seen.seen_at)
        if (happened := date_in(seen.happened_on)) is not None:
            days[seen.legislature, seen.source][max((on - happened).days, 0)] += seen.times
    return {source: lag_of(counts) for source, counts in days.items()}


def in_hours(processed: Iterable[Processed]) -> dict[Source, Lag]:
    """From a source's own time of a state to our seeing it, begun hours counted whole, by source.

    A token is local time without offset. States read from a list have none of their own: theirs is an hour before
    the reading, to the second, and says nothing.
    """
    hours: dict[Source, Counter[int]] = defaultdict(Counter)
    for state in processed:
        zone = legislature(state.legislature).timezone
        if (made := _moment(state.token)) is not None:
            seconds = (state.seen_at - (made if made.tzinfo else made.replace(tzinfo=zone))).total_seconds()
            if seconds >= 0 and abs(seconds - 3600) >= 1:
                hours[state.legislature, state.source][-int(-seconds // 3600)] += 1
    return {source: lag_of(counts) for source, counts in hours.items()}


def lag_of(counts: Mapping[int, int]) -> Lag:
    """Median and 95th percentile: the least value that so many sightings do not exceed.

    >>> lag_of({0: 90, 1: 5, 40: 5})
    Lag(count=100, median=0, most=1)
    """
    total = sum(counts.values())
    return Lag(total, _percentile(counts, total, 50), _percentile(counts, total, 95))


def _percentile(counts: Mapping[int, int], total: int, percent: int) -> int:
    reached = 0
    for value in sorted(counts):
        reached += counts[value]
        if reached * 100 >= total * percent:
            return value
    return 0


def _moment(iso: str) -> datetime | None:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None
