"""Votes: in which order the ways to vote are told, and what the counts come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from billwatch_site.records import FloorVote, Vote

T = TypeVar("T")

# As a clerk reads them out. An aye with reservations is an aye, and stands with the ayes.
_ORDER = ("aye", "yes", "aye with reservations", "nay", "no", "abstained", "not voting", "excused", "absent")
_PLACE = {option: place for place, option in enumerate(_ORDER)}


def in_order(options: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    """Options with what belongs to each, in the usual order, not the source's; one that we do not know comes last."""
    return sorted(options, key=lambda pair: (_PLACE.get(pair[0].lower(), len(_ORDER)), pair[0]))


def counts_in(line: str) -> list[tuple[str, int]]:
    """The counts of "58 aye, 3 nay", in the usual order; what is no count is left out."""
    parts = (part.strip().partition(" ") for part in line.split(","))
    return in_order((option, int(count)) for count, _, option in parts if count.isdigit())


def retold(line: str) -> str:
    """The counts of "1 excused, 58 aye" in the usual order; a line that says anything else stays as it is."""
    counts = counts_in(line)
    return ", ".join(f"{count} {option}" for option, count in counts) if len(counts) == line.count(",") + 1 else line


def tally_of(counts: Iterable[tuple[str, int]]) -> str:
    """A vote as it is told: "58 to 3"; "" where nobody voted aye. An aye with reservations counts as an aye."""
    by_option: Counter[str] = Counter()
    for option, count in counts:
        by_option[{"yes": "aye", "no": "nay", "aye with reservations": "aye"}.get(option, option)] += count
    return f"{by_option['aye']} to {by_option['nay']}" if by_option["aye"] else ""


def tallies_by_place(votes: Iterable[Vote | FloorVote]) -> dict[tuple[str, str], str]:
    """The tally of the floor on each day and in each chamber: "" where it voted more than once, for nothing says which
    vote was the passage's."""
    found: dict[tuple[str, str], str] = {}
    for vote in votes:
        if isinstance(vote, Vote) and vote.kind != "floor":
            continue
        place = vote.date, vote.chamber
        found[place] = "" if place in found else tally_of(vote.counts)
    return found
