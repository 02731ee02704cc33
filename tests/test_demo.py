"""`billwatch demo`: the true story of S9191, told offline, and the same in every run."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from billwatch.demo import play
from billwatch.demo.recorded import moments
from billwatch.store import Store
from billwatch.topics import Taxonomy
from billwatch_site import Settings, build

SETTINGS = Settings(title="A demonstration")
Played = tuple[Path, datetime]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The demo's folder after one run: the store, and the site built from it."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, _play(folder)


def _play(folder: Path) -> datetime:
    with closing(Store(folder / "bills.db")) as store:
        present = play(store, folder / "archive")
        build(store.db, folder / "public", SETTINGS, present)
    return present


@pytest.fixture
def rows(played: Played) -> Callable[..., list[tuple[Any, ...]]]:
    def found(sql: str, *parameters: str) -> list[tuple[Any, ...]]:
        with closing(Store(played[0] / "bills.db")) as store:
            return [tuple(row) for row in store.rows(sql, parameters)]

    return found


def page(played: Played, path: str) -> str:
    """The words of a page of the site."""
    html = (played[0] / "public" / path / "index.html").read_text("utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_two_runs_build_the_same_site(played: Played, tmp_path: Path) -> None:
    """Every file byte for byte: nothing of the demo depends on when, where or in which order it runs."""
    assert _play(tmp_path) == played[1]
    first, second = (
        {f.relative_to(site): f.read_bytes() for f in site.rglob("*") if f.is_file()}
        for site in (played[0] / "public", tmp_path / "public")
    )
    assert sorted(first) == sorted(second)
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_the_story_of_s9191_is_told(played: Played) -> None:
    """A Senate bill of Senator Parker's, referred to Rules, never voted on, back in 2019 as S1413."""
    told = page(played, "ny/2017/S9191")
    assert "social media" in told and "Parker" in told and "REFERRED TO RULES" in told.upper()
    assert "S1413" in told and "2018" in told
    assert "social media" in page(played, "ny/2017/S9197")


def test_the_number_page_keeps_the_bills_apart(played: Played) -> None:
    """The S9191 of 2025 is about pharmacies and has nothing to do with it."""
    told = page(played, "ny/S9191")
    assert "social media" in told and "pharmac" in told.lower()
    assert "S1413" not in page(played, "ny/2025/S9191")


def test_where_the_demos_bills_stand(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Each bill that the demo is for stands where the record has it."""
    stages = dict(rows("select id, stage from bills"))
    assert stages["ny/2017/S9191"] == stages["ny/2019/S1413"] == "expired"
    assert stages["ny/2023/S7694"] == stages["ny/2025/S4505"] == "law"
    assert stages["ny/2025/S929"] == "vetoed"
    assert len(stages) >= 20


def test_no_more_time_is_promised_than_there_was(played: Played) -> None:
    """S934 passed the Senate in 2025; in February 2026 it can no longer wait for the Assembly."""
    told = page(played, "ny/2025/S934")
    assert "Unless the Assembly passed it before 7 January 2026" in told and "must pass the same text" not in told
    for list_of_all in ("bills", "ny"):
        assert "Last checked before 7 January 2026, when such bills went back" in page(played, list_of_all)


def test_what_the_record_says_twice_of_s3591_is_not_hidden(played: Played) -> None:
    """Defeated in one committee and sent on to another, where the status has it: its page names both."""
    told = page(played, "ny/2025/S3591").replace("&#39;", "'")
    assert "(Codes), but the Senate's Internet and Technology Committee defeated the bill on 5 May 2025" in told
    assert "on the same day the record also has 'REPORTED AND COMMITTED TO CODES'" in told


def test_s9191_hears_of_its_return_once(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Those who follow S9191 are told of S1413."""
    found = rows(
        "select now, count(*) from changes where kind = 'reintroduced' and bill = 'ny/2017/S9191' group by now"
    )
    assert ("ny/2019/S1413", 1) in found and {times for _, times in found} == {1}


def test_what_no_source_links_is_said_as_probable(played: Played, rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """S9197 is probably back as A5256, and that as A1620: true reasons, no milestone, and words that say so."""
    assert rows("select bill, other, evidence from relations where by = 'billwatch'") == [
        ("ny/2019/A5256", "ny/2017/S9197", "same section (§400.20, Pen L), the same title"),
        ("ny/2021/A1620", "ny/2019/A5256", "same sponsor and law (Pen L), the same title"),
    ]
    found = rows("select bill, now, severity from changes where kind = 'probably-reintroduced' order by bill, now")
    assert found == [
        ("ny/2017/S9197", "ny/2019/A5256", "notable"),
        ("ny/2017/S9197", "ny/2021/A1620", "notable"),
        ("ny/2019/A5256", "ny/2021/A1620", "notable"),
    ]
    told = page(played, "ny/2019/A5256")
    assert "Probably back as A1620 of 2021" in told and "Reintroduced as A1620" not in told


def test_changes_and_a_correction_are_seen(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Milestones at several moments, from several sources, and a correction that points at what it corrects."""
    assert len(rows("select distinct seen_at from changes")) >= 5
    assert len(rows("select distinct source from changes")) >= 3
    assert rows("select id from changes where kind = 'action' and severity = 'milestone'")
    assert rows("select id from changes where corrects in (select id from changes)")


def test_nothing_failed_and_nothing_is_without_a_rule(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Every recorded question was answered and understood."""
    assert rows("select bill, error from failures") == []
    assert rows("select source from runs where failed or error != '' or unclassified") == []
    assert len(rows("select distinct started_at from runs")) == len(moments())


def test_every_change_has_its_receipt(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Each that came from a source cites an answer which lies in the archive."""
    sql = (
        "select c.id from changes c left join fetches f on f.id = c.receipt "
        "where c.source != 'billwatch' and (f.id is null or f.file = '')"
    )
    assert rows("select count(*) from fetches") != [(0,)] and rows(sql) == []


def test_its_topics_are_the_projects(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """S9191 is ours by its own words."""
    topics = rows("select topic, evidence from topics where bill = 'ny/2017/S9191'")
    assert "government-reading" in {topic for topic, _ in topics}
    assert {topic for topic, _ in topics} <= set(Taxonomy.load().names)


def test_the_family_of_s9191_has_one_topic(rows: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Police who read gun buyers' accounts are no matter of minors on social media."""
    bills = ("ny/2017/S9191", "ny/2017/S9197", "ny/2019/S1413", "ny/2019/A5256", "ny/2021/A1620")
    topics = rows(f"select distinct topic from topics where bill in ({', '.join('?' * len(bills))})", *bills)
    assert topics == [("government-reading",)]


def test_a_doubled_line_that_became_single_is_not_told_as_gone(played: Played) -> None:
    """A3946 is still held: the record had the line twice, and has it once."""
    line = "Held for consideration in Consumer Affairs and Protection, 19 May 2025 (Assembly)"
    assert f"Was {line}, more than once Now {line} Seen" in page(played, "corrections")
