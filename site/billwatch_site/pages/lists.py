"""The lists of all bills: on one page while they are few, else by legislature, session and stage, and by number.

A page of a long list holds a fixed range of numbers, so that a bill that comes or goes moves no other to another page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

import msgspec

from billwatch_site.pages import shelves
from billwatch_site.pages.gone_back import note_of
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.records import Brief
from billwatch_site.words.links import fragment
from billwatch_site.words.numbers import number_parts

FEW = 500  # bills that one page can list
_RANGE = 500  # numbers on a page of a longer list
_LATEST = 25
RELATIVES = "of-their-families"  # the shelf of those that are not followed for their own sake


class StageList(msgspec.Struct, frozen=True):
    """The bills of one session that stand at one stage, by number."""

    legislature: str
    session: str
    stage: str
    bills: tuple[Brief, ...]

    @property
    def path(self) -> str:
        return f"bills/{self.legislature}/{self.session}/{fragment(self.stage)}/"

    @property
    def latest(self) -> list[Brief]:
        """Those that moved last."""
        return sorted(self.bills, key=lambda b: (b.last_action_on, b.id), reverse=True)[:_LATEST]

    def ranges(self) -> list[tuple[str, str, list[Brief]]]:
        """(path, "S500 to S999", its bills) of each page of a long list."""
        found: dict[tuple[str, int], list[Brief]] = defaultdict(list)
        for bill in self.bills:
            letters, number = number_parts(bill.identifier)
            found[letters, number // _RANGE].append(bill)
        return [
            (
                f"{self.path}{letters}{n * _RANGE}/",
                f"{letters}{n * _RANGE or 1} to {letters}{(n + 1) * _RANGE - 1}",
                some,
            )
            for (letters, n), some in found.items()
        ]


def lists_of(bills: Iterable[Brief]) -> list[StageList]:
    """The latest session first, in it the stages in the order of a bill's way."""
    found: dict[tuple[str, str, str], list[Brief]] = defaultdict(list)
    for bill in sorted(bills, key=lambda bill: number_parts(bill.identifier)):
        found[bill.session, bill.legislature, bill.stage if bill.followed else RELATIVES].append(bill)
    lists = [StageList(code, session, stage, tuple(some)) for (session, code, stage), some in found.items()]
    lists.sort(key=lambda s: (s.legislature, shelves.rank_of(s.stage)))
    return sorted(lists, key=lambda s: s.session, reverse=True)


def bill_list(press: SitePress) -> Iterator[Page]:
    """Every bill that has a page, by stage; of many, by session too."""
    if len(press.bills) > FEW:
        yield from list_pages(press)
        return
    relatives = [brief for brief in press.bills.values() if not brief.followed]
    stages = shelves.by_stage(press.followed, partial(note_of, press.checks, press.checked_at))
    yield press.page("bills.html", "bills/", stages=stages, relatives=relatives)


def list_pages(press: SitePress) -> Iterator[Page]:
    """The lists of a site of many bills, and their own list."""
    lists = lists_of(press.bills.values())
    sessions = [(*key, list(some)) for key, some in groupby(lists, lambda s: (s.session, s.legislature))]
    yield press.page("sessions.html", "bills/", sessions=sessions, relatives=RELATIVES)
    for shelf in lists:
        ranges = shelf.ranges() if len(shelf.bills) > FEW else []
        note = note_of(press.checks, press.checked_at, shelf.bills)
        yield press.page("shelf.html", shelf.path, shelf=shelf, ranges=ranges, words="", note=note, relatives=RELATIVES)
        for path, words, some in ranges:
            of_range = msgspec.structs.replace(shelf, bills=tuple(some))
            note = note_of(press.checks, press.checked_at, some)
            yield press.page("shelf.html", path, shelf=of_range, ranges=[], words=words, note=note, relatives=RELATIVES)
