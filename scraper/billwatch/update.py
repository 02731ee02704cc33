"""THE FLOW IN: ask each legislature's sources, keep every answer, find every change.

For each followed legislature a desk is laid out (`Desk`). Its sources are asked for what they have to say (`watch`),
in the order in which they lead; what one says is recorded (`Recorder`) in one transaction. Then we look at the whole:
which bills are ours now, where they stand, and which have come back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import msgspec

from billwatch.answer import Fetcher
from billwatch.archive import Archive
from billwatch.bill import BillId
from billwatch.config import Config
from billwatch.errors import SourceError
from billwatch.follow.amendments import announce_amendments, link_amendments
from billwatch.follow.following import announce_returns, by_topic, compare_sources, follow, linked, restage, retopic
from billwatch.follow.inheriting import inherit
from billwatch.follow.leaving import parted_twins, reasons_to_stay
from billwatch.legislatures import legislature
from billwatch.past.sessions import note_sessions, rate_bills
from billwatch.run.desk import Budget, Desk, Failed, Missing, Observed, Sighting, Unchanged
from billwatch.run.record import Recorder
from billwatch.run.runs import Run, put_failure, put_run, unlisted
from billwatch.run.telling import Teller
from billwatch.source import Publisher, can_be_asked
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy

Progress = Callable[[Run], None]
BATCH = 1000  # bills written at once: what a list page holds


class Report(msgspec.Struct):
    """What an update came to: one `Run` a source, and the bills that were asked for and that no source answered for."""

    runs: list[Run]
    unanswered: list[str]  # but for those that were let go, which nobody named
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
        place, settings = legislature(code), config.legislature(code)
        desk = Desk(
            store=store,
            place=place,
            fetcher=fetchers(code),
            settings=settings,
            classifier=classifier,
            archive=archive,
            now=now,
            clock=clock or (lambda: now),
            order=[source.name for source in place.sources(settings)],
            named=[bill for bill in config.named_bills if bill.legislature == code],
            topics=config.follow.topics,
            only=only or {},
            budget=Budget(settings.requests_per_run),
        )
        runs = _sources_asked(desk, progress)
        report.let_go += _looked_over(desk)
        _add_to(report, desk, runs)
    return report


def _sources_asked(desk: Desk, progress: Progress) -> list[Run]:
    """One source after the other, the leading one first."""
    runs = []
    for source in desk.place.sources(desk.settings):
        if not desk.only or source.name in desk.only:
            desk.wanted = wanted(desk, desk.named)  # the source before may have found more
            runs.append(_asked(desk, source, progress))
    if not desk.only:  # one that is configured away is not silent, and its runs stay for the record
        with desk.store.atomic():
            desk.store.set_bookmark(f"{desk.place.CODE}/sources", " ".join(desk.order))
    return runs


def wanted(desk: Desk, named: Iterable[BillId]) -> list[BillId]:
    """The bills to ask for: those we follow, those named or ours by their words, and relatives that we never saw."""
    code = desk.place.CODE
    followed = desk.store.column("select id from bills where legislature = ? and followed order by id", (code,))
    ours = dict.fromkeys([*map(str, named), *followed, *by_topic(desk.store, code, desk.topics)])
    relatives = [bill for bill in linked(desk.store, list(ours)) if bill.startswith(f"{code}/")]
    gone = unlisted(desk.store)  # relatives that the sources have said three times they do not have
    bills = ours | dict.fromkeys(bill for bill in relatives if bill not in gone)
    return [BillId.parse(bill) for bill in bills]


def _asked(desk: Desk, source: Publisher, progress: Progress) -> Run:
    """Everything one source has to say, in one transaction: killed anywhere, the old state stands."""
    recorder = Recorder(desk, source.name)
    run = Run(desk.place.CODE, source.name, desk.stamp, tally=recorder.tally)
    spent = desk.budget.spent
    with desk.store.atomic(), seldom_collecting():
        try:
            for sightings in _rounds(desk, source):
                recorder.followed.update(map(str, desk.wanted))
                for batch in _batches(_noted(sightings, desk, source)):
                    _recorded(batch, desk, recorder, run)
                    run.asked, run.waiting = desk.budget.spent - spent, desk.budget.waiting
                    progress(run)
        except SourceError as error:
            run.error = str(error)
        run.asked = desk.budget.spent - spent  # with the question whose answer never came
        desk.moved |= recorder.tally.moved
        if desk.archive:
            desk.archive.close()  # on the disk before the receipts are committed
        run.finished_at = desk.clock().isoformat(timespec="seconds")
        put_run(desk.store, run)
        desk.store.set_bookmark(f"{desk.place.CODE}/unfinished", "1")  # until we have looked over the whole
    progress(run)
    return run


def _rounds(desk: Desk, source: Publisher) -> Iterator[Iterator[Sighting]]:
    """What the source says, then, round by round, of the relatives that its answers named: each round when the last
    is written down. So a run knows a family as far as it reaches, and a second run finds nothing more.
    """
    yield source.watch(desk)
    while not desk.only and can_be_asked(source):
        related = wanted(desk, desk.wanted)
        unknown = [bill for bill in related if bill not in desk.wanted and str(bill) not in desk.answered]
        if not unknown:
            return
        desk.wanted += unknown
        yield desk.ask(source, unknown)


def _noted(sightings: Iterator[Sighting], desk: Desk, source: Publisher) -> Iterator[Sighting]:
    """Who was answered for is known at once: what a source says last depends on it, while a batch still waits.
    An index is no answer.
    """
    for sighting in sightings:
        if isinstance(sighting, Observed) and not source.is_index:
            desk.answered.add(sighting.bill.id)
        elif isinstance(sighting, Unchanged) and not source.is_index:
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
    """What was seen is written down; an answer ends the source's failure for a bill."""
    observed = [s for s in batch if isinstance(s, Observed)]
    if observed:
        recorder.record(observed)
        put_failure(desk.store, run, [s.bill.id for s in observed], None)
    for sighting in batch:
        match sighting:
            case Unchanged(bills, answer):
                recorder.unchanged(bills, answer)
                put_failure(desk.store, run, bills, None)
            case Missing(bill, error):
                run.lost += recorder.missing(bill)
                desk.denied.add(bill)
                put_failure(desk.store, run, [bill], error)
            case Failed(bill, error):
                run.failed += 1
                put_failure(desk.store, run, [bill], error)


