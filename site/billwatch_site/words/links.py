"""Where things are: paths inside the site, page-relative links, anchors, and which addresses may be links at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from billwatch.bill import BillId
from billwatch.errors import UsageError
from billwatch_site.words.numbers import number_parts
from billwatch_site.words.official import legislature


class BillLink(msgspec.Struct, frozen=True):
    """How to name another bill and where it leads; `href` is "" where there is nothing to lead to."""

    number: str
    session: str
    href: str
    own: bool  # a page of this site


def root_of(path: str) -> str:
    """The way from a page back to the site's root: "../../../" for `ny/2017/S9191/`."""
    return "../" * path.count("/") or "./"


def bill_path(bill: str) -> str:
    """The folder of a bill's page."""
    return f"{bill}/"


def number_path(bill: str) -> str:
    """The folder of the page of a bill's number."""
    found = BillId.parse(bill)
    return f"{found.legislature}/{found.identifier}/"


@lru_cache(maxsize=4096)
def topic_path(topic: str) -> str:
    """The folder of a topic's or an area's page."""
    return f"topics/{fragment(topic)}/"


def sponsor_path(legislature: str, name: str, chamber: str = "") -> str:
    """The folder of a sponsor's page: `ny/sponsors/andrew-gounardes/`.

    `chamber` is for those of whom only a short name is known ("JACKSON", "Rosenthal L"): each chamber has its own.
    """
    plain = unicodedata.normalize("NFKD", f"{name} {chamber}")
    # Accents fold away; letters of other scripts stay, written out, so that two names never share a page.
    folded = "".join(c if c.isascii() else f"u{ord(c):x}" for c in plain if not unicodedata.combining(c))
    return f"{legislature}/sponsors/{fragment(folded)[:80].rstrip('-')}/"


def day_path(day: str) -> str:
    """The folder of the page of a day: "2025-06-12" is a day of "2025-06"."""
    return f"changes/{day[:7]}/{day[8:]}/"


def anchor(change: str) -> str:
    """The fragment of a change on every page where it stands."""
    return "change-" + re.sub(r"[^A-Za-z0-9_-]", "-", change)


def fragment(words: str) -> str:
    """The fragment of a heading: "in committee" as "in-committee"."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-") or "other"


@lru_cache(maxsize=4096)
def safe(url: str) -> str:
    """The address if it may be a link (http, https or mailto) and leads somewhere, else ""."""
    if "***" in url:  # a key was struck out: the address is a receipt, but nobody can go there
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and parts.hostname:
        return url.strip()
    return url.strip() if parts.scheme == "mailto" and "@" in parts.path else ""


def is_of_session(bill: str, on: date) -> bool:
    """Whether a bill is of the session that its legislature holds on this day; of a day we know no session of, none is.

    Sources go by the same numbers in every session.
    """
    found = BillId.parse(bill)
    term = legislature(found.legislature).term(on)
    return term is not None and term[0] == found.session


@lru_cache(maxsize=4096)
def called(bill: str, on: date) -> str:
    """A bill where its number stands alone, in the news of this day: "S4505", but "S333 of 2019" in that of 2025."""
    found = BillId.parse(bill)
    return found.identifier if is_of_session(bill, on) else f"{found.identifier} of {found.session}"


def in_order(bills: Iterable[str]) -> tuple[str, ...]:
    """Bills as people look for them: the latest session first, and in it S9 before S10."""
    return tuple(sorted(sorted(bills, key=_number), key=lambda bill: bill.split("/")[1:2], reverse=True))


def _number(bill: str) -> tuple[str, str, int]:
    place, _, number = bill.rpartition("/")
    return (place, *number_parts(number))


def bill_link(bill: str, own: Container[str], root: str) -> BillLink:
    """A link to a bill: to our page where there is one, else to the first official one."""
    try:
        found = BillId.parse(bill)
    except UsageError:
        return BillLink(bill, "", "", False)
    house = legislature(found.legislature)
    session = house.session(found.session)
    if bill in own:
        return BillLink(found.identifier, session, root + bill_path(bill), True)
    pages = house.pages(found)
    return BillLink(found.identifier, session, safe(pages[0].url) if pages else "", False)
