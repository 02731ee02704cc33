"""Watching through Open Legislation: every window is read, and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from answers import NOON, Api, bill_json
from billwatch.errors import Unreachable
from billwatch.legislatures.new_york import watch_api
from billwatch.store import Store
from billwatch.topics import Classifier
from legislatures.new_york.watching import DAY, OURS, Watching, config, failures, moved


def test_a_second_run_at_the_same_time_finds_nothing(ten: Watching) -> None:
    """No change, nothing asked but the window."""
    before = ten.store.column("select id from changes")
    (run,) = ten.run().runs
    assert ten.asked == ["updates/2025-06-02T11:00:00/2025-06-02T12:00:00"]
    assert run.tally.changes.total() == 0 and ten.store.column("select id from changes") == before


def test_windows_overlap_and_tokens_are_not_asked_twice(ten: Watching) -> None:
    """An hour is read again, for an update may be seen later than its time; what was handled is known by its token."""
    ten.api.put(moved("S4"), "2025-06-02T12:30:00")
    ten.run(NOON + timedelta(hours=1))
    assert ten.asked == ["updates/2025-06-02T11:00:00/2025-06-02T13:00:00", "2025/S4"]
    ten.run(NOON + timedelta(hours=1, minutes=15))
    assert ten.asked == ["updates/2025-06-02T12:00:00/2025-06-02T13:15:00"]
    ten.api.put(moved("S4", "PASSED SENATE"), "2025-06-02T13:10:00")
    ten.api.put(moved("S5"), "2025-06-02T12:45:00")  # became visible later than its time says
    ten.run(NOON + timedelta(hours=1, minutes=30))
    assert ten.asked[1:] == ["2025/S5", "2025/S4"]
    assert ten.kinds("ny/2025/S4") == ["listed", "action", "action-edited"] and ten.kinds("ny/2025/S5")[1:] == [
        "action"
    ]


def test_updates_go_over_several_pages(ten: Watching) -> None:
    """More tokens than one page holds: all are asked for."""
    for n in range(1, 8):
        ten.api.put(moved(f"S{n}"), f"2025-06-02T14:0{n}:00")
    ten.run(NOON + DAY)
    assert [a for a in ten.asked if a.startswith("2025/")] == [f"2025/S{n}" for n in range(1, 8)]
    assert sum("updates/" in a for a in ten.asked) == 3


def test_a_window_that_ends_early_is_read_again(ten: Watching) -> None:
    """A list of tokens that stops before its end is no answer: the window stays where it was."""
    for n in range(1, 8):
        ten.api.put(moved(f"S{n}"), f"2025-06-02T14:0{n}:00")
    whole = ten.api._updates
    ten.api._updates = lambda since, until, *, offset: (  # type: ignore[method-assign]
        whole(since, until, offset=offset)
        if offset < 7
        else {**ten.api._page("empty list", [], {"offset": [str(offset)]}), "total": 7}  # type: ignore[dict-item]
    )
    (run,) = ten.run(NOON + DAY).runs
    assert "the list ends at" in run.error
    ten.api._updates = whole  # type: ignore[method-assign]
    ten.run(NOON + 2 * DAY)
    assert all(ten.kinds(f"ny/2025/S{n}") == ["listed", "action"] for n in range(1, 8))


def test_a_failed_bill_is_asked_again_and_the_window_moves(ten: Watching) -> None:
    """What could not be answered is asked for in every run until it is; what was answered is not asked twice."""
    ten.api.put(moved("S4"), "2025-06-02T14:00:00")
    ten.api.put(moved("S5"), "2025-06-02T14:01:00")
    ten.api.errors = {"2025/S4?": Unreachable("no connection")}
    assert ten.run(NOON + DAY).runs[0].failed == 1
    assert ten.run(NOON + 2 * DAY).runs[0].failed == 1
    assert ten.asked == ["updates/2025-06-03T11:00:00/2025-06-04T12:00:00", "2025/S4"]
    ten.api.errors = {}
    ten.run(NOON + 3 * DAY)
    assert ten.asked == ["updates/2025-06-04T11:00:00/2025-06-05T12:00:00", "2025/S4"]
    assert ten.kinds("ny/2025/S4") == ten.kinds("ny/2025/S5") == ["listed", "action"]
    ten.run(NOON + 4 * DAY)
    assert ten.asked == ["updates/2025-06-05T11:00:00/2025-06-06T12:00:00"]


def test_an_outage_of_days_loses_nothing(ten: Watching) -> None:
    """The interface is down for a week: the window afterwards reaches back to before."""
    ten.api.put(moved("S4"), "2025-06-03T14:00:00")
    ten.api.errors = {"updates/": Unreachable("no connection")}
    for day in range(1, 7):
        assert "no connection" in ten.run(NOON + day * DAY).runs[0].error
    ten.api.errors = {}
    ten.run(NOON + 7 * DAY)
    assert ten.kinds("ny/2025/S4") == ["listed", "action"]


def test_what_the_budget_left_over_is_asked_in_the_next_run(store: Store, classifier: Classifier) -> None:
    """Two requests left for three bills: the window stays, and no bill that waits is said to be unchanged."""
    api = Api(*(bill_json(f"S{n}", title=OURS) for n in range(1, 5)))
    Watching(store, classifier, api).run()
    for n in range(1, 4):
        api.put(moved(f"S{n}") | {"title": OURS}, f"2025-06-02T14:0{n}:00")
    small = Watching(store, classifier, api, config(requests_per_run=3))
    (run,) = small.run(NOON + DAY).runs
    assert (run.asked, run.waiting) == (3, 1)
    checked_on = store.column("select substr(checked_at, 1, 10) from observations order by bill")
    assert checked_on == ["2025-06-03", "2025-06-03", "2025-06-02", "2025-06-03"]
    small.run(NOON + 2 * DAY)
    assert [small.kinds(f"ny/2025/S{n}")[-1] for n in range(1, 4)] == ["action"] * 3


def test_a_flood_is_read_from_list_pages(store: Store, classifier: Classifier) -> None:
    """More changed bills than single questions can bring cost one reading of the session's pages."""
    count = watch_api.FLOOD + 10
    api = Api(*(bill_json(f"S{n}") for n in range(1, count + 1)), most=100)
    watching = Watching(store, classifier, api)
    watching.run()
    for n in range(1, count):
        api.put(moved(f"S{n}"), "2025-06-02T14:00:00")
    (run,) = watching.run(NOON + DAY).runs
    assert [a for a in watching.asked if a.startswith("2025")] == ["2025"] * 3
    assert run.tally.changes["action"] == count - 1
    watching.run(NOON + 2 * DAY)
    assert len(watching.asked) == 1


