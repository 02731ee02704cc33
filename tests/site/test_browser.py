"""In a real browser: nothing acts, nothing is fetched from elsewhere, nothing stands in anybody's way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from site_visits import OF_FEW, OF_MANY, UNFOLDED, Printed, kinds, kinds_of

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

BEFORE_DATES = """[...new Set([...document.querySelectorAll(".bills td.date time")].map(
    time => getComputedStyle(time, "::before").content))]"""
MARKS = """[...document.querySelectorAll(".timeline .on > ul > li")].map(one => getComputedStyle(one, "::before"))
    .map(style => [style.printColorAdjust, style.backgroundColor])"""
STRIP = """[...document.querySelectorAll(".strip li")].map(one => [...one.querySelectorAll("a, .stage, svg")]
    .map(part => part.getBoundingClientRect()).map(box => [box.left, box.height]))"""
LEGEND = """[...document.querySelectorAll(".legend span")].map(one => getComputedStyle(one).backgroundColor)"""
WAYS_IN = """[...document.querySelectorAll(".masthead li")].map(one => one.getBoundingClientRect()).map(
    box => [Math.round(box.left), Math.round(box.top), Math.round(box.right)])"""
PICTURES = """[...document.querySelectorAll(".way :is(text, tspan, circle), .pedigree :is(text, .box, .kin), " +
    ".clock :is(.past, .whole, .today), .squares path")].map(one => [one.localName, getComputedStyle(one)])
    .flatMap(([name, style]) => name.startsWith("t") ?
    [style.fill] : [style.fill, style.stroke])"""
SYSTEM = """["CanvasText", "Canvas", "LinkText"].map(colour => {
    document.body.style.color = colour; return getComputedStyle(document.body).color; })"""
FEEDS = """[...document.querySelectorAll(".feeds a")].map(link => [...link.childNodes].filter(one => one.data)
    .map(one => { const range = document.createRange(); range.selectNode(one);
    return [one.data, new Set([...range.getClientRects()].map(box => box.top)).size]; }))"""
DISCS = """[[".timeline .on > ul > li", "::before"], [".legend .disc", null], [".legend .ring", null],
    [".entry.milestone .kicker", "::before"]].flatMap(([which, part]) => [...document.querySelectorAll(which)]
    .map(one => getComputedStyle(one, part)).map(style => [style.width, style.height]))"""
POINTS = """[...document.querySelectorAll(".entry .kicker > *")].map(one => ["::before", "::after"].map(
    part => getComputedStyle(one, part).content))"""
DOT = """getComputedStyle(document.querySelector(".entry.milestone .kicker"), "::before").backgroundColor"""
SIZES = """[...document.querySelectorAll("main :is(h1, h2, h3, h4, p, a, span, summary)")].map(
    one => parseFloat(getComputedStyle(one).fontSize))"""


def test_every_kind_of_page_is_opened(site_at_root: Path, large_site: Path, prints: dict[Path, Printed]) -> None:
    """By the template that each was printed with: a kind of page that is new has to join the tests of a browser."""
    opened = kinds_of(prints[site_at_root], OF_FEW) | kinds_of(prints[large_site], OF_MANY)
    assert opened == kinds() and len(opened) > 25


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_stands_in_anybodys_way(browser: Any, visits: list[str], scheme: str) -> None:
    """axe finds nothing, best practice included, with everything unfolded, at the width of a small telephone."""
    # axe works by a script of its own, which our policy would keep out.
    page = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True).new_page()
    found = {}
    for address in visits:
        page.goto(address)
        page.evaluate(UNFOLDED)
        result = axe.Axe().run(page)
        if result.violations_count:
            found[address] = result.generate_report()
    assert found == {}


@pytest.mark.parametrize("width", [320, 820, 1280])
def test_nobody_scrolls_sideways(browser: Any, visits: list[str], width: int) -> None:
    """Long names, 150 sponsors and a hostile title stay within the page."""
    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    wide = []
    for address in visits:
        page.goto(address)
        page.evaluate(UNFOLDED)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert wide == []


def test_a_telephone_says_what_a_date_means(visitor: Any, address: str) -> None:
    """The heads of a list of bills are not seen there: each date says itself that it is the last move."""
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto(address + "bills/")
    assert page.evaluate(BEFORE_DATES) == ['"Last moved "']
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(BEFORE_DATES) == ["none"]


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_a_telephone_has_its_ways_in_on_two_rows(visitor: Any, address: str, width: int) -> None:
    """In columns, none alone on a row; and none moves on the page where it is the current one."""
    page = visitor(viewport={"width": width, "height": 800})
    page.goto(address + "topics/privacy/")
    ways = page.evaluate(WAYS_IN)
    assert [len([1 for _, top, _ in ways if top == row]) for row in sorted({top for _, top, _ in ways})] == [4, 3]
    assert len({left for left, _, _ in ways}) == 4 and max(right for _, _, right in ways) <= width - 18
    page.goto(address + "bills/")
    assert page.evaluate(WAYS_IN) == ways


@pytest.mark.parametrize("path", ["", "ny/2025/S4505/"])
def test_discs_are_round(visitor: Any, address: str, path: str) -> None:
    """Of whole pixels, as wide as high: parts of a pixel are rounded apart and make ovals."""
    page = visitor()
    page.goto(address + path)
    sizes = page.evaluate(DISCS)
    assert sizes and {tuple(size) for size in sizes} <= {("8px", "8px"), ("10px", "10px")}


def test_a_line_never_begins_with_a_point(visitor: Any, address: str) -> None:
    """What stands between two parts of a kicker belongs to the first, which is never broken."""
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto(address)
    points = page.evaluate(POINTS)
    assert {before for before, _ in points} == {"none"}
    assert {after for _, after in points} == {"none", '"\u00a0·"'}


def test_a_telephone_breaks_addresses_between_their_parts(visitor: Any, address: str) -> None:
    """Each part of the name of a feed stands on one line."""
    page = visitor(viewport={"width": 390, "height": 800})
    page.goto(address + "subscribe/")
    parts = [part for words in page.evaluate(FEEDS) for part in words]
    assert len(parts) >= 14 and all(lines == 1 for _, lines in parts), parts


def test_a_telephone_draws_the_strip_as_bars(visitor: Any, address: str) -> None:
    """One line for each stage, with its name and its squares under those of the others, and high enough for a thumb."""
    page = visitor(viewport={"width": 390, "height": 844})
    page.goto(address)
    lines = page.evaluate(STRIP)
    assert len(lines) > 3 and min(height for (_, height), *_ in lines) >= 24
    for part in zip(*lines, strict=True):
        assert len({left for left, _ in part}) == 1


def test_paper_keeps_the_order_of_sizes(visitor: Any, address: str) -> None:
    """Every size shrinks alike, so that on paper nothing small is larger than what leads."""
    page = visitor()
    page.goto(address)
    seen = page.evaluate(SIZES)
    page.emulate_media(media="print")
    shares = [on_paper / before for on_paper, before in zip(page.evaluate(SIZES), seen, strict=True)]
    assert len(shares) > 50 and max(shares) - min(shares) < 0.01


def test_paper_tells_a_disc_from_a_ring(visitor: Any, address: str) -> None:
    """What is on the record and what was seen by comparing differ by a background, which is printed."""
    page = visitor()
    page.emulate_media(media="print")
    page.goto(address + "ny/2025/S4505/")
    marks = page.evaluate(MARKS)
    assert marks and all(adjusted == "exact" for adjusted, _ in marks) and len({colour for _, colour in marks}) > 1


def test_few_colours_tell_a_disc_from_a_ring(visitor: Any, address: str) -> None:
    """Where the reader’s system sets all colours, marks and their legend differ still, and milestones have theirs."""
    page = visitor(forced_colors="active")
    page.goto(address + "ny/2025/S4505/")
    disc, ring = page.evaluate(LEGEND)
    colours = {colour for _, colour in page.evaluate(MARKS)}
    assert disc != ring and disc in colours and len(colours) == 2
    page.goto(address)
    assert page.evaluate(DOT) == disc


@pytest.mark.parametrize("path", ["ny/2025/S4505/", "ny/2025/S929/", "ny/"])
def test_few_colours_are_those_of_the_readers_system(visitor: Any, address: str, path: str) -> None:
    """In every picture, whatever rule gives its parts a colour elsewhere: ours may not be seen on that ground."""
    page = visitor(forced_colors="active", color_scheme="dark")
    page.goto(address + path)
    drawn = set(page.evaluate(PICTURES))
    assert drawn and drawn <= {*page.evaluate(SYSTEM), "none"}


def test_few_colours_show_the_current_page(visitor: Any, address: str) -> None:
    """By a border: a shadow is not drawn there."""
    page = visitor(forced_colors="active")
    page.goto(address + "bills/")
    border = "getComputedStyle(document.querySelector('.masthead [aria-current]')).borderBottom"
    assert page.evaluate(border).startswith("2px solid")


def test_nothing_acts_and_nothing_leaves(browser: Any, visits: list[str]) -> None:
    """No dialog, no report of the policy, no failed or foreign request, on any page."""
    page = browser.new_context().new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("request", lambda asked: asked.url.startswith("http://127.0.0.1:") or seen.append(f"request {asked.url}"))
    page.on("response", lambda answer: answer.status < 400 or seen.append(f"missing {answer.url}"))
    for address in visits:
        page.goto(address)
    assert seen == []
    assert page.context.cookies() == []
