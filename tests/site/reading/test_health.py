"""How the watching went, from the runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.reading.health import TOLD_AFTER, outages_of, together, watch_of, weeks_of
from billwatch_site.reading.measures import Run

MONDAY = datetime(2025, 7, 21, tzinfo=UTC)


def run(
    hours: float,
    source: str = "senate",
    failing_since: float | None = None,
    dropped_at: float | None = None,
    asked: int = 1,
) -> Run:
    """A run so many hours after a Monday."""
    since, dropped = (None if n is None else MONDAY + timedelta(hours=n) for n in (failing_since, dropped_at))
    at = MONDAY + timedelta(hours=hours)
    return Run(
        "ny", source, at, at + len(source) * timedelta(minutes=1), asked, 0, 0, 0, 0, 0, None, since, "", dropped
    )


def test_weeks_are_counted_when_they_are_over() -> None:
    """By runs that went well, several sources of one run as one check, whenever each was done; the week that lasts is
    not there yet."""
    (week,) = weeks_of([run(1), run(1, "lbdc"), run(30), run(31, failing_since=31), run(167.9), run(168)])
    assert (week.monday, week.checks, week.last_at) == (date(2025, 7, 21), 3, MONDAY + timedelta(hours=167.9))
    assert weeks_of([]) == []


def test_a_week_without_a_good_run_is_no_quiet_week() -> None:
    """Who did not look cannot say that nothing happened."""
    assert weeks_of([run(1, failing_since=1), run(200)]) == []


def test_a_source_that_is_asked_nothing_has_not_looked() -> None:
    """Its week is no quiet one, and where all others fail it does not keep the legislature from being without news."""
    assert weeks_of([run(1, asked=0), run(200)]) == []
    down = [run(at, source, 0) for at in (0, 30) for source in ("lbdc", "assembly")]
    runs = sorted([*down, run(0, asked=0), run(30, asked=0)], key=lambda r: r.started_at)
    (blind,) = watch_of(runs).blind("ny")
    assert blind.since == MONDAY


def test_weeks_of_several_legislatures_count_together() -> None:
    """The checks of a week are added."""
    both = [*weeks_of([run(1), run(200)]), *weeks_of([run(5), run(9), run(200)])]
    (week,) = together(both)
    assert week.checks == 3 and week.last_at == MONDAY + timedelta(hours=9)


def test_a_hiccup_is_no_outage() -> None:
    """Less than a day is on the page of the sources, and is not told."""
    hiccup = [run(0, failing_since=0), run(23, failing_since=0), run(24)]
    assert [(o.since, o.until, o.told_at) for o in outages_of(hiccup)] == [(MONDAY, MONDAY + timedelta(days=1), None)]
    assert watch_of(hiccup).outages == ()


def test_an_outage_begins_is_told_and_ends() -> None:
    """Told by the run that found it a day old; over with the run that found the source well."""
    (outage,) = outages_of([run(0, failing_since=0), run(30, failing_since=0), run(60, failing_since=0), run(90)])
    assert (outage.source, outage.since, outage.told_at) == ("senate", MONDAY, MONDAY + timedelta(hours=30))
    assert outage.until == MONDAY + timedelta(hours=90)


def test_all_sources_down_is_an_outage_of_the_legislature() -> None:
    """From when the last of them failed until the first of them answers."""
    runs = [run(0), run(0, "lbdc", 0), run(10, failing_since=10), run(10, "lbdc", 0)]
    runs += [run(40, failing_since=10), run(40, "lbdc", 0), run(50), run(50, "lbdc", 0)]
    everything = watch_of(runs).blind("ny")
    assert [(o.since, o.until) for o in everything] == [(MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=50))]


def test_a_source_that_is_not_asked_any_more_keeps_nobody_from_being_blind() -> None:
    """It was well until its last run: all sources are out from when the last of those that are asked failed."""
    runs = [run(0, "index", dropped_at=0), run(0), run(0, "lbdc")]
    runs += [run(at, source, 10) for at in (10, 40) for source in ("senate", "lbdc")]
    assert [(o.since, o.until) for o in watch_of(runs).blind("ny")] == [(MONDAY + timedelta(hours=10), None)]


def test_what_a_source_saw_before_it_was_dropped_stands() -> None:
    """While it answered we were not blind, although the others failed: that begins with its last run."""
    runs = [run(at, source, 0) for at in (0, 30, 60) for source in ("senate", "lbdc")]
    runs = sorted([*runs, run(0, "index", dropped_at=30), run(30, "index", dropped_at=30)], key=lambda r: r.started_at)
    (blind,) = watch_of(runs).blind("ny")
    assert blind.since == MONDAY + timedelta(hours=30)


def test_an_outage_ends_with_the_source_that_is_given_up() -> None:
    """It was never well again, and does not go on for ever: it says when it was last asked. Others end as they did."""
    runs = [run(0, "index", 0, 50), run(0), run(20, "index", None, 50), run(20)]
    runs += [run(50, "index", 50, 50), run(50), run(90)]
    last, first = outages_of(runs)
    assert (last.source, last.until, last.dropped_at) == ("index", None, MONDAY + timedelta(hours=50))
    assert (first.until, first.dropped_at) == (MONDAY + timedelta(hours=20), None)


def test_being_blind_ends_though_one_source_is_left() -> None:
    """Both were out, one was given up, the other answers again."""
    runs = [run(0, failing_since=0), run(0, "lbdc", 0, 30), run(30, failing_since=0), run(30, "lbdc", 0, 30)]
    (blind,) = watch_of([*runs, run(60, failing_since=0), run(90)]).blind("ny")
    assert (blind.since, blind.until) == (MONDAY, MONDAY + timedelta(hours=90))


@given(states=st.lists(st.tuples(st.sampled_from(["senate", "lbdc"]), st.booleans()), max_size=40))
def test_outages_of_a_source_never_overlap(states: list[tuple[str, bool]]) -> None:
    """Each lasts a day at least before it is told, and ends before the next begins; earlier runs tell the same."""
    runs, since = [], {"senate": None, "lbdc": None}
    for i, (source, well) in enumerate(states):
        since[source] = None if well else since[source] if since[source] is not None else i * 9
        runs.append(run(i * 9, source, since[source]))
    found = watch_of(runs).outages[::-1]
    for source in ("senate", "lbdc", ""):
        mine = [o for o in found if o.source == source]
        assert all(o.told_at and o.told_at - o.since >= TOLD_AFTER for o in mine)
        assert all(o.told_at and (o.until is None or o.until >= o.told_at) for o in mine)
        assert all(a.until is not None and a.until <= b.told_at for a, b in pairwise(mine) if b.told_at)
    known = {(o.source, o.since): o.told_at for o in watch_of(runs[:-1]).outages}
    assert known.items() <= {(o.source, o.since): o.told_at for o in found}.items()
