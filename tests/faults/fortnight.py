"""Twelve bills through the busiest fortnight of 2025, seen in seven stops at one source; and what each stop showed.

The bills are six pairs of both houses that were amended, reported, voted on, substituted and passed in these days;
S7366 is one of those whose earlier lines were rewritten by the answer that passed it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from billwatch.answer import clean
from billwatch.bill import Bill
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.fetch import Limits, Session
from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import Report, update
from faults.ledger import plain
from faults.past import Past, moment

NUMBERS = ["S6953", "A6453", "S1169", "A8884", "A8295", "S7599", "S7202", "A7855", "S5446", "A6643", "S7366", "A7935"]
BILLS = tuple(f"ny/2025/{number}" for number in NUMBERS)
STOPS = tuple(  # each a minute after the record moved
    moment(f"2025-06-{text}Z")
    for text in ("03T17:43", "05T17:49", "09T23:44", "11T17:43", "12T23:42", "14T17:41", "16T23:42")
)
AFTERWARDS = STOPS[-1] + timedelta(hours=1)
States = dict[str, str]  # bill -> facts (JSON) as a source last told them


def config_of(text: str) -> Config:
    """The configuration in this text of TOML."""
    return checked(ConfigFile(Path("billwatch.toml"), tomllib.loads(text), {}))


def session(*, tries: int = 3, patience: float = 20.0) -> Session:
    """A session that never sleeps between its tries; `patience` in seconds bounds each request."""
    limits = Limits(tries=tries, connect=patience, read=patience, request=patience, address=1000)
    return Session("billwatch/test", requests_per_second=1000, secrets=["k"], limits=limits, sleep=lambda seconds: None)


class Watching:
    """A store in memory that watches these bills at one source; with topics, the whole session."""

    def __init__(
        self,
        past: Past,
        source: str,
        classifier: Classifier,
        bills: tuple[str, ...] = BILLS,
        topics: tuple[str, ...] = (),
    ) -> None:
        self.past, self.source, self.classifier = past, source, classifier
        self.config = config_of(past.toml(sources=(source,), bills=bills, topics=topics))
        self.store = Store(":memory:")

    def run(self, now: datetime, *, clock: datetime | None = None, tries: int = 3, patience: float = 20.0) -> Report:
        """One update at this moment; the record stands where it stood then, or at `clock`."""
        self.past.move(clock or now)
        with closing(session(tries=tries, patience=patience)) as fetcher:
            return update(self.config, self.store, lambda code: fetcher, now, classifier=self.classifier)

    def states(self) -> States:
        rows = self.store.rows("select bill, facts from observations where source = ?", (self.source,))
        return {row["bill"]: row["facts"] for row in rows}

    def asked_at(self) -> dict[str, str]:
        """When the source last answered for each bill."""
        rows = self.store.rows("select bill, checked_at from observations where source = ?", (self.source,))
        return {row["bill"]: row["checked_at"] for row in rows}

    def failures(self) -> dict[str, tuple[str, str]]:
        """Bill -> (when it last failed, why)."""
        return {r["bill"]: (r["last_at"], r["error"]) for r in self.store.rows("select * from failures")}


def undisturbed(past: Past, source: str, classifier: Classifier) -> tuple[list[States], Watching]:
    """What the source showed at each stop when nothing was broken, and the store that saw it."""
    watching = Watching(past, source, classifier)
    seen = []
    for stop in STOPS:
        watching.run(stop)
        seen.append(watching.states())
    watching.run(AFTERWARDS)
    return seen, watching


def facts(text: str) -> Bill:
    return msgspec.json.decode(text, type=Bill)


def assert_as_recorded(past: Past, text: str) -> None:
    """These facts are what the record says of the bill now, as far as the source carries them."""
    shown = facts(text)
    record = past.bill(shown.id)
    lines = [(a["date"], a["chamber"], plain(a["text"])) for a in record["actions"]["items"]]
    assert [(a.date, a.chamber.upper(), plain(a.text)) for a in shown.actions or ()] == lines
    assert shown.version == record["activeVersion"]
    assert plain(shown.abstract or "") == plain(clean(record["summary"]))
    assert shown.title is None or plain(shown.title) == plain(clean(record["title"]))
    assert shown.status is None or shown.status == (record["status"]["statusType"] or "")


def known_by(seen: Iterable[States], bill: str) -> set[str]:
    """All that a source had shown of a bill in these states."""
    return {state[bill] for state in seen if bill in state}
