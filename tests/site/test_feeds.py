"""Feeds: valid by RFC 4287's rules, stable, and never telling anything twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from sqlite_utils import Database

from billwatch_site import Settings, build

ATOM = "{http://www.w3.org/2005/Atom}"
Row = dict[str, Any]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339, as RFC 4287 wants it


def feeds(site: Path) -> list[Path]:
    return sorted(site.rglob("feed.xml"))


def entries(file: Path) -> dict[str, etree._Element]:
    """Entries by title."""
    return {e.findtext(f"{ATOM}title") or "": e for e in etree.parse(file).getroot().iter(f"{ATOM}entry")}


def test_every_feed_is_built_as_the_rfc_wants(site: Path) -> None:
    """Id, title, updated and author once, a link to itself; each entry with id, title, updated, link and content."""
    assert len(feeds(site)) == 12
    for file in feeds(site):
        root = etree.parse(file).getroot()
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1, (file, name)
            assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated") or "")
            assert (element.findtext(f"{ATOM}id") or "").startswith("tag:bills.example.org,2025:")
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        address = f"https://bills.example.org/billwatch/{file.relative_to(site).as_posix()}"
        assert [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")] == [address]


def test_readers_read_them(site: Path) -> None:
    """feedparser finds nothing wrong, and every entry."""
    for file in feeds(site):
        parsed = feedparser.parse(file.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert len(parsed.entries) == len(entries(file))


def test_ids_are_unique_and_order_is_by_update(site: Path) -> None:
    """An entry is in a feed once; the newest stands first; the feed is as new as its newest entry."""
    for file in feeds(site):
        root = etree.parse(file).getroot()
        ids = [e.findtext(f"{ATOM}id") for e in root.iter(f"{ATOM}entry")]
        updated = [e.findtext(f"{ATOM}updated") or "" for e in root.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        assert updated == sorted(updated, reverse=True)
        assert not updated or root.findtext(f"{ATOM}updated") == updated[0]


def test_a_correction_updates_what_it_corrects(site: Path) -> None:
    """One entry, marked, with both sentences, dated by the correction: nobody is alerted a second time."""
    told = [title for title in entries(site / "ny/2025/S4505/feed.xml") if "Passed the Senate" in title]
    assert told == ["Correction: S4505: Passed the Senate. Warning labels on certain social media platforms"]
    entry = entries(site / "ny/2025/S4505/feed.xml")[told[0]]
    body = entry.findtext(f"{ATOM}summary") or entry.findtext(f"{ATOM}content") or ""
    assert "Correction: The record now dates" in body and "2025-06-12 Senate: PASSED SENATE" in body
    assert (entry.findtext(f"{ATOM}updated") or "").startswith("2025-06-14T10:00:00")
    assert (entry.findtext(f"{ATOM}published") or "").startswith("2025-06-12T21:05:00")


def test_one_cause_is_one_entry(site: Path) -> None:
    """With the bills inside; in the feed of one of them it is that bill's own news."""
    (entry,) = (e for title, e in entries(site / "feed.xml").items() if "Latrice Walker" in title)
    body = entry.findtext(f"{ATOM}summary") or ""
    assert "A9000 of 2025" in body and "S8000 of 2025" in body and "A5346 of 2025" in body
    own = [title for title in entries(site / "ny/2025/S8000/feed.xml") if "Latrice Walker" in title]
    assert own == ["S8000: Latrice Walker is no longer a co-sponsor. Relates to the retention of data of automatic "
                   "license plate readers and to its disclosure"]  # fmt: skip


def test_bodies_say_was_and_now_and_from_where(site: Path) -> None:
    """What it was, what it is, the source in words, when we saw it."""
    (entry,) = (e for title, e in entries(site / "ny/2025/S3591/feed.xml").items() if "title was edited" in title)
    body = entry.findtext(f"{ATOM}summary") or ""
    assert "<strong>Was:</strong> Requires age verification for websites" in body
    assert "<strong>Now:</strong> Requires age verification for internet pornography websites" in body
    assert "From Open Legislation; seen on 7 November 2025, 12:00 UTC." in body


def test_what_happened_earlier_says_so(site: Path) -> None:
    """Back-fill is marked in the title."""
    assert any(title.startswith("Earlier, seen now: S8000: Recalled") for title in entries(site / "feed.xml"))


def test_markup_of_sources_is_text_in_feeds(site: Path) -> None:
    """A reader that shows the body as HTML shows the hostile title as letters."""
    parsed = feedparser.parse((site / "ny/2025/S6666/feed.xml").read_bytes(), sanitize_html=False)
    for entry in parsed.entries:
        assert "<script" not in entry.summary and "<img" not in entry.summary
        assert "&lt;script&gt;alert(1)" in entry.summary


def test_links_lead_to_the_change_on_its_page(site: Path) -> None:
    """Each entry's link is a page of the site and a place on it."""
    for entry in etree.parse(site / "feed.xml").getroot().iter(f"{ATOM}entry"):
        address = entry.find(f"{ATOM}link").get("href").removeprefix("https://bills.example.org/billwatch/")
        path, _, fragment = address.partition("#")
        assert f'id="{fragment}"' in (site / path / "index.html").read_text()


def test_a_feed_in_which_nothing_changed_is_the_same_to_the_byte(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Hours later, checked again, without news: readers are answered that nothing is new."""
    build(store, tmp_path / "public", settings, now)
    before = {file: file.read_bytes() for file in feeds(tmp_path / "public")}
    db = Database(store)
    db.execute("update observations set checks = checks + 1, checked_at = '2025-12-20T00:00:00+00:00'")
    db.conn.commit()
    build(store, tmp_path / "public", settings, now + timedelta(hours=7))
    assert {file: file.read_bytes() for file in feeds(tmp_path / "public")} == before


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
