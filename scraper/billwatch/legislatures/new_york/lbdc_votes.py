"""Floor votes of both chambers as LBDC prints them: a line of counts, then a table of options and names."""

from __future__ import annotations

import re

from bs4 import Tag

from billwatch.bill import Vote
from billwatch.legislatures.new_york.rolls import counts_of, oldest_first, option_of, roll_of
from billwatch.legislatures.new_york.spelling import iso_date, prints_in
from billwatch.page import Page, words

# 05/15/18  A1646-A   Assembly Vote  Yes: 141  No : 0
_LINE = re.compile(
    r"(\d\d/\d\d/\d\d)\s+([A-Z]\d+(?:-[A-Z])?)\s+(Senate|Assembly) Vote"
    r"\s+(?:Aye|Yes)\s*:\s*(\d+)\s+(?:Nay|No)\s*:\s*(\d+)"
)


def floor_votes(page: Page) -> tuple[Vote, ...]:
    """All floor votes, oldest first; the page says nothing of a bill that never came to the floor."""
    lines = [s for s in page.one("#nv_bot_contents").find_all(string=_LINE) if s.find_parent("pre") is None]
    expected = len(page.any('a[href^="#VOTE"]'))
    rolls = {id(cell.find_parent("table")) for cell in page.any("#nv_bot_contents td > strong")}
    if not expected == len(lines) == len(rolls):
        raise page.changed(f"{expected} votes are listed, {len(lines)} told, {len(rolls)} rolls shown")
    # The newest vote stands first.
    return oldest_first(_vote(page, _LINE.search(line), line.find_next("table")) for line in reversed(lines))


def _vote(page: Page, line: re.Match[str] | None, table: object) -> Vote:
    if line is None or not isinstance(table, Tag):
        raise page.changed("a vote without its roll")
    date, number, chamber, ayes, nays = line.groups()
    cells = [words(cell) for cell in table.find_all("td")]
    roll = roll_of((option_of(option, page), name) for option, name in zip(cells[::2], cells[1::2], strict=True))
    return Vote(
        iso_date(date, "%m/%d/%y", page),
        chamber,
        "floor",
        version=prints_in(number)[0].letter,
        roll=roll,
        counts=counts_of(roll, {"aye": int(ayes), "nay": int(nays)}),
    )
