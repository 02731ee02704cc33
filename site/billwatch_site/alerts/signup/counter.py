"""The counter: what the service knows and may do, apart from how it is reached."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from billwatch.errors import BillwatchError
from billwatch_site.alerts.signup.limits import Limit
from billwatch_site.alerts.signup.preview import Snapshot, snapshot_of
from billwatch_site.alerts.signup.wishes import Numbers
from billwatch_site.alerts.subscriptions import NAME, Subscribers
from billwatch_site.alerts.tokens import Tokens
from billwatch_site.settings import Settings

HOUR = timedelta(hours=1)
log = logging.getLogger("billwatch.signup")


def beside(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, which ends with the process."""
    threading.Thread(target=work, name="reader", daemon=True).start()


class Counter:
    """All that the pages need: the site, the legislatures, the store, the subscribers, the secret and the clock."""

    def __init__(
        self,
        *,
        data: Path,
        settings: Settings,
        codes: Sequence[str],
        numbers: Numbers,
        tokens: Tokens,
        now: Callable[[], datetime],
        requests_an_hour: int = 5,
        previews_an_hour: int = 60,
        reading: Callable[[Callable[[], None]], None] = beside,
    ) -> None:
        self.data, self.settings, self.codes, self.numbers = data, settings, tuple(codes), numbers
        self.tokens, self.now = tokens, now
        self.requests, self.previews = Limit(requests_an_hour, HOUR), Limit(previews_an_hour, HOUR)
        self._reading, self._lock, self._busy = reading, threading.Lock(), threading.Lock()
        self._snapshot: tuple[_State, Snapshot] | None = None

    def open(self) -> None:
        """Make the file and read the store, before many want both at once."""
        with self.people():
            self._snapshot = self._taken()

    @contextmanager
    def people(self) -> Iterator[Subscribers]:
        """The subscribers' file, for as long as one request needs it."""
        people = Subscribers(self.data / NAME)
        try:
            yield people
        finally:
            people.close()

    @property
    def snapshot(self) -> Snapshot:
        """The store as it is, or was a moment ago: two seconds of reading are no visitor's to wait for but the first's.

        It is read again, beside the requests, when it has changed or an hour has gone.
        """
        with self._lock:
            if not self._snapshot:
                self._snapshot = self._taken()
        if self._snapshot[0] != self._state():
            self._reading(self._read_again)
        return self._snapshot[1]

    def _read_again(self) -> None:
        if not self._busy.acquire(blocking=False):
            return  # it is being read already
        try:
            self._snapshot = self._taken()
        except (BillwatchError, sqlite3.Error, OSError) as error:
            log.error("%s while reading the store; what was read before stands", type(error).__name__)
        finally:
            self._busy.release()

    def _taken(self) -> tuple[_State, Snapshot]:
        return self._state(), snapshot_of(self.data / "bills.db", self.now())

    def _state(self) -> _State:
        return _state_of(self.data / "bills.db", self.now())


class _State(NamedTuple):
    hour: int
    files: tuple[tuple[int, int], ...]


def _state_of(store: Path, now: datetime) -> _State:
    files = (store, store.with_name(f"{store.name}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    # An empty log is made by whoever reads, and says nothing new.
    return _State(int(now.timestamp() // 3600), tuple((s.st_mtime_ns, s.st_size) for s in stats if s.st_size))
