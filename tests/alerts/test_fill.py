"""A new installation that reads its bills over many runs, because each may make so many requests only, is quiet."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.news import MORNING, NOW, subscriber
from alerts.scene import Scene, subjects, text_of
from billwatch.follow.following import follow
from billwatch.store import Store
from billwatch_site.alerts.subscriptions import stamp
from saying import bill, says

OURS = "Relates to requiring social media and search engine reviews prior to the approval of an application"
TOPIC = "government-reading"
INDEX = "assembly-index"
HOUR = timedelta(hours=1)


def run(folder: Path, at: datetime, source: str, *bills: str, waiting: int = 0, error: str = "", **facts: str) -> None:
    """One run of one source about these bills; it leaves so many for the next."""
    with closing(Store(folder / "bills.db")) as store, store.atomic():
        told: dict[str, Any] = {"actions": None} if source == INDEX else {}  # an index has no history
        says(store, source, *(bill(name, **told, **facts) for name in bills), at=at)
        follow(store, "ny", [], (TOPIC,))
        counts = dict.fromkeys(("asked", "answered", "unchanged", "failed", "changes"), 0)
        row = {"legislature": "ny", "source": source, "started_at": stamp(at), "finished_at": stamp(at)}
        good = {"last_good_at": stamp(NOW + timedelta(days=9999))}
        store.db.table("runs").insert({**row, **counts, **good, "waiting": waiting, "error": error})


def numbers(first: int, last: int) -> Iterable[str]:
    return (f"ny/2025/S{n}" for n in range(first, last))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Somebody who wants everything at once, of a store of thirty titles that say nothing and no bill that was read."""
    scene = Scene(tmp_path)
    run(tmp_path, NOW - HOUR, INDEX, *numbers(1, 31))
    run(tmp_path, NOW - HOUR, "lbdc", waiting=30)
    subscriber(scene.people, "ann", ("topic", TOPIC, "all"), rhythm="at-once")
    assert scene.decide(NOW - HOUR).noted.quiet
    return scene


def read(folder: Path, at: datetime, first: int, last: int, introduced_on: str, *, waiting: int) -> None:
    run(folder, at, "lbdc", *numbers(first, last), waiting=waiting, abstract=OURS, introduced_on=introduced_on)


def test_reading_on_is_told_in_the_morning(scene: Scene, tmp_path: Path) -> None:
    """Three runs find bills that are ours, old and of this week: nothing at once, then one digest with few stories."""
    for n, introduced_on in enumerate(("2025-01-08", "2025-06-10", "2025-02-03")):
        at = NOW + n * HOUR
        read(tmp_path, at, 1 + 10 * n, 11 + 10 * n, introduced_on, waiting=20 - 10 * n)
        assert scene.decide(at).messages == {}
    assert scene.decide(NOW + 4 * HOUR).messages == {}, "the fill is over, and what it found waits all the same"
    assert scene.decide(MORNING).messages == {"digest": 1}
    (message,) = scene.waiting()
    assert subjects([message]) == [
        "Now under the topic Government reading of social media: 10 bills, and news of 20 more bills"
    ]
    assert text_of(message).count("HAPPENED EARLIER, SEEN ONLY NOW") == 1 and "20 BILLS" in text_of(message)
    assert "Introduced 10 June 2025; seen 12 June 2025" in text_of(message)


def test_afterwards_it_is_news(scene: Scene, tmp_path: Path) -> None:
    """When no bill waits any more, a bill that comes up and is ours is told at once."""
    read(tmp_path, NOW, 1, 31, "2025-01-08", waiting=0)
    assert scene.decide(NOW).messages == {}
    run(tmp_path, NOW + HOUR, INDEX, "ny/2025/S99")
    scene.decide(NOW + HOUR)
    read(tmp_path, NOW + 2 * HOUR, 99, 100, "2025-06-12", waiting=0)
    assert scene.decide(NOW + 2 * HOUR).messages == {"digest": 1}


def test_what_the_legislature_does_is_told_at_once(scene: Scene, tmp_path: Path) -> None:
    """Also while the fill goes on: only what reading finds can wait."""
    read(tmp_path, NOW, 1, 2, "2025-01-08", waiting=29)
    scene.decide(NOW)
    with closing(Store(tmp_path / "bills.db")) as store:
        facts = {"abstract": OURS, "introduced_on": "2025-01-08"}
        says(store, "lbdc", bill("ny/2025/S1", "2025-06-12 PASSED SENATE", **facts), at=NOW + HOUR)
    assert scene.decide(NOW + HOUR).messages == {"digest": 1}
    assert subjects(scene.waiting()) == ["S1 passed the Senate"]


def test_a_source_that_breaks_does_not_end_the_fill(scene: Scene, tmp_path: Path) -> None:
    """A run that reads nothing because the source is down leaves nothing waiting, and is no end."""
    run(tmp_path, NOW, "lbdc", error="it does not answer")
    scene.decide(NOW)
    read(tmp_path, NOW + HOUR, 1, 11, "2025-06-10", waiting=20)
    assert scene.decide(NOW + HOUR).messages == {}


def test_a_fill_that_never_ends_is_over_in_a_month(scene: Scene, tmp_path: Path) -> None:
    """Where the requests of a run are too few for ever, what is new is urgent again after thirty days."""
    for day, told in ((29, {}), (31, {}), (32, {"digest": 1})):
        at = NOW.replace(hour=9) + timedelta(days=day)  # before the morning
        introduced_on = f"{at - timedelta(days=2):%Y-%m-%d}"
        run(tmp_path, at - HOUR, INDEX, f"ny/2025/S{day + 100}")
        scene.decide(at - HOUR)
        read(tmp_path, at, day + 100, day + 101, introduced_on, waiting=20)
        with scene.people.atomic():
            scene.people.db.conn.execute("update subscribers set slot = ?", (f"{at - timedelta(days=1):%Y-%m-%d}",))
        assert scene.decide(at).messages == told


def test_an_outage_is_not_a_flood(scene: Scene, tmp_path: Path) -> None:
    """Bills that come up while they cannot be read are back-fill when they are read a month later."""
    read(tmp_path, NOW, 1, 31, "2025-01-08", waiting=0)
    scene.decide(NOW)
    later = NOW + timedelta(days=40)
    run(tmp_path, NOW + HOUR, INDEX, *numbers(50, 80))
    scene.decide(NOW + HOUR)
    scene.decide(later)
    read(tmp_path, later, 50, 80, "2025-06-12", waiting=0)
    assert scene.decide(later).messages == {}
    assert scene.decide(later + timedelta(days=1)).messages == {"digest": 1}


@pytest.mark.parametrize("dropped", [True, False])
def test_a_source_that_is_not_asked_any_more_does_not_keep_the_fill_open(tmp_path: Path, dropped: bool) -> None:
    """As when a key was added: the index that waited without it would wait for a month."""
    scene = Scene(tmp_path)
    run(tmp_path, NOW - HOUR, INDEX, *numbers(1, 31), waiting=30)
    assert scene.decide(NOW - HOUR).noted.filling
    with closing(Store(tmp_path / "bills.db")) as store, store.atomic():
        asked = "open-legislation" if dropped else f"open-legislation {INDEX}"
        store.db.table("bookmarks").insert({"name": "ny/sources", "value": asked}, replace=True)
    run(tmp_path, NOW, "open-legislation")
    assert scene.decide(NOW).noted.filling  # this look is the last of the fill
    assert scene.decide(NOW + HOUR).noted.filling is not dropped
