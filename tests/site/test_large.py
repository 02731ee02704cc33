"""A site of many bills: lists and months are split into pages a person can use, and memory does not grow with it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from lxml import html
from sqlite_utils import Database

from benchmarks.made_up import filled
from billwatch_site import build
from billwatch_site.pages.changes import MONTH_STORIES
from billwatch_site.pages.lists import FEW, lists_of
from billwatch_site.reading.news import WHOLE, calendar_of, days_of
from billwatch_site.reading.view import View, opened
from billwatch_site.words.links import day_path
from site_pages import tree
from site_sample.many import BILLS, NOW, SETTINGS


@pytest.fixture
def store(large_store: Path) -> Path:
    return large_store


@pytest.fixture
def site(large_site: Path) -> Path:
    return large_site


def links(page: Path) -> set[str]:
    """Where a page leads inside the site."""
    found = html.fromstring(page.read_bytes()).xpath("//a/@href")
    return {href.partition("#")[0] for href in found if "//" not in href and not href.startswith("mailto:")}


def test_every_list_leads_somewhere(site: Path) -> None:
    """Lists, months and days, and the pages they lead to."""
    pages = [*site.glob("bills/**/*.html"), *site.glob("changes/**/*.html")]
    assert len(pages) > 20
    for page in pages:
        for href in links(page) - {""}:
            there = page.parent / href
            assert (there / "index.html").is_file() or there.is_file(), f"{page} leads to {href}"


def test_every_bill_is_on_a_list_and_every_page_on_the_map(site: Path) -> None:
    """Nothing is lost by splitting."""
    listed = {(p.parent / href).resolve() for p in site.glob("bills/**/*.html") for href in links(p) if "ny/" in href}
    bills = {p.parent.resolve() for p in site.glob("ny/2025/*/index.html")}
    assert bills <= listed and len(bills) == BILLS
    mapped = html.fromstring((site / "sitemap.xml").read_bytes()).xpath("//loc/text()")
    built = {p.relative_to(site).as_posix().removesuffix("index.html") for p in site.rglob("*.html")} - {"404.html"}
    assert {address.removeprefix("https://bills.example.org/") for address in mapped} == built


def test_no_page_is_too_long(site: Path) -> None:
    """What a telephone can show: none is over 400 kB, and the first page far below."""
    sizes = {p.relative_to(site).as_posix(): p.stat().st_size for p in site.rglob("*.html")}
    assert max(sizes.values()) < 400_000, max(sizes, key=lambda page: sizes[page])
    assert sizes["bills/index.html"] < 20_000


def test_a_long_month_tells_its_milestones(site: Path, store: Path) -> None:
    """Each of its days stands there with the first of its milestones and leads to its own page, which says its date
    once; nowhere is said that there are 0 of something."""
    view = View(opened(store))
    view.begin()
    months = calendar_of(day for month in view.months() for day in days_of(view, month))
    long = next(month for month in months if not month.whole)
    page = html.fromstring((site / "changes" / long.dated.name / "index.html").read_bytes())
    days = page.xpath("//section[@class='day']")
    assert [day.xpath("./h2/@id")[0] for day in days] == [f"day-{day.name}" for day in long.days]
    for section, day in zip(days, long.days, strict=True):
        stories = section.xpath(".//article")
        assert bool(stories) == bool(day.milestones) and len(stories) <= MONTH_STORIES
        assert all("milestone" in story.get("class") for story in stories)
        (whole,) = section.xpath(".//p[@class='more']/a")
        assert f"{day.changes:,} change" in whole.text and day.name[8:] in whole.get("href")
    alone = html.fromstring((site / day_path(long.days[0].name) / "index.html").read_bytes())
    assert len(alone.xpath("//h1")) == 1 and not alone.xpath("//section[@class='day']")
    assert not [p for p in site.glob("changes/**/*.html") if ">0 " in p.read_text() or " 0 milestones" in p.read_text()]


def test_a_months_page_leads_to_its_days_and_to_other_months(site: Path) -> None:
    """At its head, where a reader comes in: how much there is, each day by its number, and the steps to either side."""
    for page in map(tree, site.glob("changes/2*-*/index.html")):
        (head,) = page.xpath("//div[@class='lead']")
        days = [section.get("aria-labelledby") for section in page.xpath("//section[@class='day']")]
        assert "change" in head.xpath("string(p[@class='standfirst'])")
        assert len(days) < 2 or head.xpath("nav[@aria-label='Days']//a/@href") == [f"#{day}" for day in sorted(days)]
        steps = page.xpath("//nav[@aria-label='Other months']//@href")
        assert steps and head.xpath("nav[@aria-label='Months']//@href") == steps


def test_a_days_page_leads_to_other_days_from_its_head(site: Path) -> None:
    """The same steps as at its foot."""
    pages = [tree(file) for file in site.glob("changes/2*-*/*/index.html")]
    for page in pages:
        steps = page.xpath("//nav[@aria-label='Other days']//@href")
        assert steps and page.xpath("//div[@class='lead']/nav[@aria-label='Days']//@href") == steps
    assert len(pages) > 5


def test_days_tell_all_changes(store: Path) -> None:
    """The days of the calendar add up to all that changed; only long months are split."""
    view = View(opened(store))
    view.begin()
    months = calendar_of(day for month in view.months() for day in days_of(view, month))
    ((changes,),) = Database(store).execute("select count(*) from changes").fetchall()
    assert sum(month.dated.changes for month in months) == changes == sum(d.changes for m in months for d in m.days)
    assert {month.whole for month in months} == {True, False}
    assert all(month.whole == (month.dated.changes <= WHOLE) for month in months)
    names = [month.dated.name for month in months]
    assert names == sorted(names, reverse=True)
    assert [month.dated.before for month in months] == [*names[1:], ""]


def test_a_shelf_keeps_its_ranges(store: Path) -> None:
    """A bill that leaves a list moves no other bill to another page of it."""
    view = View(opened(store))
    view.begin()
    bills = list(view.briefs(view.ids).values())
    before = {bill.id: path for shelf in lists_of(bills) for path, _, some in shelf.ranges() for bill in some}
    after = {bill.id: path for shelf in lists_of(bills[1:]) for path, _, some in shelf.ranges() for bill in some}
    assert before == after | {bills[0].id: before[bills[0].id]} and len(before) == BILLS > FEW


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """Three times the bills cost little more memory: what is kept of each is its brief, not its record."""
    peaks = []
    for bills in (100, 300):
        store = filled(tmp_path / f"{bills}.db", bills)
        build(store, tmp_path / "warm", SETTINGS, NOW, processes=0)
        tracemalloc.start()
        build(store, tmp_path / f"{bills}", SETTINGS, NOW, processes=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 200 < 400e6 / 20_000, f"{peaks} bytes"  # 20,000 bills in less than 400 MB
