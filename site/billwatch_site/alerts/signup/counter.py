"""The counter: what the service knows and may do, apart from how it is reached."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from billwatch_site.alerts.signup.limits import Limit
from billwatch_site.alerts.signup.preview import Snapshot, snapshot_of
from billwatch_site.alerts.signup.wishes import Numbers
from billwatch_site.alerts.subscriptions import NAME, Subscribers
from billwatch_site.alerts.tokens import Tokens
from billwatch_site.settings import Settings

HOUR = timedelta(hours=1)


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
    ) -> None:
        self.data, self.settings, self.codes, self.numbers = data, settings, tuple(codes), numbers
        self.tokens, self.now = tokens, now
        self.requests, self.previews = Limit(requests_an_hour, HOUR), Limit(previews_an_hour, HOUR)
        self._lock = threading.Lock()
        self._snapshot: tuple[_State, Snapshot] | None = None

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
        """The store as it is: read again only when it has changed, or an hour has gone."""
        with self._lock:
            state = _state_of(self.data / "bills.db", self.now())
            if not self._snapshot or self._snapshot[0] != state:
                self._snapshot = state, snapshot_of(self.data / "bills.db", self.now())
            return self._snapshot[1]


class _State(NamedTuple):
    hour: int
    files: tuple[tuple[int, int], ...]


def _state_of(store: Path, now: datetime) -> _State:
    files = (store, store.with_name(f"{store.name}-wal"))
    stats = [file.stat() for file in files if file.exists()]
    return _State(int(now.timestamp() // 3600), tuple((s.st_mtime_ns, s.st_size) for s in stats))
