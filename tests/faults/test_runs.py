"""Runs that meet, a clock that jumps, a folder that goes away, a store of tomorrow: nothing is said twice."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from billwatch.topics import Classifier
from faults.fortnight import STOPS, Watching
from faults.kills import STEPS_ASIDE, Scene, rows_of
from faults.past import Past
from faults.room import one_line
from faults.strace import COMMAND, ran


@contextmanager
def long_run(scene: Scene) -> Iterator[subprocess.Popen[str]]:
    """An update that has begun, and waits for a source that is slow."""
    scene.past.broken("slow", 1, seconds=5)
    environment = {**os.environ, **scene.env()}
    command = [*COMMAND, *scene.update]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            until(lambda: is_locked(scene.data))
            yield run
        finally:
            run.kill()
            scene.past.healed()


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something to come true; that it never does is a failure."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def is_locked(folder: Path) -> bool:
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_two_at_once(scene: Scene) -> None:
    """The second run ends at once and says why; when the first is killed, the lock is gone and the next one works."""
    scene.reset("before")
    with long_run(scene) as first:
        second = ran(scene.update, env=scene.env())
        assert first.poll() is None, "the first run was still at work"
        assert second.returncode == 1
        one_line(second.stderr, "another run", str(scene.data))
    assert not is_locked(scene.data)
    assert rows_of(scene.data) == scene.states[0]
    assert ran(scene.update, env=scene.env()).returncode == 0
    assert rows_of(scene.data, *STEPS_ASIDE) == scene.outcome


def test_folder_vanishes(scene: Scene) -> None:
    """A data directory taken away in the middle of a run is reported; the next run begins anew."""
    scene.reset("before")
    asked = scene.past.fired()
    with long_run(scene) as run:
        until(lambda: scene.past.fired() != asked)  # the store is open, and a source is being asked
        shutil.rmtree(scene.data)
        scene.past.healed()
        _, said = run.communicate(timeout=60)
    assert run.returncode == 1
    one_line(said, str(scene.data))
    assert ran(scene.update, env=scene.env()).returncode == 0


def test_store_of_tomorrow(scene: Scene) -> None:
    """A store that a newer billwatch wrote is refused in one line, and left as it is."""
    scene.reset("before")
    with closing(sqlite3.connect(scene.data / "bills.db")) as db, db:
        columns = [row[1] for row in db.execute("pragma table_info(_sqlite_migrations)")]
        db.execute(
            f"insert into _sqlite_migrations ({', '.join(columns)}) select {', '.join(tomorrow(c) for c in columns)} "
            "from _sqlite_migrations limit 1"
        )
    before = rows_of(scene.data)
    done = ran(scene.update, env=scene.env())
    assert done.returncode == 1
    one_line(done.stderr, "newer billwatch", str(scene.data))
    assert rows_of(scene.data) == before


def tomorrow(column: str) -> str:
    """A migration like ours in everything but its name."""
    return {"name": "'tables_of_tomorrow'", "id": "null"}.get(column, column)


@pytest.mark.parametrize("leap", [timedelta(days=-1), timedelta(days=365), timedelta(hours=-1)])
@pytest.mark.parametrize("source", ["open-legislation", "lbdc"])
def test_clock_leaps(past: Past, classifier: Classifier, source: str, leap: timedelta) -> None:
    """The clock is wrong for one run, then right again: the sources say what they said, and nothing is told."""
    watching = Watching(past, source, classifier)
    watching.run(STOPS[0])
    watching.run(STOPS[3])
    told = everything_told(watching)
    for now in (STOPS[3] + leap, STOPS[3] + timedelta(hours=1)):
        watching.run(now, clock=STOPS[3])
        assert everything_told(watching) == told
    watching.run(STOPS[4])
    assert len(everything_told(watching)) > len(told), "and what is new is still found"


def everything_told(watching: Watching) -> list[str]:
    return watching.store.column("select id from changes order by id")


@pytest.mark.parametrize("source", ["open-legislation", "lbdc", "assembly", "senate"])
def test_again_at_once(past: Past, classifier: Classifier, source: str) -> None:
    """A second run on unchanged sources adds nothing but its row in `runs` and the checks."""
    watching = Watching(past, source, classifier)
    watching.run(STOPS[3])
    before = snapshot(watching)
    report = watching.run(STOPS[3] + timedelta(minutes=5), clock=STOPS[3])
    assert snapshot(watching) == before
    assert report.runs[0].tally.unchanged == len(before["bills"]) == report.runs[0].asked - report.runs[0].failed
    assert len(watching.store.rows("select * from runs")) == 2
    assert {row["checks"] for row in watching.store.rows("select checks from observations")} == {2}


def snapshot(watching: Watching) -> dict[str, list[tuple[object, ...]]]:
    """Every table but what counts runs and checks."""
    counted = {
        "runs": (),
        "failures": ("bill", "since", "error"),
        "observations": ("bill", "digest", "facts", "changed_at"),
    }
    tables = watching.store.column("select name from sqlite_master where type = 'table' order by name")
    read = {t: counted.get(t, ("*",)) for t in tables if not t.startswith(("sqlite_", "bills_fts", "_sqlite"))}
    store = watching.store
    return {
        t: sorted(map(tuple, store.rows(f"select {', '.join(c)} from {t}")), key=repr) for t, c in read.items() if c
    }
