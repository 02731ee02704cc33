"""Since when a bill belongs to a topic or a sponsor, and what of it is news there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from billwatch_site import Settings, build
from billwatch_site.feeds.belonging import inside, stays_of
from rfc4287 import ATOM

START = datetime(2025, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


@given(moves=st.lists(st.booleans(), max_size=8), now=st.booleans())
def test_stays_follow_the_moves(moves: list[bool], now: bool) -> None:
    """Both ends belong to a stay; between going and coming there is none; what belongs now has a stay that lasts."""
    times = [(START + timedelta(days=i), came) for i, came in enumerate(moves)]
    stays = stays_of(now, times) if times else [(None, None)]
    for (at, came), (then, _) in pairwise(times):
        assert inside(stays, at + (then - at) / 2) == came
    if times:
        assert inside(stays, START - timedelta(days=1)) == (not times[0][1])
        assert inside(stays, times[-1][0] + timedelta(days=1)) == (times[-1][1] or now)


def test_what_a_bill_did_before_is_not_news_to_its_new_topic(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """Its feed begins with the bill's coming, and tells that it left."""
    changed("topics", {"bill": "ny/2025/S404", "topic": "data-brokers", "area": "privacy", "evidence": ""})
    for at, kind, value in (("01", "title", "Old"), ("02", "topic-added", "data-brokers"), ("03", "title", "New")):
        moment = f"2025-12-{at}T12:00:00+00:00"
        changed("changes", new_change("ny/2025/S404", kind, value, seen_at=moment))

    def told(folder: str) -> list[str]:
        build(store, tmp_path / "public", settings, now)
        root = etree.parse(tmp_path / "public" / folder / "feed.xml").getroot()
        updated = (entry.findtext(f"{ATOM}updated") or "" for entry in root.iter(f"{ATOM}entry"))
        return sorted(at[:10] for at in updated if at.startswith("2025-12-0"))

    assert told("topics/data-brokers") == told("topics/privacy") == ["2025-12-02", "2025-12-03"]
    assert {"2025-12-01", "2025-12-02", "2025-12-03"} <= set(told("ny"))


def test_whoever_reads_the_feed_of_a_topic_or_its_area_learns_that_a_bill_left_it(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """Also where the bill has no topic any more, and where no bill of the topic is left: what it did before stays
    there, and what it does afterwards is no news there."""
    for at, kind, value in (("01", "title", "Old"), ("02", "topic-removed", ""), ("03", "title", "New")):
        moment, was = f"2025-12-{at}T12:00:00+00:00", "data-brokers" if kind == "topic-removed" else "x"
        changed("changes", new_change("ny/2025/A9000", kind, value, was=was, seen_at=moment))
    build(store, tmp_path / "public", settings, now)

    def told(folder: str) -> list[str]:
        root = etree.parse(tmp_path / "public" / folder / "feed.xml").getroot()
        found = (e for e in root.iter(f"{ATOM}entry") if "A9000" in (e.findtext(f"{ATOM}content") or ""))
        return sorted((e.findtext(f"{ATOM}updated") or "")[:10] for e in found)

    assert told("topics/data-brokers")[-2:] == told("topics/privacy")[-2:] == ["2025-12-01", "2025-12-02"]
    assert told("ny")[-1] == "2025-12-03"
