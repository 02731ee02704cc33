"""A build that would make the same again is known by its stamp, without opening the store."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlite_utils import Database

from billwatch_site import Settings, build

STAMP = ".public.stamp"
TWO_SECONDS = 2_000_000_000


@pytest.fixture
def out(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> Path:
    """A site of a store that was written some time ago."""
    aged = time.time_ns() - TWO_SECONDS
    os.utime(store, ns=(aged, aged))
    while os.stat(store).st_ctime_ns + TWO_SECONDS // 2 > time.time_ns():
        time.sleep(0.05)
    build(store, tmp_path / "public", settings, now)
    return tmp_path / "public"


def test_the_store_is_not_opened_again(store: Path, settings: Settings, now: datetime, out: Path) -> None:
    """The report is the one of the build before, with nothing written; an unreadable store would not be noticed."""
    kept = msgspec.json.decode((out.parent / STAMP).read_bytes())
    kept["report"]["changes"] = 4711  # nobody but the stamp can have told this
    (out.parent / STAMP).write_bytes(msgspec.json.encode(kept))
    report = build(store, out, settings, now)
    assert (report.changes, report.written, report.changed) == (4711, 0, False)


@pytest.mark.parametrize("moved", ["store", "clock", "settings", "page", "stray", "gone"])
def test_what_would_make_another_site_is_seen(
    store: Path, settings: Settings, now: datetime, out: Path, moved: str
) -> None:
    """Another store, clock or setting, and a site that is not as we left it: then the stamp says nothing."""
    page = out / "ny/2025/S404/index.html"
    wanted = page.read_bytes()
    if moved == "store":
        Database(store).execute("update bills set title = 'Otherwise' where id = 'ny/2025/S404'").connection.commit()
    now += timedelta(days=1) if moved == "clock" else timedelta()
    settings = msgspec.structs.replace(settings, title="Otherwise") if moved == "settings" else settings
    if moved == "page":
        page.write_bytes(b"x" * len(wanted))
    if moved == "stray":
        (out / "stray").mkdir()
    if moved == "gone":
        page.unlink()
    report = build(store, out, settings, now)
    assert report.changed and not (out / "stray").exists()
    assert (page.read_bytes() == wanted) == (moved not in ("store", "settings"))


def test_a_store_written_just_now_leaves_no_stamp(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Its times could not tell a later write from the one before the build."""
    Database(store).execute("update bills set title = title").connection.commit()
    os.utime(store)
    build(store, tmp_path / "public", settings, now, 0)
    assert not (tmp_path / STAMP).exists() or time.time_ns() - os.stat(store).st_mtime_ns > TWO_SECONDS // 2


def test_a_broken_stamp_is_none(store: Path, settings: Settings, now: datetime, out: Path) -> None:
    """The build reads the store, and finds that nothing changed."""
    (out.parent / STAMP).write_bytes(b"{")
    assert not build(store, out, settings, now).changed


def test_git_sees_nothing_of_a_build(out: Path) -> None:
    """In a checkout, the link, the site behind it and the stamp are all ignored."""
    store, rules = "/bills.db*\n", Path(__file__).parents[3] / ".gitignore"
    (out.parent / ".gitignore").write_text(rules.read_text() + store)
    subprocess.run(["git", "init", "--quiet"], cwd=out.parent, check=True)
    seen = subprocess.run(["git", "status", "--porcelain"], cwd=out.parent, check=True, capture_output=True, text=True)
    assert seen.stdout == "?? .gitignore\n" and (out.parent / STAMP).exists() and out.is_symlink()
