"""The table of actions, which LBDC and the Assembly's site print alike."""

from __future__ import annotations

import re

from bs4 import Tag

from billwatch.bill import Action
from billwatch.legislatures.new_york.spelling import action_by_case, iso_date
from billwatch.page import Page, words

# Above the indented actions of the bill that was substituted for this one: "S04505 AMEND= GOUNARDES".
_SUBSTITUTE = re.compile(r"[A-Z]\d+[A-Z]* AMEND=")


def own_actions(page: Page, table: Tag, form: str) -> tuple[Action, ...]:
    """The bill's own actions, oldest first; `form` is how the table writes dates.

    A substituted bill goes on with the history of its substitute, in rows that begin with an empty cell
    under a heading: that history is another bill's.
    """
    actions, under_substitute = [], False
    for cells in _rows(table):
        if cells[0] == "BILL NO":
            continue
        if not cells[0]:
            under_substitute = under_substitute or bool(_SUBSTITUTE.match(" ".join(cells).strip()))
            if not under_substitute:
                raise page.changed("an action without a date")
        else:
            actions.append(_action(page, cells, form))
    return tuple(actions)


def _rows(table: Tag) -> list[list[str]]:
    rows = ([words(cell) for cell in row.find_all("td", recursive=False)] for row in table.find_all("tr"))
    return [cells for cells in rows if any(cells)]


def _action(page: Page, cells: list[str], form: str) -> Action:
    if len(cells) != 2 or not cells[1]:
        raise page.changed(f"'{' | '.join(cells)[:80]}' is not an action")
    return action_by_case(iso_date(cells[0], form, page), cells[1])


def require_history(page: Page, actions: tuple[Action, ...], populated: bool) -> None:
    """A bill with a title or a law has been referred somewhere; only a bare placeholder has no history."""
    if populated and not actions:
        raise page.changed("a bill without any action")
