"""A source's past: each day's state, outages with begin and end, and how late we see things."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures.strips import DAYS, STATES, span_words, state_of_day, strip_of
from billwatch_site.reading.health import outages_of
from billwatch_site.reading.lag import Lag, in_days, in_hours, lag_of
from billwatch_site.reading.measures import Processed, Run, Sighting

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2025, 6, 2, 16, tzinfo=UTC)
TODAY = date(2025, 6, 2)
DAY = timedelta(days=1)


def run(at: datetime, *, since: datetime | None = None, failed: int = 0, source: str = "lbdc") -> Run:
    return Run("ny", source, at, at, 10, 10 - failed, failed, 0, 0, 0, at if since is None else None, since, "gone")


def test_a_day_is_as_its_runs_were() -> None:
    """Failing only when no run went well; partly when one failed or left bills out; a day without a run is none."""
    good, bad, half = run(NOON), run(NOON, since=NOON), run(NOON, failed=2)
    assert [state_of_day(runs) for runs in ([], [good], [bad], [half], [good, bad], [bad, bad])] == [
        *("not asked", "answered", "failing", "partly", "partly", "failing")
    ]


def test_a_day_on_which_nothing_was_asked_is_none() -> None:
    """Such a run says nothing of the source, beside others too."""
    idle = Run("ny", "lbdc", NOON, NOON, 0, 0, 0, 0, 0, 0, None, None, "")
    assert state_of_day([idle]) == "not asked" and state_of_day([idle, run(NOON, since=NOON)]) == "failing"


def test_the_strip_counts_in_the_legislatures_days() -> None:
    """What ran at two in the night of London is of the day before in New York."""
    strip = strip_of([run(datetime(2025, 6, 2, 2, tzinfo=UTC)), run(NOON, since=NOON)], NEW_YORK, TODAY)
    assert [(s.state, span_words(s)) for s in strip.spans[:2]] == [
        ("failing", "2 June 2025"),
        ("answered", "1 June 2025"),
    ]
    assert strip.words == "The last 60 days: answered on 1 day, failing on 1 day and not asked on 58 days."
    assert [state for state, _ in strip.paths] == ["answered", "failing", "not asked"]


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans(), st.integers(0, 1)), max_size=40))
def test_a_strip_shows_every_day_once(runs: list[tuple[int, bool, int]]) -> None:
    """The spans cover sixty days without a gap, and say as many as the words."""
    found = [run(NOON - n * DAY, since=NOON if bad else None, failed=failed) for n, bad, failed in sorted(runs)[::-1]]
    strip = strip_of(found, NEW_YORK, TODAY)
    covered = [s.first + n * DAY for s in reversed(strip.spans) for n in range((s.last - s.first).days + 1)]
    assert covered == [TODAY - n * DAY for n in range(DAYS)][::-1]
    assert {s.state for s in strip.spans} == {state for state, _ in strip.paths} <= set(STATES)
    assert all(a.state != b.state for a, b in zip(strip.spans, strip.spans[1:], strict=False))


def test_an_outage_ends_with_the_run_that_goes_well() -> None:
    """Each source has its own; one that lasts has no end; the latest comes first."""
    runs = [
        run(NOON, since=NOON),
        run(NOON + DAY, since=NOON),
        run(NOON + DAY, since=NOON + DAY, source="senate"),
        run(NOON + 2 * DAY),
        run(NOON + 3 * DAY),
    ]
    assert [(o.source, o.since, o.until) for o in outages_of(runs) if o.source] == [
        ("senate", NOON + DAY, None),
        ("lbdc", NOON, NOON + 2 * DAY),
    ]
    assert outages_of([run(NOON), run(NOON + DAY)]) == []


def test_days_are_counted_in_the_legislatures_calendar() -> None:
    """A line of 1 June, seen at two in the night of 2 June in London, was seen on its own day in New York."""
    night = datetime(2025, 6, 2, 2, tzinfo=UTC)
    seen = [
        Sighting("ny", "lbdc", "2025-06-01", night, 90),
        Sighting("ny", "lbdc", "2025-05-31", night, 9),
        Sighting("ny", "lbdc", "2025-04-01", night, 1),
        Sighting("ny", "lbdc", "no date", night, 7),
    ]
    assert in_days(seen) == {("ny", "lbdc"): Lag(100, 0, 1)}
    assert in_days([Sighting("ny", "lbdc", "2025-06-09", night, 1)]) == {("ny", "lbdc"): Lag(1, 0, 0)}


def test_a_sources_own_time_is_local_and_a_list_has_none() -> None:
    """08:30 in New York is 12:30 in London; a state read from a list says an hour before the reading, to the second."""
    seen = datetime(2025, 6, 2, 14, tzinfo=UTC)
    states = [
        Processed("ny", "open-legislation", "2025-06-02T08:30:00", seen),
        Processed("ny", "open-legislation", "2025-06-02T09:00:00", seen),
        Processed("ny", "open-legislation", "", seen),
        Processed("ny", "open-legislation", "2025-06-02T12:00:00", seen),
    ]
    assert in_hours(states) == {("ny", "open-legislation"): Lag(1, 2, 2)}


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1))
def test_percentiles_hold_what_they_say(counts: dict[int, int]) -> None:
    """At least half lies within the median, at least 95 of 100 within the other; and no smaller value does that."""
    found, total = lag_of(counts), sum(counts.values())
    for value, percent in ((found.median, 50), (found.most, 95)):
        assert sum(n for v, n in counts.items() if v <= value) * 100 >= total * percent
        assert sum(n for v, n in counts.items() if v < value) * 100 < total * percent


@pytest.mark.parametrize("counts", [{}])
def test_nothing_seen_has_no_lag(counts: dict[int, int]) -> None:
    """And breaks nothing."""
    assert lag_of(counts) == Lag(0, 0, 0)
