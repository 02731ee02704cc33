"""Past sessions that we hold whole, and what became of their bills: counted once, when a session is over for good.

A session is held whole when a source's list of it was read to its last page after every end in it was certain. It is
counted again only when its list has been read anew and a bill of it has changed since, or when we count otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from billwatch.bill import Action, Bill, BillId
from billwatch.legislatures import Legislature
from billwatch.past.rates import Rate, rates_of
from billwatch.stages import CERTAIN_AFTER
from billwatch.stages.journey import UNDECIDED, Journey, journey_of
from billwatch.store import Store
from billwatch.store.rows import json_text

EDITION = "2"  # of the way of counting
_RATE = ("legislature", "session", "stage", "step", "chamber", "day", *Rate._fields[2:])

_terms = cache(msgspec.json.Decoder(tuple[str, ...]).decode)  # some forty stand on all lines of all bills


def note_sessions(store: Store, place: Legislature, now: datetime) -> None:
    """Write down each session that we hold bills of, and count those that are whole and have moved."""
    sql = "select session, counted_at from sessions where legislature = ?"
    counted: dict[str, str] = dict(store.db.conn.execute(sql, (place.CODE,)).fetchall())
    recount = store.bookmark(f"{place.CODE}/base-rates") != EDITION
    for session in list(_sessions(store, place.CODE)):
        read_at, last = _read_at(store, place.CODE, session), counted.get(session, "")
        moved = recount or not last or _changed_at(store, place.CODE, session) > last
        if moved and _is_whole(place, session, read_at):
            _count(store, place, session)
            last = now.isoformat(timespec="seconds")
        _put(store, place, session, read_at, last)
    store.set_bookmark(f"{place.CODE}/base-rates", EDITION)


def rate_bills(store: Store, place: Legislature, bills: Iterable[str], today: date) -> None:
    """What became of earlier bills that stood where each of these stands today: on the bill, for its page."""
    counted = store.rows("select * from sessions where legislature = ? and counted_at != ''", (place.CODE,))
    rated: dict[tuple[str, ...], str] = {}
    sql = "select id, session, stage, steps, rates from bills where id in (select value from json_each(?))"
    for bill in store.rows(sql, (json_text(list(bills)),)):
        steps = msgspec.json.decode(bill["steps"])
        here = next((step for step in steps if step[2] == "here"), None)
        ends_in_law = steps and steps[-1][0] == "Law"  # an amendment to the constitution does not: laws tell it nothing
        undecided = ends_in_law and bill["stage"] in UNDECIDED and today <= place.session_end(bill["session"])
        at = (bill["session"], bill["stage"], *here[:2]) if here and undecided else ()
        if at not in rated:
            day = (today - place.session_start(bill["session"])).days + 1
            rated[at] = json_text(list(_rates(store, counted, at[1:], day)) if at else [])
        if rated[at] != bill["rates"]:
            store.db.conn.execute("update bills set rates = ? where id = ?", (rated[at], bill["id"]))


def _rates(
    store: Store, counted: Iterable[sqlite3.Row], at: tuple[str, ...], day: int
) -> Iterator[tuple[str | int, ...]]:
    """(session, the same day of it, then the counts of `Rate`) for each session counted that had such a day."""
    columns = ", ".join(Rate._fields[2:])
    sql = (
        f"select {columns} from base_rates where legislature = ? and session = ? and stage = ? and step = ? "
        "and chamber = ? and day <= ? order by day desc limit 1"
    )
    for past in counted:
        on = date.fromisoformat(past["begins_on"]) + timedelta(days=day - 1)
        if on <= date.fromisoformat(past["ends_on"]):
            rows = store.rows(sql, (past["legislature"], past["session"], *at, day))
            yield past["session"], on.isoformat(), *(rows[0] if rows else (0,) * 6)


def _sessions(store: Store, code: str) -> Iterator[str]:
    """The sessions of a legislature in the store: a step on the key for each, not a look at every bill."""
    after = f"{code}/"
    while found := store.column("select min(id) from bills where id > ? and id < ?", (after, f"{code}0"))[0]:
        session = BillId.parse(found).session
        yield session
        after = f"{code}/{session}0"  # the sign after "/"


def _bounds(code: str, session: str) -> tuple[str, str]:
    return f"{code}/{session}/", f"{code}/{session}0"


def _read_at(store: Store, code: str, session: str) -> str:
    """When a source's list of the session was last read to its end; "" for never."""
    sql = "select coalesce(max(value), '') from bookmarks where name like ?"
    return store.column(sql, (f"{code}/%/filled/{session}",))[0]


def _changed_at(store: Store, code: str, session: str) -> str:
    sql = "select coalesce(max(changed_at), '') from bills where id > ? and id < ?"
    return store.column(sql, _bounds(code, session))[0]


def _is_whole(place: Legislature, session: str, read_at: str) -> bool:
    if not read_at:
        return False
    on = datetime.fromisoformat(read_at).astimezone(ZoneInfo(place.TIMEZONE)).date()
    return on > place.session_end(session) + CERTAIN_AFTER


def _count(store: Store, place: Legislature, session: str) -> None:
    begins_on, ends_on = place.session_start(session), place.session_end(session)
    rates = rates_of(_journeys(store, place, session), begins_on, ends_on)
    store.db.conn.execute("delete from base_rates where legislature = ? and session = ?", (place.CODE, session))
    store.db.conn.executemany(
        f"insert into base_rates ({', '.join(_RATE)}) values ({', '.join('?' * len(_RATE))})",
        ((place.CODE, session, *rate.place, *rate[1:]) for rate in rates),
    )


def _journeys(store: Store, place: Legislature, session: str) -> dict[str, Journey]:
    """By their numbers. Amendments to the constitution are left out: none of them becomes law."""
    rules = place.rules(session)
    sql = (
        "select a.bill, b.law_section, b.act_clause, a.date, a.chamber, a.text, a.classification "
        "from actions a join bills b on b.id = a.bill where a.bill > ? and a.bill < ? order by a.bill, a.position"
    )
    rows = store.db.conn.execute(sql, _bounds(place.CODE, session))
    found = {}
    for (bill, section, clause), lines in groupby(rows, lambda row: tuple(row[:3])):
        facts = {"law_section": section, "act_clause": clause, "identifier": BillId.parse(bill).identifier}
        actions = tuple(Action(on, chamber, text, _terms(terms)) for *_, on, chamber, text, terms in lines)
        it = Bill(legislature=place.CODE, session=session, actions=actions, **facts)
        if not rules.amends_constitution(it):
            found[it.identifier] = journey_of(it, rules)
    return found


def _put(store: Store, place: Legislature, session: str, read_at: str, counted_at: str) -> None:
    bounds = _bounds(place.CODE, session)
    (bills,) = store.db.conn.execute("select count(*) from bills where id > ? and id < ?", bounds).fetchone()
    named = "select distinct bill from failures where bill > ? and bill < ?"
    unread = len(store.column(f"{named} and bill not in (select id from bills)", bounds))
    begins_on, ends_on = (day.isoformat() for day in (place.session_start(session), place.session_end(session)))
    row = (place.CODE, session, begins_on, ends_on, bills, unread, read_at, counted_at)
    store.db.conn.execute(f"insert or replace into sessions values ({', '.join('?' * len(row))})", row)
