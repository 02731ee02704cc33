"""Votes: the order of the ways to vote, and what the counts come to."""

from __future__ import annotations

from itertools import permutations

from billwatch_site.records import FloorVote
from billwatch_site.words.votes import counts_in, in_order, retold, tallies_by_place, tally_of


def test_ways_to_vote_stand_in_one_order() -> None:
    """Ayes, nays, then the others, whatever order the source has them in; what we do not know comes last, by name."""
    usual = ["aye", "aye with reservations", "nay", "abstained", "not voting", "excused", "absent", "el", "present"]
    for options in permutations(usual[::2]):
        assert [option for option, _ in in_order((option, 1) for option in options)] == usual[::2]
    assert in_order([("excused", 1), ("Aye", 2)]) == [("Aye", 2), ("excused", 1)]  # however it is written
    assert in_order(zip(reversed(usual), range(9), strict=True)) == [(o, 8 - i) for i, o in enumerate(usual)]


def test_a_line_of_counts_is_told_in_that_order() -> None:
    """A line that holds anything but counts is left as it is: nothing of it is lost."""
    assert retold("2 excused, 3 nay, 58 aye") == "58 aye, 3 nay, 2 excused"
    for other in ("no counts published", "3 nay, or so, 58 aye", ""):
        assert retold(other) == other


def test_a_tally_counts_for_and_against() -> None:
    """An aye with reservations is an aye; a vote without ayes has no tally."""
    assert tally_of(counts_in("2 excused, 3 nay, 1 aye with reservations, 58 aye")) == "59 to 3"
    assert tally_of(counts_in("3 nay")) == ""


def test_two_votes_in_one_place_have_no_tally() -> None:
    """A motion was lost and the bill passed: nothing says which of them was the passage's."""
    once, twice = FloorVote("2025-06-12", "Senate", (("aye", 58),)), FloorVote("2025-06-12", "Assembly", (("aye", 99),))
    assert tallies_by_place([once, twice, twice]) == {
        ("2025-06-12", "Senate"): "58 to 0",
        ("2025-06-12", "Assembly"): "",
    }
