"""The official status on the Senate's site, from its words back to the code that Open Legislation gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString

from billwatch.bill import Action
from billwatch.page import Page, collapsed, words

_CODES = {
    "introduced": "INTRODUCED",
    "in assembly committee": "IN_ASSEMBLY_COMM",
    "in senate committee": "IN_SENATE_COMM",
    "passed assembly": "PASSED_ASSEMBLY",
    "passed senate": "PASSED_SENATE",
    "delivered to governor": "DELIVERED_TO_GOV",
    "signed by governor": "SIGNED_BY_GOV",
    "vetoed by governor": "VETOED",
    "stricken": "STRICKEN",
    "lost": "LOST",
    "substituted": "SUBSTITUTED",
    "adopted": "ADOPTED",
    "chaptered": "CHAPTERED",
}
# The actions that put a bill on a floor calendar, as Open Legislation's own analysis has them.
_FLOOR = re.compile(r"REPORT CAL|THIRD READING|3RD READING|RULES REPORT")


def status_of(page: Page, identifier: str, actions: Sequence[Action]) -> str | None:
    """The status code; None where the words do not tell which: a pocket approval has none at all.

    A number that is only reserved has no status yet, and no action either: "".
    """
    subhead = page.one(".c-detail--status .c-bill-detail--subhead")
    if "Bill Status" not in words(subhead):
        raise page.changed("no 'Bill Status'")
    span = page.one("span", subhead)
    # A link to the committee stands in the same element, behind the words.
    shown = collapsed(" ".join(part for part in span.children if isinstance(part, NavigableString))).lower()
    if shown == "on floor calendar":
        return _floor(actions)
    if shown == "passed senate & assembly":
        return "PASSED_ASSEMBLY" if identifier.startswith("S") else "PASSED_SENATE"
    if shown and shown not in _CODES:
        raise page.changed(f"'{shown[:60]}' is no status that we know")
    return _CODES.get(shown) if shown or actions else ""


def _floor(actions: Sequence[Action]) -> str | None:
    """Both chambers' calendars read alike on the site; the last action that names one tells whose it is."""
    chambers = [action.chamber for action in actions if _FLOOR.search(action.text)]
    return f"{chambers[-1].upper()}_FLOOR" if chambers else None
