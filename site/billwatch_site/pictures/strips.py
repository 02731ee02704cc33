"""A source's last sixty days as a strip: from its runs. Pure.

Each state of a day has its own shape, so that nothing depends on colour: answered is a full bar, partly half a one,
failing a hollow bar struck through, not asked a dot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from billwatch_site.reading.measures import Run
from billwatch_site.words.sentences import counted, day, listed

DAYS = 60
STATES = ("answered", "partly", "failing", "not asked")
_PITCH, _WIDE, _HIGH = 10, 7, 26


class Span(msgspec.Struct, frozen=True):
    """Days in a row in one state."""

    first: date
    last: date
    state: str


class Strip(msgspec.Struct, frozen=True):
    """The picture: a path for each state, the words for it, and the same as a table."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]  # (state, path)
    words: str
    spans: tuple[Span, ...]  # the latest first


def strip_of(runs: Sequence[Run], zone: ZoneInfo, today: date) -> Strip:
    """One source's strip up to `today`, in the legislature's calendar."""
    first = today - timedelta(days=DAYS - 1)
    by_day: dict[date, list[Run]] = {}
    for run in runs:
        by_day.setdefault(run.started_at.astimezone(zone).date(), []).append(run)
    states = [state_of_day(by_day.get(first + timedelta(days=n), ())) for n in range(DAYS)]
    paths = tuple((state, path) for state in STATES if (path := _path(state, states)))
    return Strip(_PITCH * DAYS, _HIGH + 2, paths, _words(states), tuple(_spans(states, first))[::-1])


def state_of_day(runs: Iterable[Run]) -> str:
    """One of STATES: "failing" where no run of the day went well, "partly" where one did not, or left bills out."""
    found = [run for run in runs if not run.idle]
    if not found:
        return "not asked"
    if all(run.failing_since for run in found):
        return "failing"
    return "partly" if any(run.failing_since or run.failed for run in found) else "answered"


def _path(state: str, states: Sequence[str]) -> str:
    return "".join(_mark(state, _PITCH * n + 1) for n, found in enumerate(states) if found == state)


def _mark(state: str, x: int) -> str:
    full = f"M{x} 1h{_WIDE}v{_HIGH}h-{_WIDE}z"
    if state == "partly":
        half = _HIGH // 2
        return f"M{x} {1 + half}h{_WIDE}v{half}h-{_WIDE}z"
    if state == "not asked":
        return f"M{x + 2} {_HIGH - 2}h3v3h-3z"
    return f"{full}M{x} {_HIGH + 1}l{_WIDE} -{_HIGH}" if state == "failing" else full


def _words(states: Sequence[str]) -> str:
    """The picture for those who do not see it."""
    counts = Counter(states)
    told = [f"{state} on {counted(counts[state], 'day')}" for state in STATES if counts[state]]
    return f"The last {len(states)} days: {listed(told)}."


def _spans(states: Sequence[str], first: date) -> Iterator[Span]:
    for state, group in groupby(enumerate(states), key=lambda pair: pair[1]):
        places = [n for n, _ in group]
        yield Span(first + timedelta(days=places[0]), first + timedelta(days=places[-1]), state)


def span_words(span: Span) -> str:
    """ "3 June 2025", or "3 June 2025 to 5 June 2025"."""
    first, last = day(span.first.isoformat()), day(span.last.isoformat())
    return first if span.first == span.last else f"{first} to {last}"
