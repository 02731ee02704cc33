"""What a reader has to load, packed as hosts send it: 30 kB for the home page and a bill's, with the style."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from benchmarks.made_up import filled
from billwatch_site import Settings
from billwatch_site.pages.changes import DAY_STORIES, HOME_DAYS, HOME_LINES, STORY_BILLS, home
from billwatch_site.pages.mine import my_pages
from billwatch_site.printing.press import Press, SitePress, templates
from billwatch_site.printing.static import static_files
from billwatch_site.reading.news import calendar_of, days_of
from billwatch_site.reading.view import View, opened
from site_pages import tree
from site_sample.rows import Row, change_row

LIMIT = 30_000
BILLS = 2000
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)  # after all that is made up
SYLLABLES = [first + then for first in "bcdfglmnprstv" for then in ("a", "e", "io", "or", "un")]


def packed(*contents: bytes) -> int:
    """Bytes, each file packed as most hosts do it."""
    return sum(len(gzip.compress(content, 6, mtime=0)) for content in contents)


# --- the home page and my bills, of two thousand bills ---------------------------------------------------------------


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many bills with titles as long as New York’s, 100 characters, and as hard to pack, to a third of that."""
    store, dice = filled(tmp_path_factory.mktemp("weight") / "bills.db", BILLS), random.Random(1)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(2000)]
    with closing(Database(store)) as db, db.conn:
        for (bill,) in db.execute("select id from bills").fetchall():
            title = f"Relates to {' '.join(dice.choices(words, k=dice.randint(8, 16)))}"
            db.execute("update bills set title = ? where id = ?", (title, bill))
    return store


@pytest.fixture
def moved(titled: Path, tmp_path: Path) -> Callable[[int], Path]:
    """A store in which so many bills moved on each of the days that the home page tells of."""

    def move(count: int, lines: int = 1, cause: str = "") -> Path:
        store = tmp_path / "bills.db"
        store.write_bytes(titled.read_bytes())
        with closing(Database(store)) as db:
            ids = [bill for (bill,) in db.execute("select id from bills order by id")]
            db.table("changes").insert_all(
                step for day in range(HOME_DAYS) for step in _steps(day, ids, count, lines, cause)
            )
        return store

    return move


def _steps(day: int, ids: list[str], count: int, lines: int, cause: str) -> Iterator[Row]:
    """Steps of so many bills on one day, each a story of its own or, of one cause, all together."""
    seen = NOW - timedelta(days=day + 1)
    texts = ("SUBSTITUTED BY A{}", "SIGNED CHAP.{}", "REFERRED TO COMMITTEE {}", "VETOED MEMO.{}")
    for n, bill in enumerate(random.Random(day).sample(ids, count)):
        for more in range(lines):
            line = f"{seen:%Y-%m-%d} Senate: {texts[(n + more) % 4].format(n + more + 1)}"
            told = {"severity": "notable" if more or cause else "milestone", "seen_at": seen.isoformat()}
            yield change_row(bill, "action", line, cause=cause or f"{bill}{day}{more}", **told)


@contextmanager
def pressed(store: Path) -> Iterator[SitePress]:
    """What prints pages about all bills of a store; the pages of bills themselves are not made."""
    with closing(opened(store)) as db:
        view = View(db)
        view.begin()
        press = SitePress(Press(Settings(), static_files(), templates(b"weight")), view, NOW)
        press.months = calendar_of(day for month in view.months() for day in days_of(view, month))
        yield press
        view.end()


@pytest.mark.parametrize("stories", [0, 15, DAY_STORIES])
def test_the_home_page_of_two_thousand_bills_is_light(moved: Callable[[int], Path], stories: int) -> None:
    """With its style, whether nothing moved for a fortnight or so many bills on each of its days."""
    with pressed(moved(stories)) as press:
        (page,) = home(press)
        style = press.static.contents[press.static.names["style.css"]]
    assert page.content.count(b"<article") >= min(stories * HOME_DAYS, HOME_LINES // 3)
    assert b"<script" not in page.content
    assert packed(page.content, style) < LIMIT


@pytest.mark.parametrize(("stories", "lines", "cause"), [(12, 4, ""), (12, 8, ""), (12, 8, "late"), (40, 3, "late")])
def test_stories_of_many_lines_are_light(moved: Callable[..., Path], stories: int, lines: int, cause: str) -> None:
    """A story takes the room of its lines, also of those about single bills among several."""
    with pressed(moved(stories, lines, cause)) as press:
        (page,) = home(press)
        style = press.static.contents[press.static.names["style.css"]]
    assert b"<article" in page.content and packed(page.content, style) < LIMIT


def test_a_flood_does_not_weigh_on_the_home_page(moved: Callable[[int], Path]) -> None:
    """One cause moved every bill on each of three days: some are named, and it is said how many more there are."""
    store = moved(0)
    with closing(Database(store)) as db:
        ids = [bill for (bill,) in db.execute("select id from bills")]
        for day in range(3):
            seen = (NOW - timedelta(days=day)).isoformat()
            flood = (
                change_row(id, "action", f"2026-02-2{day} Senate: SIGNED CHAP.1", seen_at=seen, cause=f"x{day}")
                for id in ids
            )
            db.table("changes").insert_all(row | {"severity": "milestone"} for row in flood)
    with pressed(store) as press:
        (page,) = home(press)
        style = press.static.contents[press.static.names["style.css"]]
    assert page.content.count(f"and {BILLS - STORY_BILLS:,} more bills".encode()) == 3
    assert packed(page.content, style) < LIMIT


def test_the_index_of_my_bills_is_light(moved: Callable[[int], Path]) -> None:
    """Less than 100 kB as it is, not packed, for two thousand bills of which hundreds moved."""
    with pressed(moved(DAY_STORIES)) as press:
        _, index = my_pages(press)
    assert len(index.content) < 100_000


# --- bills -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("published", ["site", "large_site"])
def test_the_page_of_a_bill_is_light(published: str, request: pytest.FixtureRequest) -> None:
    """With every style that there is: 150 sponsors, 37 actions, a vote by name, a form for mail."""
    site = request.getfixturevalue(published)
    style = packed(*(file.read_bytes() for file in site.glob("*.css")))
    sizes = {file.parent.name: packed(file.read_bytes()) for file in site.glob("ny/[0-9]*/*/index.html")}
    assert len(sizes) > 10 and max(sizes.values()) + style < LIMIT, sizes


def test_scripts_block_nothing_and_are_small(site: Path) -> None:
    """A page is drawn before any script runs; with all that they import, a bill's are less than 10 kB."""
    for file in site.rglob("*.html"):
        for script in tree(file).xpath("//script[@src]"):
            assert script.get("type") == "module" or script.get("async") is not None, file
    scripts = tree(site / "ny/2025/S4505/index.html").xpath("//script/@src")
    loaded = {name for href in scripts for name in with_imports(site, Path(href).name)}
    assert len(loaded) > 2 and packed(*((site / name).read_bytes() for name in loaded)) < 10_000


def with_imports(site: Path, name: str) -> set[str]:
    """A script and those that it imports, by their published names."""
    needed = re.findall(r'from "\./([^"]+)"', (site / name).read_text())
    return {name}.union(*(with_imports(site, other) for other in needed))
