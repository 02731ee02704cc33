"""Small pieces of HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from billwatch_site.printing.pieces import happened
from billwatch_site.records import Change


@pytest.mark.parametrize(
    ("on", "told"),
    [("2025-06-12", ""), ("2025-05-12", ">12 May<"), ("2024-05-12", ">12 May 2024<"), ("", "")],
)
def test_the_day_on_which_something_happened_stands_under_the_day_on_which_we_saw_it(on: str, told: str) -> None:
    """So it is told where it is another one, and its year where that is another."""
    seen = datetime(2025, 6, 12, 18, tzinfo=UTC)
    line = f"{on} Senate: PASSED SENATE"
    change = Change("a", "ny/2025/S1", "action", "", line, on, seen, "milestone", "a", False, "lbdc", "", "")
    found = str(happened(change))
    assert told in found and bool(found) == bool(told)
