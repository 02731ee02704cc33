"""fetch: keeps to robots.txt, and to what stands for one that cannot be read."""

from __future__ import annotations

import pytest

from billwatch.errors import Refused
from faulty_server import FaultyServer, Says, page
from fetch.opening import Clock, Opened, error_of


def test_robots(server: FaultyServer, opened: Opened) -> None:
    """What robots.txt forbids is not asked; the file is read once."""
    server.on("/robots.txt", Says(b"User-agent: *\nDisallow: /search/\nAllow: /\n", kind="text/plain"))
    session = opened()
    session.get(server.on("/bill", page()), kind="html")
    assert isinstance(error_of(session, server.on("/search/legislation", page())), Refused)
    session.get(server.on("/bill", page()), kind="html")
    assert server.asked("/search/legislation") == []
    assert len(server.asked("/robots.txt")) == 1


def test_robots_for_us(server: FaultyServer, opened: Opened) -> None:
    """Rules for billwatch by name go before those for everybody."""
    server.on("/robots.txt", Says(b"User-agent: *\nAllow: /\n\nUser-agent: billwatch\nDisallow: /\n"))
    assert isinstance(error_of(opened(), server.on("/bill", page())), Refused)


def test_crawl_delay(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """A longer Crawl-delay than our own is kept, a shorter one is not taken."""
    server.on("/robots.txt", Says(b"User-agent: *\nCrawl-delay: 10\n"))
    url, session = server.on("/bill", page()), opened()
    for _ in range(3):
        session.get(url, kind="html")
    assert clock.sleeps == [1.0, 10.0, 10.0]


def test_endless_crawl_delay(server: FaultyServer, opened: Opened) -> None:
    """A delay that no run could keep is a refusal."""
    server.on("/robots.txt", Says(b"User-agent: *\nCrawl-delay: 86400\n"))
    assert isinstance(error_of(opened(), server.on("/bill", page())), Refused)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_absent(server: FaultyServer, opened: Opened, status: int) -> None:
    """No robots.txt (4xx) allows everything (RFC 9309, 2.3.1.3)."""
    server.on("/robots.txt", Says(b"Disallow: /", status))
    assert opened().get(server.on("/bill", page()), kind="html").status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_unreadable(server: FaultyServer, opened: Opened, status: int) -> None:
    """A robots.txt that cannot be read forbids everything (RFC 9309, 2.3.1.4), and is not asked for each page."""
    server.on("/robots.txt", Says(b"", status))
    session = opened()
    for _ in range(4):
        assert isinstance(error_of(session, server.on("/bill", page())), Refused)
    assert len(server.asked("/robots.txt")) == 3
    assert server.asked("/bill") == []


def test_robots_comes_late(server: FaultyServer, opened: Opened) -> None:
    """A robots.txt that fails once is tried again before it forbids."""
    server.on("/robots.txt", Says(b"", 503), Says(b"User-agent: *\nAllow: /\n"))
    assert opened().get(server.on("/bill", page()), kind="html").status == 200
