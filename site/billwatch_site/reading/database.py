"""The SQLite file for others: the published bills and all that is told of them, to open with Datasette.

It has the tables of the store, but not what is only ours: the raw answers of the sources, how far we read them, where
the archive keeps them; nor the texts of prints, which are long, and one click away at the legislature; nor `settled`,
of which SQLite before 3.42 says, wrongly, that it is broken, because its key is not its first columns. Rows go in by
their order into a new database, so the same store gives the same bytes, with no room left between them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

# Which rows of a table are published, in which order; ":ids" are the published bills as a JSON list.
_OURS = "where bill in (select value from json_each(:ids)) order by bill"
_ROWS = {
    "bills": "where id in (select value from json_each(:ids)) order by id",
    "actions": f"{_OURS}, position",
    "sponsorships": f"{_OURS}, position",
    "versions": f"{_OURS}, letter",
    "votes": f"{_OURS}, position",
    "relations": f"{_OURS}, kind, other",
    "topics": f"{_OURS}, topic",
    # The plus makes SQLite go through them by their id: otherwise it would hold them all to sort them.
    "changes": "where +bill in (select value from json_each(:ids)) order by id",
    "observations": f"{_OURS}, source",
    "disagreements": f"{_OURS}, fact, source",
    "failures": f"{_OURS}, source",
    "doubts": f"{_OURS}, topic",
    "fetches": "where id in (select receipt from changes where bill in (select value from json_each(:ids)) "
    "union select receipt from observations where bill in (select value from json_each(:ids))) order by id",
    "runs": "order by id",
    "sessions": "order by legislature, session",
    "base_rates": "order by legislature, session, stage, step, chamber, day",
}
TABLES = tuple(_ROWS)
WITHHELD = {
    "versions": ("text", "memo"),
    "observations": ("digest", "facts", "etag", "last_modified", "token"),
    "fetches": ("file", "offset"),
}


def publish(store: sqlite3.Connection, ids: Sequence[str], file: Path) -> None:
    """Write the database of these bills into a new file, from the state of the store that the caller sees."""
    wanted = {"ids": msgspec.json.encode(list(ids)).decode()}
    with closing(sqlite3.connect(file)) as target:
        target.execute("pragma journal_mode = off")
        target.execute("pragma synchronous = off")
        for table in TABLES:
            names = _created(store, target, table)
            rows = store.execute(f"select {', '.join(names)} from main.{table} {_ROWS[table]}", wanted)
            target.executemany(f"insert into {table} values ({', '.join('?' * len(names))})", rows)
            for sql in _made(store, table, "index"):  # of rows that are there: an index of none is slow to fill
                target.execute(sql)
        target.commit()


def _created(store: sqlite3.Connection, target: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a new table like that of the store, but for those that are withheld."""
    hidden = WITHHELD.get(table, ())
    columns = [row[1] for row in store.execute(f"pragma main.table_info({table})") if row[1] not in hidden]
    for sql in _made(store, table, "table"):
        target.execute(sql)
    for column in hidden:
        target.execute(f"alter table {table} drop column {column}")
    return columns


def _made(store: sqlite3.Connection, table: str, kind: str) -> list[str]:
    """How the store's table was made, or its indexes."""
    sql = "select sql from main.sqlite_master where tbl_name = ? and type = ? and sql <> '' order by name"
    return [sql for (sql,) in store.execute(sql, (table, kind))]
