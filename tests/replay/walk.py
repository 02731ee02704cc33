"""Walk New York's recorded year and compare every value that billwatch tells with the truth.

    python tests/replay/walk.py --json                       all bills, at 40 stops through the year
    python tests/replay/walk.py --named                      some 280 bills by name, at every sync
    python tests/replay/walk.py --html --stops 0             the same through each keyless site alone
    python tests/replay/walk.py --switch --lag --from 2025-06-01 --to 2025-06-15

Exit status 0 only if nothing was missed, nothing extra was told and every promise was kept.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from replay.choice import bills_of
from replay.server import Replay
from replay.story import Story
from replay.tally import Tally
from replay.voices import walk_in_turns, walk_with_laggard
from replay.walks import DAY, stops_of, walk
from replay.watcher import KEYED, Watcher

SESSIONS = ("2019", "2021", "2023", "2025")
SITES = ("lbdc", "assembly", "senate")
TURNS = ((KEYED, ("lbdc", "assembly"), KEYED), (("lbdc",), ("senate",), ("lbdc",)))
LATE = 5  # stops at which a source is late


def main(argv: Sequence[str] | None = None) -> int:
    """Walk what was asked for; all of it, if nothing was."""
    asked = _parser().parse_args(argv)
    parts = [name for name in PARTS if getattr(asked, name)] or list(PARTS)
    with Replay.start(asked.data, asked.port) as replay:
        tallies = [tally for part in parts for tally in PARTS[part](replay, asked)]
    return 0 if all(tally.sound for tally in tallies) else 1


def _json(replay: Replay, asked: argparse.Namespace) -> list[Tally]:
    return [_walked(replay, asked, "JSON, all bills", KEYED[0], (), asked.stops)]


def _named(replay: Replay, asked: argparse.Namespace) -> list[Tally]:
    return [_walked(replay, asked, "JSON, bills by name, every sync", KEYED[0], _chosen(replay, asked), 0)]


def _html(replay: Replay, asked: argparse.Namespace) -> list[Tally]:
    bills = _chosen(replay, asked)
    return [_walked(replay, asked, f"HTML, {site} alone", site, bills, asked.stops) for site in SITES]


def _switch(replay: Replay, asked: argparse.Namespace) -> list[Tally]:
    bills, tallies = _chosen(replay, asked), []
    story = Story(replay, bills)
    for turns in TURNS:
        tally = Tally("In turns: " + ", then ".join(" + ".join(turn) for turn in turns))
        stops = stops_of(replay.syncs(), asked.start, asked.end, min(asked.stops or 9, 9))
        with _watcher(replay, asked, bills) as watcher:
            walk_in_turns(story, watcher, stops, turns, tally, say=_say)
        tallies.append(_printed(tally))
    return tallies


def _lag(replay: Replay, asked: argparse.Namespace) -> list[Tally]:
    bills, tallies = _chosen(replay, asked), []
    story = Story(replay, bills)
    for sources in (SITES, (*KEYED, *SITES)):
        for late in sources:
            tally = Tally(f"{late} is a day late among {' + '.join(sources)}")
            with _watcher(replay, asked, bills) as watcher:
                walk_with_laggard(story, watcher, _late_stops(replay, asked), sources, late, tally, say=_say)
            tallies.append(_printed(tally))
    return tallies


def _late_stops(replay: Replay, asked: argparse.Namespace) -> list[datetime]:
    """The first stop, then some that lie more than a day behind it, so that who is late stands still at first."""
    first, *rest = stops_of(replay.syncs(), asked.start, asked.end, 0)
    later = [at for at in rest if asked.abruptly or at - first > DAY]
    return [first, *later[:: max(1, len(later) // LATE)][:LATE]]


PARTS: dict[str, Callable[[Replay, argparse.Namespace], list[Tally]]] = {
    "json": _json,
    "named": _named,
    "html": _html,
    "switch": _switch,
    "lag": _lag,
}


def _chosen(replay: Replay, asked: argparse.Namespace) -> list[str]:
    """The bills to follow by name in this stretch."""
    bills = bills_of(replay, stops_of(replay.syncs(), asked.start, asked.end, 0), asked.random)
    whys = list(bills.values())
    _say(", ".join(f"{whys.count(why)} {why}" for why in dict.fromkeys(whys)) + " bills")
    return list(bills)


def _walked(
    replay: Replay, asked: argparse.Namespace, name: str, source: str, bills: Sequence[str], count: int
) -> Tally:
    """One walk with a store of its own, and its table printed."""
    tally, stops = Tally(name), stops_of(replay.syncs(), asked.start, asked.end, count)
    with _watcher(replay, asked, bills) as watcher:
        walk(replay, watcher, stops, tally, source=source, again=asked.again, say=_say)
    return _printed(tally)


@contextmanager
def _watcher(replay: Replay, asked: argparse.Namespace, bills: Sequence[str]) -> Iterator[Watcher]:
    """billwatch with an empty store."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Watcher(replay, Path(folder), bills, asked.sessions)) as watcher,
    ):
        yield watcher


def _printed(tally: Tally) -> Tally:
    _say(tally.table())
    return tally


def _say(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true")
    day = _day
    parser.add_argument("--from", dest="start", type=day, default=day("2024-12-01"), help="first day, UTC")
    parser.add_argument("--to", dest="end", type=day, default=day("2026-01-31"), help="last day, UTC")
    parser.add_argument("--stops", type=int, default=40, help="how many times to look; 0 is at every sync")
    parser.add_argument("--again", type=int, default=5, help="look twice at every such stop")
    parser.add_argument("--random", type=int, default=50, help="how many bills to take at random")
    parser.add_argument(
        "--abruptly", action="store_true", help="who is late goes back first, instead of standing still"
    )
    parser.add_argument("--sessions", nargs="*", default=SESSIONS)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="the replay's recordings; all if left out")
    parser.add_argument("--port", type=int, default=0)
    return parser


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends with the walk
    sys.exit(main())
