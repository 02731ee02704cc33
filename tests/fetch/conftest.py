"""A server with faults, a clock, and sessions on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from billwatch.fetch import Session
from faulty_server import FaultyServer
from fetch.opening import AGENT, NOW, Clock


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Iterator[Callable[..., Session]]:
    """Sessions on the fake clock, closed afterwards."""
    sessions: list[Session] = []

    def open_(**more: object) -> Session:
        sessions.append(Session(AGENT, clock=clock, sleep=clock.sleep, now=lambda: NOW, **more))  # type: ignore[arg-type]
        return sessions[-1]

    yield open_
    for session in sessions:
        session.close()
