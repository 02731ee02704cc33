"""The page of a bill as a whole: what comes first, what stands beside it, and what is folded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from billwatch_site.printing.press import templates
from billwatch_site.records import Sponsor
from site_pages import text_of, tree, words_of
from site_records import bill_record

# A story with and without a family, a long one, one action, 150 sponsors, a law, a bill that ended.
BILLS = ("2025/S404", "2025/S3591", "2025/S4505", "2025/S8000", "2025/A10402", "2025/A9000", "2017/S9191")
COLUMNS = """() => { const ends = {};
    for (const one of document.querySelectorAll(".columns section")) {
        const side = one.parentElement.getBoundingClientRect().left > 640 ? "right" : "left";
        ends[side] = Math.max(ends[side] || 0, one.getBoundingClientRect().bottom);
    }
    return Math.abs(ends.left - ends.right); }"""
NAMES = """new Set([...document.querySelectorAll(".late details .names li")].map(
    one => Math.round(one.getBoundingClientRect().left))).size"""
TOPS = """[...document.querySelectorAll(".columns h2")].map(
    one => [one.id, Math.round(one.getBoundingClientRect().top)])"""


@pytest.mark.parametrize("bill", BILLS)
def test_the_columns_end_near_each_other(visitor: Any, address: str, bill: str) -> None:
    """Whatever a bill has little or much of, no column leaves more than half a screen of it white."""
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}ny/{bill}/")
    assert page.evaluate(COLUMNS) < 450


def test_a_telephone_shows_the_family_before_the_story(visitor: Any, address: str) -> None:
    """Its parts stand in the order in which a keyboard comes to them: what serves a reader first, feeds last."""
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto(address + "ny/2025/S4505/")
    found = page.evaluate(TOPS)
    assert [tops for _, tops in found] == sorted(tops for _, tops in found)
    order = ["summary", "effect", "prints", "family", "topics", "timeline", "votes", "sponsors", "write", "along"]
    assert [part for part, _ in found] == order


@pytest.mark.parametrize(("media", "width"), [("print", 700), ("screen", 820), ("screen", 1280)])
def test_a_long_list_of_names_takes_the_width_that_there_is(visitor: Any, address: str, media: str, width: int) -> None:
    """Unfolded or on paper, 150 co-sponsors stand in columns beside each other, not in a strip down half the page."""
    page = visitor(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto(address + "ny/2025/A9000/")
    page.evaluate("document.querySelectorAll('.late details').forEach(folded => folded.open = true)")
    assert page.evaluate(NAMES) >= 4


def test_paper_has_colours_of_its_own(visitor: Any, address: str) -> None:
    """Also of whoever reads on a dark screen: black lines on white, none in the colours of that screen."""
    page = visitor(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(address + "ny/2025/S4505/")
    line = "getComputedStyle(document.querySelector('.standing')).borderTopColor"
    thin = "getComputedStyle(document.querySelector('.columns section')).borderTopColor"
    assert (page.evaluate(line), page.evaluate(thin)) == ("rgb(0, 0, 0)", "rgb(187, 187, 187)")


@pytest.mark.parametrize(("names", "folded"), [(11, 0), (13, 0), (14, 4)])
def test_a_few_names_are_not_folded(names: int, folded: int) -> None:
    """To read “and 1 more” takes the room of the name."""
    sponsors = tuple(Sponsor(f"Member {n}", "", "cosponsor") for n in range(names))
    shown = (
        templates(b"")
        .get_template("people.html")
        .module.sponsors(  # type: ignore[attr-defined]
            bill_record("ny/2025/S1", sponsors=sponsors), {}, [], lambda sponsor: ""
        )
    )
    found = html.fromstring(f"<div>{shown}</div>")
    assert len(found.xpath("//li")) == names and len(found.xpath("//details//li")) == folded


def test_what_serves_machines_is_folded(site: Path) -> None:
    """Three feeds and a calendar are in sight; JSON, data, the badge and what is of its family unfold."""
    (along,) = tree(site / "ny/2025/S4505/index.html").xpath("//section[@class='along']")
    folded, all_of_them = along.xpath("details//@href"), along.xpath(".//@href")
    assert {"feed.json", "bill.json", "family.xml", "family-milestones.json"} < set(folded)
    assert [href for href in all_of_them if href not in folded] == [
        "../../../subscribe/#feed", "feed.xml", "feed-notable.xml", "feed-milestones.xml", "calendar.ics"
    ]  # fmt: skip


def test_following_and_feeds_have_names_of_their_own(site: Path) -> None:
    """The star that keeps a bill in this browser is “Follow here”; what tells you is “Alerts, feeds and data”."""
    page = tree(site / "ny/2025/S404/index.html")
    named = [words_of(one) for one in page.xpath("//main//*[self::h2 or self::button]")]
    assert "Alerts, feeds and data" in named and [name for name in named if "ollow" in name] == ["Follow here"]


def test_the_head_of_a_page_leads_to_the_alerts_of_its_bill(site: Path, browser: Any, address: str) -> None:
    """Beside the star, without a script too; there it is said what to do with a feed, and where that is explained."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address + "ny/2025/S404/")
    page.get_by_role("link", name="Get alerts of this bill").click()
    assert page.url.endswith("#along") and page.locator("#along").is_visible()
    (told,) = tree(site / "ny/2025/S404/index.html").xpath("//section[@class='along']/dl/div[dt='By feed']/dd/p")
    assert words_of(told) == "Copy one of these addresses into a feed reader. What is that?"
    page.context.close()


def test_what_is_told_is_asked_for_under_one_name(site: Path) -> None:
    """As the page of all ways says: on a bill, a topic, a legislature and a sponsor."""
    name = "Alerts, feeds and data"
    assert f"look for “{name}”" in text_of(site, "subscribe")
    for path in ("ny/2025/S404", "topics/privacy", "ny", "ny/sponsors/andrew-gounardes"):
        assert name in text_of(site, path), path


def test_the_head_of_a_page_leads_on(site: Path) -> None:
    """To its legislature, and from the sponsor’s name to all that they lead; a name without a page is no link."""
    head = tree(site / "ny/2025/S4505/index.html").xpath("//main/header")[0]
    assert [(a.text, a.get("href")) for a in head.xpath("p/descendant::a")] == [
        ("New York", "../../../ny/"),
        ("Andrew Gounardes", "../../../ny/sponsors/andrew-gounardes/"),
    ]
    assert tree(site / "ny/S9191/index.html").xpath("//header//p[@class='kicker']/a/@href") == ["../../ny/"]
    assert not tree(site / "ny/2025/S3591/index.html").xpath("//p[@class='identity']//a")


def test_a_law_does_what_a_bill_would_do(site: Path) -> None:
    """Over the summary of a law stands that it does so, over that of any other that it would."""
    assert tree(site / "ny/2025/S4505/index.html").get_element_by_id("summary").text_content() == "What it does"
    assert tree(site / "ny/2025/S3591/index.html").get_element_by_id("summary").text_content() == "What it would do"
