"""Bill numbers as people look for them."""

from __future__ import annotations

import pytest

from billwatch_site.words.numbers import number_parts


@pytest.mark.parametrize(
    ("identifier", "parts"), [("S9191", ("S", 9191)), ("AB12", ("AB", 12)), ("S", ("S", 0)), ("", ("", 0))]
)
def test_letters_and_what_they_count(identifier: str, parts: tuple[str, int]) -> None:
    """Nothing breaks where one of the two is not there."""
    assert number_parts(identifier) == parts


def test_nine_comes_before_ten() -> None:
    """By the letters, then by what they count, not by the digits as text."""
    assert sorted(["S10", "A20", "S9"], key=number_parts) == ["A20", "S9", "S10"]
