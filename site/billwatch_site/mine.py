"""My bills: the page of a list that is kept in the reader's browser, and the index from which it tells what is new.

`my/index.json` is one file for everybody, with every bill in it, so that whoever asks for it says nothing about theirs;
titles and stages come from the index of the search. For each bill it holds one flat list,

    [changes so far, then for each line that is told: age, weight, day, sentence]

Age counts from the newest change, which is 0, so that the browser, which remembers how many changes there were, knows
exactly how many are new and which lines are among them, whatever its clock says. Weight is 0 for a milestone, 1 for
what is notable, 2 for a detail; day and sentence count in lists of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord, Change
from billwatch_site.sentences import sentence_of
from billwatch_site.stories import seen_on, weight_of

RECENT = timedelta(days=60)  # what is older is told on the bill's page; it still counts
LINES = 3  # of the newest, and as many milestones
LONGEST = 110  # characters of a sentence


def my_pages(press: Press) -> Iterator[Page]:
    """The page and its index."""
    yield press.page("my.html", "my/")
    bills = list(press.contents.bills.values())
    yield Page("my/index.json", msgspec.json.encode(index(bills, press.settings.stances)))


def index(bills: Iterable[BillRecord], ours: Iterable[str] = ()) -> dict[str, object]:
    """What changed lately, as the browser reads it; `ours` are the bills on which the publisher has a position."""
    bills = list(bills)
    newest = max((change.seen_at for bill in bills for change in bill.changes[:1]), default=None)
    days, said, rows = _Places(), _Places(), dict[str, dict[str, list[int]]]()
    for bill in bills:
        told = [number for line in _lines(bill.changes, newest) for number in _numbers(*line, days, said)]
        session = rows.setdefault(f"{bill.legislature}/{bill.session}", {})
        session[bill.identifier] = [len(bill.changes), *told]
    return {"days": list(days), "said": list(said), "ours": sorted({b.id for b in bills} & set(ours)), "bills": rows}


def _lines(changes: tuple[Change, ...], newest: datetime | None) -> list[tuple[int, Change]]:
    """The changes of a bill that are told, with their ages: the newest and the milestones of late, or the last one."""
    if newest is None:
        return []
    aged = list(enumerate(changes))
    recent = [(age, change) for age, change in aged if change.seen_at > newest - RECENT]
    milestones = [(age, change) for age, change in recent if weight_of(change) == 0]
    told = {age: change for age, change in recent[:LINES] + milestones[:LINES]} or dict(aged[:1])
    return sorted(told.items())


def _numbers(age: int, change: Change, days: _Places, said: _Places) -> tuple[int, int, int, int]:
    on = change.happened_on if change.kind == "action" else seen_on(change).isoformat()
    return age, weight_of(change), days.place(on), said.place(_shortened(sentence_of(change)))


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0] + " …"


class _Places(dict[str, int]):
    """A list in which each text stands once, and where."""

    def place(self, text: str) -> int:
        return self.setdefault(text, len(self))
