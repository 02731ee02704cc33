"""Keeping keys out of addresses, errors, logs and the archive."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from billwatch.addresses import STRUCK, struck_out
from billwatch.errors import SourceError

# A shorter secret might be a word that a bill uses: in the body of an answer it is left alone.
_TOO_LONG_FOR_A_WORD = 16
# One of a letter or three stands in every other word: it is struck out as a parameter alone.
_TOO_SHORT_TO_FIND = 4


class Redaction(logging.Filter):
    """Strikes known secrets out of texts; as a filter on a logger, out of what is logged."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        known = {secret for secret in secrets if len(secret) >= _TOO_SHORT_TO_FIND}
        spelled = {form for secret in known for form in (secret, quote(secret, safe=""), quote_plus(secret))}
        self._secrets = sorted(spelled, key=len, reverse=True)

    def text(self, text: str) -> str:
        """The text without any secret."""
        for secret in self._secrets:
            text = text.replace(secret, STRUCK)
        return struck_out(text)

    def error(self, error: SourceError) -> SourceError:
        """The same error, its text and address struck out, without the error of requests that led to it."""
        error.args, error.url = (self.text(str(error)),), self.text(error.url)
        error.__context__ = error.__cause__ = None
        return error

    def body(self, body: bytes) -> bytes:
        """The body without a key that the source repeats to us."""
        for secret in self._secrets:
            if len(secret) >= _TOO_LONG_FOR_A_WORD:
                body = body.replace(secret.encode(), STRUCK.encode())
        return body

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, struck out (urllib3 logs every address when asked to debug)."""
        record.msg, record.args = self.text(record.getMessage()), None
        return True
