"""Digests of what was read: by these a build knows what shows something new."""

from __future__ import annotations

import hashlib

import msgspec

encoded = msgspec.json.Encoder().encode


def digest(*parts: bytes) -> str:
    """A short digest; the parts are JSON, which never holds a NUL."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=12).hexdigest()
