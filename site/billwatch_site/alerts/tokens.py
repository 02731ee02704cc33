"""Signed links: what a letter's link may do is written into it, and nobody else can write one.

A token names one thing (a subscriber, or a request to follow something) for one purpose. The purpose is part of the
key, so that a link to confirm cannot unsubscribe, and the library compares in constant time. Links to confirm and to
change expire; one that ends all mail never does. Nothing of it is stored: whoever is forgotten leaves no token behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

Purpose = Literal["confirm", "manage", "unsubscribe", "form"]

# How long a link does what it says. An unconfirmed request is kept for as long as its link works.
LIFETIMES: dict[Purpose, timedelta | None] = {
    "confirm": timedelta(days=7),
    "manage": timedelta(days=90),
    "unsubscribe": None,
    "form": timedelta(hours=4),
}
_LONGEST = 300  # characters; ours have about 100


class BadLink(Exception):
    """A link that we did not make, or not for this."""


class Expired(BadLink):
    """A link of ours whose time is over; `subject` is what it named."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"expired: {subject}")
        self.subject = subject


def utc_now() -> datetime:
    """The clock where no other is given."""
    return datetime.now(UTC)


class Tokens(msgspec.Struct, frozen=True):
    """Makes and reads tokens with these secrets: the last one signs, all of them are believed, so it can be changed."""

    secrets: Sequence[str]
    now: Callable[[], datetime] = utc_now

    def confirm_link(self, base_url: str, request: str) -> str:
        """The link under which what was asked for begins."""
        return self._link(base_url, "confirm", request)

    def manage_link(self, base_url: str, subscriber: str) -> str:
        """The link under which a subscriber changes what they get."""
        return self._link(base_url, "manage", subscriber)

    def unsubscribe_link(self, base_url: str, subscriber: str) -> str:
        """The link that ends all mail: for the header of RFC 8058 and the foot of a letter, good for ever."""
        return self._link(base_url, "unsubscribe", subscriber)

    def token(self, purpose: Purpose, subject: str) -> str:
        """A token that names `subject` for `purpose`, as of now."""
        signed = self._serializer(purpose).dumps(subject)
        return signed.decode() if isinstance(signed, bytes) else signed

    def read(self, purpose: Purpose, token: str) -> str:
        """What the token names; `BadLink` where it is not ours for this purpose, `Expired` where it is too old."""
        if len(token) > _LONGEST:
            raise BadLink("too long")
        lifetime = LIFETIMES[purpose]
        try:
            found = self._serializer(purpose).loads(token, max_age=int(lifetime.total_seconds()) if lifetime else None)
        except SignatureExpired as error:
            raise Expired(str(self._serializer(purpose).load_payload(error.payload or b""))) from None
        except BadSignature:
            raise BadLink("not ours") from None
        return str(found)

    def _link(self, base_url: str, purpose: Purpose, subject: str) -> str:
        return f"{base_url.rstrip('/')}/{purpose}/{self.token(purpose, subject)}"

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        # One derivation for all: HMAC-SHA-256 with the purpose in the salt, where the library's default is SHA-1.
        how: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        signer = _signer_at(self.now)
        return URLSafeTimedSerializer(list(self.secrets), f"billwatch {purpose}", signer=signer, signer_kwargs=how)


def _signer_at(now: Callable[[], datetime]) -> type[TimestampSigner]:
    class SignerAt(TimestampSigner):
        """The library's signer by our clock."""

        def get_timestamp(self) -> int:
            return int(now().timestamp())

    return SignerAt
