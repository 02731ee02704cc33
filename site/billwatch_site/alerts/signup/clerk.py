"""The clerk: attends every few seconds to what was put down at the counter, and sends the letters to confirm.

It works apart from the requests, so that no answer waits for a mail server, or takes longer for one address than for
another.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from billwatch.errors import BillwatchError, Busy
from billwatch_site.alerts import outbox
from billwatch_site.alerts.delivery import Carry, Pace, deliver
from billwatch_site.alerts.signup.applications import Letter, Zone, attend
from billwatch_site.alerts.smtp import Mailer
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.alerts.tables import alone

KINDS = ("confirmation",)
_PAUSE = 2.0  # seconds

log = logging.getLogger("billwatch.signup")


class Clerk(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes the letters to confirm, and how they go out."""

    file: Path
    letter: Letter
    zone: Zone
    mailer: Callable[[], Mailer]
    carry: Callable[[Mailer], Carry]
    per_minute: int
    now: Callable[[], datetime]

    def work(self, stop: threading.Event, pause: float = _PAUSE) -> None:
        """Until it is told to stop. What goes wrong is logged by its kind, and tried again."""
        while not stop.wait(pause):
            try:
                self.round()
            except (BillwatchError, sqlite3.Error, OSError) as error:
                log.error("%s while attending to applications", type(error).__name__)

    def round(self) -> int:
        """One look at what waits; how many letters went out."""
        with closing(Subscribers(self.file)) as people:
            attend(people, self.letter, self.zone, self.now())
            if not outbox.due(people, self.now(), KINDS):
                return 0
            return self._sent(people)

    def _sent(self, people: Subscribers) -> int:
        try:
            with alone(f"{people.path}.letters"), closing(self.mailer()) as mailer:
                done = deliver(people, self.carry(mailer), Pace(self.per_minute), self.now, KINDS)
        except Busy:
            return 0  # another service is sending them just now
        if done.stopped:
            log.error("%s", done.stopped)
        return done.states["sent"]
