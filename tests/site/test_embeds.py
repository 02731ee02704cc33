"""What others take along: without scripts, whole whatever a source writes, and true."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from billwatch_site import Settings, build
from billwatch_site.embeds import card
from billwatch_site.embeds.badge import badge, badge_width, width_of
from billwatch_site.embeds.snippet import quote_html
from billwatch_site.reading.view import View, opened
from billwatch_site.records import BillRecord, Step

SVG = "{http://www.w3.org/2000/svg}"
PAGE = "https://bills.example.org/billwatch/ny/2025/S4505/"
SCHEMA = json.loads((Path(__file__).parent / "schemas/legislation.json").read_text())


def record_of(store: Path) -> BillRecord:
    view = View(opened(store))
    view.begin()
    (record,) = view.records(["ny/2025/S4505"])
    return record


@pytest.fixture
def bill(store: Path) -> BillRecord:
    return record_of(store)


@pytest.fixture(scope="session")
def any_bill(site: Path) -> BillRecord:
    """A bill whose texts are put in by a property test."""
    return record_of(site.parent / "bills.db")


def data_in(page: Path) -> dict[str, Any]:
    """The block of schema.org data in a page."""
    (block,) = html.fromstring(page.read_bytes()).xpath("//script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(block)
    return found


# --- the badge -------------------------------------------------------------------------------------------------------


def test_a_badge_says_number_and_stage(site: Path) -> None:
    """Also to who does not see it."""
    root = etree.fromstring((site / "ny/2025/S4505/badge.svg").read_bytes())
    assert [text.text for text in root.iter(f"{SVG}text")] == ["S4505", "Law"]
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == "S4505 of 2025: Law"


def test_texts_fit_their_badge(site: Path) -> None:
    """Each text ends before the other begins, and before the badge does."""
    for file in site.rglob("badge.svg"):
        root = etree.fromstring(file.read_bytes())
        (left, right) = root.iter(f"{SVG}text")
        assert float(left.get("x")) + float(left.get("textLength")) < float(right.get("x"))
        assert float(right.get("x")) + float(right.get("textLength")) < float(root.get("width"))


def test_the_table_of_widths_is_about_right() -> None:
    """Against the letters of a real sans, where one is installed: within a tenth."""
    fonts = pytest.importorskip("PIL.ImageFont", reason="Pillow is not installed")
    file = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not file.is_file():
        pytest.skip("DejaVu Sans is not installed (fonts-dejavu-core)")
    font = fonts.truetype(str(file), 110)
    for words in ("S4505", "A10402", "Passed one chamber", "With the executive", "To the next legislature"):
        assert width_of(words) == pytest.approx(font.getlength(words) / 10, rel=0.1)


@given(stage=st.text(max_size=80))
def test_any_stage_makes_a_whole_badge(any_bill: BillRecord, stage: str) -> None:
    """Well-formed, of a reasonable width, and without anything that acts."""
    record = msgspec.structs.replace(any_bill, stage=stage)
    root = etree.fromstring(badge(record))
    assert int(root.get("width")) == badge_width(record) < 600
    assert {element.tag for element in root.iter()} <= {
        SVG + name for name in ("svg", "title", "path", "circle", "g", "text")
    }


# --- on other pages --------------------------------------------------------------------------------------------------


def test_oembed_is_as_its_standard_wants(site: Path) -> None:
    """Version, type, and for a rich one its HTML with width and height; the thumbnail with its size."""
    found = json.loads((site / "ny/2025/S4505/oembed.json").read_bytes())
    assert found["version"] == "1.0" and found["type"] == "rich"
    assert isinstance(found["width"], int) and isinstance(found["height"], int)
    assert found["provider_url"] == "https://bills.example.org/billwatch/"
    quote = html.fromstring(found["html"])
    assert quote.tag == "blockquote" and quote.xpath("//a/@href") == [PAGE]
    assert "New York S4505 (2025–2026)" in quote.text_content()
    (link,) = html.fromstring((site / "ny/2025/S4505/index.html").read_bytes()).xpath(
        "//link[contains(@type, 'oembed')]"
    )
    assert link.get("href") == f"{PAGE}oembed.json"


def test_the_html_to_copy_is_shown_as_text(site: Path) -> None:
    """What is copied is what works: the badge with a link, and nothing that acts."""
    for bill in ("S4505", "S6666"):
        page = html.fromstring((site / f"ny/2025/{bill}/index.html").read_bytes())
        for code in page.xpath("//section[@aria-labelledby='follow']//pre/code"):
            shown = html.fromstring(f"<div>{code.text_content()}</div>")
            assert len(shown.xpath(".//a")) == 1 and not shown.xpath(".//script") and not shown.xpath(".//@onerror")
            assert shown.xpath(".//a/@href") == [f"https://bills.example.org/billwatch/ny/2025/{bill}/"]


@given(text=st.text(max_size=80))
def test_any_title_is_text_in_a_quotation(any_bill: BillRecord, text: str) -> None:
    """Nothing in it becomes markup."""
    record = msgspec.structs.replace(any_bill, title=text, sentence=text)
    quote = html.fromstring(quote_html(record, Settings(url="https://bills.example.org/")))
    assert [element.tag for element in quote.iter()] == ["blockquote", "p", "a", "p"]


# --- schema.org ------------------------------------------------------------------------------------------------------


def test_every_bill_is_described_as_legislation(site: Path) -> None:
    """By the names and types of schema.org; the address is that of the page."""
    check = jsonschema.Draft202012Validator(SCHEMA)
    for page in site.glob("ny/2*/*/index.html"):
        found = data_in(page)
        assert [error.message for error in check.iter_errors(found)] == [], page
        assert found["url"].endswith(f"/{page.parent.relative_to(site)}/")


def test_a_law_and_a_bill_that_failed_are_told_apart(site: Path) -> None:
    """A law has its date; whether it is in force is not recorded. What is no law is not in force."""
    law, vetoed = (data_in(site / f"ny/2025/{bill}/index.html") for bill in ("S4505", "S929"))
    assert law["legislationDate"] == "2025-12-19" and "legislationLegalForce" not in law
    assert [body["name"] for body in law["legislationPassedBy"]] == ["New York Senate", "New York Assembly"]
    assert vetoed["legislationLegalForce"] == "https://schema.org/NotInForce" and "legislationDate" not in vetoed
    undone = data_in(site / "ny/2025/S8000/index.html")
    assert "legislationPassedBy" not in undone  # it passed, and that was taken back


def test_a_title_cannot_end_the_block(site: Path, hostile: str) -> None:
    """It is read back as it was, and no tag is in the block."""
    raw = (site / "ny/2025/S6666/index.html").read_text()
    block = raw.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in block and ">" not in block and "&" not in block
    assert json.loads(block)["name"].startswith("<script>alert(1)</script>\"'><img")


# --- the card --------------------------------------------------------------------------------------------------------


def test_a_followed_bill_has_a_card(site: Path) -> None:
    """Of the size that others expect, the same for the same bill, and named in the page."""
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    if not card.available():
        pytest.skip("the fonts for cards are not installed")
    content = (site / "ny/2025/S4505/card.png").read_bytes()
    assert image.open(BytesIO(content)).size == (1200, 630) and len(content) < 100_000
    page = html.fromstring((site / "ny/2025/S4505/index.html").read_bytes())
    assert page.xpath("//meta[@property='og:image']/@content") == [f"{PAGE}card.png"]
    assert not (site / "ny/2023/S217/card.png").exists()


def test_the_same_card_is_the_same_picture(bill: BillRecord) -> None:
    """To the byte; another stage is another picture."""
    if not card.available():
        pytest.skip("what draws cards is not installed (the extra 'cards')")
    one = card.card_of(bill, "Bills")
    assert card.drawn(one) == card.drawn(card.card_of(bill, "Bills"))
    assert card.drawn(one) != card.drawn(msgspec.structs.replace(one, stage="Vetoed"))


@pytest.mark.parametrize("words", ["", "word " * 200, "x" * 500, "§ “é” ‰ 你好 \U0001f512", "\t\n"])
def test_any_text_can_be_drawn(words: str) -> None:
    """Nothing, far too much, one endless word, letters that the font lacks; a state that we do not know."""
    if not card.available():
        pytest.skip("what draws cards is not installed (the extra 'cards')")
    steps = tuple(Step(words, words, state, "2025-01-08") for state in ("done", "here", "ahead", "undone", "ended"))
    one = card.Card(words, words, words, words, words, words, "2025-01-08", steps)
    assert card.drawn(one).startswith(b"\x89PNG")


def test_without_an_address_nothing_points_nowhere(site_at_root: Path) -> None:
    """No oEmbed, no card and no HTML to copy on a site that does not know where it stands; the badge is there."""
    assert (site_at_root / "ny/2025/S4505/badge.svg").is_file()
    assert not (site_at_root / "ny/2025/S4505/oembed.json").exists()
    assert not (site_at_root / "ny/2025/S4505/card.png").exists()
    assert "og:image" not in (site_at_root / "ny/2025/S4505/index.html").read_text()


def test_who_wants_no_cards_gets_none(store: Path, settings: Settings, now: Any, tmp_path: Path) -> None:
    """Nor a page that names one."""
    build(store, tmp_path / "public", msgspec.structs.replace(settings, cards=False), now)
    assert not list((tmp_path / "public").rglob("card.png"))
    assert "card.png" not in (tmp_path / "public/ny/2025/S4505/index.html").read_text()
