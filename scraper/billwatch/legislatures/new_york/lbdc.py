"""The Legislative Bill Drafting Commission's public page of a bill: keyless, both chambers, floor votes, text, memo.

The page is a run of text cut by `<br>` and `<hr>`, not a document with marked parts:

    S2422  PERKINS  Same as A 1389 Paulin (MS)          the line under the bar of links
    ON FILE: 01/06/16  Public Officers Law
    TITLE....Expands the definition of "public body"
    [a notice, such as: This bill is not active in the current session.]
    (table of actions)
    ---- PERKINS, ... ; M-S: ... / Amd §102, Pub Off L / Relates to ... ----
    (floor votes) (text) (memo)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import Tag
from bs4.element import NavigableString

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId, Sponsorship
from billwatch.errors import NotListed, SourceError, Unreachable
from billwatch.legislatures.new_york.history import own_actions, require_history
from billwatch.legislatures.new_york.lbdc_prints import versions_of
from billwatch.legislatures.new_york.lbdc_votes import floor_votes
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
from billwatch.page import Page, attribute, collapsed, words

_PARTS = ("CBSTATUS", "CBSUMMARY", "CBSPONMEMO", "CBTEXT", "CBVOTING")
_ON_FILE = re.compile(r"ON FILE: \d\d/\d\d/\d\d ?")
_NO_LAW = re.compile(r":|\d/\d")  # a law's name holds neither; a label that we do not know does


@dataclass(frozen=True)
class Lbdc(BillByBill):
    """Reads navigate.cgi at `url`."""

    url: str = "http://public.leginfo.state.ny.us/navigate.cgi"
    name = "lbdc"
    label = "the Legislative Bill Drafting Commission"
    kind = "html"

    def address(self, bill: BillId) -> str:
        """All parts of one bill of one session."""
        query = {"QUERYDATA": bill.identifier, "QUERYTYPE": "BILLNO", "SESSYR": bill.session}
        return f"{self.url}?NVDTO:=&{urlencode({**query, **dict.fromkeys(_PARTS, 'Y')})}"

    def page(self, bill: BillId) -> str:
        """People read the same page, without its text."""
        return self.address(bill).replace("&CBTEXT=Y", "")

    def read(self, answer: Answer, asked: BillId) -> Bill:
        """The facts of the page. It carries no official status, committee or previous versions."""
        return facts(Page(answer.text(), answer.url), asked)


def facts(page: Page, asked: BillId) -> Bill:
    """The facts of a whole page about the bill asked for."""
    number = page.maybe("#nv_bot_contents > span.nv_bot_info > strong")
    if number is None:
        raise _refusal(page)
    shown = asked_print(words(number), asked, page)
    asked_session(attribute(page.one("select[name=SESSYR] option[selected]"), "value"), asked, page)
    heading = _heading(page)
    table = heading.find_next("table")
    if not isinstance(table, Tag):
        raise page.changed("no table of actions")
    return _bill(page, asked, shown, heading, table)


def _bill(page: Page, asked: BillId, shown: Print, heading: Tag, table: Tag) -> Bill:
    first, *lines = list(_lines(heading, table))
    law_section, title = _law_and_title(page, lines)
    sponsors, law_code, abstract = _summary(page, table)
    actions = own_actions(page, table, "%m/%d/%y")
    require_history(page, actions, populated=bool(title or law_code))
    return Bill(
        **asked._asdict(),
        title=title,
        abstract=abstract,
        version=shown.letter,
        law_section=law_section,
        law_code=law_code,
        sponsors=sponsors,
        actions=actions,
        versions=versions_of(page, shown),
        votes=floor_votes(page),
        same_as=_same_as(page, first, asked),
    )


def _refusal(page: Page) -> SourceError:
    text = page.text()
    if "No bills matched your query" in text:
        return NotListed("LBDC has no such bill", page.url)
    if "Processing Error" in text:
        return Unreachable("LBDC answers '404 - Processing Error', its word for an outage", page.url)
    return page.changed("no bill number in span.nv_bot_info")


def _heading(page: Page) -> Tag:
    """The bill number that stands in the text itself; the one before it stands in the bar of links."""
    strong = page.all("#nv_bot_contents strong")
    for tag in strong:
        if not tag.find_parent("span", class_="nv_bot_info"):
            return tag
    raise page.changed("no bill number above the actions")


def _lines(start: Tag, stop: Tag) -> Iterator[str]:
    """The lines of text, cut by `<br>`, from inside one element up to another."""
    line: list[str] = []
    for element in start.next_elements:
        if element is stop or (isinstance(element, Tag) and element.name == "br"):
            yield collapsed(" ".join(line))
            line = []
        elif type(element) is NavigableString:  # neither comments nor styles
            line.append(element)
        if element is stop:
            return


def _law_and_title(page: Page, lines: list[str]) -> tuple[str, str]:
    """The law section from the line before the title, the title from its own; notices may follow."""
    titles = [at for at, line in enumerate(lines) if line.startswith("TITLE....")]
    if len(titles) != 1:
        raise page.changed("no line 'TITLE....'")
    before = [line for line in lines[: titles[0]] if line and "SANCTION IMPACT" not in line.upper()]
    law = _ON_FILE.sub("", " ".join(before))
    if len(before) > 1 or _NO_LAW.search(law):
        raise page.changed(f"'{law[:60]}' is not a law section")
    return law, lines[titles[0]].removeprefix("TITLE....").strip()


def _summary(page: Page, table: Tag) -> tuple[tuple[Sponsorship, ...], str, str]:
    """Sponsors, law code and summary, which stand between the first two rules below the actions."""
    rules = [rule for rule in table.find_all_next("hr") if isinstance(rule, Tag)][:2]
    if len(rules) != 2:
        raise page.changed("no summary between two rules")
    names, *rest = list(_lines(*rules))
    if len(rest) < 2:
        raise page.changed("names, law and summary are not on lines of their own")
    return _sponsors(page, names), rest[0], rest[1]


def _sponsors(page: Page, listed: str) -> tuple[Sponsorship, ...]:
    """ "ROZIC, ABBATE; M-S: Arroyo": the first leads, those after M-S are multi-sponsors."""
    own, _, multi = listed.partition("; M-S:")
    if re.search(r"[;:]", own + multi):
        raise page.changed(f"'{listed[-60:]}' is not a list of sponsors")
    roles = ["primary"] + ["cosponsor"] * len(named(own))
    leading = [by_short_name(name, role) for name, role in zip(named(own), roles, strict=False)]
    return (*leading, *(by_short_name(name, "multisponsor") for name in named(multi)))


def _same_as(page: Page, line: str, asked: BillId) -> tuple[str, ...]:
    """Ids after "Same as" ("Same as Uni." for bills printed as one); none after "No Same as"."""
    before, label, after = line.partition("Same as")
    if not label or not before.endswith(("No ", " ")):
        raise page.changed("neither 'Same as' nor 'No Same as'")
    found = bill_ids(prints_in(after), asked)
    if bool(found) == before.endswith("No "):
        raise page.changed(f"'{line[:80]}' does not say what the bill is the same as")
    return found
