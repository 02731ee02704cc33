"""What the bills that are followed here are, all together."""

from __future__ import annotations

from collections.abc import Collection

from billwatch_site.records import Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted, listed, within
from billwatch_site.words.subjects import areas

NAMED = 3  # legislatures; of more it is said how many they are


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
