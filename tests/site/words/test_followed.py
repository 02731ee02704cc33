"""What the bills that are followed here are, all together, and why: no more than is true."""

from __future__ import annotations

import pytest

from billwatch_site.records import BillRecord, Topic
from billwatch_site.words.followed import in_a_phrase, why_followed
from site_records import bill_record


def some(*areas: str, legislature: str = "ny") -> list[BillRecord]:
    """Bills, each with a topic of one area; "" is a bill without any."""
    return [
        bill_record(f"{legislature}/2025/S{n}", topics=(Topic("anonymity", area, "x", ""),) if area else ())
        for n, area in enumerate(areas, 1)
    ]


@pytest.mark.parametrize(
    ("areas", "phrase"),
    [
        (("privacy", "speech", "privacy"), "3 New York bills on online speech and privacy"),
        (("privacy",), "1 New York bill on privacy"),
        (("privacy", "speech", ""), "3 New York bills, most of them on online speech and privacy"),
        (("privacy", ""), "2 New York bills"),
        (("cattle", "cattle"), "2 New York bills"),
    ],
)
def test_an_area_is_said_only_of_bills_that_are_on_it(areas: tuple[str, ...], phrase: str) -> None:
    """Of all, or of most; of bills that the publisher named for other reasons, none."""
    assert in_a_phrase(some(*areas)) == phrase


def test_several_legislatures_are_named_and_many_are_counted() -> None:
    """New York is never said to have the bills of another."""
    two = [*some("speech", "speech"), *some("speech", legislature="vt")]
    assert in_a_phrase(two) == "3 bills of New York and VT on online speech"
    many = [bill for code in ("ny", "vt", "ca", "tx") for bill in some("", legislature=code)]
    assert in_a_phrase(many) == "4 bills of 4 legislatures"


def followed(*reasons: str) -> list[BillRecord]:
    return [bill_record(f"ny/2025/S{n}", follow_reason=reason) for n, reason in enumerate(reasons, 1)]


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        (("named", "named"), "All 2 followed were named by the publisher."),
        (
            ("named", "topic", "topic", "family of ny/2025/S1"),
            "Of the 4 followed, 1 was named by the publisher, 2 were found by their words and 1 was added as family of "
            "another.",
        ),
        (
            ("was about biometrics until 2025-06-03", "was the same bill as ny/2025/S1 until 2025-05-28"),
            "Of the 2 followed, 1 was kept after a change of words and 1 was kept after "
            "parting from the same bill of the other chamber.",
        ),
        (("topic", ""), "Of the 2 followed, 1 was found by their words."),
        ((), ""),
    ],
)
def test_ways_in_that_no_bill_took_are_not_counted(reasons: tuple[str, ...], sentence: str) -> None:
    """Nobody reads that none are of a family."""
    assert why_followed(followed(*reasons)) == sentence
