"""The flow in: every source asked, every change found, one source's trouble kept from the others."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest

from answers import KEY, NOON, Answers, Api, Given, action_json, bill_json, listed, ref_json
from billwatch.config import Config, NamedBill, checked
from billwatch.config.file import ConfigFile
from billwatch.errors import Blocked, StoreError, Unreachable
from billwatch.run.runs import Run
from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import Report, update, wanted
from saying import bill, desk, says

DAY = timedelta(days=1)
S404, S1413, S9191 = "ny/2025/S404", "ny/2019/S1413", "ny/2017/S9191"


def config(bills: tuple[str, ...] = (S404,), topics: tuple[str, ...] = (), **ny: Any) -> Config:
    tables = {"follow": {"topics": topics, "bills": bills}, "legislatures": {"ny": {"open_legislation_key": KEY, **ny}}}
    return checked(ConfigFile(Path("a test"), tables))


def ran(store: Store, given: Any, classifier: Classifier, settings: Config | None = None, day: int = 0) -> Report:
    fetcher = Answers(given)
    return update(settings or config(), store, lambda _: fetcher, NOON + day * DAY, classifier=classifier)


def down(url: str) -> Given:
    return Unreachable("no connection", url)


def test_one_source_is_enough(store: Store, classifier: Classifier) -> None:
    """The interface answers and every site is down: reported run by run, and no bill unanswered."""
    report = ran(store, Api(bill_json("S404")), classifier)
    assert [(run.source, run.tally.answered) for run in report.runs] == [
        *(("open-legislation", 1), ("lbdc", 0), ("assembly", 0), ("senate", 0))
    ]
    assert [run.failed for run in report.runs] == [0, 0, 1, 1] and report.unanswered == []
    assert store.column("select source from failures order by source") == ["assembly", "senate"]


def test_a_bill_that_no_source_answered_is_named(store: Store, classifier: Classifier) -> None:
    """What we knew stands, and the bill is reported."""
    ran(store, Api(bill_json("S404")), classifier)
    before = store.rows("select * from bills")[0]
    report = ran(store, down, classifier, day=1)
    assert report.unanswered == [S404]
    assert tuple(store.rows("select * from bills")[0]) == tuple(before)
    assert set(store.column("select failing_since from runs where id > 4")) != {""}


def test_a_bill_that_no_source_has_is_answered(store: Store, classifier: Classifier) -> None:
    """The interface's own "no such bill" is an answer."""
    report = ran(store, Api(), classifier, config(sources=["open-legislation"]))
    assert report.unanswered == [] and report.runs[0].failed == 0 and report.runs[0].healthy


def test_a_source_that_finds_bills_and_is_silent_is_named(store: Store, classifier: Classifier) -> None:
    """A first run in which nobody answers knows of no bill to miss: what finds them did not answer, and that is said.

    With an answer of another source, it is in the report alone; and where only named bills are followed, nothing is
    looked for.
    """
    looking = config((), ("speech",), open_legislation_key="")
    assert ran(store, down, classifier, looking).unfound == ["ny/assembly-index"]
    assert ran(store, down, classifier, config((), ("speech",))).unfound == ["ny/open-legislation"]
    found = '<html><body><a href="?bn=S00404&term=2025&sh=t">S00404</a> Relates to bail<br></body></html>'
    index = ran(store, lambda url: found if "sh=advanced" in url else down(url), classifier, looking)
    assert index.runs[0].tally.answered == 1 and index.unfound == []
    assert ran(store, down, classifier, config(open_legislation_key="")).unfound == []


def test_an_index_is_no_answer(store: Store, classifier: Classifier) -> None:
    """The Assembly's index lists the bill and every page about it is down: nobody has answered for it."""
    page = '<html><body><a href="?bn=S00404&term=2025&sh=t">S00404</a> Relates to bail<br></body></html>'

    def given(url: str) -> Given:
        return page if "sh=advanced" in url else Blocked("a challenge", url)

    report = ran(store, given, classifier, config(topics=("speech",), open_legislation_key="", sessions=[2025]))
    index, *others = report.runs
    assert (index.source, index.tally.answered) == ("assembly-index", 1)
    assert [run.failed for run in others] == [1, 1, 1]
    assert report.unanswered == [S404]


