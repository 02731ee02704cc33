"""A bill that was ours by its words stays followed when they change: a bill that is gutted moves on under its number.

What has taken a topic from it is told as a change, so the changes say which bills these are. Where only our taxonomy
was edited, or a person decided that the bill is none of ours, nothing was told, and it is let go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from billwatch.store import Store
from billwatch.topics.decisions import NOT_OURS


def reasons_to_stay(store: Store, legislature: str, topics: Collection[str]) -> dict[str, str]:
    """Why each followed bill that has left any of these subtopics is followed still: "was about <slugs> until <day>".

    Of several subtopics, those that it left last.
    """
    sql = (
        "select c.bill, c.was || c.now, c.kind, c.seen_at from bills b join changes c on c.bill = b.id "
        "where b.legislature = ? and b.followed and c.kind in ('topic-added', 'topic-removed') "
        "and not exists (select 1 from doubts d where d.bill = b.id and d.topic = ?) order by c.seen_at, c.was"
    )
    left: dict[str, dict[str, str]] = defaultdict(dict)
    for bill, topic, kind, at in store.db.conn.execute(sql, (legislature, NOT_OURS)):
        left[bill].pop(topic, None)  # it may have come back since
        if kind == "topic-removed" and topic in topics:
            left[bill][topic] = at[: len("2025-06-03")]
    return {bill: _reason(days) for bill, days in left.items() if days}


def _reason(days: dict[str, str]) -> str:
    last = max(days.values())
    return f"was about {', '.join(topic for topic, day in days.items() if day == last)} until {last}"
