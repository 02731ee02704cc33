"""What a line says is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.news import NOW, change
from billwatch_site.words.stories import items_of

LINE = "2025-06-11 Senate: SUBSTITUTED BY A{n}"


def test_one_substitution_is_told_once() -> None:
    """By its lines; that each bill has another in its place now is an echo of them, on pages and in feeds as in
    letters."""
    bills = {n: f"ny/2025/S{n}" for n in (1, 2, 3)}
    lines = [change(bill, now=LINE.format(n=n), severity="notable", cause="s") for n, bill in bills.items()]
    moved = [
        change(bill, kind="substituted-by", now=f"ny/2025/A{n}", severity="notable", cause="m")
        for n, bill in bills.items()
    ]
    assert [item.sentence for item in items_of([*lines, *moved])] == ["Substituted: 3 bills."]
    assert [item.sentence for item in items_of(moved)] == ["Substitutions changed: 3 bills."]


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
    assert len(items_of([change(**{**amended, **line}), moved])) == 2
    assert len(items_of([change(**amended), moved])) == len(items_of([change(**amended, backfill=True), moved])) == 1
