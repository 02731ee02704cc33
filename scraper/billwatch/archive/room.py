"""Which files of the archive may go when it is full: the oldest whose payloads nobody cites. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from billwatch.archive.shelf import Entry


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """One file: its bytes, the receipts that lie in it, and those in other files that its revisits cite."""

    path: Path
    size: int
    ids: frozenset[str]
    cites: frozenset[str]


def holding(path: Path, size: int, entries: Iterable[Entry]) -> Holding:
    """What a file holds and cites."""
    known = list(entries)
    ids = frozenset(entry.id for entry in known)
    return Holding(path=path, size=size, ids=ids, cites=frozenset(e.original for e in known if e.original) - ids)


def droppable(holdings: list[Holding], cited: Collection[str], excess: int) -> list[Path]:
    """Files to drop, in this order, until `excess` bytes are gone or nothing more may go. `holdings`: oldest first.

    A file of nothing but revisits that nobody cites goes as well, and may set free the older one they cite: so
    the files are gone through again until a round drops none.
    """
    needed = Counter(id_ for each in holdings for id_ in each.cites)
    needed.update(cited)
    kept, dropped = list(holdings), list[Path]()
    found = True
    while found and excess > 0:
        found = False
        for each in list(kept):
            if excess > 0 and not any(needed[id_] for id_ in each.ids):
                needed.subtract(each.cites)
                kept.remove(each)
                dropped.append(each.path)
                excess -= each.size
                found = True
    return dropped
