"""The walks over the record: stop after stop, what billwatch tells is held against what the record says.

The first stop of a walk is a first fill, whose past is not news; it is looked at, and nothing is compared but that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from time import monotonic

from replay.choice import TWOFOLD
from replay.server import Replay, TruthRow
from replay.tally import Tally
from replay.truth import CARRIED, Change, changes_of
from replay.watcher import KEYED, Watcher

Tamper = Callable[[list[Change]], list[Change]]  # for proof that a walk would notice
Say = Callable[[str], None]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def stops_of(syncs: Sequence[datetime], start: datetime, end: datetime, count: int) -> list[datetime]:
    """Times to look at, a minute past a sync: `count` of them spread over the stretch, or all (0)."""
    inside = [sync + MINUTE for sync in syncs if start <= sync <= end]
    if not count or count >= len(inside):
        return inside
    step = (len(inside) - 1) / max(count - 1, 1)
    return [inside[round(n * step)] for n in range(count)]


def walk(
    replay: Replay,
    watcher: Watcher,
    stops: Sequence[datetime],
    tally: Tally,
    *,
    source: str = KEYED[0],
    again: int = 5,
    tamper: Tamper = list,
    say: Say = print,
) -> None:
    """Through one source alone, every change that it carries is told at the first look after it, once.

    At every `again`-th stop a second look at the same clock must find nothing.
    """
    _fill(replay, watcher, stops[0], (source,), tally)
    say(f"{stops[0]:%Y-%m-%d %H:%M}  filled: {len(watcher.listed):,} bills")
    for n, (after, until) in enumerate(pairwise(stops), 1):
        began = monotonic()
        replay.move(until)
        known = frozenset(watcher.listed)
        found = tamper(watcher.news(watcher.look(until, (source,))))
        due = [c for c in due_changes(replay, source, after, until) if _is_due(c, known, watcher)]
        wrong = tally.compare(until, due, found)
        _hold_twofold(tally, after, until, due, found)
        if n % again == 0:
            more = watcher.look(until, (source,))
            tally.hold(not more, f"a second look at {until:%Y-%m-%d %H:%M} found {len(more)} changes, as {more[:1]}")
        say(f"{until:%Y-%m-%d %H:%M}  {len(due):,} due; {tally.progress()}  ({monotonic() - began:.1f} s)")
        for line in wrong:
            say(line)


def due_changes(replay: Replay, source: str, after: datetime, until: datetime) -> list[Change]:
    """All changes of a stretch that a source carries."""
    return carried_changes(replay, replay.truth(after, until), source, after, until)


def carried_changes(
    replay: Replay, rows: list[TruthRow], source: str, after: datetime, until: datetime
) -> list[Change]:
    """The changes in these rows, which tell of one stretch, that a source carries."""
    found = [change for row in rows for change in changes_of(row, source)]
    if source == "senate":
        found = [_by_date(replay, change, after) for change in found]
    if "substituted-by" in CARRIED[source]:
        found += _substitutions(replay, rows, after, until)
    return found


def _by_date(replay: Replay, change: Change, after: datetime) -> Change:
    """The Senate's site sorts by date: a new line that is dated before the last one stands in the past there."""
    date = change.now[:10]
    if change.kind != "action" or date >= f"{after - 2 * DAY:%Y-%m-%d}":
        return change
    dates = [line[:10] for line in replay.lines(change.bill, after)]
    return change._replace(kind="action-inserted") if date < max(dates, default="") else change


def _substitutions(replay: Replay, rows: list[TruthRow], after: datetime, until: datetime) -> Iterator[Change]:
    """Which bill stands in for which is no field of the record's: the interface works it out from the actions."""
    for row in rows:
        if any("SUBSTITUT" in (line or ("", "", ""))[2] for _, *lines in row.actions for line in lines):
            bill = f"ny/{row.bill}"
            was, now = (replay.substitute(bill, at) for at in (after, until))
            if was != now:
                yield Change(bill, "substituted-by", was, now)


def _fill(replay: Replay, watcher: Watcher, at: datetime, sources: Sequence[str], tally: Tally) -> None:
    replay.move(at)
    found = watcher.look(at, sources)
    watcher.news(found)
    wrong = [change for change in found if change.kind != "listed"]
    tally.hold(not wrong, f"the first fill told of the past: {wrong[:1]}")


def _is_due(change: Change, known: frozenset[str], watcher: Watcher) -> bool:
    return change.bill in known or (change.kind == "listed" and change.bill in (watcher.bills or {change.bill}))


def _hold_twofold(
    tally: Tally, after: datetime, until: datetime, due: Iterable[Change], found: Iterable[Change]
) -> None:
    """The bills that moved on in an answer which also rewrote their past must have been told as both."""
    for bill, day in TWOFOLD.items():
        expected, told = ({c.kind for c in changes if c.bill == bill} for changes in (due, found))
        if f"{after:%Y-%m-%d}" <= day <= f"{until:%Y-%m-%d}" and _is_both(expected):
            tally.hold(_is_both(told), f"{bill} on {day} was news and correction, told were {sorted(told)}")
            tally.twofold.add(bill)


def _is_both(kinds: set[str]) -> bool:
    return "action" in kinds and any(kind.startswith("action-") for kind in kinds)
