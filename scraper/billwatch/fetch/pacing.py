"""Taking turns: one request at a time and host, evenly spaced, retries included.

requests-ratelimiter is not used because it keeps a window, not a spacing (at two a second it lets two through at once,
then waits a second), and because retries inside the adapter pass it by.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Pace:
    """At most `per_second` requests a second to each host.

    Clock and sleep are those of the monotonic clock: the wall clock may jump an hour, and we would wait it out.
    """

    def __init__(
        self,
        per_second: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = 1.0 / per_second
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Wait for this host's turn. `delay` in seconds counts where it is longer than our own interval.

        The next turn is counted from the end of this one: counted from its beginning, a slow connection
        followed by a quick one would arrive closer together than promised.
        """
        with self._turns[host]:
            if (wait := self._next.get(host, 0.0) - self._clock()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._next[host] = self._clock() + max(self._interval, delay)
