"""Small pieces of HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from billwatch_site.printing.pieces import happened, marks
from billwatch_site.records import Change
from billwatch_site.words.stories import Item


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
    assert str(happened(change, "date")) == found.replace("when", "date"), "where it stands first, no dot goes before"


def test_a_line_leaves_off_the_mark_that_its_head_bears() -> None:
    """What stands above all lines is true of each of them; what does not is said of the line."""

    def item(kind: str, late: bool) -> Item:
        seen = datetime(2025, 6, 12, 18, tzinfo=UTC)
        return Item((Change("a", "ny/2025/S1", kind, "", "", "", seen, "detail", "a", late, "lbdc", "", ""),), "")

    late, plain, corrected = item("action", True), item("action", False), item("action-edited", True)
    assert "seen now" in str(marks(late)) and "seen now" in str(marks(late, plain))
    assert not marks(late, late) and not marks(plain, late)
    assert "Correction" in str(marks(corrected, late)) and "seen now" not in str(marks(corrected, late))
