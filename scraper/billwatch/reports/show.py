"""One bill for the terminal: where it stands, what happened, and its family. Text only; the site shows more."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from billwatch.stages import beside_stage
from billwatch.store import Store

_LINKS = {
    "same-as": ("same as", "same as"),
    "previous-version": ("earlier version", "came back as"),
    "substituted-by": ("substituted by", "substituted for"),
    "chapter-amendment": ("would amend the law made of", "chapter amendment"),
    "probably-same": ("probably came back from (our guess)", "probably came back as (our guess)"),
}


def shown(store: Store, legislature: str, identifiers: list[str], session: str | None = None) -> Iterator[str]:
    """Each session's bill of these numbers apart: one number is another bill every session."""
    marks = ", ".join("?" * len(identifiers))
    sql = (
        f"select * from bills where legislature = ? and identifier in ({marks}) and session like ? order by session, id"
    )
    bills = store.rows(sql, (legislature, *identifiers, session or "%"))
    for n, bill in enumerate(bills):
        yield from ([""] if n else []) + list(_bill(store, bill))


def _bill(store: Store, bill: sqlite3.Row) -> Iterator[str]:
    yield f"{bill['id']}  {bill['title'] or '(no title yet)'}"
    yield f"  {bill['sponsor'] or 'no sponsor named'} · {bill['law_section'] or 'no law section named'}"
    yield f"  {bill['sentence']}"
    yield from (f"  Mark: {mark}." for mark in beside_stage(bill["stage"], json.loads(bill["marks"])))
    yield from [f"  {text}" for text in (bill["next"], bill["disagreement"]) if text]
    yield f"  Official status: {bill['official'] or 'none given'}"
    yield f"  Followed: {bill['follow_reason'] or 'no'}"
    yield from _sources(store, bill["id"])
    yield "  Actions, newest first:"
    for row in store.rows("select * from actions where bill = ? order by position desc", (bill["id"],)):
        yield f"    {row['date']}  {row['chamber']:<8}  {row['text']}"
    yield from _family(store, bill["id"])


def _sources(store: Store, bill: str) -> Iterator[str]:
    sql = "select source, checked_at from observations where bill = ? and source != 'merged' order by source"
    for row in store.rows(sql, (bill,)):
        yield f"  Checked {row['checked_at'][:16].replace('T', ' ')} UTC at {row['source']}"
    for row in store.rows("select * from disagreements where bill = ? order by fact, source", (bill,)):
        yield f"  Sources differ on {row['fact']}: {row['source']} says {row['says']}"


def _family(store: Store, bill: str) -> Iterator[str]:
    sql = (
        "select r.kind, r.other as bill, 0 as back, b.title from relations r left join bills b on b.id = r.other "
        "where r.bill = ? union select r.kind, r.bill, 1, b.title from relations r left join bills b on b.id = r.bill "
        "where r.other = ? order by 2"
    )
    for row in store.rows(sql, (bill, bill)):
        yield f"  Family: {_LINKS[row['kind']][row['back']]} {row['bill']}  {row['title'] or ''}".rstrip()
