"""Nothing is fetched from elsewhere, nothing runs inside a page, and what a source says is text."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.words.links import safe
from site_pages import links, pages, text_of, tree

ALLOWED = {
    "a",
    "abbr",
    "article",
    "aside",
    "body",
    "br",
    "caption",
    "circle",
    "code",
    "dd",
    "del",
    "desc",
    "details",
    "div",
    "dl",
    "dt",
}
ALLOWED |= {
    "figcaption",
    "figure",
    "footer",
    "g",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "ins",
    "li",
    "line",
    "link",
    "main",
    "meta",
}
ALLOWED |= {
    "nav",
    "ol",
    "p",
    "path",
    "rect",
    "section",
    "span",
    "strong",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
}
ALLOWED |= {"h4", "pre", "th", "thead", "time", "title", "tr", "tspan", "ul", "wbr", "img"}
ALLOWED |= {"button", "form", "input", "label", "option", "script", "select"}
DATA = "//script[@type='application/ld+json']"  # a block of data, which no browser runs


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """Styles, pictures and feeds are our own; only links that a reader follows lead out, and to http or mail alone."""
    for page in pages(site):
        for tag, address in links(page):
            scheme = urlsplit(address).scheme
            told = tag == "a" or address.endswith("/oembed.json")  # programs that ask for it want a whole address
            assert scheme in (("", "http", "https", "mailto") if told else ("",)), (page, tag, address)
    (style,) = site.glob("style.*.css")
    assert not re.search(r"url\(|@import|@font-face", style.read_text())


def test_no_script_and_no_style_inside_any_page(site: Path) -> None:
    """A strict policy says so, and every page keeps it; the few scripts are files of our own that block nothing."""
    for page in pages(site):
        found = tree(page)
        data = set(found.xpath(DATA))
        assert {e.tag for e in found.iter() if isinstance(e.tag, str) and e not in data} <= ALLOWED, page
        attributes = {name for e in found.iter() if isinstance(e.tag, str) for name in e.attrib}
        assert not {name for name in attributes if name == "style" or name.startswith("on")}
        (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy and "unsafe" not in policy
        for script in set(found.xpath("//script")) - data:
            assert script.get("type") == "module" and not script.text
            assert (page.parent / script.get("src")).resolve().parent == site.resolve()


def test_texts_of_sources_are_text(site: Path, hostile: str) -> None:
    """A title full of markup reads as it was written, less what turns text around, on every page that has it."""
    shown = re.sub("[\x0b\u202e\u202c]", "", hostile)
    assert shown == tree(site / "ny/2025/S6666/index.html").xpath("//h1")[0].text_content()
    for path in ("", "bills", "sources", "changes/2025-12", "ny/S6666", "ny/2025/S6666"):
        assert "<script>alert(1)</script>" in text_of(site, path)
        raw = (site / path / "index.html").read_text()
        kinds = ('<script type="application/ld+json">', '<script type="module" src="')
        assert raw.count("<script") == sum(map(raw.count, kinds)) and raw.count(kinds[0]) <= 1
        assert raw.count("<img") == raw.count('<img src="badge.svg"') <= 1
        assert "\u202e" not in raw and "{{" in raw


def test_a_script_address_is_no_link(site: Path) -> None:
    """The change that came from `javascript:` stands there without a link."""
    addresses = [address for _, address in links(site / "ny/2025/S6666/index.html")]
    assert addresses and not [a for a in addresses if "javascript" in a]


@given(st.text())
def test_only_http_and_mail_become_links(text: str) -> None:
    """Whatever a source gives as an address, no other scheme is ever linked."""
    assert safe(text) == "" or urlsplit(safe(text)).scheme in ("http", "https", "mailto")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " javascript:x",
        "//evil.example",
        "http://",
        "https://[",
        "x",
        "https://a.example/?key=***",
    ],
)
def test_addresses_that_are_not_linked(url: str) -> None:
    """Schemes that act, addresses without a host, what is no address, and receipts with a key struck out."""
    assert safe(url) == ""
