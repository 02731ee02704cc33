"""The walk over New York's recorded year, and proof that it would notice what it is there to notice.

A short stretch of every kind of walk; all of the year is walked by the script (see walk.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from replay.choice import TWOFOLD
from replay.server import SCRIPT, YEAR, Replay, TruthRow
from replay.story import Story, balance
from replay.tally import Tally
from replay.truth import Change, changes_of
from replay.voices import walk_in_turns, walk_with_laggard
from replay.walk import main
from replay.walks import Tamper, stops_of, walk
from replay.watcher import KEYED, Watcher

SITES = ("lbdc", "assembly", "senate")
NOON = datetime(2025, 6, 16, 12, tzinfo=UTC)
JUNE = (datetime(2025, 6, 12, 18, tzinfo=UTC), datetime(2025, 6, 17, tzinfo=UTC))
# Became law or passed while their past was rewritten; one with a new date out of order; same-as and its substitute.
BILLS = (*TWOFOLD, "ny/2025/A6634", "ny/2025/S4505", "ny/2025/A5346", "ny/2025/S934", "ny/2025/A8609")
TITLE = Change("ny/2025/S1", "title", "Relates to bail", "Relates to bail reform")
recorded = pytest.mark.skipif(not SCRIPT.exists(), reason="the recorded year in ../shared is not here")


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with Replay.start([YEAR]) as running:
        yield running


@pytest.fixture
def tally() -> Tally:
    return Tally("a walk")


@recorded
def test_all_bills_of_the_session(replay: Replay, tmp_path: Path, tally: Tally) -> None:
    """From the first day on, every difference of every bill is told once; a second look finds nothing."""
    stops = stops_of(replay.syncs(), datetime(2024, 12, 1, tzinfo=UTC), datetime(2025, 1, 11, tzinfo=UTC), 5)
    walk(replay, Watcher(replay, tmp_path), stops, tally, again=1)
    assert tally.sound, tally.table()
    assert tally.matched["listed"] > 400 and tally.matched["cosponsor-added"] > 10


@recorded
@pytest.mark.parametrize("source", [*KEYED, *SITES])
def test_bills_by_name_at_every_sync(replay: Replay, tmp_path: Path, tally: Tally, source: str) -> None:
    """One source alone tells all that it carries, news and corrections of one answer as both."""
    walk(replay, Watcher(replay, tmp_path, BILLS), stops_of(replay.syncs(), *JUNE, 0), tally, source=source, again=3)
    assert tally.sound, tally.table()
    assert tally.twofold == TWOFOLD.keys() - {"ny/2025/S820"}
    assert {"action", "action-edited", "same-as-added"} <= tally.matched.keys()


@recorded
@pytest.mark.parametrize("source", [*KEYED, *SITES])
def test_a_law_in_an_answer_that_rewrote_the_past(replay: Replay, tmp_path: Path, tally: Tally, source: str) -> None:
    """S820 on 2025-03-04: the news, and the corrections."""
    march = (datetime(2025, 3, 3, 12, tzinfo=UTC), datetime(2025, 3, 5, tzinfo=UTC))
    bills = ["ny/2025/S820"]
    walk(replay, Watcher(replay, tmp_path, bills), stops_of(replay.syncs(), *march, 0), tally, source=source, again=1)
    assert tally.sound, tally.table()
    assert tally.twofold == set(bills)


@recorded
@pytest.mark.parametrize(
    "turns", [(KEYED, ("lbdc", "assembly"), KEYED), (("lbdc",), ("senate",), ("lbdc",))], ids=["api", "lbdc"]
)
def test_sources_in_turns(replay: Replay, tmp_path: Path, tally: Tally, turns: tuple[tuple[str, ...], ...]) -> None:
    """From one source to another and back: no change is invented, told twice or lost, and no line of a history."""
    walk_in_turns(
        Story(replay, BILLS), Watcher(replay, tmp_path, BILLS), stops_of(replay.syncs(), *JUNE, 0), turns, tally
    )
    assert tally.sound, tally.table()
    assert tally.matched["action"] > 20


@recorded
@pytest.mark.parametrize("late", [*KEYED, *SITES])
def test_one_source_a_day_late(replay: Replay, tmp_path: Path, tally: Tally, late: str) -> None:
    """What the late source does not know yet is in dispute until it does, and told once."""
    sources = (*KEYED, *SITES)
    first, *rest = stops_of(replay.syncs(), *JUNE, 0)
    stops = [first, *rest[2:]]
    walk_with_laggard(Story(replay, BILLS), Watcher(replay, tmp_path, BILLS), stops, sources, late, tally)
    assert tally.sound, tally.table()
    assert tally.matched["in dispute: actions"] > 5 and tally.matched["action"] > 20


@recorded
def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The script walks a stretch, prints its table and says by its exit status that all was well."""
    stretch = ["--from", "2024-12-01", "--to", "2025-01-04", "--stops", "3", "--data", str(YEAR)]
    assert main(["--json", *stretch, "--sessions", "2025"]) == 0
    assert "JSON, all bills" in capsys.readouterr().out


