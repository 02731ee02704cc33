"""Which changes we have seen, numbered as they came: what is new since, without asking a clock.

The first look at a store is quiet: all that it holds is noted, and told to nobody. So is the first look at another
store than before, one that knows less than half of what we noted: it has just been filled anew. Where a first fill
takes many runs, because each may make so many requests only, what reading finds out is not urgent until it is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.reading.queries import is_asked

FILLING = "filling"  # the bookmark: 1 from the first look until no bill waits to be read any more, a month at most
_UNFINISHED = "select name from store.bookmarks where name like '%/unfinished' and value != ''"

_WAITING = f"""select exists (
    select 1 from store.runs where id in (select max(id) from store.runs group by legislature, source)
        and (waiting > 0 or error != '') and {is_asked("legislature", "store")}
        and julianday(started_at) - julianday((select min(first_seen_at) from store.bills)) < 30)"""


class Noted(msgspec.Struct, frozen=True):
    """What a look at the store came to. `quiet`: it was a first look, and nothing of it is told; `filling`: what is
    new may be part of the first fill.
    """

    new: int
    quiet: bool = False
    filling: bool = False
    unfinished: tuple[str, ...] = ()  # legislatures whose last update was killed: their changes wait


@contextmanager
def beside(people: Subscribers, store: Path) -> Iterator[None]:
    """The store, to be read as `store.` in the queries of the subscribers' file."""
    if any(row[1] == "store" for row in people.db.conn.execute("pragma database_list")):
        yield
        return
    people.db.conn.execute("attach database ? as store", (f"{store.absolute().as_uri()}?mode=ro",))
    try:
        yield
    finally:
        people.db.conn.execute("detach database store")


def note(people: Subscribers) -> Noted:
    """Number the changes of the store (`beside`) that are new to us."""
    with people.atomic():
        quiet = _is_first_look(people)
        unfinished = sorted(str(row[0]).split("/")[0] for row in people.db.conn.execute(_UNFINISHED))
        before = people.count()
        people.db.conn.execute(
            "insert into ledger (change) select id from store.changes c where id not in (select change from ledger) "
            "and not exists (select 1 from json_each(?) where c.bill like value || '/%') "
            "order by seen_at, position, bill, id",
            (msgspec.json.encode(unfinished).decode(),),
        )
        new = people.count() - before
        if quiet and new:
            pass_over(people)
            set_bookmark(people, FILLING, 1)
        filling = bool(bookmark(people, FILLING))
        if filling and not people.value(_WAITING):
            set_bookmark(people, FILLING, 0)  # this look is the last of the fill
    return Noted(new, quiet and new > 0, filling, tuple(unfinished))


def _is_first_look(people: Subscribers) -> bool:
    noted = people.number("select count(*) from ledger")
    known = people.number("select count(*) from ledger where change in (select id from store.changes)")
    return known * 2 < noted or not noted


def pass_over(people: Subscribers) -> None:
    """Let nothing that is noted by now be told to anybody."""
    count = people.count()
    people.db.conn.execute("update subscribers set reached = ?", (count,))
    people.db.conn.execute("update subscriptions set since = ?", (count,))
    people.db.conn.execute("update bookmarks set value = ? where name like 'reached %'", (str(count),))


def bookmark(people: Subscribers, name: str) -> int:
    """How far something has come in the ledger; 0 at first."""
    return people.number("select value from bookmarks where name = ?", (name,))


def set_bookmark(people: Subscribers, name: str, count: int) -> None:
    people.db.conn.execute("insert or replace into bookmarks (name, value) values (?, ?)", (name, str(count)))
