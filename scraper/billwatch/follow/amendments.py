"""Which law a bill would amend before it has settled: New York's chapter amendments, read from their act clause.

A governor signs many a bill on the promise that a bill of the next January will change it. That bill says which: "to
amend a chapter of the laws of 2025 relating to ..., as proposed in legislative bills numbers S. 4505 and A. 5346". The
record has no link for it, so it is our reading and marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from billwatch.compare.changes import Difference
from billwatch.legislatures import Legislature
from billwatch.store import Store

KIND = "chapter-amendment"
_CHAPTER = re.compile(
    r"\ba chapter of the laws of (?P<year>\d{4})\b(?:(?!\ba chapter of the laws of\b).)*?"
    r"\bas proposed in legislative bills? (?:numbers?|nos?\.?)\s*"
    r"(?P<numbers>[A-Z]\.? ?\d+(?:-?[A-Z])?(?:(?:,| and|, and) [A-Z]\.? ?\d+(?:-?[A-Z])?)*)",
    re.DOTALL,
)
_OMNIBUS = 4  # an act that amends the chapters of more bills than this is of nobody's family: budgets amend dozens
_NUMBER = re.compile(r"[A-Z]\.? ?\d+(?:-?[A-Z]\b)?")


def amended_in(act_clause: str) -> Iterator[tuple[int, str, str]]:
    """(year of the laws, bill number, the words that say so) for each bill whose chapter the act would amend.

    >>> [found[:2] for found in amended_in("to amend a chapter of the laws of 2025 relating to labels, as proposed in "
    ... "legislative bills numbers S. 4505-A and A. 5346, in relation to dates")]
    [(2025, 'S4505'), (2025, 'A5346')]
    """
    for chapter in _CHAPTER.finditer(" ".join(act_clause.split())):
        for number in _NUMBER.findall(chapter["numbers"]):
            plain = re.sub(r"[. ]|-?[A-Z]$", "", number)
            why = f"its act clause names {chapter['numbers']} of the laws of {chapter['year']}"
            yield int(chapter["year"]), plain, why


def link_amendments(store: Store, place: Legislature) -> None:
    """Link each bill that says so with the bills whose chapter it would amend; only what changed is read."""
    name = f"{place.CODE}/amendments-linked-until"
    since = store.bookmark(name)
    sql = (
        "select id, act_clause, changed_at from bills where legislature = ? and changed_at > ? "
        "and (act_clause like '%as proposed in legislative bill%' "
        "or id in (select bill from relations where kind = ?))"
    )
    for bill, clause, _ in store.db.conn.execute(sql, (place.CODE, since, KIND)).fetchall():
        _link(store, bill, clause or "", place.session_of)
    store.set_bookmark(name, store.column("select coalesce(max(changed_at), '') from bills")[0])


def announce_amendments(store: Store, legislature: str, tell: Callable[[str, Difference], None]) -> None:
    """Tell those who follow a bill, once, of each bill that would amend the law made of it.

    An act clause may name a bill that gave way to another: those who follow the other, which became law, are told too.
    """
    came_up = "coalesce(nullif(b.introduced_on, ''), (select min(date) from actions where bill = b.id), '')"
    sql = (
        f"select distinct o.id, r.bill, {came_up} from relations r join bills b on b.id = r.bill "
        "join bills n on n.id = r.other join bills o on o.id in (n.id, n.substituted_by) "
        "where r.kind = ? and o.legislature = ? and o.followed and not exists "
        "(select 1 from changes c where c.bill = o.id and c.kind = r.kind and c.now = r.bill)"
    )
    for law, bill, on in store.db.conn.execute(sql, (KIND, legislature)).fetchall():
        tell(law, Difference(KIND, now=bill, happened_on=on))


def _link(store: Store, bill: str, clause: str, session_of: Callable[[date], str]) -> None:
    """What this bill's act clause says, in the place of what it said before."""
    code = bill.split("/")[0]
    found = {f"{code}/{session_of(date(year, 12, 31))}/{number}": why for year, number, why in amended_in(clause)}
    if len(found) > _OMNIBUS:
        found = {}
    store.db.conn.execute("delete from relations where bill = ? and kind = ?", (bill, KIND))
    store.db.conn.executemany(
        "insert or ignore into relations (bill, kind, other, by, evidence) values (?, ?, ?, 'billwatch', ?)",
        ((bill, KIND, other, why) for other, why in found.items() if other != bill),
    )
