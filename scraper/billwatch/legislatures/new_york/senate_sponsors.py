"""Sponsors on the Senate's site: senators by full name, members of the Assembly who lead a bill by short name."""

from __future__ import annotations

from bs4 import Tag

from billwatch.bill import Sponsorship
from billwatch.legislatures.new_york.spelling import by_short_name
from billwatch.page import Page, words

_NAME = ".nys-senator--name"
_HEADING = "Sponsored By"
_MORE = "Additional Sponsors:"
_NOBODY = "There are no sponsors of this bill."


def sponsors_of(page: Page, block: Tag | None) -> tuple[Sponsorship, ...]:
    """The leading sponsor, then co- and multi-sponsors of the active print, whose part `block` is."""
    lead = _leading(page)
    others = [
        Sponsorship(words(name), "", role)
        for role, selector in (("cosponsor", ".c-co-sponsors"), ("multisponsor", ".c-multi-sponsors"))
        for part in (page.any(selector, block) if block else [])
        for name in page.all(_NAME, part)
    ]
    shown = len(page.any(_NAME, block)) if block else 0
    if shown != len(others):
        raise page.changed(f"{shown} sponsors of this print, of which {len(others)} by kind")
    return (*lead, *others)


def _leading(page: Page) -> list[Sponsorship]:
    headings = [text for text in page.root.find_all(string=True) if text.strip() == _HEADING and text.parent]
    part = headings[0].parent.parent if len(headings) == 1 and headings[0].parent else None
    if part is None:
        raise page.changed(f"no heading '{_HEADING}'")
    names = [words(name) for name in page.any(_NAME, part)]
    roles = ["primary"] + ["cosponsor"] * len(names)
    found = [Sponsorship(name, "", role) for name, role in zip(names, roles, strict=False)]
    return found or _by_short_name(page, part)


def _by_short_name(page: Page, part: Tag) -> list[Sponsorship]:
    """A member of the Assembly, or a committee, stands there as plain words."""
    text = words(part).removeprefix(_HEADING).strip()
    if page.any('[class*="sponsor"]', part) or _MORE in text or not text:
        raise page.changed("no name of the sponsor")
    return [] if text == _NOBODY else [by_short_name(text, "primary")]
