"""HTML that refuses to find nothing: a selector that matches no element is an error, never an empty fact.

BeautifulSoup does the reading, always with lxml, so that every machine sees the same tree.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from billwatch.challenge import looks_like_challenge
from billwatch.errors import Blocked, Damaged, LayoutChanged


def collapsed(text: str) -> str:
    """Text with each run of white space, no-break spaces among it, as one space."""
    return " ".join(text.split())


class Page:
    """One whole HTML page. Raises `Blocked` for a challenge and `Damaged` for a page that was cut off."""

    def __init__(self, text: str, url: str) -> None:
        if looks_like_challenge(text):
            raise Blocked("a challenge page came instead of the answer", url)
        if "</html>" not in text.lower():
            raise Damaged("the page ends before </html>", url)
        self.url = url
        self.root = BeautifulSoup(text, "lxml")

    def any(self, selector: str, within: Tag | None = None) -> list[Tag]:
        """All elements that match, or none: for parts that a good page may lack."""
        return list((within or self.root).select(selector))

    def all(self, selector: str, within: Tag | None = None) -> list[Tag]:
        """All elements that match: at least one, or `LayoutChanged`."""
        found = self.any(selector, within)
        if not found:
            raise self.changed(f"nothing matches '{selector}'")
        return found

    def one(self, selector: str, within: Tag | None = None) -> Tag:
        """The only element that matches, or `LayoutChanged`."""
        found = self.all(selector, within)
        if len(found) > 1:
            raise self.changed(f"'{selector}' matches {len(found)} times")
        return found[0]

    def maybe(self, selector: str, within: Tag | None = None) -> Tag | None:
        """The only element that matches, or None where there is none."""
        return self.one(selector, within) if self.any(selector, within) else None

    def text(self) -> str:
        """All words of the page, white space collapsed."""
        return words(self.root)

    def changed(self, what: str) -> LayoutChanged:
        """The error to raise when this page is not built as we know it."""
        return LayoutChanged(f"the page has changed: {what}", self.url)


def words(tag: Tag) -> str:
    """The words inside an element, white space collapsed."""
    return collapsed(tag.get_text(" "))


def attribute(tag: Tag, name: str) -> str:
    """An attribute's text; "" where it is missing."""
    value = tag.get(name)
    return value if isinstance(value, str) else " ".join(value or ())
