"""Built pages as tests read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from lxml import etree, html

from rfc4287 import ATOM


@cache
def tree(file: Path) -> html.HtmlElement:
    return html.fromstring(file.read_bytes())


def text_of(site: Path, path: str) -> str:
    """All words of the page in the folder `path`, with single blanks."""
    return words_of(tree(site / path / "index.html"))


def words_of(element: html.HtmlElement) -> str:
    """Its words with single blanks; what stands in elements without white space between is one word."""
    return " ".join(element.text_content().split())


def cells_of(rows: Iterable[html.HtmlElement]) -> list[list[str]]:
    """The words of the children of each element: of the cells of rows, of the terms of a list."""
    return [[words_of(cell) for cell in row] for row in rows]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def feeds(site: Path) -> list[Path]:
    """Every Atom feed of a site."""
    return sorted(file for stem in ("feed", "family") for file in site.rglob(f"{stem}*.xml"))


def entries(file: Path) -> dict[str, etree._Element]:
    """Entries by title."""
    return {e.findtext(f"{ATOM}title") or "": e for e in etree.parse(file).getroot().iter(f"{ATOM}entry")}


def links(file: Path) -> Iterator[tuple[str, str]]:
    """(element, address) of everything on a page that points somewhere."""
    for element, _, address, _ in tree(file).iterlinks():
        yield str(element.tag), address
