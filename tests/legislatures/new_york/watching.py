"""Watching through Open Legislation: one store, one interface that tests fill, and runs when they want."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from answers import KEY, NOON, Answers, Api, action_json, bill_json, listed
from billwatch.archive import Archive
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import Report, update

DAY = timedelta(days=1)
CODES = action_json("2025-01-08", "REFERRED TO CODES")
OURS = "Relates to requiring social media and search engine reviews prior to the approval of an application"


def config(topics: tuple[str, ...] = ("speech",), bills: tuple[str, ...] = (), **more: object) -> Config:
    ny = {"open_legislation_key": KEY, "sources": ["open-legislation"], "sessions": [2025], **more}
    tables = {"follow": {"topics": topics, "bills": bills}, "legislatures": {"ny": ny}}
    return checked(ConfigFile(Path("a test"), tables))


class Watching:
    """One store, one interface, and runs at moments of our choice."""

    def __init__(self, store: Store, classifier: Classifier, api: Api, settings: Config | None = None) -> None:
        self.store, self.classifier, self.api, self.settings = store, classifier, api, settings or config()
        self.fetcher = Answers(api)

    def run(self, at: datetime = NOON, archive: Archive | None = None) -> Report:
        """One update; what was asked in it is in `asked`."""
        self.fetcher = Answers(self.api)
        return update(
            self.settings, self.store, lambda _: self.fetcher, at, archive=archive, classifier=self.classifier
        )

    @property
    def asked(self) -> list[str]:
        """The addresses of the run without server and query, windows as their two times."""
        return [unquote(re.sub(r"^.*/bills/|\?.*$", "", url)) for url in self.fetcher.asked]

    def kinds(self, bill: str) -> list[str]:
        return self.store.column("select kind from changes where bill = ? order by seen_at, position", (bill,))


def moved(number: str, text: str = "REPORTED") -> dict[str, Any]:
    return bill_json(number, actions=listed([CODES, action_json("2025-06-02", text)]))


def failures(store: Store) -> list[tuple[str, int]]:
    """Which bill failed how often."""
    return [tuple(row) for row in store.db.conn.execute("select bill, times from failures order by bill")]
