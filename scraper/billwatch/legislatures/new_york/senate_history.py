"""The table of actions on the Senate's site, put back into the order in which things happened.

The site prints newest first, but groups by bill, print and day: the days of an older print follow those of
the newer one, even where they overlap, and nothing says where a group begins except that the date jumps back up.
Two things are lost: the place of a line that is dated out of order, which goes to its date, and the order within
a day on which a print came back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bs4 import Tag

from billwatch.bill import Action
from billwatch.legislatures.new_york.spelling import iso_date, official
from billwatch.page import Page, attribute, words

_TABLE = ".c-bill--actions-table"
_LINE = "c-bill--action-line-"
_CHAMBERS = {f"{_LINE}senate": "Senate", f"{_LINE}assembly": "Assembly"}


class Day(NamedTuple):
    """One row: what happened to one print on one day, newest first."""

    date: str
    actions: tuple[Action, ...]


def actions_of(page: Page, identifier: str) -> tuple[Action, ...]:
    """The bill's own actions, oldest first, in capitals; () where the page has no table of them."""
    dates, cells = page.any(f"{_TABLE}-col1"), page.any(f"{_TABLE}-col2")
    if len(dates) != len(cells) or (bool(dates) and page.maybe(_TABLE) is None):
        raise page.changed(f"{len(dates)} days and {len(cells)} lists of actions")
    days = [_day(page, date, cell) for date, cell in zip(dates, cells, strict=True)]
    return tuple(action for day in oldest_first(own(days, identifier)) for action in reversed(day.actions))


def _day(page: Page, date: Tag, cell: Tag) -> Day:
    iso = iso_date(words(date), "%b %d, %Y", page)
    actions = tuple(
        Action(iso, _chamber(page, line), official(words(line))) for line in page.all(f'[class*="{_LINE}"]', cell)
    )
    if official(words(cell)) != " ".join(action.text for action in actions):
        raise page.changed("an action without its chamber")
    return Day(iso, actions)


def _chamber(page: Page, line: Tag) -> str:
    for name in attribute(line, "class").split():
        if name in _CHAMBERS:
            return _CHAMBERS[name]
    raise page.changed(f"'{attribute(line, 'class')[:60]}' names no chamber")


def own(days: list[Day], identifier: str) -> list[Day]:
    """The days without those of the bill that was substituted for this one.

    The site shows the substitute's history from "substituted for" this very bill on, as one group: above this
    bill's own as a rule, below it when nothing has happened to the substitute since that day.
    """
    here = re.compile(rf"SUBSTITUTED FOR {identifier}[A-Z]?\b")
    at = next((n for n, day in enumerate(days) if any(here.match(a.text) for a in day.actions)), None)
    if at is None:
        return days
    if not any(a.text.startswith("SUBSTITUTED BY") for day in days[:at] for a in day.actions):
        return days[at + 1 :]
    start = at
    while start and days[start].date < days[start - 1].date:
        start -= 1
    return days[:start] + days[at + 1 :]


def _groups(days: list[Day]) -> list[list[Day]]:
    """Runs of falling dates: a date that does not fall begins the next group."""
    groups: list[list[Day]] = []
    for day in days:
        if not groups or day.date >= groups[-1][-1].date:
            groups.append([])
        groups[-1].append(day)
    return groups


def oldest_first(days: list[Day]) -> list[Day]:
    """The groups merged by date; on one day the print goes first that was under way, else the older one."""
    groups = [list(group) for group in reversed(_groups(days))]
    ordered: list[Day] = []
    current = 0
    while any(groups):
        oldest = min(group[-1].date for group in groups if group)
        if not groups[current] or groups[current][-1].date != oldest:
            current = next(n for n, group in enumerate(groups) if group and group[-1].date == oldest)
        ordered.append(groups[current].pop())
    return ordered
