"""The store as sorted text and back, so that a scheduled run can keep its history in a git branch.

    schema.ndjson                  one line: the migrations that the tables have been through
    bookmarks.ndjson               one file a table, one row a line, sorted by its key
    actions/ny-2025.ndjson         tables about bills: one file for each legislature and session

The same store always gives the same bytes, and `dump(load(x))` is `x`. The folder is swapped in whole: killed
anywhere, the old dump or the new one is there. Changes come back as they were, with the time at which they were
seen: loading tells nobody anything.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch.store.migrations import migrations

SCHEMA = "schema.ndjson"
Row = dict[str, Any]


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first thing that a load reads: what the tables have been through, and how many rows each one holds."""

    migrations: list[str]
    rows: dict[str, int]


def dump(db: Database, folder: Path) -> int:
    """Write every table into `folder`, in the place of what an earlier dump left there; how many rows."""
    _finish_swap(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / SCHEMA).exists():
        raise StoreError(f"{folder} is not empty and holds no dump; choose another folder")
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        rows = {table: _write(db, table, partial) for table in _tables(db)}
        (partial / SCHEMA).write_bytes(_line({"migrations": _applied(db), "rows": rows}))
        partial.rename(_complete(folder))
        _finish_swap(folder)
    except OSError as error:
        raise StoreError(
            f"cannot write the dump to {folder}: {error.strerror}; the earlier one is untouched"
        ) from error
    return sum(rows.values())


def load(folder: Path, db: Database) -> int:
    """Fill the empty store `db` from a dump; how many rows. All of it is loaded, or nothing.

    A `StoreError` says why not: the store holds something, the dump is of a newer billwatch, or the file and line
    that cannot be read.
    """
    _finish_swap(folder)
    schema, applied = _schema(folder), _applied(db)
    if filled := next((t for t in _tables(db) if db.table(t).count), None):
        raise StoreError(f"the store already holds {filled}; load into an empty data directory")
    if newer := [name for name in schema.migrations if name not in applied]:
        raise StoreError(f"{folder} was written by a newer billwatch ({newer[0]}); update billwatch first")
    if schema.migrations == applied:
        _load(folder, schema, db)
    else:
        with closing(_older(schema.migrations)) as source:
            _load(folder, schema, source)
            migrations.apply(source)
            _copy(source, db)
    return sum(schema.rows.values())


def _load(folder: Path, schema: Schema, db: Database) -> None:
    """Fill a store that has the dump's own tables."""
    with _filling(db):
        for file in _files(folder):
            _read(db, file, folder)
        _whole(db, schema, folder)


# --- folders ---------------------------------------------------------------------------------------------------


def _complete(folder: Path) -> Path:
    """Where a dump lies that is complete, but not yet in its place."""
    return folder.with_name(folder.name + ".new")


def _finish_swap(folder: Path) -> None:
    """Put a complete dump in its place; a run that was killed while doing so is finished by the next."""
    if not _complete(folder).exists():
        return
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    _complete(folder).rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.ndjson") if file != folder / SCHEMA)


def _schema(folder: Path) -> Schema:
    file = folder / SCHEMA
    try:
        return msgspec.json.decode(file.read_bytes(), type=Schema)
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror}; this folder holds no dump") from None
    except msgspec.MsgspecError as error:
        raise StoreError(f"{file}:1: {error}; restore the file from an earlier commit") from None


# --- tables ----------------------------------------------------------------------------------------------------


def _tables(db: Database) -> list[str]:
    """The tables that hold facts: not those of the search index, of SQLite or of the migrations."""
    rows = db.query("select name from pragma_table_list where schema = 'main' and type = 'table' order by name")
    return [row["name"] for row in rows if not row["name"].startswith(("_", "sqlite_"))]


def _applied(db: Database) -> list[str]:
    return [migration.name for migration in migrations.applied(db)]


def _write(db: Database, table: str, folder: Path) -> int:
    """The table as one file, or as one for each session; how many rows."""
    order = ", ".join(f'"{key}"' for key in db.table(table).pks)
    found = db.query(f'select * from "{table}" order by {order}')
    for name, rows in groupby(found, lambda row: _name(table, row)):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        with file.open("ab") as out:
            out.writelines(map(_line, rows))
    return db.table(table).count


def _name(table: str, row: Row) -> str:
    """`actions/ny-2025.ndjson` for what is about a bill, else `bookmarks.ndjson`: small files, small diffs."""
    bill = row["id"] if table == "bills" else row.get("bill")
    if bill is None:
        return f"{table}.ndjson"
    return f"{table}/{'-'.join(bill.split('/')[:-1]) or 'other'}.ndjson"


def _line(row: Row) -> bytes:
    return msgspec.json.encode(row) + b"\n"


def _read(db: Database, file: Path, folder: Path) -> None:
    """One file into its table."""
    table = file.relative_to(folder).parts[0].removesuffix(".ndjson")
    if table not in _tables(db):
        raise StoreError(f"{file}: no table '{table}'; remove the file")
    columns = set(db.table(table).columns_dict)
    for number, row in _rows(file, columns):
        try:
            _insert(db, table, row)
        except sqlite3.Error as error:
            raise _broken(file, number, error) from None


def _rows(file: Path, columns: set[str]) -> Iterator[tuple[int, Row]]:
    """The rows of a file with their line numbers, each one checked."""
    decoder = msgspec.json.Decoder(dict[str, str | int | float | None])
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise _broken(file, number, error) from None
            if not line.endswith(b"\n"):
                raise _broken(file, number, "the line is cut off")
            if strange := sorted(row.keys() - columns):
                raise _broken(file, number, f"no column '{strange[0]}'")
            yield number, row


def _broken(file: Path, number: int, problem: object) -> StoreError:
    return StoreError(f"{file}:{number}: {problem}; restore the file from an earlier commit")


@contextmanager
def _filling(db: Database) -> Iterator[None]:
    """One transaction in which rows may come before the bill they are about."""
    with db.atomic():
        db.conn.execute("pragma defer_foreign_keys = on")
        yield


def _insert(db: Database, table: str, row: Row) -> None:
    columns = ", ".join(f'"{column}"' for column in row)
    db.conn.execute(f'insert into "{table}" ({columns}) values ({", ".join("?" * len(row))})', tuple(row.values()))


def _whole(db: Database, schema: Schema, folder: Path) -> None:
    """As many rows as were written, and each about a bill that is there: a lost file or line is noticed here."""
    for table, rows in schema.rows.items():
        if (found := db.table(table).count if table in _tables(db) else 0) != rows:
            raise StoreError(f"{folder}: {found} of {rows} rows of {table} are left; restore its files")
    if row := db.conn.execute("pragma foreign_key_check").fetchone():
        raise StoreError(f"{folder}: {row[0]} tell of bills that are not in it; restore the files of {row[2]}")


def _older(names: list[str]) -> Database:
    """An empty store as it was after these migrations, where an older dump is read before it is brought up."""
    db = Database(memory=True)
    later = [migration.name for migration in migrations.pending(db) if migration.name not in names]
    migrations.apply(db, stop_before=later)
    return db


def _copy(source: Database, db: Database) -> None:
    with _filling(db):
        for table in _tables(source):
            for row in source.query(f'select * from "{table}"'):
                _insert(db, table, row)
