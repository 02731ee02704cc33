"""What sources say of a fact on which they differ."""

from __future__ import annotations

import pytest

from billwatch_site.words.opinions import opinion


@pytest.mark.parametrize(
    ("fact", "says", "told"),
    [
        (
            "actions",
            "4 lines, the last 2025-06-05 Senate: ADVANCED TO THIRD READING",
            "4 lines, the last “Advanced to third reading (Senate)” of 5 June 2025",
        ),
        (
            "actions",
            "1 lines, the last 2025-06-12 Senate: PASSED SENATE",
            "1 line, “Passed the Senate” of 12 June 2025",
        ),
        ("actions", "no line", "“no line”"),
        ("status", "IN_SENATE_COMM", "“In Senate committee”"),
        ("introduced_on", "2025-01-08", "“8 January 2025”"),
        ("same_as", "ny/2025/A5346", "“A5346 of 2025”"),
        ("committee", "Internet And Technology", "“Internet and Technology”"),
    ],
)
def test_an_opinion_is_told_in_the_words_of_every_page(fact: str, says: str, told: str) -> None:
    """A line of the record with its date for people, a code in words, a bill by its number."""
    assert opinion(says, fact) == told
