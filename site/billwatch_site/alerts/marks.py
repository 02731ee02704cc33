"""What channels have been told, as lines of JSON beside a dump of the store: by these a fresh machine goes on.

Only what is named here leaves the subscribers' file: the numbers of changes, and rows about channels. No subscriber is
in it and no address; how a channel is reached is in no table at all.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from billwatch.errors import StoreError

if TYPE_CHECKING:  # a dump without channels needs nothing that subscribers need
    from billwatch_site.alerts.subscriptions import Subscribers

NAME = "channels.ndjson"
_CHANNEL = "recipient like 'channel:%'"
_OURS = "name in ('filling', 'hurried') or name like 'reached channel:%' or name like 'slot channel:%'"
_KEPT = {
    "ledger": ("count, change", "order by count"),
    "bookmarks": ("name, value", f"where {_OURS} order by name"),
    "told": ("recipient, change", f"where {_CHANNEL} order by recipient, change"),
    "outbox": (
        "recipient, kind, message_id, created_at, due_at, message, tries",
        f"where {_CHANNEL} and state in ('waiting', 'sending') order by id",
    ),
}
Row = dict[str, str | int | bytes]


def marks_of(people: Subscribers) -> bytes:
    """The lines: which changes are noted, what each channel has been told, and what still waits for it."""
    queries = {table: f"select {columns} from {table} {which}" for table, (columns, which) in _KEPT.items()}
    rows = ({"table": table, **_readable(row)} for table, sql in queries.items() for row in people.db.query(sql))
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def _readable(row: Row) -> Row:
    """A message for a channel is JSON itself, and stays text."""
    return {key: value.decode() if isinstance(value, bytes) else value for key, value in row.items()}


def keep(marks: bytes, folder: Path) -> None:
    """Write the lines into the folder of a dump in the place of earlier ones; without any, none are left there."""
    file, partial = folder / NAME, folder / f".{NAME}"
    try:
        if not marks:
            file.unlink(missing_ok=True)
            return
        partial.write_bytes(marks)
        partial.replace(file)
    except OSError as error:
        raise StoreError(f"cannot write {file}: {error.strerror}; the earlier one is untouched") from error


def bring_back(people: Subscribers, folder: Path) -> None:
    """Go on from the lines in the folder of a dump; whoever noted changes before knows better, and is left alone."""
    file = folder / NAME
    with people.atomic():
        if people.count() or not file.exists():
            return
        for number, line in enumerate(_lines(file), 1):
            try:
                _insert(people, msgspec.json.decode(line, type=dict[str, str | int]))
            except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, sqlite3.Error) as error:
                raise StoreError(f"{file}:{number}: {error}; restore the file from an earlier commit") from None


def _lines(file: Path) -> list[bytes]:
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise StoreError(f"cannot read {file}: {error.strerror}") from error


def _insert(people: Subscribers, row: dict[str, str | int]) -> None:
    columns = _KEPT[str(row["table"])][0]
    values = [str(row[name]).encode() if name == "message" else row[name] for name in columns.split(", ")]
    sql = f"insert into {row['table']} ({columns}) values ({', '.join('?' * len(values))})"
    people.db.conn.execute(sql, values)