def _looked_over(desk: Desk) -> list[str]:
    """What can be told only when all sources have been read; the bills that are not followed any more."""
    store, place, code = desk.store, desk.place, desk.place.CODE
    tell = Teller(desk, "billwatch").tell
    with store.atomic():
        store.set_bookmark(f"{code}/unfinished", "")  # nobody is told of changes before this
        edited = retopic(store, code, desk.classifier)
        inherit(store, code, desk.classifier.decisions, desk.stamp, None if edited else tell)
        link_amendments(store, place)
        before = store.column("select id from bills where legislature = ? and followed order by id", (code,))
        staying = reasons_to_stay(store, code, desk.classifier.taxonomy.under(desk.topics))
        followed, joined = follow(store, code, desk.named, desk.topics, staying, parted_twins(store, code))
        announce_returns(store, code, joined, tell)
        announce_amendments(store, code, tell)
        compare_sources(store, followed, desk.order, desk.stamp)
        restage(store, place, followed, desk.today)
        note_sessions(store, place, desk.now)
        rate_bills(store, place, followed, desk.today)
    return [bill for bill in before if bill not in followed]


def _add_to(report: Report, desk: Desk, runs: Sequence[Run]) -> None:
    """What a person should know of the legislature's runs."""
    gone, named = {*report.let_go}, {bill for bills in desk.only.values() for bill in bills}
    unanswered = [bill for bill in _unanswered(desk, runs) if bill in named or bill not in gone]
    report.runs += runs
    report.unanswered += unanswered
    report.unfollowed += sorted({*unanswered} - ({*map(str, desk.wanted)} - gone))
    report.unfound += _unfound(desk, runs)
    limit = desk.settings.requests_per_run
    report.notices.append(f"{desk.place.CODE}: {desk.budget.spent} of the {limit} requests of a run")


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


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """A fill makes millions of records, none in a cycle: looking for cycles all the time costs a tenth of it."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
