"""Where in its legislature a bill lies."""

from __future__ import annotations

import pytest

from billwatch_site.words.whereabouts import whereabouts
from site_records import bill_record


@pytest.mark.parametrize(
    ("stage", "chamber", "committee", "told"),
    [
        ("in-committee", "Senate", "CODES", "Senate Codes"),
        ("passed-one-chamber", "Assembly", "Internet And Technology", "Assembly Internet and Technology"),
        ("in-committee", "", "Codes", "Codes"),
        ("on-floor", "Senate", "CODES", "Senate floor"),
        ("in-committee", "Senate", "", ""),
        ("on-floor", "", "Codes", ""),
        ("law", "Senate", "Codes", ""),
    ],
)
def test_a_bill_lies_in_a_committee_or_on_a_floor(stage: str, chamber: str, committee: str, told: str) -> None:
    """The committee that had it before says nothing of where it is: it is told while the bill is there."""
    bill = bill_record("ny/2025/S1", stage=stage, chamber=chamber, committee=committee)
    assert whereabouts(bill) == told
