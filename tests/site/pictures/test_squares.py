"""Counts as squares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures import squares


@given(st.integers(0, 100_000))
def test_squares_stand_for_all(count: int) -> None:
    """One square a bill while there is room; then each stands for several, and none for nothing."""
    path, _, _, worth = squares.squares(count)
    assert path.count("M") <= 240
    assert (path.count("M") - 1) * worth < count <= path.count("M") * worth or count == 0
