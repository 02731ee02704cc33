"""Corrections: the record's and our own apart, each with what it said, what it says, and the proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from billwatch_site import Settings, build
from billwatch_site.pages.corrections import AT_ONCE
from site_pages import cells_of, text_of, tree

Row = dict[str, Any]


def test_what_the_record_said_and_says(site: Path) -> None:
    """With the source, its receipt, and the way to what we had told."""
    said = text_of(site, "corrections")
    assert "S4505 2025–2026 The record changed the date of a line." in said
    assert cells_of(tree(site / "corrections/index.html").xpath("//dl[@class='was-now']/div")) == [
        ["Was", "Passed the Senate, 12 June 2025 (Senate)"],
        ["Now", "Passed the Senate, 11 June 2025 (Senate)"],
    ]
    assert "9f" * 32 in tree(site / "corrections/index.html").xpath("//details[summary = 'Receipt']//code/text()")
    assert "Seen 14 June 2025, 10:00 UTC, Open Legislation" in said
    (told,) = tree(site / "corrections/index.html").xpath("//a[starts-with(text(), 'what we reported')]/@href")
    path, _, fragment = told.partition("#")
    assert tree(site / "corrections" / path / "index.html").get_element_by_id(fragment) is not None


def test_a_line_that_the_record_had_twice(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """One of two like it was taken out: what was twice stands once."""
    line = "2025-06-12 Senate: DELIVERED TO ASSEMBLY"
    changed("changes", new_change("ny/2025/S4505", "action-removed", was=line))
    build(store, tmp_path / "public", settings, now)
    assert "The record had a line more than once and took one out." in text_of(tmp_path / "public", "corrections")
    cells = cells_of(tree(tmp_path / "public/corrections/index.html").xpath("//dl[@class='was-now']/div"))
    (_, was), (_, now_it_is) = cells[:2]
    assert was == f"{now_it_is}, more than once" and "12 June 2025" in was


def test_a_settled_disagreement_on_a_history_is_told_in_words(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, changed: Callable[[str, Row], None]
) -> None:
    """Here, and where it goes on: with the day and the words of every page."""
    says = "4 lines, the last 2025-06-05 Senate: ADVANCED TO THIRD READING"
    row = {"bill": "ny/2025/S404", "fact": "actions", "source": "assembly", "says": says, "since": "2025-06-05"}
    changed("settled", row | {"until": "2025-06-06T10:00:00+00:00"})
    changed("disagreements", row)
    build(store, tmp_path / "public", settings, now)
    told = "4 lines, the last “Advanced to third reading (Senate)” of 5 June 2025"
    assert f"site said {told}" in text_of(tmp_path / "public", "corrections")
    assert f"site says {told}" in text_of(tmp_path / "public", "sources")


def test_our_own_mistakes_stand_apart(site: Path) -> None:
    """Under their own heading, with the day on which they were put right."""
    page = text_of(site, "corrections")
    assert "Our mistakes 1" in page and "Changes to the official record" in page
    ours, record, settled = tree(site / "corrections/index.html").xpath("//section[@class='corrections']")
    assert "20 November 2025" in ours.text_content() and "it was in Codes" in ours.text_content()
    assert "it was in Codes" not in record.text_content()
    assert "the Senate’s site said “Prohibits reverse searches”" in " ".join(settled.text_content().split())
    assert "From 1 October 2025 to 3 October 2025." in settled.text_content()


def test_many_corrections_have_a_page_a_month(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """The first page holds the latest; nothing is left out."""
    for n in range(AT_ONCE):
        line = f"2025-07-01 Senate: REPORTED {n}"
        changed("changes", new_change("ny/2025/S404", "action-removed", was=line, seen_at="2025-08-02T10:00:00+00:00"))
    build(store, tmp_path / "public", settings, now)
    page = tree(tmp_path / "public/corrections/index.html")
    assert page.xpath("//ul[@class='plain']//a/@href") == ["../corrections/2025-08/", "../corrections/2025-06/"]
    august, june = (tree(tmp_path / f"public/corrections/2025-{m}/index.html") for m in ("08", "06"))
    assert len(august.xpath("//section[@class='corrections']/ul/li")) == AT_ONCE
    assert len(june.xpath("//section[@class='corrections']/ul/li")) == 1
    assert "A line was taken out." in august.text_content() and "Now" in august.text_content()


def test_an_empty_store_has_nothing_to_correct(settings: Settings, now: datetime, tmp_path: Path) -> None:
    """And says so, on this page and on the others of its kind."""
    from sqlite_utils import Database

    from billwatch.store.migrations import migrations

    db = Database(tmp_path / "bills.db")
    migrations.apply(db)
    db.close()
    build(tmp_path / "bills.db", tmp_path / "public", Settings(), now)
    assert "The record has not been corrected since we watch." in text_of(tmp_path / "public", "corrections")
    assert "No past session is stored whole, so we cannot say." in text_of(tmp_path / "public", "method")
    assert "Nothing with a date is ahead that we know of." in text_of(tmp_path / "public", "calendar")
    assert "No source has been asked yet." in text_of(tmp_path / "public", "sources")
