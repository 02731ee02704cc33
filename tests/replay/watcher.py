"""billwatch on a replay: one store that lives as long as the walk, one update at every stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from billwatch.config import Config, Follow
from billwatch.fetch import Session, user_agent
from billwatch.legislatures.new_york.settings import Settings
from billwatch.store import Store
from billwatch.update import update
from replay.server import Replay
from replay.truth import Change

OURS = {
    "topic-added",
    "topic-removed",
    "reintroduced",
    "probably-reintroduced",
    "not-reintroduced",
    "chapter-amendment",
}  # what billwatch concludes: the record holds nothing of it
KEYED = ("open-legislation",)


class Watcher:
    """Follows the bills named, or with topics all bills of the sessions, and says what is new at each look."""

    def __init__(
        self, replay: Replay, folder: Path, bills: Iterable[str] = (), sessions: Sequence[str] = ("2025",)
    ) -> None:
        self.replay, self.sessions = replay, tuple(sessions)
        self.bills = frozenset(bills)
        self.store = Store(folder / "bills.db")
        self.listed: set[str] = set()  # of the bills that the walk is about, those seen so far
        self.asked = 0
        self._session = Session(user_agent("", ""), requests_per_second=1000, secrets=["any"])

    def close(self) -> None:
        self._session.close()
        self.store.close()

    def look(self, at: datetime, sources: Sequence[str] = KEYED) -> list[Change]:
        """Ask these sources at this time; the changes told that were not told before."""
        stamp = at.isoformat(timespec="seconds")
        before = set(self._ids(stamp))
        report = update(self._config(sources), self.store, lambda code: self._session, at)
        self.asked = sum(run.asked for run in report.runs)
        self._require_answers([f"{run.source}: {run.error}" for run in report.runs if run.error], stamp)
        return [change for key, change in self._ids(stamp).items() if key not in before and change.kind not in OURS]

    def news(self, found: Iterable[Change]) -> list[Change]:
        """What was found about the bills followed by name, where there are such.

        Their relatives are asked for as long as a link leads to them, so that no stop says what is due of them.
        """
        told = [change for change in found if not self.bills or change.bill in self.bills]
        self.listed.update(change.bill for change in told if change.kind == "listed")
        return told

    def disagreements(self) -> set[tuple[str, str]]:
        """The facts on which sources differ now, as (bill, fact)."""
        return {(row[0], row[1]) for row in self.store.rows("select bill, fact from disagreements")}

    def _ids(self, stamp: str) -> dict[str, Change]:
        rows = self.store.rows("select id, bill, kind, was, now from changes where seen_at = ?", (stamp,))
        return {row[0]: Change(*row[1:]) for row in map(tuple, rows)}

    def _require_answers(self, errors: list[str], stamp: str) -> None:
        """A walk compares what was read; a page that could not be read is a finding of its own."""
        sql = "select bill || ' ' || source || ': ' || error from failures where last_at = ? and error not like ?"
        errors += self.store.column(sql, (stamp, "not listed%"))
        if errors:
            raise AssertionError(f"{len(errors)} answers could not be read at {stamp}, such as {errors[:3]}")

    def _config(self, sources: Sequence[str]) -> Config:
        topics = () if self.bills else ("speech", "privacy")
        settings = Settings(
            sessions=self.sessions,
            sources=tuple(sources),  # type: ignore[arg-type]  # names come from the command line of a test
            requests_per_second=1000,
            requests_per_run=10_000_000,
            open_legislation_key="any",
            open_legislation_url=f"{self.replay.url}/api/3",
            assembly_url=f"{self.replay.url}/leg/",
            lbdc_url=f"{self.replay.url}/navigate.cgi",
            senate_url=self.replay.url,
        )
        return Config(follow=Follow(topics=topics, bills=tuple(sorted(self.bills))), legislatures={"ny": settings})
