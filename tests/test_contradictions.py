"""Where status and history of a bill differ, one sentence says so."""

from __future__ import annotations

import pytest

from histories import bill, standing

REFERRED = "2025-01-28 S REFERRED TO INTERNET AND TECHNOLOGY"
DEFEATED = "2025-05-05 S DEFEATED IN INTERNET AND TECHNOLOGY"
IN_CODES = {"status": "IN_SENATE_COMM", "committee": "Codes"}


def test_the_status_that_hides_a_defeat_is_shown_beside_it() -> None:
    """The official words stay, and one sentence tells where they differ from the actions."""
    it = bill("S3591", REFERRED, DEFEATED, status="IN_SENATE_COMM", committee="Internet And Technology")
    found = standing(it, "2025-05-06")
    assert found.official == "In Senate Committee"
    assert found.disagreement == (
        "The official status still says 'In Senate Committee', but the Senate's Internet and Technology "
        "Committee defeated the bill on 5 May 2025."
    )


def test_the_record_that_says_two_things_on_one_day_is_shown_to() -> None:
    """The status has S3591 in Codes, where a line of the day of its defeat sent it: none is said to be behind."""
    sent_on = "2025-05-05 S REPORTED AND COMMITTED TO CODES"
    found = standing(bill("S3591", REFERRED, sent_on, DEFEATED, **IN_CODES), "2025-05-06")
    assert found.disagreement == (
        "The official status says 'In Senate Committee' (Codes), but the Senate's Internet and Technology Committee "
        "defeated the bill on 5 May 2025; on the same day the record also has 'REPORTED AND COMMITTED TO CODES'."
    )


@pytest.mark.parametrize("lines", [(), ("2025-05-02 S REPORTED AND COMMITTED TO CODES",)])
def test_a_committee_that_only_the_status_has_is_named(lines: tuple[str, ...]) -> None:
    """No line of that day sends the bill there: then the status is behind."""
    found = standing(bill("S1", REFERRED, *lines, DEFEATED, **IN_CODES), "2025-05-06")
    assert found.disagreement == (
        "The official status still says 'In Senate Committee' (Codes), but the Senate's Internet and Technology "
        "Committee defeated the bill on 5 May 2025."
    )


def test_two_committees_of_one_chamber_are_a_difference() -> None:
    """The status has S8603 in Judiciary, where only an opinion went: neither is said to be behind."""
    lines = ("2025-12-05 S REFERRED TO RULES", "2025-12-30 S OPINION REFERRED TO JUDICIARY")
    found = standing(bill("S8603", *lines, status="IN_SENATE_COMM", committee="Judiciary"), "2025-12-31")
    assert found.committee == "Rules"
    assert found.disagreement == (
        "The official status says 'In Senate Committee' (Judiciary), but by its history the bill is in the Senate's "
        "Rules Committee since 5 December 2025."
    )


@pytest.mark.parametrize("named", ["", "RULES", "rules"])
def test_the_same_committee_or_none_is_no_difference(named: str) -> None:
    """However its name is written, and where the source gives none."""
    it = bill("S8603", "2025-12-05 S REFERRED TO RULES", status="IN_SENATE_COMM", committee=named)
    assert standing(it, "2025-12-31").disagreement == ""


def test_a_committee_of_the_other_chamber_is_not_compared() -> None:
    """Then the status is behind as a whole: "Elections" and "Election Law" are one in each chamber."""
    passed = ("2025-05-01 S REFERRED TO ELECTIONS", "2025-06-12 S PASSED SENATE", "2025-06-12 S DELIVERED TO ASSEMBLY")
    lines = (*passed, "2025-06-12 A REFERRED TO ELECTION LAW")
    found = standing(bill("S1", *lines, status="IN_ASSEMBLY_COMM", committee="Election Law"), "2025-06-13")
    assert found.disagreement == ""
    found = standing(bill("S1", *lines, status="IN_SENATE_COMM", committee="Elections"), "2025-06-13")
    assert found.disagreement.startswith("The official status still says 'In Senate Committee' (Elections), but")


def test_a_status_that_knows_of_a_signature_leads_a_history_without_one() -> None:
    """Where the last lines are missing, the bill is not shown as still with the governor."""
    found = standing(bill("S1", "2025-12-08 S DELIVERED TO GOVERNOR", status="SIGNED_BY_GOV"), "2025-12-20")
    assert found.stage == "law"
    assert "no line for it" in found.disagreement


def test_a_status_ahead_of_the_history_is_not_said_to_lag() -> None:
    """ "Still says" is for a status that is behind, "says" for one that is ahead."""
    found = standing(bill("S1", "2025-03-03 S ADVANCED TO THIRD READING", status="PASSED_SENATE"), "2025-03-04")
    assert found.stage == "on-floor"
    assert found.disagreement.startswith("The official status says 'Passed Senate', but by its history")