def test_the_sources_that_are_asked_are_noted(store: Store, classifier: Classifier) -> None:
    """By every whole update, in the order in which they lead; one of single bills says nothing of the others."""
    given, keyless = Api(bill_json("S404")), config(topics=("speech",), open_legislation_key="", sessions=[2025])
    ran(store, given, classifier, keyless)
    assert store.bookmark("ny/sources") == "assembly-index lbdc assembly senate"
    ran(store, given, classifier, day=1)
    assert store.bookmark("ny/sources") == "open-legislation lbdc assembly senate"
    only = {"senate": frozenset({S404})}
    update(keyless, store, lambda _: Answers(given), NOON + 2 * DAY, classifier=classifier, only=only)
    assert store.bookmark("ny/sources") == "open-legislation lbdc assembly senate"


def test_each_source_says_when_it_was_done(store: Store, classifier: Classifier) -> None:
    """All began with the run, by which what they found is dated; a clock that is not given stands still."""
    minutes, api = count(1), Api(bill_json("S404"))
    settings = config(sources=["open-legislation", "lbdc"])

    def clock() -> datetime:
        return NOON + next(minutes) * timedelta(minutes=1)

    update(settings, store, lambda _: Answers(api), NOON, classifier=classifier, clock=clock)
    ran(store, api, classifier, settings, day=1)
    found = store.rows("select substr(started_at, 12, 5), substr(finished_at, 12, 5), source from runs order by id")
    assert [tuple(row)[1:] for row in found[:2]] == [("16:01", "open-legislation"), ("16:02", "lbdc")]
    assert len({row[0] for row in found}) == 1 and all(row[0] == row[1] for row in found[2:])
    assert set(store.column("select seen_at from changes")) == {NOON.isoformat()}


def test_running_twice_is_running_once(store: Store, classifier: Classifier) -> None:
    """A second run at the same moment tells nothing new and moves no fact."""
    api = Api(bill_json("S404", actions=listed([action_json("2025-06-01", "PASSED SENATE")])))
    ran(store, api, classifier)
    state = [
        [tuple(r) for r in store.rows(f"select * from {t}")]
        for t in ("bills", "actions", "changes", "topics", "relations")
    ]
    report = ran(store, api, classifier)
    assert sum(run.tally.changes.total() for run in report.runs) == 0
    assert state == [
        [tuple(r) for r in store.rows(f"select * from {t}")]
        for t in ("bills", "actions", "changes", "topics", "relations")
    ]


def test_a_decision_holds_at_once_and_is_no_news(store: Store, classifier: Classifier) -> None:
    """A person takes a bill out of ours, and another in: the next run does it, and tells of no change."""
    api = Api(bill_json("S404", title="Relates to facial recognition"), bill_json("S405"))
    both = config(bills=(S404, "ny/2025/S405"), topics=("speech", "privacy"))
    ran(store, api, classifier, both)
    told = store.column("select count(*) from changes")
    assert store.column("select bill || topic from topics") == [f"{S404}biometrics"]
    decided = (
        NamedBill(S404, not_ours=True, reason="Of cattle."),
        NamedBill("ny/2025/S405", topics=("anonymity",), reason="Its text."),
    )
    for day in (1, 2):
        ran(store, api, classifier, msgspec.structs.replace(both, bill=decided), day)
        labels = store.rows("select bill, topic, evidence, score from topics")
        assert [tuple(row) for row in labels] == [("ny/2025/S405", "anonymity", "by hand: Its text.", 1.0)]
        assert store.column("select evidence from doubts where bill = ?", (S404,)) == ["by hand: Of cattle."]
    ran(store, api, classifier, both, 3)
    assert store.column("select bill || topic from topics") == [f"{S404}biometrics"]
    assert store.column("select count(*) from changes") == told


