"""One answer as one WARC record (ISO 28500), made by warcio and read back with its SHA-256 checked.

Payloads are kept decompressed. Their digest is SHA-256, the same that the receipt cites, so any WARC tool can check
it. Each record is a gzip member of its own: whatever happens to a later one, the earlier ones are read.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from billwatch.answer import Answer
from billwatch.errors import Damaged

_SOURCE = "Billwatch-Source"  # our own field; readers pass over those they do not know (ISO 28500, 5.1)
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The proof of one answer: a row of the store's `fetches`. `fetched_at` is ISO 8601 in UTC.

    `file` and `offset` say where in the archive its record begins; `file` is "" where the archive was full and only
    the digest is known.
    """

    id: str
    source: str
    url: str
    fetched_at: str
    status: int
    sha256: str
    bytes: int
    file: str = ""
    offset: int = 0


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record read back. A revisit has no payload but the id of the receipt whose payload it cites."""

    receipt: Receipt
    answer: Answer
    original: str = ""


def receipt_of(answer: Answer, source: str) -> Receipt:
    """The receipt of an answer before it lies anywhere. The same answer has the same id, for ever."""
    moment = answer.fetched_at.astimezone(UTC).isoformat()
    return Receipt(
        id=uuid5(NAMESPACE_URL, f"{source} {answer.url} {moment} {answer.sha256}").hex,
        source=source,
        url=answer.url,
        fetched_at=moment,
        status=answer.status,
        sha256=answer.sha256,
        bytes=len(answer.body),
    )


def response(answer: Answer, receipt: Receipt) -> bytes:
    """The record of an answer, with its HTTP headers."""
    return _record("response", answer, receipt, http=_http(answer, receipt.bytes))


def resource(part: Answer, receipt: Receipt) -> bytes:
    """The record of a part cut out of an answer: without HTTP headers, since nobody sent it like that."""
    return _record("resource", part, receipt, http=None)


def revisit(answer: Answer, receipt: Receipt, original: Receipt) -> bytes:
    """The record that says: once more the payload of `original`, by its bytes or by the source's word (304)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    head = _head(receipt) | {"WARC-Refers-To": _urn(original.id)}
    when = _warc_date(original.fetched_at)
    record = writer.create_revisit_record(
        receipt.url, _digest(original.sha256), original.url, when, _http(answer, receipt.bytes), head
    )
    if answer.not_modified:
        record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
    writer.write_record(record)
    return out.getvalue()


def _record(kind: str, answer: Answer, receipt: Receipt, http: StatusAndHeaders | None) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        receipt.url,
        kind,
        io.BytesIO(answer.body),
        len(answer.body),
        warc_content_type="" if http else answer.content_type,
        warc_headers_dict=_head(receipt) | {"WARC-Payload-Digest": _digest(receipt.sha256)},
        http_headers=http,
    )
    writer.write_record(record)
    return out.getvalue()


def _head(receipt: Receipt) -> dict[str, str]:
    date = _warc_date(receipt.fetched_at)
    return {"WARC-Record-ID": _urn(receipt.id), "WARC-Date": date, _SOURCE: receipt.source}


def _http(answer: Answer, length: int) -> StatusAndHeaders:
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    fields = {
        "Content-Type": answer.content_type,
        "ETag": answer.etag,
        "Last-Modified": answer.last_modified,
        "Content-Length": str(length),  # of a revisit, that of the payload it cites (RFC 9110, 15.4.5)
    }
    known = [(name, value) for name, value in fields.items() if value]
    return StatusAndHeaders(f"{answer.status} {phrase}", known, protocol="HTTP/1.1")


def records(stream: BinaryIO, file: str) -> Iterator[Record]:
    """The records from here on, each checked, up to the end or to the first that is not whole.

    A run that was killed leaves such a last one; nobody has a receipt for it.
    """
    try:
        while True:
            yield record_at(stream, file, stream.tell())
    except Damaged:
        return


def record_at(stream: BinaryIO, file: str, offset: int) -> Record:
    """The one record that begins at this offset, or `Damaged`."""
    stream.seek(offset)
    try:
        # Unpacked first, as a whole: warcio falls over a record that was cut in the middle of its fields.
        plain = _member(stream)
    except (EOFError, zlib.error):
        raise Damaged(
            f"the archive's record at {offset} in {file} is not whole: restore the file from a copy"
        ) from None
    return _read(next(ArchiveIterator(io.BytesIO(plain))), file, offset)


def _member(stream: BinaryIO) -> bytes:
    """The content of the gzip member that begins here, its length and CRC checked; the stream then stands behind it."""
    unpacking, plain = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS), bytearray()
    while not unpacking.eof:
        if not (chunk := stream.read(64 * 1024)):
            raise EOFError
        plain += unpacking.decompress(chunk)
    stream.seek(-len(unpacking.unused_data), io.SEEK_CUR)
    return bytes(plain)


def _read(record: ArcWarcRecord, file: str, offset: int) -> Record:
    head = dict(record.rec_headers.headers)
    payload = record.content_stream().read()
    sha256 = base64.b32decode(head["WARC-Payload-Digest"].removeprefix("sha256:")).hex()
    is_revisit = record.rec_type == "revisit"
    if not is_revisit and hashlib.sha256(payload).hexdigest() != sha256:
        raise Damaged(f"the archive's record at {offset} in {file} does not have the SHA-256 that it states")
    answer = _answer(record, head, payload)
    receipt = Receipt(
        id=UUID(head["WARC-Record-ID"].strip("<>")).hex,
        source=head.get(_SOURCE, ""),
        url=answer.url,
        fetched_at=answer.fetched_at.isoformat(),
        status=answer.status,
        sha256=sha256,
        bytes=_length(record, payload),
        file=file,
        offset=offset,
    )
    return Record(
        receipt=receipt, answer=answer, original=UUID(head["WARC-Refers-To"].strip("<>")).hex if is_revisit else ""
    )


def _length(record: ArcWarcRecord, payload: bytes) -> int:
    cited = record.http_headers.get_header("Content-Length") if record.rec_type == "revisit" else None
    return int(cited or len(payload))


def _answer(record: ArcWarcRecord, head: dict[str, str], payload: bytes) -> Answer:
    http = record.http_headers
    fields = {name.lower(): value for name, value in http.headers} if http else {}
    status = int(http.get_statuscode()) if http else 200
    return Answer(
        url=head["WARC-Target-URI"],
        status=status,
        body=payload,
        fetched_at=datetime.fromisoformat(head["WARC-Date"]),
        content_type=fields.get("content-type", "") if http else head.get("Content-Type", ""),
        etag=fields.get("etag", ""),
        last_modified=fields.get("last-modified", ""),
        not_modified=status == HTTPStatus.NOT_MODIFIED,
    )


def _urn(receipt_id: str) -> str:
    return f"<urn:uuid:{UUID(receipt_id)}>"


def _digest(sha256: str) -> str:
    return "sha256:" + base64.b32encode(bytes.fromhex(sha256)).decode()


def _warc_date(moment: str) -> str:
    return moment.replace("+00:00", "Z")
