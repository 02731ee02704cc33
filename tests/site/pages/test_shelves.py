"""Bills in the order in which people look for them."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from billwatch.stages import STAGES
from billwatch_site.pages.shelves import by_committee, by_session, by_stage, counts_by_stage
from billwatch_site.records import BillRecord
from site_records import bill_record


def some(*stages: str) -> list[BillRecord]:
    return [bill_record(f"ny/2025/S{n}", stage=stage) for n, stage in enumerate(stages, 1)]


def test_stages_stand_in_the_order_of_a_bills_way() -> None:
    """A stage that we do not know comes last; within a stage, what moved last comes first."""
    early, late = (bill_record(f"ny/2025/S{n}", stage="law", last_action_on=f"2025-06-0{n}") for n in (1, 2))
    shelves = by_stage([*some("law", "mystery", "introduced"), early, late])
    assert [shelf.stage for shelf in shelves] == ["introduced", "law", "mystery"]
    assert [b.identifier for b in shelves[1][1]][:2] == ["S2", "S1"]


def test_a_stage_has_its_note() -> None:
    """What is said of the bills that stand there, and of no others."""
    shelves = by_stage(some("law", "introduced", "law"), lambda bills: f"{len(bills)} here")
    assert [(shelf.stage, shelf.note) for shelf in shelves] == [("introduced", "1 here"), ("law", "2 here")]


def test_the_latest_session_comes_first() -> None:
    """2025 before 2017, whatever the order they came in."""
    bills = [bill_record(f"ny/{session}/S1") for session in ("2017", "2025", "2019")]
    assert [session for session, _ in by_session(bills)] == ["2025", "2019", "2017"]


def test_committees_hold_what_lies_with_them_now() -> None:
    """The fullest first; a bill that has left its committee behind is not counted there."""
    in_codes = [bill_record(f"ny/2025/S{n}", stage="in-committee", committee="CODES", chamber="Senate") for n in (1, 2)]
    in_rules = bill_record("ny/2025/S3", stage="in-committee", committee="Rules", chamber="Senate")
    signed = bill_record("ny/2025/S4", stage="law", committee="Codes", chamber="Senate")
    found = [(chamber, name, len(group)) for chamber, name, group in by_committee([in_rules, signed, *in_codes])]
    assert found == [("Senate", "Codes", 2), ("Senate", "Rules", 1)]


def test_the_bills_of_a_committee_stand_by_number() -> None:
    """S12 before S100: people look for a number as it counts, not as it is spelled."""
    bills = [
        bill_record(f"ny/2025/{number}", stage="in-committee", committee="Codes", chamber="Senate")
        for number in ("S100", "S12", "A9", "S9191")
    ]
    assert [bill.identifier for _, _, group in by_committee(bills) for bill in group] == ["A9", "S12", "S100", "S9191"]


def test_committees_are_called_as_everywhere_else() -> None:
    """One committee however it is capitalized, in the words of the other pages."""
    spelled = ("WOMEN'S ISSUES", "Internet And Technology", "INTERNET AND TECHNOLOGY", "Internet and Technology")
    bills = [
        bill_record(f"ny/2025/S{n}", stage="in-committee", committee=name, chamber="Senate")
        for n, name in enumerate(spelled, 1)
    ]
    assert [name for _, name, _ in by_committee(bills)] == ["Internet and Technology", "Women's Issues"]


@given(st.lists(st.sampled_from((*STAGES, "mystery", "")), max_size=30))
def test_every_bill_stands_on_one_shelf(stages: list[str]) -> None:
    """No bill is lost or counted twice, and the counts are those of the shelves."""
    bills = some(*stages)
    assert Counter(b.id for shelf in by_stage(bills) for b in shelf.bills) == Counter(b.id for b in bills)
    assert counts_by_stage(bills) == [(shelf.stage, len(shelf.bills)) for shelf in by_stage(bills)]
