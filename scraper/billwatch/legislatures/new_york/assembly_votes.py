"""The Assembly's own votes, in committee and on the floor, each a table whose caption says what it was.

Until early 2024 the roll of a floor vote stood in the table's cells; since then it stands in
`div.vote-name`s that follow the table, up to the next one. Committee rolls stand in cells still.
"""

from __future__ import annotations

import re

from bs4 import Tag

from billwatch.bill import Vote
from billwatch.legislatures.new_york.rolls import (
    Roll,
    counts_of,
    oldest_first,
    option_of,
    require_sums,
    roll_of,
    stated_counts,
)
from billwatch.legislatures.new_york.spelling import iso_date
from billwatch.page import Page, words

_NONE = "There are no votes for this bill in this legislative session."
_LABEL = re.compile(r"(BILL|Committee|Chair|DATE|MOTION|Action|Correction Date|YEA/NAY)\s*:")
_DATE = re.compile(r"\d\d/\d\d/\d{4}")
_LEGEND = "videoconferencing"  # "‡ Indicates participation via videoconferencing": a cell that is no vote


def votes_of(page: Page) -> tuple[Vote, ...] | None:
    """All votes, oldest first; () where the page says there were none, None where it has no part for votes."""
    tables = [caption.find_parent("table") for caption in page.any("table > caption")]
    votes = [_vote(page, table) for table in tables if isinstance(table, Tag)]
    _require_every_roll(page)
    if votes:
        return oldest_first(votes)
    return () if _NONE in page.text() else None


def _vote(page: Page, table: Tag) -> Vote:
    said = _caption(page, table)
    roll = _in_divisions(page, table) or _in_cells(page, table)
    counts = stated_counts(said.get("YEA/NAY", ""))
    require_sums(page, roll, counts)
    date = _DATE.match(said["DATE"])
    if date is None or not roll:
        raise page.changed("a vote without date or roll")
    iso, counted = iso_date(date[0], "%m/%d/%Y", page), counts_of(roll, counts)
    if "YEA/NAY" in said:
        return Vote(iso, "Assembly", "floor", roll=roll, counts=counted)
    motion = said["Action"]
    return Vote(iso, "Assembly", "committee", said["Committee"], motion, roll=roll, counts=counted)


def _caption(page: Page, table: Tag) -> dict[str, str]:
    """The caption's words after each of its labels."""
    parts = _LABEL.split(words(page.one("caption", table)))
    said = {label: value.strip() for label, value in zip(parts[1::2], parts[2::2], strict=True)}
    floor = {"DATE", "YEA/NAY"} <= said.keys() and bool(stated_counts(said["YEA/NAY"]))
    committee = {"DATE", "Committee", "Chair", "Action"} <= said.keys() and ":" not in said["Action"]
    if not floor and not committee:
        raise page.changed(f"the votes' caption says '{words(page.one('caption', table))[:120]}'")
    return said


def _in_cells(page: Page, table: Tag) -> Roll:
    cells = [text for cell in table.find_all("td") if (text := words(cell)) and _LEGEND not in text]
    if len(cells) % 2:
        raise page.changed(f"{len(cells)} cells are no pairs of name and vote")
    return roll_of((option_of(option, page), name) for name, option in zip(cells[::2], cells[1::2], strict=True))


def _in_divisions(page: Page, table: Tag) -> Roll:
    """The divisions after this table and before the next: all on the page would be every vote's at once."""
    pairs = []
    for element in table.find_all_next(["table", "div"]):
        if element.name == "table":
            break
        if "vote-name" in element.get_attribute_list("class"):
            option, name = page.one(".vote", element), page.one(".name", element)
            pairs.append((option_of(words(option), page), words(name)))
    return roll_of(pairs)


def _require_every_roll(page: Page) -> None:
    """Votes that no captioned table claims would be lost in silence."""
    first = page.root.select_one("table:has(> caption)")
    if page.any(".vote-name") and first is None:
        raise page.changed("a roll of votes without a caption")
