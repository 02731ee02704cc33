"""The Senate's votes on its site: a heading, counts, and a list of family names for each option."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from billwatch.bill import Vote
from billwatch.legislatures.new_york.rolls import counts_of, oldest_first, option_of, require_sums, roll_of
from billwatch.legislatures.new_york.spelling import iso_date, prints_in
from billwatch.page import Page, words

_HEADING = re.compile(r"([A-Z][a-z]{2} \d{1,2}, \d{4}) - (.+?)(?: Committee)? Vote")
_GROUP = re.compile(r"([A-Za-z ]+?) \((\d+)\)")
_WRAPPER = ".c-detail--votes-wrapper"
_ITEMS = ".c-votes--items"


def votes_of(page: Page) -> tuple[Vote, ...]:
    """All votes, oldest first: one wrapper each."""
    wrappers = page.any(_WRAPPER)
    for selector in (".c-detail--vote-grp", _ITEMS, ".vote-container", ".vote-count"):
        inside = sum(len(page.any(selector, wrapper)) for wrapper in wrappers)
        if inside != len(page.any(selector)) or bool(inside) != bool(wrappers):
            raise page.changed(f"'{selector}' and '{_WRAPPER}' do not go together")
    return oldest_first(_vote(page, wrapper) for wrapper in wrappers)


def _vote(page: Page, wrapper: Tag) -> Vote:
    heading = _HEADING.search(words(page.one(".c-bill-detail--subhead", wrapper)))
    if heading is None:
        raise page.changed("a vote without its date")
    kind = "floor" if heading[2] == "Floor" else "committee"
    counts = {option: int(words(page.one(f".{option} .vote-count", wrapper))) for option in ("aye", "nay")}
    roll = roll_of(vote for group in page.all(".c-detail--vote-grp", wrapper) for vote in _group(page, group))
    require_sums(page, roll, counts)
    return Vote(
        iso_date(heading[1], "%b %d, %Y", page),
        "Senate",
        kind,
        committee=heading[2] if kind == "committee" else "",
        version=_print_voted_on(wrapper, page),
        roll=roll,
        counts=counts_of(roll, counts),
    )


def _group(page: Page, group: Tag) -> Iterator[tuple[str, str]]:
    """The option in the title, "aye (40)", with each name of the list: as many as the title says."""
    title = _GROUP.search(words(group))
    items = page.any(f"{_ITEMS} li", group)
    if title is None or int(title[2]) != len(items):
        raise page.changed("a list of votes that is not as long as its title says")
    option = option_of(title[1], page)
    return ((option, words(item)) for item in items)


def _print_voted_on(wrapper: Tag, page: Page) -> str:
    """The letter of the print that the vote links to; "" where it links to none."""
    links = [prints_in(words(link)) for link in page.any('a[href*="/legislation/bills/"]', wrapper)]
    return next((found[0].letter for found in links if found), "")
