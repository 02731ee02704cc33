"""`billwatch demo`: the same flow as ever, fed from bundled recordings, moment by moment, without a network."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from billwatch.archive import Archive
from billwatch.bill import BillId
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.demo.recorded import Moment, RecordedAnswers, moments
from billwatch.legislatures import Legislature, legislature
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy
from billwatch.update import update

SOURCES = ["open-legislation", "lbdc", "assembly", "senate"]


def play(store: Store, archive_folder: Path) -> datetime:
    """Run one update for each recorded moment, into an empty store; the demo's present, an hour after the last."""
    recorded, place = moments(), legislature("ny")
    config, classifier = demo_config(recorded), Classifier(Taxonomy.load())
    with Archive(archive_folder, max_bytes=100_000_000) as archive:
        for moment in recorded:
            answers = RecordedAnswers(moment, partial(_address, place))
            update(
                config,
                store,
                partial(_always, answers),
                moment.at,
                archive=archive,
                classifier=classifier,
                only=_asked(moment),
            )
    return recorded[-1].at + timedelta(hours=1)


def demo_config(recorded: list[Moment]) -> Config:
    """Follow every recorded bill by name, at every source that was recorded."""
    bills = list(dict.fromkeys(asked.bill for moment in recorded for asked in moment.asked))
    tables = {"follow": {"topics": [], "bills": bills}, "legislatures": {"ny": {"sources": SOURCES}}}
    return checked(ConfigFile(Path("the demo"), tables))


def _asked(moment: Moment) -> dict[str, frozenset[str]]:
    by_source = defaultdict(set)
    for asked in moment.asked:
        by_source[asked.source].add(asked.bill)
    return {source: frozenset(bills) for source, bills in by_source.items()}


def _address(place: Legislature, source: str, bill: BillId) -> str:
    return str(place.source(source).address(bill))


def _always(answers: RecordedAnswers, _: str) -> RecordedAnswers:
    return answers
