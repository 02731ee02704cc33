"""My bills: the page of a list that is kept in the reader's browser, and the index from which it tells what is new.

`my/index.json` is one file for everybody, with every bill in it, so that whoever asks for it says nothing about theirs;
titles and stages come from the index of the search. For each bill it holds one flat list,

    [changes so far, then for each line that is told: age, weight, day, sentence]

Age counts from the newest change, which is 0, so that the browser, which remembers how many changes there were, knows
exactly how many are new and which lines are among them, whatever its clock says. Weight is 0 for a milestone, 1 for
what is notable, 2 for a detail; day and sentence count in lists of the file. A bill that is new here has an empty
sentence: it is told by its title.

Of each bill the lines that outweigh everything newer are told, three at the most: however long somebody was away, the
weightiest of what is new to them is one of these, and is their headline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from billwatch.compare.changes import CORRECTIONS
from billwatch_site.pages.lists import FEW
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.records import Change
from billwatch_site.words.passages import Tallies, passage_of, with_tally
from billwatch_site.words.plurals import weight_of
from billwatch_site.words.sentences import in_short, sentence_of
from billwatch_site.words.stories import seen_on

RECENT = timedelta(days=60)  # what is older is told on the bill's page; it still counts
# How many of the newest lines and of the milestones are told besides the headlines, and down to which weight headlines
# are: the first for which the index is light enough. No line is told where one that outweighs it cannot be.
FILLS = ((3, 2), (2, 2), (0, 2), (0, 1), (0, 0), (0, -1))
LIGHT = 99_000  # bytes for 2,000 bills or fewer, and so much more for more
LONGEST = 110  # characters of a sentence that is no correction
_NEVER = datetime(1970, 3, 2, tzinfo=UTC)


Aged = tuple[int, Change]  # a change, and how many of its bill are newer


class Told(NamedTuple):
    """How many changes a bill has had, and the newest of them, newest first: at least those of the last sixty days, and
    before them those that outweigh all that is newer."""

    changes: int
    newest: Sequence[Aged]


def my_pages(press: SitePress) -> Iterator[Page]:
    """The page and its index."""
    yield press.page("my.html", "my/", few=len(press.bills) <= FEW)
    bills = _told(press)
    tallies = press.news.tallies(change for told in bills.values() for _, change in told.newest)
    yield Page("my/index.json", index(bills, press.settings.stances, tallies))


def _told(press: SitePress) -> dict[str, Told]:
    """What each bill with a page has to tell."""
    counts, newest = press.news.counts, defaultdict[str, list[Aged]](list)
    last = max((hour for bill in press.bills.values() for hour in bill.seen[-1:]), default="")
    since = (datetime.fromisoformat(f"{last}:00") - RECENT).isoformat() if last else ""
    for age, change in press.news.newest(since):
        newest[change.bill].append((age, change))
    return {bill: Told(counts.get(bill, 0), newest[bill]) for bill in press.bills}


def index(bills: Mapping[str, Told], ours: Iterable[str] = (), tallies: Tallies | None = None) -> bytes:
    """What changed lately, as the browser reads it; `ours` are the bills on which the publisher has a position,
    `tallies` the counts of the record's votes.

    In the busiest weeks fewer lines of each bill are told, for the sake of telephones, the details first: what is new
    still counts.
    """
    limit = LIGHT * max(1, len(bills) / 2000)
    for most, weight in FILLS:
        found = msgspec.json.encode(_index(bills, set(ours), tallies or {}, most, weight))
        if len(found) <= limit:
            break
    return found


def _index(bills: Mapping[str, Told], ours: set[str], tallies: Tallies, most: int, weight: int) -> dict[str, object]:
    newest = max((change.seen_at for told in bills.values() for _, change in told.newest[:1]), default=_NEVER)
    days, said, rows = _Places(), _Places(), dict[str, dict[str, list[int]]]()
    for bill, (changes, latest) in bills.items():
        session, _, number = bill.rpartition("/")
        lines = dict([*_of_late(latest, newest - RECENT, most), *_headlines(latest, weight)])
        told = [part for line in sorted(lines.items()) for part in _numbers(*line, tallies, days, said)]
        rows.setdefault(session, {})[number] = [changes, *told]
    return {"days": list(days), "said": list(said), "ours": sorted(bills.keys() & ours), "bills": rows}


def _headlines(newest: Sequence[Aged], weight: int) -> Iterator[Aged]:
    """The changes of a bill that outweigh all that are newer, where they weigh no less than `weight`."""
    for age, change in newest:
        if weight_of(change) <= weight:
            weight = weight_of(change) - 1
            yield age, change


def _of_late(newest: Sequence[Aged], since: datetime, most: int) -> list[Aged]:
    """The newest changes of a bill and the newest milestones, not older than `since`."""
    recent = [(age, change) for age, change in newest if change.seen_at > since]
    return recent[:most] + [(age, change) for age, change in recent if weight_of(change) == 0][:most]


def _numbers(age: int, change: Change, tallies: Tallies, days: _Places, said: _Places) -> tuple[int, int, int, int]:
    on = change.happened_on if change.kind == "action" else seen_on(change).isoformat()
    told = "" if change.kind == "listed" else with_tally(sentence_of(change), tallies.get(passage_of(change), ""))
    return age, weight_of(change), days.place(on), said.place(_shortened(change.kind, told))


def _shortened(kind: str, sentence: str) -> str:
    """A correction as short as it can be said, for its news stands at its end; of anything else the beginning."""
    if kind in CORRECTIONS:
        return in_short(sentence)
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0] + " …"


class _Places(dict[str, int]):
    """A list in which each text stands once, and where."""

    def place(self, text: str) -> int:
        return self.setdefault(text, len(self))
