"""Counts as squares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures import squares

counts = st.lists(st.integers(1, 100_000), min_size=1, max_size=12)


def drawn(count: int, worth: int) -> int:
    ((_, path),) = squares.squares([("law", count)], worth).groups
    return path.count("M")


@given(counts)
def test_counts_side_by_side_have_one_scale(found: list[int]) -> None:
    """A square is worth the same everywhere, so that more bills never have fewer squares; the largest has at most 60,
    and what is not nothing has one."""
    worth = squares.worth_of(found)
    lengths = [drawn(count, worth) for count in sorted(found)]
    assert lengths == sorted(lengths) and lengths[0] >= 1 and lengths[-1] <= 60
    assert all(
        (length - 1) * worth < count <= length * worth for length, count in zip(lengths, sorted(found), strict=True)
    )


def test_a_square_is_one_bill_while_there_is_room() -> None:
    """Then a round number of them: 571 in committee and 12 laws are squares of 10 each."""
    assert [squares.worth_of([n, 12]) for n in (12, 60, 61, 571, 20_000)] == [1, 1, 2, 10, 500]
    assert squares.worth_of([]) == 1 and squares.squares([]).groups == ()


def test_kinds_follow_one_another() -> None:
    """In one row while it is not full, each kind a path of its own."""
    found = squares.squares([("law", 2), ("expired", 2)], across=3)
    assert found.groups == (("law", "M1 1h6v6h-6zM10 1h6v6h-6z"), ("expired", "M19 1h6v6h-6zM1 10h6v6h-6z"))
    assert (found.width, found.height) == (27, 18)
