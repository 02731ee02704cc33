"""An edition: the news of one run, from one consistent state of the store, ready to be matched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from billwatch_site.alerts.kin import families_of, twins_of
from billwatch_site.alerts.matching import Board, News
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.build import opened
from billwatch_site.reading import contents_of
from billwatch_site.records import Change, Contents


class Edition(msgspec.Struct, frozen=True):
    """What may be told now. `changes`: every change of every published bill, by id."""

    board: Board
    contents: Contents
    changes: Mapping[str, Change]
    twins: Mapping[str, str]

    @property
    def originals(self) -> set[str]:
        """What the corrections among the news correct."""
        return {n.change.corrects for n in self.board.news if n.change.corrects}


def edition_of(people: Subscribers, store: Path, since: int) -> Edition:
    """The news after this count, on bills that the site shows."""
    db = opened(store)
    try:
        contents = contents_of(db)
    finally:
        db.close()
    records = contents.bills.values()
    changes = {change.id: change for record in records for change in record.changes}
    noted = people.db.conn.execute("select change, count from ledger where count > ?", (since,))
    news = [
        News(count, changes[change], contents.bills[changes[change].bill])
        for change, count in noted.fetchall()
        if change in changes
    ]
    return Edition(Board(news, families_of(records)), contents, changes, twins_of(records))
