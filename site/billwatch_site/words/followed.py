"""What the bills that are followed here are, all together, and why they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from billwatch_site.records import Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted, listed, within
from billwatch_site.words.subjects import areas

NAMED = 3  # legislatures; of more it is said how many they are
_REASONS = {  # by how a reason begins
    "named": "named by the publisher",
    "topic": "found by their words",
    "was about": "kept after a change of words",
    "was the same": "kept after parting from the same bill of the other chamber",
    "family": "added as family of another",
}


def in_a_phrase(bills: Collection[Brief]) -> str:
    """Whose bills these are and on what, no more than is true: "24 New York bills on online speech and privacy"."""
    on = [{t.area for t in bill.topics} & {area.slug for area in areas()} for bill in bills]
    names = listed([within(area.name) for area in areas() if area.slug in set().union(*on)])
    with_area = sum(map(bool, on))
    if with_area == len(bills):
        return f"{_whose(bills)} on {names}"
    return f"{_whose(bills)}, most of them on {names}" if with_area > len(bills) / 2 else _whose(bills)


def _whose(bills: Collection[Brief]) -> str:
    """ "24 New York bills", "24 bills of New York and Vermont", "24 bills of 5 legislatures"."""
    names = [legislature(code).name for code in sorted({bill.legislature for bill in bills})]
    if len(names) == 1:
        return counted(len(bills), f"{names[0]} bill")
    return f"{counted(len(bills), 'bill')} of {listed(names) if len(names) <= NAMED else f'{len(names)} legislatures'}"


def why_followed(bills: Collection[Brief]) -> str:
    """How many of them came in which way, of the ways in which any did: one sentence, or none."""
    counts = Counter(begins for bill in bills for begins in _REASONS if bill.follow_reason.startswith(begins))
    told = [(counts[reason], words) for reason, words in _REASONS.items() if counts[reason]]
    if len(told) == 1 and told[0][0] == len(bills) > 1:
        return f"All {len(bills):,} followed were {told[0][1]}."
    ways = listed([f"{n:,} {'was' if n == 1 else 'were'} {words}" for n, words in told])
    return f"Of the {len(bills):,} followed, {ways}." if ways else ""
