"""THE FLOW OUT: from the store to the site.

Read what the store shows of the bills we follow and of their families; make the folders of those that show something
new, then the pages of the groups that these belong to, then what is about everything; take over from the site that
stands all that stayed the same; and put it in place at once. The same store and the same clock give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch_site.building.bench import Bench, Grouped, Made, Names, Order, page_makers
from billwatch_site.building.crew import Alone, Crew, Job, Together, What, size_for
from billwatch_site.building.edition import edition_of
from billwatch_site.building.folder import Place, place_at
from billwatch_site.building.fulltext import index_of
from billwatch_site.building.manifest import Files, Unit, files_of, manifest
from billwatch_site.building.report import BuildReport
from billwatch_site.building.stamp import Stamp, files_of_store
from billwatch_site.building.writing import Draft
from billwatch_site.downloads.files import DATA
from billwatch_site.printing.press import Contents
from billwatch_site.reading.digest import digest, encoded
from billwatch_site.reading.news import calendar_of
from billwatch_site.reading.view import View, opened
from billwatch_site.settings import Settings

T = TypeVar("T")

AT_ONCE = 50  # bills in one job
TRIES = 100  # to see the same state of the store from every process, while somebody writes to it


def build(
    store: Path | str | Database, out: Path, settings: Settings, now: datetime, processes: int | None = None
) -> BuildReport:
    """Make `out` the site of this store as of `now` (with offset). See `folder.py` for what may stand there.

    `processes` are as many as are worth it where nothing is said, and none but this one for an open database. Every
    number of them makes the same site.
    """
    order = Order(settings, now, edition_of(settings))
    with place_at(Path(out)) as place:
        if not isinstance(store, Database):
            return _of_a_file(Path(store), place, order, processes)
        view = View(store)
        return _built(view, Alone(Bench(view, order)), place, order)


def _of_a_file(store: Path, place: Place, order: Order, processes: int | None) -> BuildReport:
    """Build from a store that has to be opened, unless what stands was made from it as it is now."""
    stamp = Stamp(files_of_store(store), digest(order.edition, order.now.isoformat().encode()))
    if report := place.as_made(stamp):
        return report
    with closing(opened(store)) as db:
        view = View(db)
        size = size_for(view.followed()) if processes is None else processes
        with closing(Together(size, partial(_bench, store, order)) if size else Alone(Bench(view, order))) as crew:
            report = _built(view, crew, place, order)
    place.keep(stamp, report)
    return report


def _bench(store: Path, order: Order) -> Bench:
    return Bench(View(opened(store)), order)


def _built(view: View, crew: Crew, place: Place, order: Order) -> BuildReport:
    with _one_state(view, crew):
        return _Build(view, crew, place, order).report()


@contextmanager
def _one_state(view: View, crew: Crew) -> Iterator[None]:
    """While everybody sees one state of the store: nobody wrote between the first who looked at it and the last."""
    try:
        for _ in range(TRIES):
            before = view.version()
            crew.each(Bench.begin)
            view.begin()
            if view.version() == before:
                break
            crew.each(Bench.end)
            view.end()
        else:
            raise StoreError("the store is written to all the time; build again later")
        yield
    finally:
        view.end()


class _Build:
    """One build: first the bills, then the groups of bills and the pages about all, then what is kept."""

    def __init__(self, view: View, crew: Crew, place: Place, order: Order) -> None:
        self.view, self.crew, self.place, self.order = view, crew, place, order
        self.shown: dict[str, str] = {}  # bill -> digest of what lists show of it
        self.marks: dict[str, str] = {}  # bill -> digest of all that its folder shows
        self.made: list[Made] = []
        self.kept: list[Unit] = []

    def report(self) -> BuildReport:
        """Build, and say what was done."""
        self.crew.each(Bench.open, Draft(str(self.place.part), self.place.folder))
        stale = self._stale_bills() if self.place.entries else self.view.ids
        if not stale and self._stands():
            self.place.clear()
            return self._reported(changed=False)
        with self.place.begun() as folder:
            self._do(self._bills(stale))
            dated = list(self._dated())  # first, for all pages may ask when something changed
            self._do([*self._pages(), *self._groups(), *dated])
            self._do(self._last())
            self._do(self._keeping())
            if self.order.settings.search == "pagefind":
                index_of(folder)
            self.place.publish(manifest([*self.kept, *(made.entry for made in self.made)]))
        return self._reported(changed=True)

    def _stands(self) -> bool:
        """Whether the site that stands is this one to the last file, where no bill shows anything new.

        So no group of bills, month or day does, but what looked at the clock.
        """
        marks = self._page_marks()
        others = [entry for unit, entry in self.place.entries.items() if not unit.startswith(("bill ", "page "))]
        return (
            len(self.kept) == len(self.view.ids)
            and self.place.holds(len(self.kept) + len(marks) + len(others))
            and all(self.place.fresh(unit, mark, self.order.now) for unit, mark in marks.items())
            and not any(entry.clock for entry in others)
            and self.place.intact(others)
        )

    def _do(self, jobs: Iterable[Job]) -> None:
        for found in self.crew.all(jobs):
            self.made += found
            for entry in (made.entry for made in found if made.entry.shown):
                self.shown[entry.unit.removeprefix("bill ")] = entry.shown
                self.marks[entry.unit.removeprefix("bill ")] = entry.fingerprint

    # -- bills

    def _stale_bills(self) -> list[str]:
        """The bills whose folders have to be made; the others are kept."""
        jobs = ((Bench.read, (ids, self._files(ids), self.place.since)) for ids in _some(self.view.ids))
        readings = [reading for found in self.crew.all(jobs) for reading in found]
        stale = []
        for reading in sorted(readings, key=lambda r: r.bill):
            entry = self.place.entries.get(f"bill {reading.bill}")
            self.shown[reading.bill], self.marks[reading.bill] = reading.shown, reading.fingerprint
            if entry and reading.intact and entry.fingerprint == reading.fingerprint:
                self.kept.append(entry)
            else:
                stale.append(reading.bill)
        return stale

    def _bills(self, stale: Sequence[str]) -> Iterator[Job]:
        return ((Bench.make, (ids, self._files(ids))) for ids in _some(stale))

    def _files(self, bills: Iterable[str]) -> dict[str, bytes]:
        entries = {bill: self.place.entries.get(f"bill {bill}") for bill in bills}
        return {bill: bytes(entry.files) for bill, entry in entries.items() if entry}

    # -- groups of bills, pages about everything, and what stays

    def _groups(self) -> Iterator[Job]:
        watch = encoded(self.view.watch)
        for group in self._gathered():
            mark = self._mark(encoded(group), watch, *(self.shown[bill].encode() for bill in group.bills))
            yield from self._job(group.unit, mark, Bench.make_group, group)

    def _gathered(self) -> Iterator[Grouped]:
        """Every group with its bills."""
        groups: Names = defaultdict(list)
        for found in self.crew.each(Bench.grouped):
            for group, bills in found.items():
                groups[group] += bills
        for kind, name in sorted(groups):
            yield Grouped(kind, name, tuple(sorted(set(groups.pop((kind, name))))))

    def _dated(self) -> Iterator[Job]:
        """Months, and the days of those that are too long for a page."""
        found = self.crew.all((Bench.days, (month,)) for month in self.view.months())
        months = calendar_of(day for days in found for day in days)
        self.crew.each(Bench.calendar, months)
        for month in months:
            yield from self._job(f"month {month.dated.name}", self._mark(encoded(month)), Bench.make_month, month)
            for day in () if month.whole else month.days:
                yield from self._job(f"day {day.name}", self._mark(encoded(day)), Bench.make_day, day)

    def _pages(self) -> Iterator[Job]:
        for unit, mark in self._page_marks().items():
            yield from self._job(unit, mark, Bench.make_page, unit)

    def _page_marks(self) -> dict[str, str]:
        """The functions for the whole site as units: each may look at everything."""
        everything = digest(*(self.marks[bill].encode() for bill in self.view.ids), self.view.around())
        return {unit: self._mark(unit.encode(), everything.encode()) for unit in page_makers()}

    def _last(self) -> Iterator[Job]:
        """What tells of the files of the site."""
        contents = _contents(files_of(entry.files) for entry in (*self.kept, *(made.entry for made in self.made)))
        mark = self._mark(encoded(contents), *(self.shown[bill].encode() for bill in self.view.ids))
        yield from self._job("contents", mark, Bench.make_last, contents)

    def _mark(self, *shown: bytes) -> str:
        return digest(self.order.edition, *shown)

    def _job(self, unit: str, mark: str, what: What, about: object) -> Iterator[Job]:
        """What has to be done for a unit: nothing where it is kept."""
        if entry := self.place.fresh(unit, mark, self.order.now):
            self.kept.append(entry)
        else:
            old = self.place.entries.get(unit)
            yield what, (about, mark, bytes(old.files) if old else None)

    def _keeping(self) -> Iterator[Job]:
        return ((Bench.keep, ([bytes(entry.files) for entry in some],)) for some in _some(self.kept))

    def _reported(self, changed: bool) -> BuildReport:
        before = sum(entry.count for entry in self.place.entries.values())
        files = sum(entry.count for entry in (*self.kept, *(made.entry for made in self.made)))
        return BuildReport(
            bills=len(self.view.ids),
            changes=self.view.count_changes(),
            files=files if changed else before,
            written=sum(made.written for made in self.made),
            removed=before - files + sum(made.added for made in self.made) if changed else 0,
            changed=changed,
            refused=self.view.refused,
        )


def _contents(made: Iterable[Files]) -> Contents:
    """What a site of these files holds."""
    folders: set[str] = set()
    downloads: dict[str, int] = {}
    for files in made:
        folders |= {folder for folder, names in files.items() if "index.html" in names}
        downloads |= files.get(DATA, {})
    return Contents(tuple(sorted(folders)), dict(sorted(downloads.items())))


def _some(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
