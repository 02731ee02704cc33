"""The tables of the subscribers' file, and how it is opened: for its owner alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from billwatch.database import held, ready

_PRAGMAS = ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on")

migrations = Migrations("billwatch-subscribers")


@migrations()
def first_tables(db: Database) -> None:
    """Instants are ISO, UTC, "" for never; a count is a place in the ledger, and orders changes without a clock."""
    db.executescript(
        """
        create table subscribers (
            id text primary key,                          -- 128 random bits, url-safe
            address text not null unique collate nocase,
            rhythm text not null default 'daily',         -- at-once, daily, weekly
            urgent integer not null default 1,            -- milestones at once, whatever the rhythm
            zone text not null,                           -- whose morning it is: America/New_York
            dates text not null default 'day-first',
            created_at text not null,
            confirmed_at text not null default '',
            suspended_at text not null default '',        -- since when nothing can be delivered
            bounces integer not null default 0,           -- permanent refusals since the last delivery
            last_sent_at text not null default '',
            reached integer not null default 0,           -- the count up to which the digests have gone
            slot text not null default ''                 -- the morning of the last digest that was due
        ) without rowid;
        create table subscriptions (
            subscriber text not null references subscribers (id) on delete cascade,
            kind text not null, target text not null, strength text not null default 'notable',
            since integer not null,                       -- told are changes with a higher count
            created_at text not null, primary key (subscriber, kind, target)
        ) without rowid;
        create table ledger (count integer primary key autoincrement, change text not null unique);
        create table told (
            recipient text not null, change text not null, primary key (recipient, change)
        ) without rowid;
        create table outbox (
            id integer primary key autoincrement,
            recipient text not null,                      -- a subscriber's id, or channel:NAME
            kind text not null default 'digest',          -- digest, notice, confirmation
            message_id text not null unique,
            created_at text not null, due_at text not null,
            message blob not null,                        -- empty once it is sent or given up
            state text not null default 'waiting',        -- waiting, sending, sent, given-up
            tries integer not null default 0, error text not null default '', sent_at text not null default ''
        );
        create index outbox_open on outbox (due_at, id) where state in ('waiting', 'sending');
        create index outbox_recipient on outbox (recipient, kind, created_at);
        create table bookmarks (name text primary key, value text not null) without rowid;
        """
    )


@migrations()
def applications(db: Database) -> None:
    """What was asked for in the form and is not confirmed yet: kept for seven days at most."""
    db.executescript(
        """
        create table applications (
            id text primary key,                          -- 128 random bits; the link to confirm names it
            address text not null,                        -- empty once it is attended to: the subscriber has it
            mailbox text not null,                        -- what addresses of one mailbox share, for the limit
            wishes text not null,                         -- what to follow, how much and when, as JSON
            asked_at text not null,
            subscriber text references subscribers (id) on delete cascade,
            sent_at text not null default ''              -- when the letter to confirm was put into the outbox
        ) without rowid;
        create index applications_mailbox on applications (mailbox, sent_at);
        create index applications_subscriber on applications (subscriber);
        """
    )


@contextmanager
def alone(path: Path | str) -> Iterator[None]:
    """Keep out whoever else would send from this file, until this process ends."""
    if path == ":memory:":
        yield
        return
    said = "another run is sending from this subscribers' file; wait for it to end"
    handle = held(f"{path}.sending", said, 0o600)
    try:
        yield
    finally:
        os.close(handle)


def opened(path: Path | str) -> Database:
    """The subscribers' file, or `:memory:`, with its tables up to date, for nobody else to read."""
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # before SQLite would make it for all to read
        os.chmod(path, 0o600)
    connection = sqlite3.connect(path, timeout=30, uri=True)  # so that the store can be attached for reading only
    return ready(connection, _PRAGMAS, path, migrations)
