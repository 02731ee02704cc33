"""A site of given files, put in place as a build does it: each file is a unit of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from billwatch_site.building.folder import Place
from billwatch_site.building.manifest import Unit, encoded, files_of, manifest
from billwatch_site.building.writing import Draft

NOW = datetime(2025, 12, 19, tzinfo=UTC)


class Placed(NamedTuple):
    """What came of it."""

    files: int
    written: int
    removed: int
    changed: bool


def place(files: Mapping[str, bytes], out: Path) -> Placed:
    """Make `out` the site of these files."""
    where = Place(out)
    units = {path: _entry(path, content) for path, content in files.items()}
    kept = {path for path, unit in units.items() if where.fresh(path, unit.fingerprint, NOW)}
    if len(kept) == len(units) and where.holds(len(units)):
        where.clear()
        return Placed(len(files), 0, 0, False)
    draft = Draft(str(where.part), where.folder)
    with where.begun():
        for path in kept:
            draft.keep(files_of(units[path].files))
        written = sum(draft.put(path, files[path], None) for path in units.keys() - kept)
        where.publish(manifest(units.values()))
    return Placed(len(files), written, len(where.entries.keys() - units.keys()), True)


def _entry(path: str, content: bytes) -> Unit:
    folder, slash, name = path.rpartition("/")
    digest = hashlib.sha256(content).hexdigest()
    return Unit(path, digest, "", False, 1, msgspec.Raw(encoded({folder + slash: {name: len(content)}})))
