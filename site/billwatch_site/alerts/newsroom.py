"""The newsroom: the news of one run, from one consistent state of the store, ready to be matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from billwatch_site.alerts.kin import twins_of
from billwatch_site.alerts.ledger import beside
from billwatch_site.alerts.matching import Board, News
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.reading.news import daily
from billwatch_site.reading.view import View, opened
from billwatch_site.records import BillRecord, Change, SourceRun
from billwatch_site.words.stories import seen_on

_NEW = "select c.bill, l.count, l.change from ledger l join store.changes c on c.id = l.change where l.count > ?"


class Newsroom(msgspec.Struct, frozen=True):
    """What may be told now. `changes`: all changes, by id, of every bill that has news; `twins`: see `kin.py`."""

    board: Board
    bills: Mapping[str, BillRecord]
    changes: Mapping[str, Change]
    twins: Mapping[str, str]
    runs: tuple[SourceRun, ...]
    daily: frozenset[str] = frozenset()  # months of the news, "2025-06", of which the site has a page for each day

    @property
    def originals(self) -> set[str]:
        """What the corrections among the news correct."""
        return {n.change.corrects for n in self.board.news if n.change.corrects}


def newsroom_of(people: Subscribers, store: Path, since: int) -> Newsroom:
    """The news after this count, on bills that the site shows."""
    with beside(people, store):
        noted = people.db.conn.execute(_NEW, (since,)).fetchall()
    with closing(opened(store)) as db:
        view = View(db)
        view.begin()
        shown = sorted({bill for bill, _, _ in noted} & set(view.ids))
        records, families, runs = view.records(shown), view.families(), view.runs()
        newsroom = assembled(records, {change: count for _, count, change in noted}, families, runs)
        months = {f"{seen_on(news.change):%Y-%m}" for news in newsroom.board.news}
        found = frozenset(month for month in months if daily(view, month))
        view.end()
    return msgspec.structs.replace(newsroom, daily=found)


def assembled(
    records: Iterable[BillRecord],
    counts: Mapping[str, int],
    families: Mapping[str, str],
    runs: Iterable[SourceRun] = (),
) -> Newsroom:
    """A newsroom of these bills; news are those of their changes that have a count. Pure."""
    bills = {record.id: record for record in records}
    changes = {change.id: change for record in bills.values() for change in record.changes}
    news = [News(counts[c.id], c, bills[c.bill]) for c in changes.values() if c.id in counts]
    return Newsroom(Board(news, families), bills, changes, twins_of(bills.values()), tuple(runs))
