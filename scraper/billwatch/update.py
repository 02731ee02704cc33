"""THE FLOW IN: ask each legislature's sources, keep every answer, find every change.

For each followed legislature, each of its sources in the order in which they lead is asked for what it has to say
(`place.watch`); what it says is recorded (`Recorder`) in one transaction a source; then we look at the whole: which
bills are ours now, where they stand, and which have come back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from billwatch.answer import Fetcher
from billwatch.archive import Archive
from billwatch.bill import BillId
from billwatch.config import Config
from billwatch.errors import SourceError
from billwatch.follow.amendments import announce_amendments, link_amendments
from billwatch.follow.following import announce_returns, by_topic, compare_sources, follow, linked, restage, retopic
from billwatch.follow.inheriting import inherit
from billwatch.follow.leaving import reasons_to_stay
from billwatch.legislatures import Legislature, legislature
from billwatch.past.sessions import note_sessions, rate_bills
from billwatch.run.desk import Budget, Desk, Failed, Missing, Observed, Sighting, Unchanged
from billwatch.run.record import Recorder
from billwatch.run.runs import Run, put_failure, put_run, unlisted
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy

Progress = Callable[[Run], None]
BATCH = 1000  # bills written at once: what a list page holds


class Report(msgspec.Struct):
    """What an update came to: one `Run` a source, and the bills that were asked for and that no source answered for."""

    runs: list[Run]
    unanswered: list[str]
    unfollowed: list[str] = []  # those of the unanswered that were named for this run only: nothing asks for them again
    unfound: list[str] = []  # sources that find bills, where neither they nor any other answered
    let_go: list[str] = []  # bills that were followed, and that no topic or name of the configuration holds any more
    notices: list[str] = []  # what else a person should know: the budget spent, the archive full


def update(
    config: Config,
    store: Store,
    fetchers: Callable[[str], Fetcher],
    now: datetime,
    *,
    archive: Archive | None = None,
    classifier: Classifier | None = None,
    only: Mapping[str, frozenset[str]] | None = None,
    progress: Progress = lambda run: None,
    clock: Callable[[], datetime] | None = None,
) -> Report:
    """Bring the store up to date as of `now`, by which everything is dated but when each source was done.

    `fetchers` gives the fetcher for a legislature's code; `only` limits the run to these bills at these sources;
    `clock` stands still at `now` where none is given, so that a replay comes out the same.
    """
    report = Report([], [])
    classifier = (classifier or Classifier(Taxonomy.load())).deciding(config.decisions)
    for code in config.follow.legislatures:
        place, named = legislature(code), [b for b in config.named_bills if b.legislature == code]
        desk = _desk(config, store, fetchers(code), now, code, only, clock or (lambda: now))
        sources = place.sources(desk.settings)
        order = [source.name for source in sources]
        for source in [s for s in sources if not only or s.name in only]:
            desk.wanted = wanted(store, code, named, config.follow.topics)  # the source before may have found more
            recorder = Recorder(store, place, source.name, order, now, classifier, set(), archive)
            rounds = _rounds(place, source, desk, config.follow.topics)
            report.runs.append(_asked(place, source, rounds, desk, recorder, archive, progress))
        if not only:
            _note_sources(store, code, order)
        report.let_go += _looked_over(config, store, place, named, now, classifier, order)
        report.notices.append(f"{code}: {desk.budget.spent} of the {desk.settings.requests_per_run} requests of a run")
        runs = [run for run in report.runs if run.legislature == code]
        unanswered = _unanswered(desk, runs)
        report.unanswered += unanswered
        report.unfollowed += sorted({*unanswered} - {*map(str, desk.wanted)})
        report.unfound += _unfound(desk, runs)
    return report


def _note_sources(store: Store, code: str, order: Sequence[str]) -> None:
    """Which sources are asked now: one that is configured away is not silent, and its runs stay for the record."""
    with store.atomic():
        store.set_bookmark(f"{code}/sources", " ".join(order))


def _desk(
    config: Config,
    store: Store,
    fetcher: Fetcher,
    now: datetime,
    code: str,
    only: Mapping[str, frozenset[str]] | None,
    clock: Callable[[], datetime],
) -> Desk:
    settings = config.legislature(code)
    return Desk(
        store=store,
        fetcher=fetcher,
        settings=settings,
        now=now,
        clock=clock,
        wanted=[],
        discovers=bool(config.follow.topics),
        budget=Budget(settings.requests_per_run),
        only=only or {},
    )


def _unanswered(desk: Desk, runs: Sequence[Run]) -> list[str]:
    """Bills for which every source that was asked failed; a source that says "no such bill" has answered.

    Where no source answered at all, that is every bill wanted, also those whose turn did not come.
    """
    wanted = {bill for bills in desk.only.values() for bill in bills} or set(map(str, desk.wanted))
    asked = {bill for _, bill in desk.asked}
    all_down = not desk.answered and any(run.error or run.failed for run in runs)
    return sorted((wanted if all_down else wanted & asked) - desk.answered - desk.denied)


def _unfound(desk: Desk, runs: Sequence[Run]) -> list[str]:
    """The sources whose lists could not be read, where no other answered either: their silence may hide bills."""
    if not desk.discovers or desk.denied or any(run.tally.answered for run in runs):
        return []
    return [f"{run.legislature}/{run.source}" for run in runs if run.error]


def wanted(store: Store, code: str, named: Iterable[BillId], topics: Sequence[str]) -> list[BillId]:
    """The bills to ask for: those we follow, those named or ours by their words, and relatives that we never saw."""
    followed = store.column("select id from bills where legislature = ? and followed order by id", (code,))
    ours = dict.fromkeys([*map(str, named), *followed, *by_topic(store, code, topics)])
    relatives = [bill for bill in linked(store, list(ours)) if bill.startswith(f"{code}/")]
    gone = unlisted(store)  # relatives that the sources have said three times they do not have
    bills = ours | dict.fromkeys(bill for bill in relatives if bill not in gone)
    return [BillId.parse(bill) for bill in bills]


def _rounds(place: Legislature, source: Any, desk: Desk, topics: Sequence[str]) -> Iterator[Iterator[Sighting]]:
    """What the source says, then, round by round, of the relatives that its answers named: each round when the last
    is written down. So a run knows a family as far as it reaches, and a second run finds nothing more.
    """
    yield place.watch(source, desk)
    while not desk.only and source.name not in place.INDEXES:
        related = wanted(desk.store, place.CODE, desk.wanted, topics)
        unknown = [bill for bill in related if bill not in desk.wanted and str(bill) not in desk.answered]
        if not unknown:
            return
        desk.wanted += unknown
        yield desk.ask(source, unknown)


def _asked(
    place: Legislature,
    source: Any,
    rounds: Iterable[Iterator[Sighting]],
    desk: Desk,
    recorder: Recorder,
    archive: Archive | None,
    progress: Progress,
) -> Run:
    """Everything one source has to say, in one transaction: killed anywhere, the old state stands."""
    run = Run(place.CODE, source.name, recorder.stamp)
    spent = desk.budget.spent
    with desk.store.atomic(), seldom_collecting():
        try:
            for sightings in rounds:
                recorder.followed.update(map(str, desk.wanted))
                for batch in _batches(_noted(sightings, desk, source.name in place.INDEXES)):
                    _recorded(batch, desk, recorder, run)
                    run.asked, run.tally, run.waiting = desk.budget.spent - spent, recorder.tally, desk.budget.waiting
                    progress(run)
        except SourceError as error:
            run.error = str(error)
        run.asked, run.tally = desk.budget.spent - spent, recorder.tally
        desk.moved |= recorder.tally.moved
        if archive:
            archive.close()  # on the disk before the receipts are committed
        run.finished_at = desk.clock().isoformat(timespec="seconds")
        put_run(desk.store, run)
        desk.store.set_bookmark(f"{place.CODE}/unfinished", "1")  # until we have looked over the whole
    progress(run)
    return run


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """A fill makes millions of records, none in a cycle: looking for cycles all the time costs a tenth of it."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _noted(sightings: Iterator[Sighting], desk: Desk, is_index: bool) -> Iterator[Sighting]:
    """Who was answered for is known at once: what a source says last depends on it, while a batch still waits."""
    for sighting in sightings:
        if isinstance(sighting, Observed) and not is_index:
            desk.answered.add(sighting.bill.id)
        elif isinstance(sighting, Unchanged) and not is_index:
            desk.answered.update(sighting.bills)
        yield sighting