def test_what_the_configuration_lets_go_is_told_to_whoever_runs_it(store: Store, classifier: Classifier) -> None:
    """Once, in the report of the run that did it."""
    api = Api(bill_json("S404", title="Relates to facial recognition"), bill_json("S405"))
    both = ran(store, api, classifier, config((S404, "ny/2025/S405"), ("privacy",)))
    narrowed = [ran(store, api, classifier, config((), ("privacy",)), day).let_go for day in (1, 2)]
    assert (both.let_go, narrowed) == ([], [["ny/2025/S405"], []])


def test_a_family_is_gathered_in_one_run(store: Store, classifier: Classifier) -> None:
    """Named is S1413 of 2019; what it links to is fetched with it, and a second run at once tells nothing more.

    That it is what they came back as is their past, and no news of that run.
    """
    api = Api(
        bill_json("S1413", 2019, previousVersions=listed([ref_json("S9191", 2017)])),
        bill_json("S9191", 2017, previousVersions=listed([ref_json("S77", 2015)])),
        bill_json("S77", 2015),
    )
    settings = config((S1413,), sources=["open-legislation"])
    first, second = (ran(store, api, classifier, settings).runs[0] for _ in range(2))
    assert store.column("select id from bills where followed order by id") == ["ny/2015/S77", S9191, S1413]
    assert (first.asked, second.asked, second.tally.changes.total()) == (3, 3, 0)
    assert store.column("select distinct kind from changes") == ["listed"]


def test_progress_is_shown_for_each_source(store: Store, classifier: Classifier) -> None:
    """Whoever watches sees each source at least once, with its numbers."""
    shown: list[Run] = []
    fetcher = Answers(Api(bill_json("S404")))
    update(config(), store, lambda _: fetcher, NOON, classifier=classifier, progress=shown.append)
    assert {run.source for run in shown} == {"open-legislation", "lbdc", "assembly", "senate"}
    assert shown[0].asked == 1


def test_a_limited_run_asks_its_sources_only(store: Store, classifier: Classifier) -> None:
    """`only` names bills at sources: the others are left in peace."""
    fetcher = Answers(Api(bill_json("S404"), bill_json("S405")))
    only = {"open-legislation": frozenset({"ny/2025/S405"})}
    report = update(config(), store, lambda _: fetcher, NOON, classifier=classifier, only=only)
    assert [run.source for run in report.runs] == ["open-legislation"]
    assert store.column("select identifier from bills") == ["S405"]


def test_killed_anywhere_the_next_run_finishes_the_job(store: Store, classifier: Classifier) -> None:
    """Stopped while the second bill is asked for: the source's run is undone whole, and told once afterwards."""
    api = Api(bill_json("S404"), bill_json("S405"))
    settings = config((S404, "ny/2025/S405"), sources=["open-legislation"])

    def killed(url: str) -> Given:
        if "S405" in url:
            raise KeyboardInterrupt
        return api(url)

    with pytest.raises(KeyboardInterrupt):
        ran(store, killed, classifier, settings)
    assert store.db.table("bills").count == store.db.table("runs").count == 0
    ran(store, api, classifier, settings)
    assert store.db.table("changes").count == 2


def test_what_is_asked_for(store: Store) -> None:
    """Named bills first, then what is followed, then relatives never seen; each once; other legislatures' not."""
    says(store, "lbdc", bill(S1413, previous_versions=(S9191,), same_as=("us/119/HR1",)), bill(S404))
    store.db.conn.execute("update bills set followed = 1 where id = ?", (S1413,))
    found = [str(b) for b in wanted(desk(store), [])]
    assert found == [S1413, S9191]


def test_no_disk_is_one_line(store: Store, classifier: Classifier) -> None:
    """A store that cannot be written ends the run with `StoreError`, not with half of it."""
    store.db.conn.execute("pragma query_only = on")
    with pytest.raises(StoreError, match="cannot write to"):
        ran(store, Api(bill_json("S404")), classifier)
