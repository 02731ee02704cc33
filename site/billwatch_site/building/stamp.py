"""The stamp of a build: from what state of the store, and how, the site that stands was made.

It is kept beside the site, so that a build which would make the same again is known without opening the store. As with
`make`, a file that has the inode, the size and the times that it had is the same file; where the store was written so
shortly before that its times could not tell, nothing is kept.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from billwatch_site.building.report import BuildReport

_SURE = 1_000_000_000  # ns, in which something else may have been written; the clocks of file systems are far finer

Files = tuple[tuple[str, int, int, int, int], ...]  # name, inode, size, times of change of the content and of the file


class Stamp(msgspec.Struct, frozen=True):
    """What a site was made of; `order` is the digest of how."""

    store: Files
    order: str

    def settled(self) -> bool:
        """Whether every later write would be seen by the times of these files."""
        latest = max((max(modified, changed) for *_, modified, changed in self.store), default=time.time_ns())
        return latest + _SURE < time.time_ns()


class Kept(msgspec.Struct, frozen=True):
    """A stamp, the folder of the site that it is of, and what its build told."""

    stamp: Stamp
    site: str
    report: BuildReport


def files_of_store(store: Path) -> Files:
    """The files that make the store now: the database, and what was written and is not yet put into it."""
    return tuple(_files(store))


def _files(store: Path) -> Iterator[tuple[str, int, int, int, int]]:
    for file in (store, store.with_name(f"{store.name}-wal")):
        try:
            found = os.stat(file)
        except OSError:
            continue
        if found.st_size:
            yield file.name, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read(file: Path) -> Kept | None:
    """What is kept there, if it is one of ours."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None


def write(file: Path, kept: Kept) -> None:
    """Keep it, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(msgspec.json.encode(kept))
    part.replace(file)
