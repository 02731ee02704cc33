"""The site on this machine: our pages, our own page for what is not there, and no other machine."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from billwatch.errors import UsageError
from billwatch_site.serving import server


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with server(site) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()


def test_pages_are_served(address: str) -> None:
    """A folder's address is its page."""
    with urllib.request.urlopen(f"{address}/ny/2017/S9191/") as answer:
        assert answer.status == 200 and b"Kevin S. Parker" in answer.read()


def test_what_is_missing_gets_our_page(address: str) -> None:
    """With the status that says so."""
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{address}/ny/2099/S1/")
    assert missing.value.code == 404 and b"There is no page here" in missing.value.read()
    missing.value.close()


def test_a_port_in_use_is_one_clear_line(site: Path) -> None:
    """And names the way out."""
    with server(site) as first, pytest.raises(UsageError, match="--port"):
        server(site, first.server_address[1])
