"""One answer of a source, and the one way to turn its bytes into text."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Protocol

import msgspec

from billwatch.errors import Damaged

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_-]+)", re.IGNORECASE)
# Controls but tab and newline, lone surrogates, and the marks that turn the direction of text around.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LATIN = ("iso-8859-1", "latin1", "latin-1")  # what pages mean by these is cp1252 (WHATWG Encoding, section 4.2)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for one request. `url` has its key struck out; `not_modified` means: as you know it."""

    url: str
    status: int
    body: bytes
    fetched_at: datetime  # with offset, UTC
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    def text(self) -> str:
        """The body decoded strictly as declared (BOM, header, meta), else as UTF-8, else as cp1252.

        A page that holds U+FFFD was damaged before it reached us: `Damaged`.
        """
        text = clean(_decoded(self.body, self.content_type).replace("\r\n", "\n").replace("\r", "\n"))
        if "\ufffd" in text:
            raise Damaged("the page holds replacement characters: it was damaged before it came", self.url)
        return text


def clean(text: str) -> str:
    """Text without control characters, lone surrogates and marks that reverse its direction."""
    return _UNWANTED.sub("", text)


def _decoded(body: bytes, content_type: str) -> str:
    for encoding in (_declared(body, content_type), "utf-8"):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeError):  # no such encoding, or the bytes are not in it
            continue
    return body.decode("cp1252", errors="replace")


def _declared(body: bytes, content_type: str) -> str:
    """The encoding that the answer names first: by its byte order mark, its header or its meta element."""
    if body.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if header := _HEADER.search(content_type):
        name = header[1].lower()
    else:
        meta = _META.search(body[:4096])
        name = meta[1].decode("ascii").lower() if meta else "utf-8"
    return "cp1252" if name in _LATIN else name


class Fetcher(Protocol):
    """Anything that answers for an address: the network, the archive, the demo's recordings."""

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        """The answer to GET; `kind` is "html" or "json". Raises a `SourceError` for anything less."""
        ...

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        """The answer to a form sent by POST."""
        ...
