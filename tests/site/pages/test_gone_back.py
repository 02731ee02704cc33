"""What is said of bills that were last checked before they went back to their own house."""

from __future__ import annotations

from datetime import UTC, datetime

from billwatch_site.pages.gone_back import note_of
from site_records import bill_record

DECEMBER, JANUARY = datetime(2025, 12, 20, 18, tzinfo=UTC), datetime(2026, 1, 8, 18, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 13, 18, tzinfo=UTC)
PASSED = [bill_record(f"ny/2025/S{n}", stage="passed-one-chamber") for n in (1, 2, 3)]
WHY = "last checked before 7 January 2026, when such bills went back to their own house."


def test_a_list_of_what_went_back_says_so() -> None:
    """Of all, or of those that were last checked before that day; of what was checked since, nothing."""
    ids = [bill.id for bill in PASSED]
    assert note_of(dict.fromkeys(ids, DECEMBER), FEBRUARY, PASSED) == f"L{WHY[1:]}"
    some = dict(zip(ids, (DECEMBER, JANUARY, DECEMBER), strict=True))
    assert note_of(some, FEBRUARY, PASSED) == f"S1 and S3 were {WHY}"
    assert note_of(some | {ids[2]: JANUARY}, FEBRUARY, PASSED) == f"S1 was {WHY}"
    assert note_of(dict.fromkeys(ids, JANUARY), FEBRUARY, PASSED) == ""
    many = [bill_record(f"ny/2025/S{n}", stage="passed-one-chamber") for n in range(1, 10)]
    checks = {bill.id: DECEMBER for bill in many[1:]}
    assert note_of(checks, FEBRUARY, many) == f"8 bills of these were {WHY}"


def test_nothing_is_said_before_that_day_or_of_other_bills() -> None:
    """While the day is to come, where nobody ever looked, of other stages, and where no such rule is known."""
    checks = {bill.id: DECEMBER for bill in PASSED}
    assert note_of(checks, DECEMBER, PASSED) == "" and note_of(checks, None, PASSED) == ""
    assert note_of({}, FEBRUARY, PASSED) == ""
    others = [bill_record("ny/2025/S1", stage="in-committee"), bill_record("zz/2025/S2", stage="passed-one-chamber")]
    assert note_of({bill.id: DECEMBER for bill in others}, FEBRUARY, others) == ""
