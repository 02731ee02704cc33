"""Answers as tests keep them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from billwatch.answer import Answer

START = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
URL = "https://nyassembly.gov/leg/?bn=S09191&term=2025"
PLENTY = 10**9


def answer(body: str | bytes = "<html>S9191</html>", hours: float = 0, url: str = URL, **more: object) -> Answer:
    known = {"status": 200, "content_type": "text/html; charset=utf-8", "etag": '"7"', **more}
    payload = body.encode() if isinstance(body, str) else body
    return Answer(url=url, body=payload, fetched_at=START + timedelta(hours=hours), **known)  # type: ignore[arg-type]


def noise(size: int, seed: int) -> bytes:
    """Bytes that do not compress, so that sizes can be foretold."""
    return random.Random(seed).randbytes(size)