def test_a_flood_of_the_last_hour_is_read_once(store: Store, classifier: Classifier) -> None:
    """The next window names the same bills again: their pages are not read again, and a later change is found."""
    count = watch_api.FLOOD + 10
    api = Api(*(bill_json(f"S{n}") for n in range(1, count + 1)), bill_json("S999", actions=None), most=100)
    watching = Watching(store, classifier, api)
    watching.run()
    for n in range(1, count):
        api.put(moved(f"S{n}"), "2025-06-02T12:20:00")
    watching.run(NOON + timedelta(minutes=30))
    assert watching.asked.count("2025") == 3
    api.put(moved("S7", "PASSED SENATE"), "2025-06-02T12:40:00")
    watching.run(NOON + timedelta(hours=1))
    assert [a for a in watching.asked if "updates/" not in a] == ["2025/S7", "2025/S999"]


def test_a_fill_is_no_answer_to_what_became_visible_after_it(ten: Watching) -> None:
    """Filled at noon; an update of ten to twelve shows later: the window that reaches back asks for its bill."""
    ten.api.put(moved("S4"), "2025-06-02T11:50:00")
    ten.run(NOON + timedelta(minutes=20))
    assert ten.kinds("ny/2025/S4") == ["listed", "action"]
    ten.run(NOON + timedelta(minutes=40))
    assert len(ten.asked) == 1


def test_many_failures_are_read_from_list_pages(store: Store, classifier: Classifier) -> None:
    """More bills that could not be answered than single questions can bring: the session's pages, once a run."""
    count = watch_api.FLOOD + 10
    api = Api(*(bill_json(f"S{n}", actions=None) for n in range(1, count + 1)), most=100)
    watching = Watching(store, classifier, api)
    watching.run()
    for n in range(1, count + 1):
        api.put(bill_json(f"S{n}"), "2025-01-08T11:00:00")
    watching.run(NOON + DAY)
    assert watching.asked.count("2025") == 3 and len(watching.asked) == 4 and failures(store) == []


def test_the_session_is_read_again_once_a_month(ten: Watching) -> None:
    """A bill whose change no window named is found in the end."""
    ten.api.put(moved("S4"), "2025-01-09T00:00:00")
    ten.run(NOON + 20 * DAY)
    assert ten.kinds("ny/2025/S4") == ["listed"]
    ten.run(NOON + 31 * DAY)
    assert ten.kinds("ny/2025/S4") == ["listed", "action"]


def test_a_session_that_is_over_is_read_a_last_time(store: Store, classifier: Classifier) -> None:
    """When every end in it is certain, though by then the next session is the one that is read; then never again."""
    watching = Watching(store, classifier, Api(bill_json("S1")), config(sessions=[]))
    watching.run()
    watching.run(datetime(2027, 2, 1, 17, 0, tzinfo=UTC))
    assert watching.asked[:1] == ["2027"] and "2025" not in watching.asked
    watching.run(datetime(2027, 3, 15, 17, 0, tzinfo=UTC))
    assert "2025" in watching.asked
    (read_at, counted_at) = store.rows("select read_at, counted_at from sessions where session = '2025'")[0]
    assert read_at == counted_at == "2027-03-15T17:00:00+00:00"
    watching.run(datetime(2027, 5, 15, 17, 0, tzinfo=UTC))
    assert "2025" not in watching.asked


def test_a_new_bill_is_found_by_a_window(ten: Watching) -> None:
    """Introduced this afternoon, listed tomorrow."""
    ten.api.put(bill_json("A77", publishedDateTime="2025-06-02T15:00:00"), "2025-06-02T15:00:00")
    ten.run(NOON + DAY)
    assert ten.kinds("ny/2025/A77") == ["listed"]
