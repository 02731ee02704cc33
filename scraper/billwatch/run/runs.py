"""How each source did in each run, and which bills it could not answer for: kept, so that silence is never mistaken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from billwatch.errors import NotListed, SourceError
from billwatch.store import Store


class Tally(msgspec.Struct):
    """What a source's run comes to."""

    answered: int = 0
    unchanged: int = 0
    changes: Counter[str] = msgspec.field(default_factory=Counter)
    unclassified: Counter[str] = msgspec.field(default_factory=Counter)
    moved: set[str] = msgspec.field(default_factory=set)  # bills with a change in this run


class Run(msgspec.Struct):
    """One source in one run. All that a run finds is dated by when it began; each source is done at its own time."""

    legislature: str
    source: str
    started_at: str
    finished_at: str = ""  # "" while it is asked
    asked: int = 0
    failed: int = 0
    lost: int = 0  # bills that it showed us before, and now says it does not have
    waiting: int = 0
    error: str = ""
    tally: Tally = msgspec.field(default_factory=Tally)

    @property
    def healthy(self) -> bool:
        """Answered at all, or had nothing to answer; a source that has lost all it had is not well."""
        return not self.error and (self.tally.answered > 0 or not self.failed + self.lost)

    @property
    def idle(self) -> bool:
        """Nothing was asked of it: how it is nobody knows."""
        return self.healthy and not self.asked + self.tally.answered


def put_run(store: Store, run: Run) -> None:
    """Write the run down with how long the source has been failing, and when it last was well."""
    good, failing = _been(store, run)
    store.db.table("runs").insert(
        {
            "legislature": run.legislature,
            "source": run.source,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "asked": run.asked,
            "answered": run.tally.answered,
            "unchanged": run.tally.unchanged,
            "failed": run.failed,
            "changes": run.tally.changes.total(),
            "unclassified": len(run.tally.unclassified),
            "waiting": run.waiting,
            "last_good_at": good,
            "failing_since": failing,
            "error": run.error,
        }
    )


def _been(store: Store, run: Run) -> tuple[str, str]:
    """When the source was last well, and since when it has been failing, with this run."""
    rows = store.rows("select * from runs where legislature = ? and source = ? order by id desc limit 1", _key(run))
    number, good, failing = (rows[0]["id"], rows[0]["last_good_at"], rows[0]["failing_since"]) if rows else (0, "", "")
    if run.idle:
        over = failing and _answered_since(store, run, number)
        return (good, "") if over else (good, failing)
    return (run.started_at, "") if run.healthy else (good, failing or run.started_at)


def _answered_since(store: Store, run: Run, number: int) -> bool:
    """Whether another source has answered since: what this one owed is known then, and it may never be asked again."""
    sql = "select 1 from runs where id > ? and legislature = ? and source != ? and answered > 0 limit 1"
    return bool(store.rows(sql, (number, *_key(run))))


def put_failure(store: Store, run: Run, bills: Iterable[str], error: SourceError | None) -> None:
    """Remember since when a source has failed for a bill; an answer ends it."""
    if error is None:
        rows = ((bill, run.source) for bill in bills)
        store.db.conn.executemany("delete from failures where bill = ? and source = ?", rows)
        return
    store.db.conn.executemany(
        "insert into failures (bill, source, since, last_at, times, error) values (?, ?, ?, ?, 1, ?) "
        "on conflict (bill, source) do update "
        "set last_at = excluded.last_at, error = excluded.error, times = case "
        "when (error like 'not listed%') = (excluded.error like 'not listed%') then times + 1 else 1 end",
        ((bill, run.source, run.started_at, run.started_at, _said(error)) for bill in bills if bill),
    )


def unlisted(store: Store) -> set[str]:
    """Bills that we know by name only, and that a source has said at least three times it does not have."""
    sql = (
        "select bill from failures where times >= 3 and error like 'not listed%' and bill not in (select id from bills)"
    )
    return set(store.column(sql))


def _key(run: Run) -> tuple[str, str]:
    return run.legislature, run.source


def _said(error: SourceError) -> str:
    return f"not listed: {error}" if isinstance(error, NotListed) else str(error)
