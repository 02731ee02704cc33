"""Opening a database of ours: who may, how SQLite is set, and how its tables are brought up to date."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

from billwatch.errors import Busy, StoreError

# A cache of 64 MB: with SQLite's 2 MB a session's fill in one transaction writes its pages out several times. Pages of
# 8 kB, which a new store gets, hold our long rows better than the usual 4.
_PRAGMAS = (
    "page_size = 8192",
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "temp_store = memory",
    "cache_size = -64000",
)

REFILL = "move the damaged file away and fill a new one with 'billwatch load', or bring back a backup"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of this data directory for as long as this process works on it.

    What goes wrong with the disk meanwhile, in the archive as well, is a `StoreError` that names the folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = held(folder / "lock", f"another run is using {folder}; wait for it to end")
        try:
            yield
        finally:
            os.close(handle)
    except (OSError, sqlite3.Error) as error:
        said = f"cannot work in the data directory {folder}: {getattr(error, 'strerror', '') or error}"
        raise StoreError(f"{said}; what was known stands; {remedy_for(error)}") from error


def held(file: Path | str, otherwise: str, mode: int = 0o644) -> int:
    """A handle that nobody else can have until it is closed or this process ends; `Busy` with these words otherwise."""
    handle = os.open(file, os.O_CREAT | os.O_RDWR, mode)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise Busy(otherwise) from error
    return handle


def remedy_for(error: Exception, damaged: str = REFILL) -> str:
    """What a person can do about a disk that refuses, a file that is `damaged`, or one that somebody holds."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to the kind
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another program holds it; run again when that has ended"
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return "make room on its disk and run again"
    return "is it a folder that can be written to? Another is named with --data DIR"


def opened(path: Path | str, migrations: Migrations) -> Database:
    """The database in this file, or `:memory:`, with its tables up to date."""
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return ready(sqlite3.connect(path, timeout=30), _PRAGMAS, path, migrations)


def ready(connection: sqlite3.Connection, pragmas: Iterable[str], path: Path | str, migrations: Migrations) -> Database:
    """What is behind this connection, set so and with its tables up to date; closed again where that cannot be."""
    db = Database(connection)
    try:
        for pragma in pragmas:
            connection.execute(f"pragma {pragma}")
        _migrate(db, path, migrations)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: Database, path: Path | str, migrations: Migrations) -> None:
    """Bring the tables up to date, in this order; a file of a newer billwatch is left alone."""
    _refuse_newer(db, path, migrations)
    migrations.apply(db)


def check_age(path: Path, migrations: Migrations) -> None:
    """`StoreError` where a newer billwatch wrote this file: what its tables mean by now we cannot know.

    Of one that cannot be read nothing is said here: whoever goes on to read it says what is wrong.
    """
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        with contextlib.closing(Database(connection)) as db:
            _refuse_newer(db, path, migrations)


def _refuse_newer(db: Database, path: Path | str, migrations: Migrations) -> None:
    if "_sqlite_migrations" in db.table_names():
        there = {row[0] for row in db.conn.execute("select name from _sqlite_migrations")}
        if there - _names(migrations):
            raise StoreError(f"{path} was written by a newer billwatch; install the newer version to use it")


def _names(migrations: Migrations) -> set[str]:
    with contextlib.closing(Database(memory=True)) as empty:
        return {migration.name for migration in migrations.pending(empty)}
