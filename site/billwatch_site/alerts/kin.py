"""Twins: the bills of one fight in one session, the same in both houses or one in place of the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from billwatch_site.records import BillRecord

_TWINS = ("same-as", "substituted-by")


def twins_of(records: Iterable[BillRecord]) -> dict[str, str]:
    """Each bill's fight in its session: the same bill of the other house, and what took its place."""
    found = ((r.id, link) for r in records for link in r.relations if link.sure and link.kind in _TWINS)
    return _joined((bill, link.other) for bill, link in found if session_of(bill) == session_of(link.other))


def session_of(bill: str) -> str:
    """The part of an id that twins share: "ny/2025"."""
    return bill.rpartition("/")[0]


def _joined(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Whoever is linked, directly or through others, under one name."""
    names: dict[str, str] = {}

    def name(bill: str) -> str:
        names.setdefault(bill, bill)
        while names[bill] != bill:
            names[bill] = names[names[bill]]
            bill = names[bill]
        return bill

    for one, other in links:
        first, second = sorted((name(one), name(other)))
        names[second] = first
    return {bill: name(bill) for bill in list(names)}
