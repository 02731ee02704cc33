"""What lies where in the archive: beside each WARC file a list of its records, one JSON line each.

The list can always be made again from the WARC, which is the truth; it is there because reading a year of records to
find one takes minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from billwatch.archive.warc import Receipt, records
from billwatch.errors import StoreError

WARC = ".warc.gz"


class Entry(Receipt, frozen=True, kw_only=True):
    """A receipt and, for a revisit, the id of the receipt whose payload it cites."""

    original: str = ""

    @property
    def receipt(self) -> Receipt:
        """The row of `fetches` in it."""
        return Receipt(**{name: getattr(self, name) for name in Receipt.__struct_fields__})


def warc_files(folder: Path) -> list[Path]:
    """The archive's files, oldest first: they are named by the time of their first record."""
    return sorted(folder.glob(f"*{WARC}"))


def size_of(warc: Path) -> int:
    """Bytes of a file and of its list."""
    return sum(path.stat().st_size for path in (warc, _list_of(warc)) if path.exists())


def entries_in(warc: Path) -> Iterator[Entry]:
    """The entries of one file, in the order in which they were kept."""
    listed = _list_of(warc)
    if not listed.exists():
        yield from _entries_found_in(warc)
        return
    for line in listed.read_bytes().split(b"\n")[:-1]:  # what follows the last newline was not written to its end
        yield msgspec.json.decode(line, type=Entry)


def remove(warc: Path) -> None:
    """Remove a file and its list; the list last, since without its file it is never looked at."""
    warc.unlink()
    _list_of(warc).unlink(missing_ok=True)


def _list_of(warc: Path) -> Path:
    return warc.with_name(warc.name.removesuffix(WARC) + ".jsonl")


def _entries_found_in(warc: Path) -> Iterator[Entry]:
    with warc.open("rb") as stream:
        for record in records(stream, warc.name):
            yield Entry(**msgspec.structs.asdict(record.receipt), original=record.original)


class Writing:
    """A new WARC file and its list, open for this run. A file of an earlier run is never appended to:

    its last record may have been cut off, and what follows a cut record cannot be found.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._warc, self.path = _new_file(folder, name)
        self._list = _list_of(self.path).open("xb")

    def append(self, record: bytes, entry: Entry) -> Entry:
        """Write the record, then its line: a record without a line is harmless, a line without a record is a lie."""
        entry = msgspec.structs.replace(entry, file=self.path.name, offset=self._warc.tell())
        self._warc.write(record)
        self._warc.flush()
        self._list.write(msgspec.json.encode(entry) + b"\n")
        self._list.flush()
        return entry

    @property
    def size(self) -> int:
        """Bytes of the file and its list so far."""
        return self._warc.tell() + self._list.tell()

    def close(self) -> None:
        """Put both on the disk itself, that a receipt in the store outlives a power cut."""
        for file in (self._warc, self._list):
            os.fsync(file.fileno())
            file.close()


def _new_file(folder: Path, name: str) -> tuple[BinaryIO, Path]:
    for number in range(1, 1000):
        path = folder / f"{name}-{number:03}{WARC}"
        try:
            return path.open("xb"), path
        except FileExistsError:
            continue
    raise StoreError(f"the archive {folder} has 999 files of {name}: is its clock standing still?")
