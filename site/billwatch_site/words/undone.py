"""Passages that did not last the day: the vote was reconsidered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from billwatch.bill import parts_of
from billwatch_site.records import Change


def undone(changes: Iterable[Change]) -> set[str]:
    """The ids of the passages after which the record tells of no other vote that day but that it was reconsidered."""
    votes = sorted(filter(_is_vote, changes), key=lambda c: (_place(c), c.seen_at, c.position))
    return {
        one.id for one, after in pairwise(votes) if _place(one) == _place(after) and _passed(one) and not _passed(after)
    }


def _is_vote(change: Change) -> bool:
    return change.kind == "action" and (_passed(change) or "VOTE RECONSIDERED" in change.now.upper())


def _passed(change: Change) -> bool:
    return "PASSED" in change.now.upper()


def _place(change: Change) -> tuple[str, str, str]:
    on, chamber, _ = parts_of(change.now)
    return change.bill, on, chamber
