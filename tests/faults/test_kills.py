"""Killed at any write, an update leaves the store as before or after a source, and a build the old or the new site.

A few kills of each; `python tests/faults/kills.py --all` tries every write.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from faults.kills import BUILD_CALLS, UPDATE_CALLS, Kill, Scene, files_of, kill_build, kill_update, rows_of, some
from faults.past import Past
from faults.strace import calls_of, needs_strace

pytestmark = needs_strace


@pytest.fixture(scope="module")
def scene(past: Past, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    past.healed()
    return Scene(past, tmp_path_factory.mktemp("kills"), bills=50)


def test_update_killed(scene: Scene) -> None:
    """Whatever write is the last, no source is halved, and the next run finishes the job, telling all once."""
    assert len(scene.states) == 4, "before, after each of two sources, and after looking over the whole"
    scene.reset("before")
    counts = calls_of(UPDATE_CALLS, scene.update, scene.env())
    kills = list(some(counts, {"pwrite64": (0.1, 0.55, 0.7), "write": (0.5,), "fdatasync": (0.5, 0.7)}))
    found = states_after(scene, kills, kill_update)
    assert {0, 1} <= found, f"only the states {found} were met by {kills}: too early or too late"


def test_build_killed(scene: Scene) -> None:
    """Whatever write is the last, a reader finds the old site or the new one; the next build clears the rest away."""
    scene.reset("after")
    counts = calls_of(BUILD_CALLS, scene.build, scene.env())
    found = states_after(scene, list(some(counts, {"write": (0.5,), "rename": (0, 1), "unlinkat": (0.5,)})), kill_build)
    assert found == {0, 1}, f"only the sites {found} were met: the kills came too early or too late"


def states_after(scene: Scene, kills: list[Kill], kill_at: Callable[[Scene, Kill], int | None]) -> set[int]:
    states = [kill_at(scene, kill) for kill in kills]
    assert None not in states, f"not all of {kills} were reached"
    return {state for state in states if state is not None}


def test_the_check_can_fail(scene: Scene, tmp_path: Path) -> None:
    """The comparison sees one row too few, and one byte too many."""
    scene.reset("before")
    rows = rows_of(scene.data)
    assert rows - type(rows)([next(iter(rows))]) != rows
    page = scene.out / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert files_of(scene.out) != scene.sites[0]
