"""How one official history became another: pure, line by line, and never by their texts alone, which repeat.

The longest common parts stay where they are. A line that only stands elsewhere has not changed, for sources order the
lines of one day as they like; what is new behind all that stayed is news; all else rewrites the past. Lines are given
by their keys (`changes.key_of`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Key = tuple[str, str, str]  # of a line: date, chamber, text


class Step(NamedTuple):
    """One line that differs, by its place in the old and in the new history: both, where it was rewritten."""

    was: int | None
    now: int | None
    is_news: bool = False  # it came behind everything that stayed


class _Block(NamedTuple):
    """Neighbouring lines that went, and those that came in their place."""

    gone: list[int]
    come: list[int]
    at_the_end: bool


def steps_between(before: Sequence[Key], after: Sequence[Key]) -> Iterator[Step]:
    """Every line that was rewritten, taken out or put in, in the order of the histories."""
    blocks = _without_moves(_blocks(before, after), before, after)
    moved = _redated(before, after, blocks)
    for block in blocks:
        yield from (Step(i, moved[i]) for i in block.gone if i in moved)
        gone = [i for i in block.gone if i not in moved]
        come = [j for j in block.come if j not in moved.values()]
        yield from (Step(i, j) for i, j in zip(gone, come, strict=False))
        yield from (Step(i, None) for i in gone[len(come) :])
        yield from (Step(None, j, block.at_the_end) for j in come[len(gone) :])


def _blocks(before: Sequence[Key], after: Sequence[Key]) -> list[_Block]:
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        _Block(list(range(i1, i2)), list(range(j1, j2)), i2 == len(before) and j2 == len(after))
        for op, i1, i2, j1, j2 in opcodes
        if op != "equal"
    ]


def _without_moves(blocks: list[_Block], before: Sequence[Key], after: Sequence[Key]) -> list[_Block]:
    """The blocks without the lines that went in one place and came, the same, in another."""
    gone = Counter(before[i] for block in blocks for i in block.gone)
    come = Counter(after[j] for block in blocks for j in block.come)
    left, came = gone & come, gone & come  # how many of each line are still to be passed over, on either side
    return [
        _Block(
            [i for i in block.gone if not _passed_over(before[i], left)],
            [j for j in block.come if not _passed_over(after[j], came)],
            block.at_the_end,
        )
        for block in blocks
    ]


def _passed_over(line: Key, moves: Counter[Key]) -> bool:
    """Whether this line only moved; of equal lines the first ones did, so that one at the end stays news."""
    moves[line] -= 1
    return moves[line] >= 0


def _redated(before: Sequence[Key], after: Sequence[Key], blocks: list[_Block]) -> dict[int, int]:
    """Old line -> new line, where a line was put elsewhere in the past under another date.

    A line at the end is news, even where an equal one has gone: bills come back to the same committee every January.
    """
    moved: dict[int, int] = {}
    past = [(block, j) for block in blocks for j in block.come if not block.at_the_end]
    for own, i in ((block, i) for block in blocks for i in block.gone):
        if any(after[j][1:] == before[i][1:] for j in own.come):
            continue
        free = (j for block, j in past if block is not own and j not in moved.values())
        found = next((j for j in free if after[j][1:] == before[i][1:]), None)
        if found is not None:
            moved[i] = found
    return moved
