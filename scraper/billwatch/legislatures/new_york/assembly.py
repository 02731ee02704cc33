"""The Assembly's page of a bill: keyless, both chambers, all sponsors, the Assembly's committee and floor votes.

It answers every question with status 200; what went wrong stands in words, where the summary would be.
It carries no title and no official status.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import Tag

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId, Sponsorship, Version
from billwatch.errors import NotListed, SourceError, Unreachable
from billwatch.legislatures.new_york.assembly_votes import votes_of
from billwatch.legislatures.new_york.history import own_actions, require_history
from billwatch.legislatures.new_york.numbers import padded
from billwatch.legislatures.new_york.spelling import (
    Print,
    asked_print,
    asked_session,
    bill_ids,
    by_short_name,
    named,
    prints_in,
)
from billwatch.legislatures.new_york.watching import BillByBill
from billwatch.page import Page, attribute, words

_PARTS = "Summary=Y&Actions=Y&Committee%26nbspVotes=Y&Floor%26nbspVotes=Y"  # the site spells a space so
_LABELS = {"BILL NO", "SAME AS", "SPONSOR", "COSPNSR", "MLTSPNSR"}
_LAW = re.compile(r"(?:add|amd|rpld|ren|redes|redesig|desig|rel)\b", re.IGNORECASE)  # how every law code begins
_NOT_FOUND = re.compile(r"\"\s*\S+\s*\" was not found\.")


@dataclass(frozen=True)
class Assembly(BillByBill):
    """Reads the Assembly's bill pages under `url`."""

    url: str = "https://nyassembly.gov/leg/"
    name = "assembly"
    label = "the Assembly's site"
    kind = "html"

    def address(self, bill: BillId) -> str:
        """Facts and votes of one bill. Without `term` the site would show this session's bill of that number."""
        return f"{self._of(bill)}&{_PARTS}"

    def page(self, bill: BillId) -> str:
        """The page a person reads."""
        return f"{self._of(bill)}&Summary=Y&Actions=Y"

    def read(self, answer: Answer, asked: BillId) -> Bill:
        """The facts of the page; `votes` is None where it has no part for them."""
        return facts(Page(answer.text(), answer.url), asked)

    def _of(self, bill: BillId) -> str:
        asked = {"default_fld": "", "leg_video": "", "bn": padded(bill.identifier), "term": bill.session}
        return f"{self.url}?{urlencode(asked)}"


def facts(page: Page, asked: BillId) -> Bill:
    """The facts of a whole page about the bill asked for."""
    if page.maybe("#jump_to_Summary") is None:
        raise _refusal(page)
    asked_print(attribute(page.one("input[name=bn]"), "value"), asked, page)
    asked_session(attribute(page.one("input[name=term]"), "value"), asked, page)
    fields, paragraphs = _summary(page)
    law_code, abstract = _law_and_abstract(page, paragraphs)
    actions = own_actions(page, _table(page, "Actions"), "%m/%d/%Y")
    require_history(page, actions, populated=bool(law_code))
    shown = asked_print(fields["BILL NO"], asked, page)
    return Bill(
        **asked._asdict(),
        abstract=abstract,
        version=shown.letter,
        law_code=law_code,
        sponsors=_sponsors(fields),
        actions=actions,
        versions=_active_print(page, shown),
        votes=votes_of(page),
        same_as=_same_as(page, fields["SAME AS"], asked),
    )


def _refusal(page: Page) -> SourceError:
    """The error that a page without a summary tells of."""
    text = page.text()
    if "BILL NO" in text:  # there is a summary, under another name
        return page.changed("nothing matches '#jump_to_Summary'")
    if "Unable to Contact Server" in text:
        return Unreachable("the Assembly's site cannot reach its own database", page.url)
    if _NOT_FOUND.search(text):
        return NotListed("the Assembly's site has no such bill", page.url)
    if "This bill is not active in this session." in text:
        return NotListed("the Assembly's site says: this bill is not active in this session", page.url)
    return page.changed("nothing matches '#jump_to_Summary'")


def _table(page: Page, part: str) -> Tag:
    table = page.one(f"#jump_to_{part}").find_next("table")
    if not isinstance(table, Tag):
        raise page.changed(f"no table under #jump_to_{part}")
    return table


def _summary(page: Page) -> tuple[dict[str, str], list[str]]:
    """The labelled values, and the texts that stand in one wide cell: law code, then summary."""
    fields: dict[str, str] = {}
    paragraphs = []
    for row in _table(page, "Summary").find_all("tr"):
        cells = [words(cell) for cell in row.find_all("td", recursive=False)]
        if len(cells) == 1:
            paragraphs.append(cells[0])
        elif any(cells):
            fields.update({cells[0]: " ".join(cells[1:])})
    if fields.keys() != _LABELS:
        raise page.changed(f"the summary has the labels {', '.join(sorted(fields))}")
    return fields, paragraphs


def _law_and_abstract(page: Page, paragraphs: list[str]) -> tuple[str, str]:
    """Two wide cells are law code and summary, empty or not; of less, the way it begins tells which it is."""
    if len(paragraphs) == 2:
        return paragraphs[0], paragraphs[1]
    told = [text for text in paragraphs if text]
    if len(told) > 1:
        raise page.changed(f"{len(told)} texts where law code and summary were")
    text = told[0] if told else ""
    return (text, "") if _LAW.match(text) else ("", text)


def _sponsors(fields: dict[str, str]) -> tuple[Sponsorship, ...]:
    roles = {"SPONSOR": "primary", "COSPNSR": "cosponsor", "MLTSPNSR": "multisponsor"}
    return tuple(by_short_name(name, role) for label, role in roles.items() for name in named(fields[label]))


def _same_as(page: Page, value: str, asked: BillId) -> tuple[str, ...]:
    """ "SAME AS S04505", "SAME AS UNI A06327, ..." or "No Same As"."""
    found = bill_ids(prints_in(value), asked)
    if not ((value.startswith("SAME AS") and found) or value == "No Same As"):
        raise page.changed(f"'{value[:60]}' does not say what the bill is the same as")
    return found


def _active_print(page: Page, shown: Print) -> tuple[Version, ...] | None:
    """Text and memo of the active print, where they were asked for."""
    sheets = [pre for pre in page.any("pre") if pre.find_parent("pre") is None]
    if not sheets:
        return None
    memo = [pre.get_text() for pre in sheets if "MEMORANDUM IN SUPPORT OF LEGISLATION" in words(pre)]
    text = [pre.get_text() for pre in sheets if "MEMORANDUM IN SUPPORT OF LEGISLATION" not in words(pre)]
    return (Version(shown.letter, text="\n".join(text) or None, memo="\n".join(memo) or None),)
