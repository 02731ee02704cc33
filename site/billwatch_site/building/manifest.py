"""What a site is made of, kept with it: each unit of work with the fingerprint of what it shows, and its files.

It stands in the site as the hidden file that marks the folder as ours: one line for readers, then one line of JSON a
unit. It follows from the store, the settings and the clock alone, as all the site does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from billwatch_site.reading.digest import digest, encoded

MARKER = ".billwatch-site"
_MARK = b"This folder is written by billwatch. What is put here by hand will be lost.\n"

Files = dict[str, dict[str, int]]  # folder ("" or "ny/2025/S404/") -> name -> size in bytes


class Unit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One unit of work: its name, how many files came of it, and these as JSON of `Files`.

    Equal fingerprints make equal files. `shown` is the digest of what lists show of a bill. `clock`: it looked at it.
    """

    unit: str
    fingerprint: str
    shown: str
    clock: bool
    count: int
    files: msgspec.Raw


files_of = msgspec.json.Decoder(Files).decode
_entry = msgspec.json.Decoder(Unit).decode


def manifest(entries: Iterable[Unit]) -> Iterator[bytes]:
    """The file's content, line by line."""
    yield _MARK
    for entry in sorted(entries, key=lambda e: e.unit):
        yield encoded(entry) + b"\n"


def entries_of(content: bytes) -> dict[str, Unit]:
    """Units by name; none where it is not as we write it."""
    mark, lines = content[: len(_MARK)], content[len(_MARK) :].splitlines()
    if mark != _MARK or b".." in content[len(_MARK) :]:  # a path that leads out is none of ours
        return {}
    try:
        return {entry.unit: entry for entry in map(_entry, lines)}
    except msgspec.MsgspecError:
        return {}


def above(folders: Iterable[str]) -> set[str]:
    """The folders that these are in, up to the site's root ""."""
    found: set[str] = set()
    for folder in folders:
        while folder:
            folder = folder[: folder.rstrip("/").rfind("/") + 1]
            if folder in found:
                break
            found.add(folder)
    return found


def clocked(mark: str, now: datetime) -> str:
    """The fingerprint of what looked at the clock."""
    return digest(mark.encode(), now.isoformat().encode())