def _batches(sightings: Iterator[Sighting]) -> Iterator[list[Sighting]]:
    """Sightings in handfuls; what was seen before a source failed is not lost."""
    batch: list[Sighting] = []
    try:
        for sighting in sightings:
            batch.append(sighting)
            if len(batch) == BATCH or not isinstance(sighting, Observed):
                yield batch
                batch = []
    except SourceError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _recorded(batch: Sequence[Sighting], desk: Desk, recorder: Recorder, run: Run) -> None:
    observed = [s for s in batch if isinstance(s, Observed)]
    if observed:
        recorder.record(observed)
        _answered([s.bill.id for s in observed], desk, recorder, run)
    for sighting in batch:
        match sighting:
            case Unchanged(bills, answer):
                recorder.unchanged(bills, answer)
                _answered(bills, desk, recorder, run)
            case Missing(bill, error):
                run.lost += recorder.missing(bill)
                desk.denied.add(bill)
                put_failure(desk.store, run, [bill], error)
            case Failed(bill, error):
                run.failed += 1
                put_failure(desk.store, run, [bill], error)


def _answered(bills: Sequence[str], desk: Desk, recorder: Recorder, run: Run) -> None:
    """Some source has answered for these bills, and a failure of this one has ended; an index is no answer."""
    if run.source not in recorder.place.INDEXES:
        desk.answered.update(bills)
    put_failure(desk.store, run, bills, None)


def _looked_over(
    config: Config,
    store: Store,
    place: Legislature,
    named: Sequence[BillId],
    now: datetime,
    classifier: Classifier,
    order: Sequence[str],
) -> list[str]:
    """What can be told only when all sources have been read; the bills that are not followed any more."""
    recorder = Recorder(store, place, "billwatch", [], now, classifier, set())
    with store.atomic():
        store.set_bookmark(f"{place.CODE}/unfinished", "")  # nobody is told of changes before this
        edited = retopic(store, place.CODE, classifier)
        inherit(store, place.CODE, classifier.decisions, recorder.stamp, None if edited else recorder.tell)
        link_amendments(store, place)
        before = store.column("select id from bills where legislature = ? and followed order by id", (place.CODE,))
        staying = reasons_to_stay(store, place.CODE, classifier.taxonomy.under(config.follow.topics))
        followed, joined = follow(store, place.CODE, named, config.follow.topics, staying)
        announce_returns(store, place.CODE, joined, recorder.tell)
        announce_amendments(store, place.CODE, recorder.tell)
        compare_sources(store, followed, order, recorder.stamp)
        today = now.astimezone(ZoneInfo(place.TIMEZONE)).date()
        restage(store, place, followed, today)
        note_sessions(store, place, now)
        rate_bills(store, place, followed, today)
    return [bill for bill in before if bill not in followed]
