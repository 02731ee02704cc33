"""When something was seen is said so that it is true of all that is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alerts.news import change
from billwatch_site.alerts.moments import when
from billwatch_site.words.stories import Item

MORNING = datetime(2025, 12, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (MORNING, "Seen 13 December 2025, 07:00 EST."),
        (MORNING.replace(hour=23), "Seen 13 December 2025, 07:00 to 18:00 EST."),
        (MORNING.replace(day=27), "Seen 13 to 27 December 2025."),
        (MORNING.replace(day=3, month=1, year=2026), "Seen 13 December 2025 to 3 January 2026."),
    ],
)
def test_what_several_runs_saw_says_from_when_to_when(last: datetime, told: str) -> None:
    """What was seen on the thirteenth is not said to have been seen on the twenty-seventh."""
    changes = [change("ny/2025/A29", seen_at=MORNING), change("ny/2025/S1", seen_at=last, happened_on="2025-05-01")]
    assert when(Item(tuple(changes), "Signed into law: 2 bills.")) == told


def test_a_month_is_named_where_it_is_another() -> None:
    """And the year once."""
    changes = [change(seen_at=MORNING.replace(month=11, day=30), happened_on=""), change(seen_at=MORNING)]
    assert when(Item(tuple(changes), "Signed.")) == "Seen 30 November to 13 December 2025."
