"""The Senate's site: a bill's page with official status, committee and previous versions, but cut and lower-cased.

Everything is found by class, never by tag: the site changed its tags in September 2025 and kept its classes.
The printed summary ends before the fourth semicolon; the whole of it is in the page's description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId, Version
from billwatch.errors import NotListed
from billwatch.legislatures.new_york.history import require_history
from billwatch.legislatures.new_york.senate_details import Details, details_of
from billwatch.legislatures.new_york.senate_history import actions_of
from billwatch.legislatures.new_york.senate_sponsors import sponsors_of
from billwatch.legislatures.new_york.senate_status import status_of
from billwatch.legislatures.new_york.senate_votes import votes_of
from billwatch.legislatures.new_york.spelling import Print, asked_print, asked_session
from billwatch.legislatures.new_york.watching import BillByBill
from billwatch.page import Page, attribute, collapsed, words

_YEARS = re.compile(r"(\d{4})-\d{4} Legislative Session")


@dataclass(frozen=True)
class SenateSite(BillByBill):
    """Reads bill pages under `url`."""

    url: str = "https://www.nysenate.gov"
    name = "senate"
    label = "the Senate's site"
    kind = "html"

    def address(self, bill: BillId) -> str:
        """The active print's page."""
        return f"{self.url}/legislation/bills/{bill.session}/{bill.identifier}"

    def page(self, bill: BillId) -> str:
        """People read the same page."""
        return self.address(bill)

    def read(self, answer: Answer, asked: BillId) -> Bill:
        """The facts of the page. It shows the Senate's votes only."""
        return facts(Page(answer.text(), answer.url), asked)


def facts(page: Page, asked: BillId) -> Bill:
    """The facts of a whole page about the bill asked for."""
    if page.maybe(".node--bill") is None and "Page not found" in words(page.one("title")):
        raise NotListed("the Senate's site has no such page", page.url)
    page.one(".node--bill")
    shown = asked_print(words(page.one(".c-bill-title")), asked, page)
    years = _YEARS.search(words(page.all(".c-bill--session-year")[0]))
    asked_session(years[1] if years else "", asked, page)
    block = _active_block(page, asked, shown)
    details = details_of(page, block, asked)
    return _bill(page, asked, shown, block, details)


def _bill(page: Page, asked: BillId, shown: Print, block: Tag | None, details: Details) -> Bill:
    title = _own_text(page.one(".c-detail--descript"))
    actions = actions_of(page, asked.identifier)
    require_history(page, actions, populated=bool(title))
    if title and block is None:
        raise page.changed("nothing matches '.bill-amendment-detail'")
    return Bill(
        **asked._asdict(),
        title=title,
        abstract=_abstract(page, block),
        status=status_of(page, asked.identifier, actions),
        version=shown.letter,
        sponsors=sponsors_of(page, block),
        actions=actions,
        versions=_versions(page, asked),
        votes=votes_of(page),
        **details,
    )


def _own_text(tag: Tag) -> str:
    """The text of an element up to the first element inside it."""
    own = []
    for child in tag.children:
        if not isinstance(child, NavigableString):
            break
        own.append(child)
    return collapsed(" ".join(own))


def _active_block(page: Page, asked: BillId, shown: Print) -> Tag | None:
    """The part about the print that the heading names; None for a placeholder, which has no prints."""
    if not page.any(".bill-amendment-detail"):
        return None
    return page.one(f'.bill-amendment-detail[data-version="{asked.session}-{shown.identifier}{shown.letter}"]')


def _abstract(page: Page, block: Tag | None) -> str:
    """The description in the page's head, which must go on as the printed summary begins."""
    printed = words(page.one(".c-detail--summary", block)) if block else ""
    heads = page.any('meta[name="description"], meta[property="og:description"]')
    whole = next((text for head in heads if (text := collapsed(attribute(head, "content")))), "")
    if not _letters(whole).startswith(_letters(printed)) or bool(whole) != bool(printed):
        raise page.changed("the description is not the summary")
    return whole


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum()).lower()


def _versions(page: Page, asked: BillId) -> tuple[Version, ...]:
    """The prints, original first. Tabs name them where there are several."""
    blocks = {attribute(block, "data-version") for block in page.any(".bill-amendment-detail")}
    tabs = {attribute(tab, "data-version") for tab in page.any(".c-tab[data-version]")}
    if (tabs and tabs != blocks) or (len(blocks) > 1 and not tabs):
        raise page.changed("the tabs are not those of the prints below")
    letters = [asked_print(name.partition("-")[2], asked, page).letter for name in blocks]
    return tuple(Version(letter) for letter in sorted(letters))
