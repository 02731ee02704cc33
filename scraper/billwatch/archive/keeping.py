"""Every answer kept, with a receipt; and the archive as a `Fetcher`, so that old pages can be parsed again.

    with Archive(Path("data/archive"), max_bytes=500_000_000) as archive:
        receipt = archive.keep(answer, "assembly")
    ArchivedAnswers(Path("data/archive")).answer(receipt.id).body == answer.body

A payload that is known already costs a revisit record of some 500 bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from msgspec.structs import asdict, replace

from billwatch.addresses import address_of_form, struck_out
from billwatch.answer import Answer
from billwatch.archive import warc
from billwatch.archive.room import droppable, holding
from billwatch.archive.shelf import Entry, Writing, entries_in, remove, size_of, warc_files
from billwatch.archive.warc import Receipt
from billwatch.errors import Damaged, Unreachable

_FILE_BYTES = 64 * 1024 * 1024  # a file is closed when it is this large: whole files are dropped, so none may be huge
_FULL_AT = 0.9  # of the bytes allowed: beyond this, room is made, so that the next run finds some


class Archive:
    """A folder of WARC files that this run adds to, at most `max_bytes` large."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.max_bytes = folder, max_bytes
        self.unkept = 0  # answers that have a receipt but no copy, because the archive was full
        self._writing: Writing | None = None
        self._read_lists()

    def _read_lists(self) -> None:
        files = warc_files(self.folder)
        self._size = sum(size_of(path) for path in files)
        self._payloads: dict[tuple[str, str], Entry] = {}  # by URL and SHA-256
        self._last: dict[str, Entry] = {}  # by URL, the last payload
        for path in files:
            for entry in entries_in(path):
                self._remember(entry)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put on the disk what was kept. Call it before the store commits the receipts, and go on keeping after."""
        if self._writing:
            self._writing.close()
            self._writing = None

    def keep(self, answer: Answer, source: str) -> Receipt:
        """The receipt of an answer, which now lies in the archive.

        Of a `not_modified` answer the receipt cites the last payload of its address.
        """
        return self._kept(answer, source, warc.response)

    def keep_part(self, answer: Answer, part: bytes, uri: str, source: str) -> Receipt:
        """The receipt of one bill's part of a long list, kept by itself; `uri` names the part, as in "...#S9191"."""
        return self._kept(replace(answer, url=uri, body=part, etag="", last_modified=""), source, warc.resource)

    def _kept(self, answer: Answer, source: str, record_of: Callable[[Answer, Receipt], bytes]) -> Receipt:
        answer = replace(answer, url=struck_out(answer.url))
        receipt = warc.receipt_of(answer, source)
        known = self._last.get(answer.url) if answer.not_modified else None
        known = known or self._payloads.get((answer.url, answer.sha256))
        if known is None:
            if answer.not_modified:  # nothing came, and what it was like is not here any more
                return replace(receipt, sha256="")
            return self._written(record_of(answer, receipt), receipt, None)
        if known.id == receipt.id:  # kept a moment ago
            return known.receipt
        receipt = replace(receipt, sha256=known.sha256, bytes=known.bytes)
        return self._written(warc.revisit(answer, receipt, known), receipt, known)

    def _written(self, record: bytes, receipt: Receipt, known: Entry | None) -> Receipt:
        if self._size + len(record) > self.max_bytes:
            self.unkept += known is None
            return replace(receipt, file=known.file, offset=known.offset) if known else receipt
        if self._writing is None or self._writing.size > _FILE_BYTES:
            self.close()
            name = datetime.fromisoformat(receipt.fetched_at).strftime("%Y%m%dT%H%M%SZ")
            self._writing = Writing(self.folder, name)
        entry = Entry(**asdict(receipt), original=known.id if known else "")
        before = self._writing.size
        entry = self._writing.append(record, entry)
        self._size += self._writing.size - before
        self._remember(entry)
        return entry.receipt

    def _remember(self, entry: Entry) -> None:
        key = (entry.url, entry.sha256)
        if not entry.original:
            self._payloads[key] = entry
        if payload := self._payloads.get(key):
            self._last[entry.url] = payload

    def make_room(self, cited: Collection[str]) -> list[str]:
        """Drop the oldest files, if the archive is too large, and name them.

        A file stays while a receipt in `cited` (ids) lies in it, or a revisit in a file that stays cites it:
        proof that was shown to somebody is not thrown away.
        """
        self.close()
        excess = self._size - int(self.max_bytes * _FULL_AT)
        if excess <= 0:
            return []
        files = [holding(path, size_of(path), entries_in(path)) for path in warc_files(self.folder)]
        dropped = droppable(files, cited, excess)
        for path in dropped:
            remove(path)
        self._read_lists()
        return [path.name for path in dropped]

    @property
    def notice(self) -> str:
        """One line for the report where answers could not be kept, else ""."""
        if not self.unkept:
            return ""
        return (
            f"the archive is full ({self.max_bytes:,} bytes, all cited): {self.unkept} answers have a receipt with "
            "their SHA-256 but no copy; allow it more bytes in the configuration, or move its oldest files elsewhere"
        )


class ArchivedAnswers:
    """The archive as a `Fetcher`: for each address the last answer kept, or the last until `at`."""

    def __init__(self, folder: Path, at: datetime | None = None) -> None:
        self._folder, self._at = folder, at or datetime.max.replace(tzinfo=UTC)

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        """The answer kept last; always whole, whatever is known of it. `Unreachable` for an address never kept."""
        address = struck_out(url)
        kept = [entry for entry in self._by_url.get(address, ()) if _moment(entry) <= self._at]
        if not kept:
            raise Unreachable("the archive holds no answer of this address up to that time", address)
        return self._whole(max(kept, key=_moment))

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        """The answer kept last for this form."""
        return self.get(address_of_form(url, form), kind=kind)

    def answer(self, receipt: str) -> Answer:
        """The answer that this receipt (its id) proves, its SHA-256 checked; `Damaged` if it does not match."""
        if receipt not in self._by_id:
            raise Unreachable(f"the archive holds no receipt {receipt}")
        return self._whole(self._by_id[receipt])

    def answer_at(self, file: str, offset: int) -> Answer:
        """The answer at this place, as a row of the store's `fetches` names it."""
        record = self._record(file, offset)
        return self.answer(record.receipt.id) if record.original else record.answer

    def addresses(self) -> list[str]:
        """Every address that was kept, sorted."""
        return sorted(self._by_url)

    def _whole(self, entry: Entry) -> Answer:
        """The answer with its payload, which for a revisit lies at the record that it cites."""
        original = self._by_id.get(entry.original, entry)
        answer = self._record(original.file, original.offset).answer
        if answer.sha256 != entry.sha256:
            raise Damaged(f"the archive's {entry.file} does not hold what receipt {entry.id} proves", entry.url)
        return replace(answer, fetched_at=_moment(entry))

    def _record(self, file: str, offset: int) -> warc.Record:
        path = self._folder / Path(file).name  # a name out of a list must not lead out of the folder
        if not file or not path.is_file():
            raise Unreachable(f"the archive {self._folder} does not hold '{file}': only its digest was kept")
        with path.open("rb") as stream:
            return warc.record_at(stream, path.name, offset)

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for path in warc_files(self._folder) for entry in entries_in(path)}

    @cached_property
    def _by_url(self) -> dict[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self._by_id.values():
            found[entry.url].append(entry)
        return dict(found)


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.fetched_at)
