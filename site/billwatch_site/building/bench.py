"""The bench: where units of work are done. A unit is a bill, a group of bills, or one of the pages of the site.

What a unit shows has a fingerprint; where it is the one that the standing site was made with, nothing is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from billwatch_site import pages
from billwatch_site.building.looking import intact
from billwatch_site.building.manifest import Files, Unit, clocked, files_of
from billwatch_site.building.writing import Draft
from billwatch_site.printing.press import BillPress, Contents, Group, Page, Press, SitePress, templates
from billwatch_site.printing.static import static_files
from billwatch_site.reading.digest import digest, encoded
from billwatch_site.reading.news import Dated, Month, days_of
from billwatch_site.reading.view import Raw, View, brief, record
from billwatch_site.settings import Settings

P = TypeVar("P", bound=Press)
T = TypeVar("T")

Names = dict[tuple[str, str], list[str]]  # kind and name of a group -> its bills


class Order(msgspec.Struct, frozen=True):
    """What all units of one build are made with."""

    settings: Settings
    now: datetime
    edition: bytes


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What the store shows of a bill now, as digests, and whether its old files are as we left them."""

    bill: str
    fingerprint: str
    shown: str
    intact: bool


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A unit that was made; how many of its files were not the same before, and how many were not there."""

    entry: Unit
    written: int
    added: int


class Grouped(msgspec.Struct, frozen=True):
    """A group of bills by their ids."""

    kind: str
    name: str
    bills: tuple[str, ...]

    @property
    def unit(self) -> str:
        return f"{self.kind} {self.name}"


class Bench:
    """Reads, makes and keeps; does as it is told, in whatever process."""

    def __init__(self, view: View, order: Order) -> None:
        self._view, self._order = view, order
        self._press = Press(order.settings, static_files(), templates(order.edition))
        self._site = SitePress(self._press, view, order.now)
        self._briefs: dict[str, bytes] = {}  # of the bills that were read here
        self._draft = Draft("")

    def begin(self) -> int:
        self._view.begin()
        return len(self._view.ids)

    def end(self) -> None:
        self._view.end()

    def open(self, draft: Draft) -> None:
        """From now on units are written into this draft, and large files beside where they will be."""
        self._draft, self._site.scratch = draft, draft.new

    # -- bills

    def read(self, ids: Sequence[str], old: Mapping[str, bytes], since: int) -> list[Reading]:
        """What the store shows of these bills; `old` is the JSON of their `Files` in the site that stands."""
        return [
            Reading(raw.id, mark, shown, raw.id in old and intact(self._draft.old, files_of(old[raw.id]), since))
            for raw, mark, shown, _ in self._marked(ids)
        ]

    def make(self, ids: Sequence[str], old: Mapping[str, bytes]) -> list[Made]:
        """Make the folders of these bills."""
        made = []
        for raw, mark, shown, kin in self._marked(ids):
            bill = record(raw, {id: brief(id, found) for id, found in kin.items()})
            press = BillPress(self._press, bill, self._view.watch.blind(bill.legislature))
            printed = _printed(pages.OF_A_BILL, press, bill)
            made.append(self._put(f"bill {raw.id}", mark, printed, old.get(raw.id), shown))
        return made

    def _marked(self, ids: Sequence[str]) -> Iterator[tuple[Raw, str, str, dict[str, bytes]]]:
        """Each bill with the digest of all that its folder shows and of what lists show, and the briefs of its kin."""
        raws = list(self._view.raw(ids))
        briefs = {raw.id: raw.brief for raw in raws}
        self._briefs |= briefs
        briefs |= self._view.raw_briefs({other for id in ids for other in self._view.kin(id)} - briefs.keys())
        for raw in raws:
            kin = {other: briefs[other] for other in self._view.kin(raw.id)}
            blind = encoded(self._view.watch.blind(raw.id.partition("/")[0]))
            mark = digest(self._order.edition, *raw[1:], *kin.values(), blind)
            yield raw, mark, digest(raw.brief, raw.changes, self._view.raw_cards[raw.id]), kin

    # -- groups of bills, and all the rest

    def grouped(self) -> Names:
        """The groups that the bills read here belong to; their raw briefs are let go."""
        found: Names = defaultdict(list)
        briefs, self._briefs = self._briefs, {}
        for id, raw in briefs.items():
            bill = brief(id, raw)
            for kind, (names, _) in pages.OF_A_GROUP.items():
                for name in names(bill):
                    found[kind, name].append(id)
        return dict(found)

    def make_group(self, group: Grouped, mark: str, old: bytes | None) -> list[Made]:
        """Make the pages of one group."""
        bills = self._site.bills
        shown = Group(group.kind, group.name, tuple(bills[id] for id in group.bills))
        return [self._put(group.unit, mark, _printed(pages.OF_A_GROUP[group.kind].made, self._site, shown), old)]

    def days(self, month: str) -> list[Dated]:
        """The days of this month on which something changed."""
        return days_of(self._view, month)

    def calendar(self, months: list[Month]) -> None:
        """From now on this is when something changed."""
        self._site.months = months

    def make_month(self, month: Month, mark: str, old: bytes | None) -> list[Made]:
        """Make the page of one month."""
        return [self._put(f"month {month.dated.name}", mark, _printed(pages.OF_A_MONTH, self._site, month), old)]

    def make_day(self, day: Dated, mark: str, old: bytes | None) -> list[Made]:
        """Make the page of one day of a month that is too long for a page."""
        return [self._put(f"day {day.name}", mark, _printed(pages.OF_A_DAY, self._site, day), old)]

    def make_page(self, unit: str, mark: str, old: bytes | None) -> list[Made]:
        """Make what one function for the whole site makes."""
        return [self._put(unit, mark, page_makers()[unit](self._site), old)]

    def make_last(self, contents: Contents, mark: str, old: bytes | None) -> list[Made]:
        """Make what tells of the files of the site."""
        return [self._put("contents", mark, _printed(pages.OF_THE_CONTENTS, self._site, contents), old)]

    def _put(self, unit: str, mark: str, printed: Iterable[Page], old: bytes | None, shown: str = "") -> Made:
        before = files_of(old) if old else {}
        files: Files = {}
        written = added = 0
        self._site.looked_at_the_clock = False
        for page in printed:
            folder, slash, name = page.path.rpartition("/")
            size = before.get(folder + slash, {}).get(name)
            now = page.file.stat().st_size if page.file else len(page.content)
            if page.file:
                written += self._draft.move(page.path, page.file, size)
            else:
                written += self._draft.put(page.path, page.content, size)
            added += size is None
            files.setdefault(folder + slash, {})[name] = now
        clock = self._site.looked_at_the_clock
        count = sum(map(len, files.values()))
        fingerprint = clocked(mark, self._order.now) if clock else mark
        return Made(Unit(unit, fingerprint, shown, clock, count, msgspec.Raw(encoded(files))), written, added)

    def keep(self, old: Sequence[bytes]) -> list[Made]:
        """Take these files over from the site that stands; nothing is made."""
        for files in map(files_of, old):
            self._draft.keep(files)
        return []


def _printed(makers: Iterable[Callable[[P, T], Iterator[Page]]], press: P, about: T) -> Iterator[Page]:
    """What each of these functions makes of the same, one after the other."""
    return (page for maker in makers for page in maker(press, about))


def page_makers() -> dict[str, Callable[[SitePress], Iterator[Page]]]:
    """The functions for the whole site by the names of their units."""
    return {f"page {maker.__module__}.{maker.__qualname__}": maker for maker in (*pages.OF_THE_SITE, static_pages)}


def static_pages(press: SitePress) -> Iterator[Page]:
    """The files that are not pages."""
    return (Page(path, content) for path, content in press.static.contents.items())
