"""Sessions that tests open: on a clock that moves only when somebody sleeps, and what they say of an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from billwatch.errors import SourceError
from billwatch.fetch import Session, user_agent

AGENT = user_agent("https://bills.example.org/", "mailto:you@example.org")
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
CLOUDFLARE = (
    b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
)


class Clock:
    """A monotonic clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time, self.sleeps = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds


Opened = Callable[..., Session]


def error_of(session: Session, url: str, kind: str = "html") -> SourceError:
    with pytest.raises(SourceError) as caught:
        session.get(url, kind=kind)
    return caught.value
