"""The Assembly's advanced search with nothing asked: every bill of a session with its title, on one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from billwatch.legislatures.new_york.spelling import prints_in
from billwatch.page import Page, attribute, collapsed, words

ADDRESS = "?sh=advanced"  # behind the Assembly's base address; the form is sent by POST
_ENDS = {"br", "tr", "li", "p", "div", "hr", "table", "form", "script"}  # a title ends where one of these begins
_NEXT = re.compile(r"next(?: page| \d+)?|more results|[›»>]{1,2}", re.IGNORECASE)


def index_form(term: str) -> dict[str, str]:
    """The form for all bills of one session: A is the site's own "all", for the kind of bill as for its state.

    One answer holds both chambers' bills, so there is no asking for one chamber's.
    """
    return {"evt_fld": "Search", "by": "a", "term": term, "leg_type": "A", "comm_status": "A"}


def listed(answer_text: str, term: str, url: str = "") -> list[tuple[str, str]]:
    """Number and title of every bill and resolution listed, in the site's order.

    An empty list, a page of another session and a list that goes on elsewhere raise `LayoutChanged`.
    """
    page = Page(answer_text, url)
    for link in page.any("a[href]"):
        if _NEXT.fullmatch(words(link)):
            raise page.changed("the list of bills goes on over further pages")
    return [(_number(page, link, term), _title(link)) for link in page.all('a[href^="?bn"]')]


def _number(page: Page, link: Tag, term: str) -> str:
    query = parse_qs(urlsplit(attribute(link, "href")).query)
    found = prints_in(query.get("bn", [""])[0])
    if len(found) != 1 or found != prints_in(words(link)) or query.get("term") != [term]:
        raise page.changed(f"'{attribute(link, 'href')[:80]}' is not a bill of {term}")
    return found[0].identifier


def _title(link: Tag) -> str:
    """The words behind a link, up to the end of its line."""
    told = []
    label = {id(part) for part in link.descendants}
    for element in link.next_elements:
        if isinstance(element, Tag) and (element.name in _ENDS or element.name == "a"):
            break
        if isinstance(element, NavigableString) and id(element) not in label:
            told.append(element)
    return collapsed(" ".join(told))
