"""Webhooks: signed, sent once, told again with the same name, and never to anybody else."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from alerts.receivers import Receiver
from billwatch.errors import UsageError
from billwatch_site.alerts.outbox import Outcome
from billwatch_site.alerts.webhooks import Hook, checked_hook, delivered, waiting_time

NOON = datetime(2025, 6, 13, 12, tzinfo=UTC)
SECRET = "a-secret-that-both-ends-know"
BODY = b'{"notes": ["Passed the Senate, 58 to 3."]}'


def sent(receiver: Receiver) -> Outcome:
    return delivered(Hook(receiver.url, SECRET), "<one@bills.example.org>", BODY, NOON)


def test_the_receiver_can_check_what_it_gets(receiver: Receiver) -> None:
    """The body arrives byte by byte, with a signature over time and body that the secret explains."""
    assert sent(receiver) == Outcome("sent")
    ((path, headers, body),) = receiver.received
    assert (path, body, headers["Content-Type"]) == ("/bills", BODY, "application/json")
    assert headers["X-Billwatch-Timestamp"] == str(int(NOON.timestamp()))
    signed = headers["X-Billwatch-Timestamp"].encode() + b"." + body
    expected = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(headers["X-Billwatch-Signature"], expected)
    assert SECRET not in str(headers)


def test_what_comes_again_has_the_same_name(receiver: Receiver) -> None:
    """A connection that is lost before the answer is tried again; the receiver sees by its name that it had it."""
    receiver.script = ["drop"]
    assert sent(receiver).state == "later"
    assert sent(receiver).state == "sent"
    assert {headers["X-Billwatch-Delivery"] for _, headers, _ in receiver.received} == {"<one@bills.example.org>"}
    assert len(receiver.received) == 2


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_work_later_is_tried_later(receiver: Receiver, status: int) -> None:
    """And not before the time that the receiver names, in seconds or as a date."""
    receiver.script = [(status, {}), (status, {"Retry-After": "90"}), (status, {"Retry-After": at_one()})]
    waits = [sent(receiver).wait for _ in range(3)]
    assert waits == [timedelta(), timedelta(seconds=90), timedelta(hours=1)]


def at_one() -> str:
    return format_datetime(NOON + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413])
def test_what_is_refused_is_not_forced(receiver: Receiver, status: int) -> None:
    """It would be refused again."""
    receiver.script = [(status, {})]
    assert sent(receiver).state == "refused"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_else_gets_it(receiver: Receiver, status: int) -> None:
    """A redirect is refused, not followed."""
    receiver.script = [(status, {"Location": f"{receiver.url}/elsewhere"})]
    assert sent(receiver).state == "refused"
    assert [path for path, _, _ in receiver.received] == ["/bills"]


def test_a_receiver_that_is_not_there_is_tried_later() -> None:
    """And what is noted of it does not hold its address, which may be a secret."""
    outcome = delivered(Hook("http://127.0.0.1:9/secret-path", SECRET), "<one@x>", BODY, NOON)
    assert outcome.state == "later" and "secret-path" not in outcome.reason


def test_a_receiver_that_never_answers_is_tried_later() -> None:
    """A time-out is given with every request."""

    def post(url: str, **how: Any) -> requests.Response:
        assert how["timeout"][0] <= 10 and how["timeout"][1] <= 30
        raise requests.Timeout("a while")

    assert delivered(Hook("https://hooks.example.org/x", SECRET), "<one@x>", BODY, NOON, post).state == "later"


@pytest.mark.parametrize(
    "url", ["http://hooks.example.org/", "ftp://x.org/", "hooks.example.org", "", "https://", "file:///etc/passwd"]
)
def test_a_webhook_is_an_https_address(url: str) -> None:
    """Nothing is sent in the clear but to this machine."""
    with pytest.raises(UsageError, match="https address"):
        checked_hook(url)


def test_a_hook_in_a_log_shows_nothing() -> None:
    """Neither its secret nor its address."""
    assert SECRET not in repr(Hook("https://hooks.example.org/T0K3N", SECRET)) + str([Hook("https://x/T0K3N", SECRET)])
    assert "T0K3N" not in repr(Hook("https://hooks.example.org/T0K3N", SECRET))


@given(st.text(max_size=40))
def test_any_wait_is_within_bounds(text: str) -> None:
    """Whatever stands in Retry-After, we come back within six hours and not in the past."""
    assert timedelta() <= waiting_time(text, NOON) <= timedelta(hours=6)
