"""fetch: a key is sent, and stands in no answer, error or log."""

from __future__ import annotations

import logging
import traceback

import pytest

from faulty_server import FaultyServer, Says, json, page
from fetch.opening import Opened, error_of

SECRET = "k3y/of+ours&longer than a word"
SPELLED = "k3y%2Fof%2Bours%26longer%20than%20a%20word"


@pytest.mark.parametrize(
    "says",
    [
        Says(status=500),
        Says(hang_up=True),
        page("x" * 500, cut=10),
        Says(status=404),
        Says(status=401),
        Says(status=302, headers=(("Location", f"http://elsewhere.example/?key={SPELLED}"),)),
        Says(status=302, headers=(("Location", f"/loop?token={SPELLED}"),)),
    ],
)
def test_key_in_no_error(server: FaultyServer, opened: Opened, says: Says, caplog: pytest.LogCaptureFixture) -> None:
    """No error, no traceback and no log, not even urllib3's at its most talkative, carries a key."""
    caplog.set_level(logging.DEBUG)
    server.on("/loop", says)
    session = opened(secrets=[SECRET])
    error = error_of(session, server.on("/api", says) + f"?key={SPELLED}&limit=5", "json")
    told = [str(error), error.url, repr(error), *traceback.format_exception(error), caplog.text, repr(session)]
    for text in told:
        assert SECRET not in text
        assert SPELLED not in text
    assert "=***" in error.url
    assert "urllib3.connectionpool" in caplog.text


def test_key_in_no_error_without_a_server(opened: Opened) -> None:
    """What requests says of a host that is not there has the address in it: ours has not."""
    error = error_of(opened(secrets=[SECRET]), f"http://127.0.0.1:1/api?key={SPELLED}", "json")
    assert SPELLED not in "".join([str(error), repr(error), *traceback.format_exception(error)])
    assert (error.__cause__, error.__context__) == (None, None)  # what a crash reporter would send along


def test_key_in_no_answer(server: FaultyServer, opened: Opened) -> None:
    """The answer's address has the key struck out, so has a body that repeats it; and yet it was sent."""
    url = server.on("/api", json(f'{{"you": "asked with {SECRET}"}}'))
    answer = opened(secrets=[SECRET]).get(f"{url}?key={SPELLED}&limit=5", kind="json")
    assert answer.url == f"{url}?key=***&limit=5"
    assert answer.body == b'{"you": "asked with ***"}'
    assert server.seen[-1].path == f"/api?key={SPELLED}&limit=5"


def test_short_key_harms_no_body(server: FaultyServer, opened: Opened) -> None:
    """A key that could be a word is struck out of addresses, but no bill loses a word for it."""
    url = server.on("/api", json('{"title": "Relates to a test"}'))
    answer = opened(secrets=["test"]).get(f"{url}?key=test", kind="json")
    assert (answer.url, answer.body) == (f"{url}?key=***", b'{"title": "Relates to a test"}')
