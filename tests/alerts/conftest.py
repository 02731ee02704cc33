"""What tests of alerts share: a mail server, a recorded year, the demonstration's store, and those who are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from alerts.postfix import Postfix, running
from alerts.receivers import Receiver, Room, open_for
from billwatch.demo import play
from billwatch.store import Store
from faults.past import Past
from replay.server import YEAR


@pytest.fixture(scope="session")
def past(shared: Path) -> Iterator[Past]:
    """The record of 2025; skips where it is not beside the project."""
    with Past.start([YEAR]) as past:
        yield past


@pytest.fixture(scope="session")
def server() -> Iterator[Postfix]:
    with running() as postfix:
        yield postfix


@pytest.fixture
def postfix(server: Postfix) -> Postfix:
    """The server, with an empty mailbox."""
    server.empty()
    return server


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with some twenty real bills and what happened to them."""
    folder = tmp_path_factory.mktemp("demonstration")
    with closing(Store(folder / "bills.db")) as store:
        play(store, folder / "archive")
        store.db.conn.execute("pragma wal_checkpoint(truncate)")
    return folder


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A program that is told by a webhook."""
    with open_for(Receiver()) as server:
        yield server


@pytest.fixture
def room() -> Iterator[Room]:
    """A room that is told through its service."""
    with open_for(Room()) as server:
        yield server
