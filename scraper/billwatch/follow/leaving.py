"""A bill that is followed stays so when its words change, or when it parts from its twin in the other chamber.

A bill that is gutted moves on under its number, and in New York two prints are no longer the same bill each time that
one chamber amends first, until the other has followed. What took the topic or the link is told as a change, so the
changes say which bills these are. Where only our taxonomy was edited, our guess was taken back or a person decided that
the bill is none of ours, nothing was told, and it is let go. So is what had ended before: nothing can come of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from billwatch.legislatures import legislature as place_of
from billwatch.store import Store
from billwatch.topics.decisions import NOT_OURS

# Of `bills b`: what was still to end when it left, and what no person has decided against.
_MAY_STAY = (
    "b.legislature = ?1 and b.followed and (not b.ended or b.follow_reason like 'was %') "
    f"and not exists (select 1 from doubts d where d.bill = b.id and d.topic = '{NOT_OURS}')"
)


class Parted(NamedTuple):
    """A bill that was followed when a source no longer called it the same as another one."""

    bill: str
    other: str
    why: str  # "was the same bill as <other> until <day>"


def reasons_to_stay(store: Store, legislature: str, topics: Collection[str]) -> dict[str, str]:
    """Why each followed bill that has left any of these subtopics is followed still: "was about <slugs> until <day>".

    Of several subtopics, those that it left last.
    """
    sql = (
        "select c.bill, c.was || c.now, c.kind, c.seen_at from bills b join changes c on c.bill = b.id "
        f"where {_MAY_STAY} and c.kind in ('topic-added', 'topic-removed') order by c.seen_at, c.was"
    )
    left: dict[str, dict[str, str]] = defaultdict(dict)
    for bill, topic, kind, at in store.db.conn.execute(sql, (legislature,)):
        left[bill].pop(topic, None)  # it may have come back since
        if kind == "topic-removed" and topic in topics:
            left[bill][topic] = _day(at, legislature)
    return {bill: _reason(days) for bill, days in left.items() if days}


def parted_twins(store: Store, legislature: str) -> list[Parted]:
    """The followed bills that were the same as another once; of one that was so twice, the later last.

    Either of the two may have lost the link: what is said of it holds for both.
    """
    twins = (
        "select c.bill, c.was other, c.seen_at from bills f join changes c on c.bill = f.id "
        "where f.legislature = ?1 and f.followed and c.kind = 'same-as-removed'"
    )
    sql = (
        f"with lost as ({twins}), pairs as (select * from lost union select other, bill, seen_at from lost) "
        "select b.id, p.other, max(p.seen_at) at from pairs p join bills b on b.id = p.bill "
        f"where {_MAY_STAY} group by 1, 2 order by at, 1, 2"
    )
    rows = store.db.conn.execute(sql, (legislature,))
    told = ((bill, other, _day(at, legislature)) for bill, other, at in rows)
    return [Parted(bill, other, f"was the same bill as {other} until {day}") for bill, other, day in told]


def _day(at: str, code: str) -> str:
    """The day of a moment in the legislature's calendar."""
    zone = ZoneInfo(place_of(code).TIMEZONE)
    return datetime.fromisoformat(at).astimezone(zone).date().isoformat()


def _reason(days: dict[str, str]) -> str:
    last = max(days.values())
    return f"was about {', '.join(topic for topic, day in days.items() if day == last)} until {last}"
