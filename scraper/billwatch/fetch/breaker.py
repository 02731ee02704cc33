"""Which hosts to leave alone for the rest of the run.

A dead host costs minutes of waiting for each bill, and a host that blocks us has said no: after three failures of one
kind in a row no more is asked of it, and every further bill fails at once with the reason.
"""

from __future__ import annotations

from billwatch.errors import Blocked, SourceError, Unreachable

IN_A_ROW = 3


class Breaker:
    """Remembers, for each host, the failures in a row. An answer of any other kind forgets them."""

    def __init__(self) -> None:
        self._rows: dict[str, list[SourceError]] = {}
        self.stopped: dict[str, SourceError] = {}

    def check(self, host: str, url: str) -> None:
        """Raise the kind of error that stopped this host, if it is stopped."""
        if why := self.stopped.get(host):
            raise type(why)(f"{host} is not asked again in this run, since: {why}", url)

    def failed(self, host: str, error: SourceError) -> None:
        """Note a failure; only being blocked and being unreachable count."""
        row = self._rows.setdefault(host, [])
        if not isinstance(error, Blocked | Unreachable):
            return row.clear()
        if row and type(row[-1]) is not type(error):
            row.clear()
        row.append(error)
        if len(row) >= IN_A_ROW:
            self.stop(host, error)

    def answered(self, host: str) -> None:
        """Note that the host does answer."""
        self._rows.pop(host, None)

    def stop(self, host: str, error: SourceError) -> None:
        """Ask this host nothing more: it said so itself, or its row is full."""
        self.stopped.setdefault(host, error)
