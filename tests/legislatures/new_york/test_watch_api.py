"""Watching through Open Legislation: a session is filled whole; named bills are asked for; the key stays ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answers import KEY, NOON, Answers, Api, bill_json, listed
from billwatch.archive import Archive
from billwatch.errors import Damaged, Unreachable
from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import update
from legislatures.new_york.watching import CODES, DAY, OURS, Watching, config, failures, moved

# -- the first fill


def test_a_session_is_filled_page_after_page(ten: Watching) -> None:
    """Four pages for ten bills, then the first window; ten bills, each listed and none told twice."""
    assert ten.asked == ["2025"] * 4 + ["updates/2025-06-02T11:00:00/2025-06-02T12:00:00"]
    assert ["offset=1&" in ten.fetcher.asked[0], "offset=10&" in ten.fetcher.asked[3]] == [True, True]
    assert ten.store.db.table("bills").count == 10
    assert set(ten.store.column("select kind from changes")) == {"listed"}


def test_resolutions_are_left_out(store: Store, classifier: Classifier) -> None:
    """What begins with another letter than S or A is no bill."""
    Watching(store, classifier, Api(bill_json("S1"), bill_json("J2"), bill_json("A3"))).run()
    assert store.column("select identifier from bills order by 1") == ["A3", "S1"]


def test_a_list_that_ends_early_is_damaged_and_nothing_is_lost(store: Store, classifier: Classifier) -> None:
    """Page three is empty though more was promised: what came is kept, the rest is asked for again and whole."""
    api = Api(*(bill_json(f"S{n}") for n in range(1, 11)), most=3)
    watching = Watching(store, classifier, api)
    api.errors = {"offset=7&": Damaged("cut")}
    (run,) = watching.run().runs
    assert "cut" in run.error and store.db.table("bills").count == 6
    api.errors = {}
    (run,) = watching.run(NOON + DAY).runs
    assert run.error == "" and store.db.table("bills").count == 10
    assert store.column("select kind, count(*) from changes group by kind") == ["listed"]


@pytest.mark.parametrize(
    "place",
    [{"offsetEnd": 3, "offsetStart": 1}, {"offsetEnd": 3}, {"offsetEnd": 0}, {"offsetStart": 7, "offsetEnd": 9}],
)
def test_a_list_that_goes_round_in_circles_is_damaged(
    store: Store, classifier: Classifier, place: dict[str, int]
) -> None:
    """A page that does not come nearer to the end ends the run instead of going on for ever."""
    api = Api(*(bill_json(f"S{n}") for n in range(1, 11)), most=3)

    def stuck(url: str) -> Any:
        assert len(watching.fetcher.asked) < 9, "it goes on for ever"
        given = api(url)
        return {**given, **place} if isinstance(given, dict) and "updates" not in url else given

    watching = Watching(store, classifier, api)
    watching.fetcher = Answers(stuck)
    report = update(watching.settings, store, lambda _: watching.fetcher, NOON, classifier=classifier)
    assert "the list" in report.runs[0].error and len(watching.fetcher.asked) <= 2


def test_a_page_that_is_short_ends_no_list(store: Store, classifier: Classifier) -> None:
    """The last page lacks a bill that it counts: the session is not read, and is read again in the next run."""
    api = Api(*(bill_json(f"S{n}") for n in range(1, 6)), most=3)

    def short(url: str) -> Any:
        given = api(url)
        if "offset=4&" in url and isinstance(given, dict):
            del given["result"]["items"][-1]
        return given

    watching = Watching(store, classifier, api)
    watching.fetcher = Answers(short)
    (run,) = update(watching.settings, store, lambda _: watching.fetcher, NOON, classifier=classifier).runs
    assert "holds 1 items and says 4 to 5" in run.error
    watching.run(NOON + DAY)
    assert watching.asked[:2] == ["2025"] * 2 and store.db.table("bills").count == 5


def test_one_unreadable_bill_does_not_hide_the_others(store: Store, classifier: Classifier) -> None:
    """It is named as failed, and it alone is asked for again in each run, until it can be read."""
    api = Api(bill_json("S1"), bill_json("S2", actions=None), bill_json("S3"))
    watching = Watching(store, classifier, api)
    assert watching.run().runs[0].failed == 1
    assert store.column("select identifier from bills order by 1") == ["S1", "S3"]
    assert failures(store) == [("ny/2025/S2", 1)]
    for day in (1, 2):
        watching.run(NOON + day * DAY)
        assert watching.asked[1:] == ["2025/S2"] and failures(store) == [("ny/2025/S2", 1 + day)]
    api.put(bill_json("S2"), "2025-01-08T11:00:00")
    watching.run(NOON + 3 * DAY)
    assert store.column("select identifier from bills order by 1") == ["S1", "S2", "S3"] and failures(store) == []
    watching.run(NOON + 4 * DAY)
    assert watching.asked == ["updates/2025-06-05T11:00:00/2025-06-06T12:00:00"]


@pytest.mark.parametrize("odd", [{"basePrintNo": None}, {"session": 2024}, {"basePrintNo": "../S1"}])
def test_what_has_no_number_is_counted_and_pins_nothing(
    store: Store, classifier: Classifier, odd: dict[str, object]
) -> None:
    """There is nothing to ask for again: the session counts as read, and the failure stands in the run."""
    api = Api(bill_json("S1"), bill_json("S3"))
    api.bills["2025/S2"] = bill_json("S2") | odd
    give = api._page
    api._page = lambda kind, items, query: give(  # type: ignore[method-assign]
        kind, list(api.bills.values()) if kind == "bill list" else items, query
    )
    watching = Watching(store, classifier, api)
    assert watching.run().runs[0].failed == 1 and store.db.table("bills").count == 2
    assert watching.run(NOON + DAY).runs[0].failed == 0 and len(watching.asked) == 1


def test_an_unreadable_resolution_is_none_of_our_failures(store: Store, classifier: Classifier) -> None:
    """What is left out may be built as it likes."""
    (run,) = Watching(store, classifier, Api(bill_json("S1"), bill_json("J2", actions=None))).run().runs
    assert run.failed == 0


def test_a_followed_bill_that_cannot_be_read_is_not_said_to_be_unchanged(store: Store, classifier: Classifier) -> None:
    """Known and ours, then unreadable in the monthly reading: its failure stands until it is answered for."""
    api = Api(bill_json("S1", title=OURS), bill_json("S2"))
    watching = Watching(store, classifier, api)
    watching.run()
    api.bills["2025/S1"] = bill_json("S1", actions=None)
    for times, day in enumerate((31, 32, 33), 1):
        watching.run(NOON + day * DAY)
        assert failures(store) == [("ny/2025/S1", times)]
    checked = store.column("select substr(checked_at, 1, 10) from observations where bill = 'ny/2025/S1'")
    assert checked == ["2025-06-02"]


def test_failures_leave_the_window_to_what_it_names(store: Store, classifier: Classifier) -> None:
    """What failed before is asked for when the window is done; what the budget leaves of it holds up no window."""
    api = Api(*(bill_json(f"S{n}", actions=None if n > 2 else listed([CODES])) for n in range(1, 6)))
    Watching(store, classifier, api).run()
    api.put(moved("S1"), "2025-06-02T14:00:00")
    small = Watching(store, classifier, api, config(requests_per_run=3))
    (run,) = small.run(NOON + DAY).runs
    assert small.asked[1:] == ["2025/S1", "2025/S3"] and run.waiting == 2
    assert failures(store) == [("ny/2025/S3", 2), ("ny/2025/S4", 1), ("ny/2025/S5", 1)]
    small.run(NOON + 2 * DAY)
    assert small.asked[0] == "updates/2025-06-03T11:00:00/2025-06-04T12:00:00"


# -- named bills and relatives


def test_named_bills_alone(store: Store, classifier: Classifier) -> None:
    """Without topics no list is read: the named bills are asked for in each run, and their relatives with them."""
    api = Api(bill_json("S1413", 2019, previousVersions=listed([{"basePrintNo": "S9191", "session": 2017}])))
    api.put(bill_json("S9191", 2017), "2018-11-14T00:00:00")
    watching = Watching(store, classifier, api, config((), ("ny/2019/S1413",)))
    for moment in (NOON, NOON + DAY):
        watching.run(moment)
        assert watching.asked == ["2019/S1413", "2017/S9191"]
    assert store.column("select follow_reason from bills order by id") == ["family of ny/2019/S1413", "named"]


def test_named_bills_of_other_sessions_are_fetched_beside_the_lists(store: Store, classifier: Classifier) -> None:
    """A bill of 2017 is in no list of 2025 and in no window: it is asked for once, by name."""
    api = Api(bill_json("S1"), bill_json("S9191", 2017))
    watching = Watching(store, classifier, api, config(bills=("ny/2017/S9191",)))
    watching.run()
    assert watching.asked[-1] == "2017/S9191"
    watching.run(NOON + DAY)
    assert "2017/S9191" not in watching.asked


def test_a_bill_that_the_interface_lost_is_unlisted_after_three_runs(store: Store, classifier: Classifier) -> None:
    """Named by a window and then gone: asked again in each run, told once, and told when it is back."""
    api = Api(bill_json("S1", title=OURS), bill_json("S2"))
    watching = Watching(store, classifier, api)
    watching.run()
    whole = api.bills["2025/S1"]
    api.put(whole, "2025-06-02T14:00:00")
    del api.bills["2025/S1"]
    for day in range(1, 5):
        watching.run(NOON + day * DAY)
        assert "2025/S1" in watching.asked
    assert watching.kinds("ny/2025/S1") == ["listed", "unlisted"]
    api.bills["2025/S1"] = whole
    watching.run(NOON + 5 * DAY)
    assert watching.kinds("ny/2025/S1") == ["listed", "unlisted", "relisted"]
    watching.run(NOON + 6 * DAY)
    assert "2025/S1" not in watching.asked


# -- the key


def test_the_key_is_nowhere(store: Store, classifier: Classifier, tmp_path: Path) -> None:
    """Not in the store, its receipts or its errors, not in the archive."""
    api = Api(bill_json("S1", title=OURS), bill_json("S2"), most=1)
    watching = Watching(store, classifier, api, config(bills=("ny/2025/S2", "ny/2025/S3")))
    with Archive(tmp_path / "archive", max_bytes=1_000_000) as archive:
        watching.run(archive=archive)
        api.errors = {"updates/": Unreachable("no connection")}
        watching.run(NOON + DAY, archive)
    assert store.db.table("fetches").count != 0
    assert KEY not in "\n".join(store.db.conn.iterdump())
    assert not any(KEY.encode() in file.read_bytes() for file in (tmp_path / "archive").rglob("*") if file.is_file())
