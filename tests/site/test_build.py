"""THE FLOW OUT as a whole: the same store and clock give the same site, and only what changed is written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from billwatch.errors import Busy, StoreError
from billwatch.store.migrations import migrations
from billwatch_site import Settings, build
from billwatch_site.building.folder import place_at
from billwatch_site.building.manifest import MARKER

Row = dict[str, Any]


def files(site: Path) -> dict[str, bytes]:
    """What a reader can find; the manifest tells of the build as well."""
    found = site.rglob("*")
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in found if p.is_file() and p.name != MARKER}


def test_two_builds_are_equal_to_the_byte(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """Built twice into two places, from a path and from an open database."""
    build(store, tmp_path / "one", settings, now)
    build(Database(store), tmp_path / "two", settings, now)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_an_unchanged_rebuild_writes_nothing(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """The report says so too."""
    first = build(store, tmp_path / "public", settings, now)
    again = build(store, tmp_path / "public", settings, now)
    assert (first.changed, first.written) == (True, first.files)
    assert (again.changed, again.written, again.files) == (False, 0, first.files)
    assert (first.bills, first.changes) == (11, 23)


def test_only_pages_with_news_are_written(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """A change of one bill rewrites its page and feed and the lists it stands in, no other bill's."""
    out = tmp_path / "public"
    build(store, out, settings, now)
    before = {path: (out / path).stat().st_ino for path in files(out)}
    changed("changes", new_change("ny/2025/S929", "title", "Now", "Was"))
    report = build(store, out, settings, now)
    written = {path for path in files(out) if (out / path).stat().st_ino != before.get(path)}
    feeds = {f"{folder}feed.{kind}" for folder in ("", "ny/", "ny/2025/S929/") for kind in ("xml", "json")}
    data = {f"data/{name}" for name in ("changes.csv", "changes.jsonl", "bills.db", "index.html")}
    pages = {"", "method/", "changes/", "changes/2025-12/", "ny/2025/S929/"}
    pages = {f"{folder}index.html" for folder in pages}
    assert written == feeds | data | pages | {"ny/2025/S929/bill.json", "my/index.json"}
    assert report.written == len(written)


def test_an_empty_store_is_a_site_all_the_same(settings: Settings, now: datetime, tmp_path: Path) -> None:
    """Before the first bill there is a home page that says so."""
    db = Database(tmp_path / "empty.db")
    migrations.apply(db)
    db.close()
    report = build(tmp_path / "empty.db", tmp_path / "public", settings, now)
    assert report.bills == 0
    assert "Nothing has changed" in (tmp_path / "public/index.html").read_text()


def test_a_site_without_an_address_is_whole(store: Path, now: datetime, tmp_path: Path) -> None:
    """Nothing is configured: no map, which would need the address, and everything else."""
    build(store, tmp_path / "public", Settings(), now)
    built = files(tmp_path / "public")
    assert "sitemap.xml" not in built and "Sitemap" not in built["robots.txt"].decode()
    assert 'href="/bills/"' in built["404.html"].decode()
    assert "Report an error" not in built["ny/2025/S404/index.html"].decode()


def test_the_store_is_never_written_to(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """A build only reads."""
    before = store.read_bytes()
    build(store, tmp_path / "public", settings, now)
    assert store.read_bytes() == before


def test_a_source_falls_silent_with_time_alone(store: Path, settings: Settings, tmp_path: Path) -> None:
    """The same store, looked at a week later: every source is overdue, and the home page says it."""
    build(store, tmp_path / "public", settings, datetime(2025, 12, 27, tzinfo=UTC))
    assert "Open Legislation was last read on 19 December 2025" in (tmp_path / "public/index.html").read_text()


def test_what_is_no_store_is_one_clear_line(settings: Settings, now: datetime, tmp_path: Path) -> None:
    """A file of something else is refused, and no site is begun."""
    (tmp_path / "bills.db").write_bytes(b"not a database at all, but long enough to look at" * 40)
    with pytest.raises(StoreError, match="cannot be read"):
        build(tmp_path / "bills.db", tmp_path / "public", settings, now)
    assert not (tmp_path / "public").exists()


def test_two_at_once_never_spoil_a_site(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """As when somebody builds by hand while a scheduled run does: one of them is refused, and the site is whole."""
    out = tmp_path / "public"

    def built(minute: int) -> str:
        try:
            build(store, out, settings, now + timedelta(minutes=minute))
        except Busy as error:
            return str(error)
        return "built"

    with ThreadPoolExecutor(2) as pool:
        for minute in range(0, 8, 2):
            told = list(pool.map(built, (minute, minute + 1)))
            assert "built" in told and set(told) <= {"built", f"another build is writing {out}; wait for it to end"}
    build(store, out, settings, now)
    build(store, tmp_path / "anew", settings, now)
    assert files(out) == files(tmp_path / "anew")


def test_a_build_waits_for_nobody(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """While another is at work the answer is a line and a remedy, and the place is as it was."""
    with place_at(tmp_path / "public"), pytest.raises(Busy, match="wait for it to end"):
        build(store, tmp_path / "public", settings, now)
    assert not (tmp_path / "public").exists()
