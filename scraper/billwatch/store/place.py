"""The folder in which a dump lies: often a git repository of somebody's own, where only the dump's files are ours.

    schema.ndjson           names the dump's files; without it there is no dump
    .billwatch-partial/     a dump that is being written; the next one begins anew
    .billwatch-complete/    one that is written and takes its place, file by file; whatever comes next finishes that

Killed anywhere, the earlier dump is there whole, or the next `dump` or `load` puts the new one in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import msgspec

from billwatch.errors import StoreError

SCHEMA = "schema.ndjson"
_PARTIAL, _COMPLETE = ".billwatch-partial", ".billwatch-complete"
_EARLIER = "earlier.schema"  # in the complete dump: what is being replaced, from when on nothing is where it was

# Neither leads to anywhere outside the folder.
Table = Annotated[str, msgspec.Meta(pattern=r"^\w+$")]
Name = Annotated[str, msgspec.Meta(pattern=r"^\w+(/[^/]+)?\.ndjson$")]


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the tables have been through, how many rows each one holds, and which files they are in."""

    migrations: list[str]
    rows: dict[Table, int]
    files: list[Name] | None = None  # dumps did not always tell: in older ones, whatever is named after a table


def schema_of(folder: Path) -> Schema:
    """The first thing that a load reads."""
    file = folder / SCHEMA
    try:
        return _schema(file)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}; this folder holds no dump") from None


def files_of(folder: Path, schema: Schema) -> list[str]:
    """The files that hold the dump's rows, in order; nothing else in the folder is ours."""
    if schema.files is not None:
        return sorted(schema.files)
    found = (folder.glob(kind) for table in schema.rows for kind in (f"{table}.ndjson", f"{table}/*.ndjson"))
    return sorted(file.relative_to(folder).as_posix() for files in found for file in files)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder for a new dump with its schema, which then takes the place of the earlier one."""
    settle(folder)
    try:
        earlier = _begun(folder)
        (folder / _PARTIAL).mkdir()
        yield folder / _PARTIAL
        _nothing_in_the_way(folder, set(schema_of(folder / _PARTIAL).files or ()) - earlier)
        (folder / _PARTIAL).rename(folder / _COMPLETE)
    except OSError as error:
        said = f"cannot write the dump to {folder}: {error.strerror}; the earlier one is untouched"
        raise StoreError(f"{said}; make room, or choose another folder") from error
    finally:
        shutil.rmtree(folder / _PARTIAL, ignore_errors=True)
    settle(folder)


def settle(folder: Path) -> None:
    """Put a complete dump in its place; a run that was killed while doing so is finished by the next."""
    complete = folder / _COMPLETE
    try:
        if (complete / SCHEMA).exists() and not _taken_back(folder):
            _take_place(complete, folder)
        shutil.rmtree(complete, ignore_errors=True)
    except OSError as error:
        said = f"cannot put the dump in its place in {folder}: {error.strerror} ({error.filename})"
        raise StoreError(f"{said}; nothing is lost: see to that file and run again") from error


def _begun(folder: Path) -> set[str]:
    """Make the folder ready; the files of the dump that it holds. A folder of other things is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / _PARTIAL, ignore_errors=True)
    if (folder / SCHEMA).exists():
        return set(files_of(folder, schema_of(folder)))
    if not (folder / ".git").exists() and any(not there.name.startswith(".") for there in folder.iterdir()):
        raise StoreError(f"{folder} is not empty and holds no dump; choose another folder")
    return set()


def _nothing_in_the_way(folder: Path, names: set[str]) -> None:
    """What lies where a file shall be, and is of no dump, is somebody's own."""
    for name in sorted(names):
        file = folder / name
        taken = file if file.parent.is_dir() else file.parent
        if os.path.lexists(taken):
            raise StoreError(f"{taken} is in the way and of no dump; move it, or choose another folder")


def _taken_back(folder: Path) -> bool:
    """Whether somebody brought the earlier dump back from git after its replacing was cut short: theirs counts."""
    return (folder / SCHEMA).exists() and (folder / _COMPLETE / _EARLIER).exists()


def _take_place(complete: Path, folder: Path) -> None:
    """The schema goes first and comes last: in between the folder holds no dump, to whoever looks."""
    if (folder / SCHEMA).exists():
        (folder / SCHEMA).rename(complete / _EARLIER)
    names = _schema(complete / SCHEMA).files or []
    if (complete / _EARLIER).exists():
        for name in set(files_of(folder, _schema(complete / _EARLIER))) - set(names):
            _remove(folder / name, folder)
    for name in names:
        if (complete / name).exists():  # else it is in its place already
            (folder / name).parent.mkdir(exist_ok=True)
            (complete / name).replace(folder / name)
    (complete / SCHEMA).rename(folder / SCHEMA)


def _remove(file: Path, folder: Path) -> None:
    file.unlink(missing_ok=True)
    if file.parent != folder:
        with suppress(OSError):  # something else is in it
            file.parent.rmdir()


def _schema(file: Path) -> Schema:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Schema)
    except msgspec.MsgspecError as error:
        raise StoreError(f"{file}:1: {error}; restore the file from an earlier commit") from None
