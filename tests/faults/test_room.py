"""No room or no right to write: one clear line, an exit status, old data untouched, and well again afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from faults.kills import AFTER, STEPS_ASIDE, Scene, rows_of
from faults.room import one_line
from faults.strace import COMMAND

MOUNTING = ("unshare", "-m") if os.geteuid() == 0 else ("unshare", "-rm")


def may_mount() -> bool:
    """Whether this user may mount a file system of their own."""
    tried = [*MOUNTING, "sh", "-c", "mount -t tmpfs none /mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


needs_mounts = pytest.mark.skipif(not may_mount(), reason="mounting is not allowed here (needs unshare -m)")


@needs_mounts
@pytest.mark.parametrize("room", [16, 200, 400])
def test_disk_full(scene: Scene, tmp_path: Path, room: int) -> None:
    """With so many kB left the update says so and keeps nothing; with room again it does what it would have done."""
    scene.reset("before")
    first, kept, again = (tmp_path / name for name in ("first", "kept", "again"))
    used = sum(p.stat().st_blocks // 2 for p in scene.data.rglob("*"))
    done = in_a_mount(
        scene,
        f"mount -t tmpfs -o size={used + room}k none {scene.data}; cp -a {scene.folder}/before/. {scene.data}; "
        f'"$@" 2>{first}; echo $?; cp -a {scene.data} {kept}; '
        f'mount -o remount,size=100m {scene.data}; "$@"; echo $?; cp -a {scene.data} {again}',
    )
    assert done.stdout.split() == ["1", "0"], done.stdout + done.stderr
    one_line(first.read_text(), str(scene.data), "room")
    assert rows_of(kept) in scene.states[:-1], "what was known stands, whole"
    assert rows_of(again, *STEPS_ASIDE) == scene.outcome


@needs_mounts
def test_read_only(scene: Scene, tmp_path: Path) -> None:
    """A data directory that cannot be written to is named, with what to do, and what it holds stays."""
    scene.reset("before")
    first, kept = tmp_path / "first", tmp_path / "kept"
    done = in_a_mount(
        scene,
        f"mount -t tmpfs none {scene.data}; cp -a {scene.folder}/before/. {scene.data}; "
        f'mount -o remount,ro {scene.data}; "$@" 2>{first}; echo $?; cp -a {scene.data} {kept}',
    )
    assert done.stdout.split() == ["1"], done.stdout + done.stderr
    one_line(first.read_text(), str(scene.data), "--data", "Read-only")
    assert rows_of(kept) == scene.states[0]


def in_a_mount(scene: Scene, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a mount namespace of its own; "$@" is the update."""
    scene.past.move(AFTER)
    command = [*MOUNTING, "sh", "-c", script, "sh", *COMMAND, *scene.update]
    environment = {**os.environ, **scene.env()}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
