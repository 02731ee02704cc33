"""Feeds that stay as they are where nothing happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlite_utils import Database

from billwatch_site import Settings, build
from rfc4287 import ATOM
from site_pages import entries, feeds

Row = dict[str, Any]


def all_feeds(site: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for xml in feeds(site) for file in (xml, xml.with_suffix(".json"))}


def test_a_feed_in_which_nothing_changed_is_the_same_to_the_byte(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Hours later, checked again, without news: readers are answered that nothing is new."""
    build(store, tmp_path / "public", settings, now)
    before = all_feeds(tmp_path / "public")
    db = Database(store)
    db.execute("update observations set checks = checks + 1, checked_at = '2025-12-20T00:00:00+00:00'")
    db.conn.commit()
    build(store, tmp_path / "public", settings, now + timedelta(hours=7))
    assert all_feeds(tmp_path / "public") == before


@pytest.mark.parametrize("kind", ["action", "title"])
def test_news_leaves_old_entries_as_they_are(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, kind: str,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """A new change adds one entry to the feed of its bill and to that of everything; every other stays."""
    build(store, tmp_path / "public", settings, now)
    file = tmp_path / "public/feed.xml"
    before = {e.findtext(f"{ATOM}id"): etree.tostring(e) for e in entries(file).values()}
    changed(
        "changes",
        new_change("ny/2025/S404", kind, "2025-12-20 Senate: PASSED SENATE", seen_at="2025-12-20T09:00:00+00:00"),
    )
    build(store, tmp_path / "public", settings, now)
    after = {e.findtext(f"{ATOM}id"): etree.tostring(e) for e in entries(file).values()}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
