"""Counts as squares: so many bills of a stage to each, or one member who voted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import msgspec

MOST = 60  # squares for the largest of the counts that are drawn side by side


class Squares(msgspec.Struct, frozen=True):
    """Squares of several kinds: the name of each kind and its path."""

    width: int
    height: int
    groups: tuple[tuple[str, str], ...]


def worth_of(counts: Iterable[int]) -> int:
    """How many one square stands for: 1, 2, 5, 10, 20 ... One number for all counts that are drawn side by side, for
    squares of different worth cannot be compared."""
    largest = max(counts, default=0)
    rounds: Iterator[int] = (step * 10**power for power in count() for step in (1, 2, 5))
    return next(worth for worth in rounds if largest <= worth * MOST)


def squares(counts: Sequence[tuple[str, int]], worth: int = 1, across: int = 10) -> Squares:
    """Small squares, kind after kind in rows of `across`; what is not nothing has at least one."""
    groups, at = [], 0
    for kind, bills in counts:
        places = [divmod(i, across) for i in range(at, at - (-bills // worth))]
        groups.append((kind, "".join(f"M{9 * x + 1} {9 * y + 1}h6v6h-6z" for y, x in places)))
        at += len(places)
    return Squares(9 * min(across, at), 9 * -(-at // across), tuple(groups))


def roll_call(counts: Sequence[tuple[str, int]], across: int = 25) -> Squares:
    """One square for each member, option after option, down and then across, as on a chamber's board."""
    total = sum(members for _, members in counts)
    rows = max(1, min(6, -(-total // across)))
    groups, at = [], 0
    for option, members in counts:
        places = (divmod(i, rows) for i in range(at, at + members))
        if members:
            groups.append((option, "".join(f"M{11 * x + 1} {11 * y + 1}h8v8h-8z" for x, y in places)))
        at += members
    return Squares(11 * -(-total // rows), 11 * rows, tuple(groups))
