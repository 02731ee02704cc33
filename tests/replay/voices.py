"""Walks with several voices: sources that take turns, and one that is a day late while the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from replay.server import Replay
from replay.story import Story, balance
from replay.tally import Tally
from replay.truth import CARRIED, Change, changes_of, fact_of
from replay.walks import DAY, Say, Tamper
from replay.watcher import Watcher

SURFACES = {"open-legislation": "api", "assembly": "leg", "lbdc": "lbdc", "senate": "senate"}
_COMPARED = {  # the facts on which sources are held against each other, as the table of disagreements names them
    **{"title": "title", "abstract": "abstract", "status": "status", "version": "version", "law-code": "law_code"},
    **{"sponsor": "sponsors", "same-as": "same_as", "action": "actions"},
}


def walk_in_turns(
    story: Story,
    watcher: Watcher,
    stops: Sequence[datetime],
    turns: Sequence[Sequence[str]],
    tally: Tally,
    *,
    tamper: Tamper = list,
    say: Say = print,
) -> None:
    """One group of sources after the other through equal parts of the stretch; the last carries all that counts.

    Compared are the bills that the first group found, from then on.
    """
    replay = story.replay
    told: list[Change] = []
    since: dict[str, datetime] = {}
    for n, at in enumerate(stops):
        sources = turns[min(n * len(turns) // len(stops), len(turns) - 1)]
        replay.move(at)
        found = watcher.news(watcher.look(at, sources))
        told += found if n else ()
        if n * len(turns) < len(stops):
            since |= dict.fromkeys(watcher.listed - since.keys(), at)
        say(f"{at:%Y-%m-%d %H:%M}  {' + '.join(sources)}: told {len(found) if n else 0}")
    every = sorted({source for turn in turns for source in turn})
    _compare_story(story, stops, stops, turns[-1], every, tally, tamper(told), since)
    _hold_histories(replay, watcher, stops[-1], tally)


def walk_with_laggard(
    story: Story,
    watcher: Watcher,
    stops: Sequence[datetime],
    sources: Sequence[str],
    late: str,
    tally: Tally,
    *,
    tamper: Tamper = list,
    say: Say = print,
) -> None:
    """All current at the first stop; then one source is a day late; healed at last.

    If the second stop lies less than a day after the first, the late source goes back to what it had left behind.
    """
    replay = story.replay
    told: list[Change] = []
    since: dict[str, datetime] = {}
    for n, at in enumerate([*stops, stops[-1]]):
        lags = 0 < n < len(stops)
        replay.lag(SURFACES[late], int(DAY.total_seconds()) if lags else 0)
        replay.move(at)
        found = watcher.news(watcher.look(at, sources))
        told += found if n else ()
        since = since or dict.fromkeys(watcher.listed, at)
        shown = _compare_disagreements(replay, watcher, at, sources, late if lags else "", frozenset(since), tally)
        say(f"{at:%Y-%m-%d %H:%M}  {late} {'late' if lags else 'current'}: told {len(found)}, {shown} disagreements")
    seen = sorted({*stops, *(at - DAY for at in stops[1:])})
    _compare_story(story, stops, seen, sources, sources, tally, tamper(told), since)


def _compare_disagreements(
    replay: Replay,
    watcher: Watcher,
    at: datetime,
    sources: Sequence[str],
    late: str,
    known: frozenset[str],
    tally: Tally,
) -> int:
    """Exactly the facts that moved in the last day, and that the late source and another carry, are in dispute."""
    due = _in_dispute(replay, at, sources, late) if late else set()
    due, shown = ({c for c in changes if c.bill in known} for changes in (due, _shown(watcher)))
    tally.compare(at, due, shown)
    return len(shown)


def _in_dispute(replay: Replay, at: datetime, sources: Sequence[str], late: str) -> set[Change]:
    others = set().union(*(CARRIED[source] for source in sources if source != late))
    changes = [c for row in replay.truth(at - DAY, at) if not row.new for c in changes_of(row, late)]
    facts = {(c.bill, fact_of(c.kind)) for c in changes if fact_of(c.kind) in others & _COMPARED.keys()}
    return {Change(bill, f"in dispute: {_COMPARED[fact]}", "", "") for bill, fact in facts}


def _shown(watcher: Watcher) -> set[Change]:
    return {Change(bill, f"in dispute: {fact}", "", "") for bill, fact in watcher.disagreements()}


def _compare_story(
    story: Story,
    stops: Sequence[datetime],
    seen: Sequence[datetime],
    last: Sequence[str],
    sources: Iterable[str],
    tally: Tally,
    told: list[Change],
    since: Mapping[str, datetime],
) -> None:
    """What was told of bills after their first stop against all that was true of them, and sum against sum.

    `last` are the sources asked at the end: what they carry must have been told by then. `seen` are the times that
    somebody showed, which are not those of the stops alone where a source is late.
    """
    true = story.ever(sources, seen)
    plain = [story.plain(change) for change in told if change.bill in since and change.kind != "listed"]
    invented = [change for change in plain if change not in true]
    tally.hold(not invented, f"told {len(invented)} that were never true: {invented[:3]}")
    # Of prints, only the way from the first to the last is the same however often somebody looked: the version.
    carried = set().union(*(CARRIED[source] for source in last)) - {"print"}
    every = {at: story.changes(last, at, stops[-1]).elements() for at in set(since.values())}
    came = balance(c for at, due in every.items() for c in due if since.get(c.bill) == at and c.kind in carried)
    went = balance(change for change in plain if change.kind in carried)
    tally.compare(stops[-1], _as_changes(came), _as_changes(went))


def _as_changes(total: Counter[tuple[str, str, str]]) -> list[Change]:
    """A balance as what came, and what went, as often as it did."""
    came = [Change(bill, fact, "", value) for (bill, fact, value), n in total.items() for _ in range(n)]
    return came + [Change(bill, fact, value, "") for (bill, fact, value), n in total.items() for _ in range(-n)]


def _hold_histories(replay: Replay, watcher: Watcher, at: datetime, tally: Tally) -> None:
    """No line of any history was lost on the way, none is there twice."""
    for bill in sorted(watcher.listed):
        sql = "select date || ' ' || chamber || ': ' || text from actions where bill = ?"
        ours, theirs = Counter(watcher.store.column(sql, (bill,))), Counter(replay.lines(bill, at))
        wrong = list((ours - theirs).elements()) + list((theirs - ours).elements())
        tally.hold(not wrong, f"the history of {bill} is not the record's: {wrong[:2]}")
