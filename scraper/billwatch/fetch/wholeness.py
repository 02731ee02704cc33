"""Reading a body to its end and knowing that it was the end.

requests lets through a gzip body that stops in the middle, bodies without end, and a kilobyte that unfolds into a
gigabyte. So the raw bytes are counted and decompressed here, a chunk at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from billwatch.errors import Damaged
from billwatch.fetch.reply import Passing

LARGEST = 20 * 1024 * 1024  # bytes, decompressed
STEEPEST = 200  # times; pages of bills unfold to some 10 to 40 times their size
_STEEP_FROM = 1024 * 1024  # bytes below which steepness does no harm
CHUNK = 64 * 1024


def whole_body(chunks: Iterable[bytes], headers: dict[str, str], url: str, largest: int = LARGEST) -> bytes:
    """The decompressed body made of these raw chunks.

    Raises `Passing` of `Damaged` for one that was cut off, and `Damaged` for one too large: no retry makes it smaller.
    """
    counted = _Counted(chunks)
    body = bytearray()
    for part in _decoded(counted, headers.get("content-encoding", ""), url):
        body += part
        if len(body) > largest:
            raise Damaged(f"the answer is larger than {largest:,} bytes: it was not read to its end", url)
        if len(body) > max(_STEEP_FROM, counted.size * STEEPEST):
            raise Damaged(f"the answer unfolds to more than {STEEPEST} times its size: it was not read to its end", url)
    _check_length(counted.size, headers, url)
    return bytes(body)


class _Counted:
    """Chunks, and how many bytes of them were taken."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self.size = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk


def _check_length(size: int, headers: dict[str, str], url: str) -> None:
    stated = headers.get("content-length", "")
    # With chunked transfer the length does not count (RFC 9112, 6.3), and the end is marked otherwise.
    if stated.isdigit() and int(stated) != size and "transfer-encoding" not in headers:
        raise Passing(Damaged(f"the answer was cut off: {size:,} of {int(stated):,} bytes came", url))


def _decoded(chunks: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    if encoding.lower() in ("gzip", "x-gzip"):
        yield from _unzipped(chunks, url)
    elif encoding.lower() in ("", "identity"):
        yield from chunks
    else:
        raise Damaged(f"the answer is compressed as '{encoding}', which was not asked for", url)


def _unzipped(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """The content of one or more gzip members, at most CHUNK bytes at a time: a bomb never unfolds as a whole."""
    member = _member()
    started = False
    for chunk in chunks:
        while chunk:
            if member.eof:
                member = _member()
            started = True
            try:
                yield member.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise Passing(Damaged(f"the compressed answer is broken: {error}", url)) from None
            chunk = member.unconsumed_tail or member.unused_data
    if started and not member.eof:
        raise Passing(Damaged("the compressed answer was cut off before its end", url))


def _member() -> zlib._Decompress:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
