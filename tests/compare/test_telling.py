"""From a difference to a change: its weight, its cause, and what is back-fill."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billwatch.bill import Action
from billwatch.compare.changes import CORRECTIONS, KINDS, Difference, change_id
from billwatch.compare.telling import BACKFILL, Moment, cause_of, change_of, is_backfill, severity_of
from billwatch.legislatures.new_york import pattern_of
from billwatch.legislatures.new_york import severity_of as weight_of

TODAY = date(2025, 6, 13)
SEEN = "2025-06-13T18:00:00+00:00"
MOMENT = Moment(TODAY, SEEN, "assembly", "https://example.org/", "r1")


def line(
    text: str, *terms: str, kind: str = "action", day: str = "2025-06-12", before: Action | None = None
) -> Difference:
    action = Action(day, "Senate", text, terms)
    return Difference(kind, "was" if before else "", f"{day} Senate: {text}", day, action, before)


@given(st.dates(date(2000, 1, 1), TODAY))
@example(TODAY - timedelta(days=7))
@example(TODAY - timedelta(days=8))
def test_what_happened_more_than_a_week_ago_is_backfill(day: date) -> None:
    """Seven days are still news, the eighth is not; and back-fill of one run is one cause."""
    found = line("SIGNED CHAP.5", "executive-signature", day=day.isoformat())
    late = TODAY - day > timedelta(days=7)
    change = change_of("ny/2025/S404", found, MOMENT, 1, severity="milestone", cause="its own")
    assert is_backfill(found, TODAY) is change.backfill is late
    assert change.cause == (f"earlier, seen {SEEN}" if late else "its own")
    assert timedelta(days=7) == BACKFILL


def test_without_a_date_nothing_is_backfill() -> None:
    """A co-sponsor joins on no published day: that is news when we see it."""
    assert not is_backfill(Difference("cosponsor-added", now="Ann Lee"), TODAY)


def test_a_change_carries_what_the_difference_says() -> None:
    """Nothing of the difference is lost, and the id is that of the transition."""
    found = line("PASSED SENATE", "passage")
    change = change_of("ny/2025/S404", found, MOMENT, 2, severity="milestone", cause="c", corrects="other")
    assert change.id == change_id("ny/2025/S404", "action", "", found.now, 2)
    assert (change.kind, change.was, change.now, change.happened_on) == ("action", "", found.now, "2025-06-12")
    assert (change.seen_at, change.source, change.url, change.receipt) == (
        SEEN,
        "assembly",
        "https://example.org/",
        "r1",
    )
    assert (change.severity, change.cause, change.corrects) == ("milestone", "c", "other")


@pytest.mark.parametrize(
    ("found", "acted", "weight"),
    [
        (line("SIGNED CHAP.5", "executive-signature"), False, "milestone"),
        (line("REFERRED TO CODES", "referral-committee", day="2026-01-07"), False, "detail"),
        (Difference("status", "A", "B"), False, "notable"),
        (Difference("status", "A", "B"), True, "detail"),
        (Difference("substituted-by", now="ny/2025/A4725"), False, "milestone"),
        (Difference("substituted-by", now="ny/2025/A4725"), True, "notable"),
        (Difference("substituted-by", was="ny/2025/A4725"), False, "notable"),
        (Difference("reintroduced", now="ny/2027/S1"), False, "milestone"),
        (Difference("probably-reintroduced", now="ny/2027/S1"), False, "notable"),
        (Difference("vote-added", now="v"), False, "notable"),
        (Difference("title", "a", "b"), False, "detail"),
    ],
)
def test_how_much_it_matters(found: Difference, acted: bool, weight: str) -> None:
    """An action weighs what it says; the official status is a detail where a line already tells of it, and a
    substitution is a milestone where none does: S2706's came as a line of June rewritten in December."""
    assert severity_of(found, weight_of, acted=acted) == weight


def test_a_correction_is_a_detail_unless_it_says_something_new() -> None:
    """A re-dated signature is a detail; a line that was a referral and now is a signature is the milestone."""
    signed = ("executive-signature",)
    moved = Action("2025-06-11", "Senate", "SIGNED CHAP.5", signed)
    assert (
        severity_of(line("SIGNED CHAP.5", *signed, kind="action-edited", before=moved), weight_of, acted=False)
        == "detail"
    )
    other = Action("2025-06-11", "Senate", "REFERRED TO CODES", ("referral-committee",))
    assert severity_of(line("SIGNED CHAP.5", *signed, kind="action-edited", before=other), weight_of, acted=False) == (
        "milestone"
    )
    reported = line("REPORTED", "committee-passage", kind="action-edited", before=other)
    assert severity_of(reported, weight_of, acted=False) == "detail"
    assert severity_of(line("SIGNED CHAP.5", *signed, kind="action-inserted"), weight_of, acted=False) == "milestone"
    assert severity_of(line("SIGNED CHAP.5", *signed, kind="action-removed"), weight_of, acted=False) == "detail"


def test_one_cause_one_notice() -> None:
    """The same action on one day, and the same member in one run, are one cause over all bills."""

    def cause(found: Difference) -> str:
        return cause_of(found, SEEN, pattern_of)

    assert (
        cause(line("SIGNED CHAP.5")) == cause(line("SIGNED CHAP.6")) != cause(line("SIGNED CHAP.5", day="2025-06-11"))
    )
    assert cause(line("REFERRED TO CODES")) == cause(line("REFERRED TO AGING"))
    assert cause(Difference("cosponsor-removed", was="Ann Lee")) == "cosponsor-removed Ann Lee, seen " + SEEN
    assert cause(Difference("cosponsor-added", now="Bo Ray")) != cause(Difference("cosponsor-added", now="Ann Lee"))
    assert {cause(line("X", kind=kind)) for kind in CORRECTIONS} == {f"correction, seen {SEEN}"}


@given(st.sampled_from(sorted(KINDS)), st.booleans())
def test_every_kind_has_a_weight_and_a_cause(kind: str, acted: bool) -> None:
    """Nothing that can be told is without a severity or a cause."""
    found = Difference(kind, "was", "now")
    assert severity_of(found, weight_of, acted=acted) in ("milestone", "notable", "detail")
    assert cause_of(found, SEEN, pattern_of)
