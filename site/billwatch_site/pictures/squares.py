"""Counts as squares: one for each bill of a stage, one for each member who voted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


def squares(count: int, limit: int = 240, across: int = 10) -> tuple[str, float, float, int]:
    """One small square for each of `count`: the path, its width and height, and how many a square stands for."""
    worth = max(1, -(-count // limit))
    places = [divmod(i, across) for i in range(-(-count // worth))]
    path = "".join(f"M{9 * x} {9 * y}h7v7h-7z" for y, x in places)
    return path, 9 * min(across, len(places)), 9 * (places[-1][0] + 1 if places else 0), worth


class RollCall(msgspec.Struct, frozen=True):
    """A vote as squares, one for each member: for each option its path."""

    width: int
    height: int
    groups: tuple[tuple[str, str], ...]


def roll_call(counts: Sequence[tuple[str, int]], across: int = 25) -> RollCall:
    """One square for each member, option after option, down and then across, as on a chamber's board."""
    total = sum(count for _, count in counts)
    rows = max(1, min(6, -(-total // across)))
    groups, at = [], 0
    for option, count in counts:
        places = (divmod(i, rows) for i in range(at, at + count))
        if count:
            groups.append((option, "".join(f"M{11 * x + 1} {11 * y + 1}h8v8h-8z" for x, y in places)))
        at += count
    return RollCall(11 * -(-total // rows), 11 * rows, tuple(groups))
