"""Take out what no page and no feed may hold: control characters, lone surrogates, marks that turn text around."""

from __future__ import annotations

import re
from typing import Any

import msgspec

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# The same in UTF-8, or as JSON escapes them; a letter too many found here costs time only.
_SUSPECT = re.compile(
    rb"\\u|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xed[\xa0-\xbf]|\xef\xbf[\xbe\xbf]"
)


def cleaned(raw: bytes) -> bytes:
    """JSON whose texts hold nothing of that. Almost all is plain, and told so without being read."""
    if b"\x7f" not in raw and (b"\\u" not in raw if raw.isascii() else not _SUSPECT.search(raw)):
        return raw
    return msgspec.json.encode(_cleaned(msgspec.json.decode(raw)))


def cleaned_text(text: str) -> str:
    """A text that holds nothing of that."""
    return text if text.isprintable() else _UNWANTED.sub("", text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned_text(value)
    return [_cleaned(part) for part in value] if isinstance(value, list) else value
