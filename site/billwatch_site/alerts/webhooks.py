"""Webhooks: a signed POST of JSON to an address of the operator's choice.

The receiver computes HMAC-SHA-256 of `timestamp.body` with the shared secret and compares it with the header; a
timestamp that is old was recorded by somebody and is played again. `X-Billwatch-Delivery` is the same whenever the same
message comes again, so that it can be told once there too.

    expected = "sha256=" + hmac.new(secret, timestamp + b"." + body, "sha256").hexdigest()
    hmac.compare_digest(expected, request.headers["X-Billwatch-Signature"])
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
import requests

from billwatch.errors import UsageError
from billwatch_site.alerts.outbox import Outcome

SIGNATURE, TIMESTAMP, DELIVERY = "X-Billwatch-Signature", "X-Billwatch-Timestamp", "X-Billwatch-Delivery"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_LONGEST = timedelta(hours=6)
_SECONDS = (10, 30)  # to connect, and between two bytes of the answer


SENT = Outcome("sent")


class Hook(msgspec.Struct, frozen=True):
    """Where to and with which secret."""

    url: str
    secret: str

    def __repr__(self) -> str:
        return "Hook(hidden)"  # a repr ends up in logs


class Post(Protocol):
    """What `requests.post` is."""

    def __call__(
        self,
        url: str,
        *,
        data: bytes,
        headers: dict[str, str],
        timeout: tuple[int, int],
        allow_redirects: bool,
        stream: bool,
    ) -> requests.Response: ...


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What the header says: "sha256=" and the HMAC over the time, a full stop and the body."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def checked_hook(url: str) -> str:
    """The address, if what is sent there can be read by nobody on the way; plain http only to this machine."""
    parts = urlsplit(url)
    if (parts.scheme == "https" and parts.hostname) or (parts.scheme == "http" and parts.hostname in _LOCAL):
        return url
    raise UsageError("a webhook is an https address; write it like https://hooks.example.org/bills")


def delivered(hook: Hook, delivery: str, body: bytes, now: datetime, post: Post = requests.post) -> Outcome:
    """Send `body` once. What may work later is "later"; what the receiver will not have is "refused".

    A redirect is not followed: the receiver that we were told of is the one that gets it. How long the waits are, and
    when to give up, is the outbox's to say.
    """
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "billwatch",
        TIMESTAMP: timestamp,
        DELIVERY: delivery,
        SIGNATURE: signature(hook.secret, timestamp, body),
    }
    try:
        with post(
            checked_hook(hook.url), data=body, headers=headers, timeout=_SECONDS, allow_redirects=False, stream=True
        ) as answer:
            return _outcome(answer.status_code, answer.headers.get("Retry-After", ""), now)
    except requests.RequestException as error:
        return Outcome("later", f"the webhook did not answer ({type(error).__name__})")


def _outcome(status: int, retry_after: str, now: datetime) -> Outcome:
    if 200 <= status < 300:
        return SENT
    if status in (408, 425, 429) or status >= 500:
        return Outcome("later", f"the webhook answered {status}", waiting_time(retry_after, now))
    said = "it moved; write its new address" if 300 <= status < 400 else "it will not have this"
    return Outcome("refused", f"the webhook answered {status}: {said}")


def waiting_time(retry_after: str, now: datetime) -> timedelta:
    """What Retry-After says, in seconds or as a date; six hours at most, none for what is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), _LONGEST.total_seconds()))
    try:
        found = parsedate_to_datetime(text) - now
    except (ValueError, TypeError):  # no date, or one without its zone
        return timedelta()
    return min(max(found, timedelta()), _LONGEST)
