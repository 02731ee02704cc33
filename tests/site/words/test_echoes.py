"""What a line says is told once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from alerts.news import NOW, change
from billwatch_site.records import Change
from billwatch_site.words.echoes import without_echoes
from billwatch_site.words.stories import Item, items_of, seen_on

LINE = "2025-06-11 Senate: SUBSTITUTED BY A{n}"


def told(changes: Iterable[Change]) -> list[Item]:
    """As letters and the pages of days tell them."""
    return items_of(without_echoes(changes, seen_on))


def test_one_substitution_is_told_once() -> None:
    """By its lines; that each bill has another in its place now is an echo of them, which feeds of everything have."""
    bills = {n: f"ny/2025/S{n}" for n in (1, 2, 3)}
    lines = [change(bill, now=LINE.format(n=n), severity="notable", cause="s") for n, bill in bills.items()]
    moved = [
        change(bill, kind="substituted-by", now=f"ny/2025/A{n}", severity="notable", cause="m")
        for n, bill in bills.items()
    ]
    assert [item.sentence for item in told([*lines, *moved])] == ["Substituted: 3 bills."]
    assert len(items_of([*lines, *moved])) == 2
    assert [item.sentence for item in told(moved)] == ["Substitutions changed: 3 bills."]


@pytest.mark.parametrize(
    "line",
    [
        {"seen_at": NOW - timedelta(days=1)},
        {"severity": "detail"},
        {"bill": "ny/2025/S1"},
    ],
)
def test_an_echo_is_one_of_the_same_bill_and_day(line: dict[str, object]) -> None:
    """A line of another day or bill, or one that a reader of what is notable is not shown, silences nothing; a line
    that came to light late does."""
    moved = change(kind="version", now="S4505A", severity="notable")
    amended = {"now": "2025-06-12 Senate: PRINT NUMBER 4505A", "severity": "notable"}
    assert len(told([change(**{**amended, **line}), moved])) == 2
    assert len(told([change(**amended), moved])) == len(told([change(**amended, backfill=True), moved])) == 1