@recorded
@pytest.mark.parametrize(
    ("tamper", "word"),
    [(lambda found: found[1:], "missed"), (lambda found: [*found, TITLE], "extra"), (lambda f: f + f[:1], "extra")],
    ids=["one removed", "one invented", "one told twice"],
)
def test_a_walk_notices(replay: Replay, tmp_path: Path, tally: Tally, tamper: Tamper, word: str) -> None:
    """One change less, one that never was, one that is told twice: the walk fails and names it."""
    june = stops_of(replay.syncs(), *JUNE, 0)[-2:]
    walk(replay, Watcher(replay, tmp_path, BILLS), june, tally, tamper=tamper)
    assert not tally.sound
    assert f"{word} 2025-06-16 23:4" in tally.table()


def test_a_tally_counts_values_and_how_often() -> None:
    """The same change once too often is extra, another value is missed and extra."""
    tally, other = Tally("a walk"), TITLE._replace(now="Relates to bail reforms")
    tally.compare(NOON, [TITLE, TITLE], [TITLE, TITLE])
    assert tally.sound
    tally.compare(NOON, [TITLE], [TITLE, TITLE, other])
    assert [change for _, change in tally.extra] == [TITLE, other]
    assert "ny/2025/S1 title: 'Relates to bail' -> 'Relates to bail reforms'" in tally.table()


def test_the_truth_leaves_out_case_white_space_and_order() -> None:
    """What billwatch does not call a change is none; what it does is one in its own words."""
    a, b = ({"Name": f"Ada {name}", "Short": name.upper()} for name in ("Lee", "Ray"))
    fields = {
        "Title": ("Relates  to Bail", "Relates to bail "),
        "Sponsors": ([a, b], [b, a]),
        "Summary": (None, "Sets bail."),
        "Version": (None, "B"),
    }
    row = TruthRow("2025/S1", False, fields, [("edited", ("2025-01-08", "SENATE", "X"), ("2025-01-09", "SENATE", "X"))])
    assert set(changes_of(row, "open-legislation")) == {
        Change("ny/2025/S1", "abstract", "", "Sets bail."),
        Change("ny/2025/S1", "sponsor", "Ada Lee", "Ada Ray"),
        Change("ny/2025/S1", "cosponsor-added", "", "Ada Lee"),
        Change("ny/2025/S1", "version", "S1", "S1B"),
        Change("ny/2025/S1", "print-added", "", "S1A"),
        Change("ny/2025/S1", "action-edited", "2025-01-08 Senate: X", "2025-01-09 Senate: X"),
    }


def test_a_balance_is_where_all_changes_lead() -> None:
    """There and back is nothing; two steps are their sum; the same step twice is not one."""
    there, back = Change("b", "status", "A", "B"), Change("b", "status", "B", "A")
    on = Change("b", "status", "B", "C")
    assert balance([there, back]) == Counter()
    assert balance([there, on]) == balance([Change("b", "status", "A", "C")])
    assert balance([there, there]) != balance([there])
