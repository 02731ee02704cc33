"""One real mail server and one recorded year for all tests that need them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.postfix import Postfix, running
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
