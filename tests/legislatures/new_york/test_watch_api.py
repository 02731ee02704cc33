"""Watching through Open Legislation: a session is filled whole, then every window is read, and none is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from answers import KEY, NOON, Answers, Api, action_json, bill_json, listed
from billwatch.archive import Archive
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.errors import Damaged, Unreachable
from billwatch.legislatures.new_york import watch_api
from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import Report, update

DAY = timedelta(days=1)
CODES = action_json("2025-01-08", "REFERRED TO CODES")
OURS = "Relates to requiring social media and search engine reviews prior to the approval of an application"


def config(topics: tuple[str, ...] = ("speech",), bills: tuple[str, ...] = (), **more: object) -> Config:
    ny = {"open_legislation_key": KEY, "sources": ["open-legislation"], "sessions": [2025], **more}
    tables = {"follow": {"topics": topics, "bills": bills}, "legislatures": {"ny": ny}}
    return checked(ConfigFile(Path("a test"), tables))


class Watching:
    """One store, one interface, and runs at moments of our choice."""

    def __init__(self, store: Store, classifier: Classifier, api: Api, settings: Config | None = None) -> None:
        self.store, self.classifier, self.api, self.settings = store, classifier, api, settings or config()
        self.fetcher = Answers(api)

    def run(self, at: datetime = NOON, archive: Archive | None = None) -> Report:
        """One update; what was asked in it is in `asked`."""
        self.fetcher = Answers(self.api)
        return update(
            self.settings, self.store, lambda _: self.fetcher, at, archive=archive, classifier=self.classifier
        )

    @property
    def asked(self) -> list[str]:
        """The addresses of the run without server and query, windows as their two times."""
        return [unquote(re.sub(r"^.*/bills/|\?.*$", "", url)) for url in self.fetcher.asked]

    def kinds(self, bill: str) -> list[str]:
        return self.store.column("select kind from changes where bill = ? order by seen_at, position", (bill,))


@pytest.fixture
def ten(store: Store, classifier: Classifier) -> Watching:
    """Ten bills of 2025 behind pages of three, filled at noon."""
    watching = Watching(store, classifier, Api(*(bill_json(f"S{n}") for n in range(1, 11)), most=3))
    watching.run()
    return watching


def moved(number: str, text: str = "REPORTED") -> dict[str, Any]:
    return bill_json(number, actions=listed([CODES, action_json("2025-06-02", text)]))


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


def failures(store: Store) -> list[tuple[str, int]]:
    """Which bill failed how often."""
    return [tuple(row) for row in store.db.conn.execute("select bill, times from failures order by bill")]


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


# -- windows


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
