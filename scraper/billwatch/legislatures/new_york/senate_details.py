"""The list of details on a page of the Senate's site: pairs of a label and a value.

A detail that a bill lacks has no pair; so a label that we do not know is an error, for it may be one renamed.
"""

from __future__ import annotations

import re
from typing import TypedDict

from bs4 import Tag

from billwatch.bill import BillId
from billwatch.legislatures.new_york.spelling import bill_ids, prints_in
from billwatch.page import Page, words

_KINDS = {
    "same_as": re.compile(r"See (?:Senate|Assembly|other) versions? of this Bill:", re.IGNORECASE),
    "committee": re.compile(r"Current Committee:"),
    "law_section": re.compile(r"Law Section:"),
    "law_code": re.compile(r"Laws Affected:"),
    "previous": re.compile(r"Versions Introduced in (?:(\d{4})-\d{4} Legislative Session|Other Legislative Sessions):"),
}
_SESSION = re.compile(r"(\d{4})-\d{4}:")


class Details(TypedDict):
    """The facts that stand in the list."""

    committee: str
    law_section: str
    law_code: str
    same_as: tuple[str, ...]
    previous_versions: tuple[str, ...]


def details_of(page: Page, block: Tag | None, asked: BillId) -> Details:
    """The details of the bill; they are the same under every print."""
    pairs = _pairs(page, page.one(".c-bill--details", block)) if block else {}
    return Details(
        committee=_committee(page, pairs.get("committee", ("", ""))[1]),
        law_section=pairs.get("law_section", ("", ""))[1],
        law_code=pairs.get("law_code", ("", ""))[1],
        same_as=_same_as(page, pairs, asked),
        previous_versions=_previous(page, *pairs.get("previous", ("", "")), asked),
    )


def _pairs(page: Page, details: Tag) -> dict[str, tuple[str, str]]:
    """Label and value by kind of detail."""
    pairs = {}
    terms, values = page.any("dt", details), page.any("dd", details)
    if len(terms) != len(values):
        raise page.changed(f"{len(terms)} labels and {len(values)} values of details")
    for term, value in zip(terms, values, strict=True):
        label = words(term)
        kind = next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(label)), None)
        if kind is None or kind in pairs or not words(value):
            raise page.changed(f"the detail '{label[:60]}' is not one that we know")
        pairs[kind] = label, words(value)
    return pairs


def _committee(page: Page, value: str) -> str:
    """ "Senate Codes": the chamber, then the committee's name."""
    chamber, _, name = value.partition(" ")
    if value and (chamber not in ("Senate", "Assembly") or not name):
        raise page.changed(f"'{value[:60]}' is not a committee of a chamber")
    return name


def _same_as(page: Page, pairs: dict[str, tuple[str, str]], asked: BillId) -> tuple[str, ...]:
    found = bill_ids(prints_in(pairs.get("same_as", ("", ""))[1]), asked)
    if "same_as" in pairs and not found:
        raise page.changed("no number of the bill that this is the same as")
    return found


def _previous(page: Page, label: str, value: str, asked: BillId) -> tuple[str, ...]:
    """ "S9191" under a label that names the session, or "2021-2022: A8178, S7361 2019-2020: S1413"."""
    named = _KINDS["previous"].fullmatch(label)
    sessions = _SESSION.split(f"{named[1]}-0000: {value}" if named and named[1] else value)
    ids: list[str] = []
    for session, numbers in zip(sessions[1::2], sessions[2::2], strict=True):
        ids += bill_ids(prints_in(numbers), asked._replace(session=session))
    if value and (not ids or sessions[0].strip()):
        raise page.changed(f"'{value[:60]}' are not previous versions")
    return tuple(dict.fromkeys(ids))
