"""fetch: waits its turn, tries again, and leaves a host alone that does not want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from billwatch.errors import Blocked, Unreachable
from billwatch.fetch import Limits
from faulty_server import FaultyServer, Says, page
from fetch.opening import CLOUDFLARE, Clock, Opened, error_of

# ---- turns and tries


def test_spacing(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """One request a second: robots.txt, pages and retries each wait for their turn, evenly."""
    url, session = server.on("/bill", page(), page(), Says(status=502), page()), opened()
    for _ in range(3):
        session.get(url, kind="html")
    assert clock.sleeps == [1.0] * 4
    assert session.asked == {server.host: 5}


def test_rate(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """The rate is the configured one."""
    opened(requests_per_second=4).get(server.on("/bill", page()), kind="html")
    assert clock.sleeps == [0.25]


def test_retry_after_seconds(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """Retry-After in seconds is waited for."""
    url = server.on("/bill", Says(status=429, headers=(("Retry-After", "17"),)), page())
    assert opened().get(url, kind="html").status == 200
    assert clock.sleeps == [1.0, 17.0]


def test_retry_after_date(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """Retry-After as a date is waited for."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", later),)), page())
    assert opened().get(url, kind="html").status == 200
    assert 20 < clock.sleeps[1] <= 40


def test_retry_after_too_long(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """A source that wants an hour is left alone: at once, and for the rest of the run."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", "3600"),)))
    session = opened()
    assert isinstance(error_of(session, url), Unreachable)
    assert isinstance(error_of(session, server.on("/other", page())), Unreachable)
    assert (clock.sleeps, len(server.asked("/bill")), server.asked("/other")) == ([1.0], 1, [])
    assert list(session.stopped) == [server.host]


@pytest.mark.parametrize("nonsense", ["soon", "-3", ""])
def test_retry_after_nonsense(server: FaultyServer, opened: Opened, nonsense: str) -> None:
    """A Retry-After that says nothing does no harm."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", nonsense),)), page())
    assert opened().get(url, kind="html").status == 200


def test_three_tries(server: FaultyServer, opened: Opened) -> None:
    """What may pass is tried three times, then reported."""
    error = error_of(opened(), server.on("/bill", Says(status=500)))
    assert isinstance(error, Unreachable)
    assert "HTTP 500" in str(error)
    assert len(server.asked("/bill")) == 3


def test_time_for_one_address(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """The tries of one address together have an end."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", "50"),)))
    error_of(opened(limits=Limits(address=60)), url)
    assert len(server.asked("/bill")) == 2
    assert clock.sleeps == [1.0, 50.0]


def test_hang_up(server: FaultyServer, opened: Opened) -> None:
    """A connection closed without an answer is tried again."""
    assert opened().get(server.on("/bill", Says(hang_up=True), page()), kind="html").status == 200


def test_nobody_there(opened: Opened) -> None:
    """Where nothing listens the line says so."""
    error = error_of(opened(), "http://127.0.0.1:1/bill")
    assert isinstance(error, Unreachable)
    assert "connection refused" in str(error)


def test_no_address(opened: Opened) -> None:
    """A configured address that is none is an error of one line, not a traceback."""
    assert isinstance(error_of(opened(), "nyassembly.gov/leg"), Unreachable)


# ---- hosts given up


def test_blocked_host_is_left_alone(server: FaultyServer, opened: Opened) -> None:
    """After three challenges in a row nothing more is asked of the host."""
    url, session = server.on("/bill", Says(CLOUDFLARE, 403)), opened()
    errors = [error_of(session, url) for _ in range(6)]
    assert {type(error) for error in errors} == {Blocked}
    assert len(server.asked("/bill")) == 3
    assert "not asked again" in str(errors[-1])


def test_dead_host_is_left_alone(server: FaultyServer, opened: Opened) -> None:
    """After three addresses that could not be reached, with their tries, nothing more is asked."""
    url, session = server.on("/bill", Says(status=500)), opened()
    for _ in range(6):
        assert isinstance(error_of(session, url), Unreachable)
    assert len(server.asked("/bill")) == 9


def test_an_answer_forgets_the_row(server: FaultyServer, opened: Opened) -> None:
    """Failures count in a row: an answer between them begins anew."""
    block, session = Says(CLOUDFLARE, 403), opened()
    url = server.on("/bill", block, block, page(), block, block, page())
    outcomes = []
    for _ in range(6):
        try:
            outcomes.append(session.get(url, kind="html").status)
        except Blocked:
            outcomes.append(403)
    assert outcomes == [403, 403, 200, 403, 403, 200]
