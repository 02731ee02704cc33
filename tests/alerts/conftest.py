"""One real mail server for all tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alerts.postfix import Postfix, running


@pytest.fixture(scope="session")
def server() -> Iterator[Postfix]:
    with running() as postfix:
        yield postfix


@pytest.fixture
def postfix(server: Postfix) -> Postfix:
    """The server, with an empty mailbox."""
    server.empty()
    return server
