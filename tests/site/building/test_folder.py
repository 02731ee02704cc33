"""A finished site takes its place at once, and only there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import StoreError, UsageError
from billwatch_site.building.folder import place_at, settle
from billwatch_site.building.manifest import MARKER
from billwatch_site.building.writing import inside
from placing import place

OLD = {"index.html": b"old", "a/same.html": b"same", "gone.html": b"gone"}
NEW = {"index.html": b"new", "a/same.html": b"same", "b/added.html": b"added"}

KILLED = """
import os, sys
from pathlib import Path
from placing import place

calls, last = 0, int(sys.argv[2])

def watch(event, args):
    global calls
    if event in ("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"):
        if event == "open" and sys.argv[1] not in str(args[0]):
            return
        calls += 1
        if calls == last:
            os._exit(9)

sys.addaudithook(watch)
place({"index.html": b"new", "a/same.html": b"same", "b/added.html": b"added"}, Path(sys.argv[1]) / "public")
"""


def standing(out: Path) -> dict[str, bytes]:
    """What a visitor gets."""
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert files.pop(MARKER)
    return files


def test_a_new_site_stands_whole(tmp_path: Path) -> None:
    """What is given is what stands, and nothing is left beside it."""
    place(OLD, tmp_path / "public")
    placed = place(NEW, tmp_path / "public")
    assert standing(tmp_path / "public") == NEW
    assert (placed.files, placed.written, placed.removed) == (3, 2, 1)
    assert len(list(tmp_path.glob("[!.]*"))) == 2  # the link and where it leads


@pytest.mark.parametrize("out", ["/", ".", "..", "a/.."])
def test_a_place_without_a_name_is_refused(out: str) -> None:
    """What no link can take over is told before anything is written."""
    with pytest.raises(UsageError, match="name a folder of its own with --out"):
        place_at(Path(out)).__enter__()


def test_files_that_stay_are_linked_not_written(tmp_path: Path) -> None:
    """An unchanged page is the very same file."""
    out = tmp_path / "public"
    place(OLD, out)
    before = (out / "a/same.html").stat().st_ino
    place(NEW, out)
    assert (out / "a/same.html").stat().st_ino == before


def test_the_same_site_again_touches_nothing(tmp_path: Path) -> None:
    """Nothing changed: not one byte, not one time stamp."""
    out = tmp_path / "public"
    place(OLD, out)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path, *tmp_path.rglob("*"))}
    assert not place(OLD, out).changed
    assert {p: p.stat().st_mtime_ns for p in (tmp_path, *tmp_path.rglob("*"))} == before


def test_a_folder_reached_by_another_way_is_the_same_folder(tmp_path: Path) -> None:
    """Through a link to where it stands, the site that is already there is known, and not touched."""
    (tmp_path / "real").mkdir()
    (tmp_path / "way").symlink_to("real")
    place(OLD, tmp_path / "real/public")
    assert not place(OLD, tmp_path / "way/public").changed
    place(NEW, tmp_path / "way/public")
    assert standing(tmp_path / "real/public") == NEW


def test_a_site_that_was_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    """What stands is compared by what it holds, not by its name."""
    out = tmp_path / "public"
    place(OLD, out)
    (out / "index.html").write_bytes(b"changed by hand")
    (out / "stray.html").write_bytes(b"stray")
    assert place(OLD, out).changed
    assert standing(out) == OLD


def test_killed_anywhere_the_old_site_stands_or_the_new(tmp_path: Path) -> None:
    """Killed at every single step in turn: all of the old stands, or all of the new, and the next build works."""
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    seen = []
    for last in range(1, 60):
        folder = tmp_path / str(last)
        folder.mkdir()
        place(OLD, folder / "public")
        command = [sys.executable, str(script), str(folder), str(last)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        found = standing(folder / "public")
        assert found in (OLD, NEW), done.stderr
        place(NEW, folder / "public")
        assert standing(folder / "public") == NEW
        assert len(list(folder.glob("[!.]*"))) == 2
        if done.returncode == 0:
            break
        assert done.returncode == 9, done.stderr
        seen.append(found == NEW)
    assert seen.count(False) > 5 and seen.count(True) >= 1  # it was killed before the swap and after it


def test_an_empty_folder_may_become_the_site(tmp_path: Path) -> None:
    """Somebody made the folder beforehand."""
    out = tmp_path / "public"
    out.mkdir()
    place(OLD, out)
    assert standing(out) == OLD


def test_a_copied_site_is_replaced(tmp_path: Path) -> None:
    """A real folder that is ours by its marker, as after a copy, gives way to the link."""
    out = tmp_path / "public"
    out.mkdir()
    (out / MARKER).write_bytes(b"")
    (out / "index.html").write_bytes(b"copied")
    place(NEW, out)
    assert standing(out) == NEW
    assert len(list(tmp_path.glob("[!.]*"))) == 2


def test_a_folder_of_somebody_elses_is_refused(tmp_path: Path) -> None:
    """Nothing that we did not write is ever taken away."""
    out = tmp_path / "public"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="--out"):
        place(OLD, out)
    assert (out / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """A file is not a folder."""
    (tmp_path / "public").write_text("a file")
    with pytest.raises(UsageError, match="not a folder"):
        place(OLD, tmp_path / "public")


@pytest.mark.parametrize("path", ["../out.html", "/etc/passwd", "a/../../out.html", "a\\b", "", "a\0b", ".."])
def test_no_page_leaves_the_site(tmp_path: Path, path: str) -> None:
    """A path that leads out is refused before anything is in place."""
    place(OLD, tmp_path / "public")
    with pytest.raises(StoreError):
        place({path: b"x"}, tmp_path / "public")
    assert standing(tmp_path / "public") == OLD
    assert len(list(tmp_path.glob("[!.]*"))) == 2


@given(st.text())
def test_what_is_accepted_is_inside(path: str) -> None:
    """Whatever the name, the place is below the folder, or it is refused."""
    folder = Path("/site")
    try:
        found = inside(folder, path)
    except StoreError:
        return
    assert os.path.normpath(found).startswith("/site/")


def test_no_room_leaves_the_old_site(tmp_path: Path) -> None:
    """A name too long for the disk stands for any failed write: one clear line, the old site, nothing left behind."""
    place(OLD, tmp_path / "public")
    with pytest.raises(StoreError, match="the old one stands"):
        place(NEW | {"x" * 300: b"too long"}, tmp_path / "public")
    assert standing(tmp_path / "public") == OLD
    assert len(list(tmp_path.glob("[!.]*"))) == 2


def test_a_settled_site_is_an_ordinary_folder_and_can_be_written_again(tmp_path: Path) -> None:
    """The demo's site is found by whoever does not follow links; the next build takes it over."""
    out = tmp_path / "public"
    for content in (b"one", b"two"):
        place({"index.html": content}, out)
        settle(out)
        assert not out.is_symlink()
        assert (out / "index.html").read_bytes() == content
        assert [path.name for path in tmp_path.glob("[!.]*")] == ["public"]
    settle(out)
    assert (out / "index.html").read_bytes() == b"two"
