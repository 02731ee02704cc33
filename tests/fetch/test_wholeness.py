"""wholeness: every cut is noticed, and nothing unfolds beyond its bounds."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import Damaged, SourceError
from billwatch.fetch.reply import Passing, Reply, check
from billwatch.fetch.wholeness import CHUNK, whole_body

URL = "https://legislature.example/bill"
# Rows like the Assembly's, long enough to compress as a real page does.
PAGE = (
    "<!DOCTYPE html><html><head><title>Bill Search</title></head><body><table>"
    + "".join(
        f"<tr><td>{day:02}/0{day % 9 + 1}/2025</td><td>REFERRED TO CODES {day * 7919}</td></tr>\n"
        for day in range(1, 29)
    )
    + "</table></body></html>\n"
).encode()
JSON = b'{"success": true, "result": {"items": [' + b", ".join(b'{"no": "S%d"}' % n for n in range(60)) + b"]}}\n"


def taken(raw: bytes, headers: dict[str, str], kind: str) -> bytes | None:
    """The body that fetch would accept, or None where it is refused."""
    try:
        body = whole_body([raw[at : at + 700] for at in range(0, len(raw), 700)], headers, URL)
        check(Reply(status=200, headers=headers, body=body), kind, URL)
    except (Passing, SourceError):
        return None
    return body


@pytest.mark.parametrize(("body", "kind"), [(PAGE, "html"), (JSON, "json")])
@given(data=st.data())
def test_every_cut(body: bytes, kind: str, data: st.DataObject) -> None:
    """Cut anywhere, with or without length, compressed or not: refused, or the same but for space at the end."""
    zipped = data.draw(st.booleans(), label="zipped")
    raw = gzip.compress(body) if zipped else body
    headers = {"content-encoding": "gzip"} if zipped else {}
    headers |= {"content-length": str(len(raw))} if data.draw(st.booleans(), label="with length") else {}
    cut = data.draw(st.integers(0, len(raw) - 1), label="cut")
    accepted = taken(raw[:cut], headers, kind)
    assert taken(raw, headers, kind) == body
    assert accepted is None or accepted.rstrip() == body.rstrip()
    assert accepted is None or not headers


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 40))
def test_any_bytes(members: list[bytes], step: int) -> None:
    """Any content comes back as it was, in chunks of any size and in several gzip members."""
    raw = b"".join(gzip.compress(member) for member in members)
    chunks = [raw[at : at + step] for at in range(0, len(raw), step)]
    assert whole_body(chunks, {"content-encoding": "gzip"}, URL) == b"".join(members)


@given(st.binary(min_size=1, max_size=200), st.data())
def test_broken_gzip(noise: bytes, data: st.DataObject) -> None:
    """A flipped byte in the compressed body is refused, or hits a field that says nothing of the content."""
    raw = bytearray(gzip.compress(PAGE))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= noise[0] or 1
    assert taken(bytes(raw), {"content-encoding": "gzip"}, "html") in (None, PAGE)


def bomb(unfolded: int) -> Iterator[bytes]:
    """A gzip stream of zeros, never whole in memory."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    for _ in range(unfolded // CHUNK):
        yield packer.compress(bytes(CHUNK))
    yield packer.flush()


@pytest.mark.parametrize("largest", [500_000, 20_000_000])
def test_bomb(largest: int) -> None:
    """A bomb of a gigabyte takes no more memory than a little over what is allowed."""
    tracemalloc.start()
    try:
        with pytest.raises(Damaged, match="not read to its end"):
            whole_body(bomb(10**9), {"content-encoding": "gzip"}, URL, largest)
        assert tracemalloc.get_traced_memory()[1] < 2 * largest + 1_000_000
    finally:
        tracemalloc.stop()


def test_endless() -> None:
    """A body without end is left at the limit."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b"<p>" * 1000

    with pytest.raises(Damaged, match="larger than 1,000,000 bytes"):
        whole_body(endless(), {}, URL, 1_000_000)
