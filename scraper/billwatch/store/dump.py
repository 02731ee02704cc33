"""The store as sorted text and back, so that a scheduled run can keep its history in a git branch.

    schema.ndjson                  one line: what the tables have been through, and what is in the dump
    bookmarks.ndjson               one file a table, one row a line, sorted by its key
    actions/ny-2025.ndjson         tables about bills: one file for each legislature and session

The same store always gives the same bytes, and `dump(load(x))` is `x`. How a dump takes the place of another, in a
folder that holds other things too, is in `place.py`. Changes come back as they were, with the time at which they
were seen: loading tells nobody anything.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from billwatch.database import remedy_for
from billwatch.errors import StoreError
from billwatch.store.migrations import migrations
from billwatch.store.place import SCHEMA, Schema, files_of, replacing, schema_of, settle

Row = dict[str, Any]


def dump(db: Database, folder: Path) -> int:
    """Write every table into `folder`, in the place of what an earlier dump left there; how many rows.

    All of it is one state of the store, whatever an update writes meanwhile. What else is in the folder stays.
    """
    with replacing(folder) as new:
        try:
            with db.atomic():
                written = {table: _write(db, table, new) for table in _tables(db)}
                applied = _applied(db)
        except sqlite3.Error as error:
            raise StoreError(f"cannot read the store: {error}; {remedy_for(error)}") from error
        rows = {table: files.total() for table, files in written.items()}
        schema = Schema(applied, rows, sorted(name for files in written.values() for name in files))
        (new / SCHEMA).write_bytes(_line(schema))
    return sum(rows.values())


def load(folder: Path, db: Database) -> int:
    """Fill the empty store `db` from a dump; how many rows. All of it is loaded, or nothing.

    A `StoreError` says why not: the store holds something, the dump is of a newer billwatch, or the file and line
    that cannot be read.
    """
    settle(folder)
    schema, applied = schema_of(folder), _applied(db)
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
        for name in files_of(folder, schema):
            if (folder / name).exists():  # how many rows are missing is told at the end
                _read(db, folder / name, name)
        _whole(db, schema, folder)


# --- tables ----------------------------------------------------------------------------------------------------


def _tables(db: Database) -> list[str]:
    """The tables that hold facts: not those of the search index, of SQLite or of the migrations."""
    rows = db.query("select name from pragma_table_list where schema = 'main' and type = 'table' order by name")
    return [row["name"] for row in rows if not row["name"].startswith(("_", "sqlite_"))]


def _applied(db: Database) -> list[str]:
    return [migration.name for migration in migrations.applied(db)]


def _write(db: Database, table: str, folder: Path) -> Counter[str]:
    """The table as one file, or as one for each session; how many rows went into which."""
    written: Counter[str] = Counter()
    order = ", ".join(f'"{key}"' for key in db.table(table).pks)
    found = db.query(f'select * from "{table}" order by {order}')
    for name, rows in groupby(found, lambda row: _name(table, row)):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        with file.open("ab") as out:
            for row in rows:
                out.write(_line(row))
                written[name] += 1
    return written


def _name(table: str, row: Row) -> str:
    """`actions/ny-2025.ndjson` for what is about a bill, else `bookmarks.ndjson`: small files, small diffs."""
    bill = row["id"] if table == "bills" else row.get("bill")
    if bill is None:
        return f"{table}.ndjson"
    return f"{table}/{'-'.join(bill.split('/')[:-1]) or 'other'}.ndjson"


def _line(row: Row | Schema) -> bytes:
    return msgspec.json.encode(row) + b"\n"


def _read(db: Database, file: Path, name: str) -> None:
    """One file into its table."""
    table = name.split("/")[0].removesuffix(".ndjson")
    if table not in _tables(db):
        raise StoreError(f"{file}: no table '{table}'; restore {SCHEMA} from an earlier commit")
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
