"""My bills: the page of a list that is kept in the reader's browser, and the index from which it tells what is new.

`my/index.json` is one file for everybody, with every bill in it, so that whoever asks for it says nothing about theirs;
titles and stages come from the index of the search. For each bill it holds one flat list,

    [changes so far, then for each line that is told: age, weight, day, sentence]

Age counts from the newest change, which is 0, so that the browser, which remembers how many changes there were, knows
exactly how many are new and which lines are among them, whatever its clock says. Weight is 0 for a milestone, 1 for
what is notable, 2 for a detail; day and sentence count in lists of the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from billwatch_site.pages.lists import FEW
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.records import Change
from billwatch_site.words.sentences import sentence_of
from billwatch_site.words.stories import seen_on, weight_of

RECENT = timedelta(days=60)  # what is older is told on the bill's page; it still counts
LINES = (3, 2, 1, 0)  # as many of the newest, and of the milestones: the first for which the index is light enough
LIGHT = 99_000  # bytes for 2,000 bills or fewer, and so much more for more
LONGEST = 110  # characters of a sentence
_NEVER = datetime(1970, 3, 2, tzinfo=UTC)


class Told(NamedTuple):
    """How many changes a bill has had, and the newest of them, newest first: at least those of the last sixty days."""

    changes: int
    newest: Sequence[Change]


def my_pages(press: SitePress) -> Iterator[Page]:
    """The page and its index."""
    yield press.page("my.html", "my/", few=len(press.bills) <= FEW)
    yield Page("my/index.json", index(_told(press), press.settings.stances))


def _told(press: SitePress) -> dict[str, Told]:
    """What each bill with a page has to tell."""
    counts, newest = press.news.counts, defaultdict[str, list[Change]](list)
    last = max((hour for bill in press.bills.values() for hour in bill.seen[-1:]), default="")
    since = (datetime.fromisoformat(f"{last}:00") - RECENT).isoformat() if last else ""
    for change in press.news.newest(since):
        newest[change.bill].append(change)
    return {bill: Told(counts.get(bill, 0), newest[bill]) for bill in press.bills}


def index(bills: Mapping[str, Told], ours: Iterable[str] = ()) -> bytes:
    """What changed lately, as the browser reads it; `ours` are the bills on which the publisher has a position.

    In the busiest weeks fewer lines of each bill are told, for the sake of telephones: what is new still counts.
    """
    limit = LIGHT * max(1, len(bills) / 2000)
    for lines in LINES:
        found = msgspec.json.encode(_index(bills, set(ours), lines))
        if len(found) <= limit:
            break
    return found


def _index(bills: Mapping[str, Told], ours: set[str], lines: int) -> dict[str, object]:
    newest = max((change.seen_at for told in bills.values() for change in told.newest[:1]), default=_NEVER)
    days, said, rows = _Places(), _Places(), dict[str, dict[str, list[int]]]()
    for bill, (changes, latest) in bills.items():
        session, _, number = bill.rpartition("/")
        told = [part for line in _lines(latest, newest - RECENT, lines) for part in _numbers(*line, days, said)]
        rows.setdefault(session, {})[number] = [changes, *told]
    return {"days": list(days), "said": list(said), "ours": sorted(bills.keys() & ours), "bills": rows}


def _lines(newest: Sequence[Change], since: datetime, most: int) -> list[tuple[int, Change]]:
    """The changes of a bill that are told, with their ages: the newest and the milestones of late, or the last one."""
    recent = [(age, change) for age, change in enumerate(newest) if change.seen_at > since]
    milestones = [(age, change) for age, change in recent if weight_of(change) == 0]
    told = dict(recent[:most] + milestones[:most]) or dict(enumerate(newest[: min(most, 1)]))
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
