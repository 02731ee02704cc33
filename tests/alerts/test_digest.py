"""A digest is grouped as people think of it: by fight, the important first, each thing once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.news import NOW, change, news
from billwatch_site.alerts.digest import FEW, Digest, digest_of
from billwatch_site.alerts.headings import subject_of
from billwatch_site.alerts.kin import twins_of
from billwatch_site.alerts.matching import Board, matches_of
from billwatch_site.alerts.rhythm import slot_of
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import Change, Relation, Vote
from site_records import bill_record

HOUSE = Subscription("ann", "legislature", "ny", "all")


def digest(*changes: Change, twins: dict[str, str] | None = None, follows: Subscription = HOUSE) -> Digest:
    return digest_of(matches_of(Board(news(changes), {}), [HOUSE, follows]), twins or {})


def sentences(found: Digest) -> list[list[str]]:
    return [[item.sentence for item in story.items] for story in found.stories]


def test_a_passage_and_its_vote_are_one() -> None:
    """The vote becomes part of the passage, also where other bills were voted on in the same answer."""
    vote: dict[str, Any] = {"kind": "vote-added", "severity": "notable", "cause": "vote-added"}
    found = digest(
        change(),
        change(now="2025-06-12 Senate floor: 58 aye, 3 nay", **vote),
        change("ny/2025/S1", now="2025-06-12 Senate Rules committee: 20 aye", **vote),
    )
    assert sentences(found)[0] == ["Passed the Senate, 58 to 3."]
    assert len(found.changes) == 3, "all three are told"
    assert subject_of(found.stories) == "S4505 passed the Senate, 58 to 3, and news of 1 more bill"


def test_a_passage_is_told_with_the_count_that_the_record_has() -> None:
    """The vote was told before, or is told to others: the letter says what the bill's page says."""
    floor = Vote("2025-06-12", "Senate", "floor", "", "", "", (("aye", 59), ("nay", 0)), ())
    committee = Vote("2025-06-12", "Senate", "committee", "Rules", "", "", (("aye", 20),), ())
    found = digest_of(matches_of(Board(news([change()], votes=(floor, committee)), {}), [HOUSE]), {})
    assert subject_of(found.stories) == "S4505 passed the Senate, 59 to 0"


def test_each_of_many_passages_has_its_vote() -> None:
    """Also where the votes of one run are of more bills than are told with each: none of them is a story of its own."""
    bills = [f"ny/2025/S{n}" for n in range(1, FEW + 3)]
    passed = [change(bill, cause="2025-06-12 PASSED SENATE") for bill in bills]
    vote: dict[str, Any] = {"kind": "vote-added", "severity": "notable", "cause": "vote-added"}
    votes = [change(bill, now="2025-06-12 Senate floor: 58 aye, 3 nay", **vote) for bill in bills]
    assert sentences(digest(*passed, *votes)) == [["Passed the Senate, 58 to 3."]] * len(bills)


def test_echoes_are_left_out() -> None:
    """Status and committee, where an official line says the same; without one they stand."""
    line = change(now="2025-06-12 Assembly: REFERRED TO CODES", severity="notable")
    status = change(kind="status", was="PASSED_SENATE", now="IN_ASSEMBLY_COMM", severity="detail")
    committee = change(kind="committee", now="CODES", severity="notable")
    other = change(kind="committee", now="RULES", severity="notable")
    assert sentences(digest(line, status, committee)) == [["Referred to Codes (Assembly)."]]
    assert set(sentences(digest(line, other))[0]) == {"With the committee on Rules.", "Referred to Codes (Assembly)."}
    assert len(sentences(digest(status, committee))[0]) == 2


@pytest.mark.parametrize(
    ("line", "was", "now"),
    [
        ("SUBSTITUTED BY S4505", "", "ny/2025/S4505"),
        ("SUBSTITUED BY S4505", "", "ny/2025/S4505"),
        ("SUBSTITUTION RECONSIDERED", "ny/2025/S4505", ""),
    ],
)
def test_a_substitution_is_told_by_its_line(line: str, was: str, now: str) -> None:
    """Also one that the record misspells, and one that is taken back: what the source adds of it is an echo."""
    change_of_it = change(kind="substituted-by", was=was, now=now)
    (told,) = sentences(digest(change(now=f"2025-06-12 Assembly: {line}"), change_of_it))
    assert len(told) == 1


def test_members_together() -> None:
    """Who joined one bill is one sentence; who joined many is one line with the bills inside."""
    names = [change(kind="cosponsor-added", now=name, severity="detail") for name in ("RIVERA", "KRUEGER", "MAY")]
    assert sentences(digest(*names)) == [["Krueger, May and Rivera joined as co-sponsors."]]
    many = [
        change(f"ny/2025/S{n}", kind="cosponsor-added", now="RIVERA", severity="detail", cause="one")
        for n in range(1, FEW + 2)
    ]
    (story,) = digest(*many).stories
    assert story.shared and story.head.sentence == f"Rivera joined as a co-sponsor: {FEW + 1} bills."


def test_what_happened_earlier_is_one_story() -> None:
    """However many runs saw it: a month that a source was away does not make thirty stories."""
    earlier = [
        change(f"ny/2025/S{n}", backfill=True, cause=f"earlier, seen {n // 2}", happened_on="2025-05-01")
        for n in range(1, 11)
    ]
    (story,) = digest(*earlier).stories
    assert story.earlier and len(story.bills) == 10


@pytest.mark.parametrize(
    ("end", "subject"),
    [
        ("SIGNED CHAP.699", "S4505 signed into law as chapter 699"),
        ("VETOED MEMO.87", "S4505 vetoed (memorandum 87)"),
    ],
)
def test_the_outcome_leads(end: str, subject: str) -> None:
    """What became of a bill is in the subject, and not that it went to the Governor, also where it came to light late;
    what weighs less stands behind both, however new it is."""
    found = digest(
        change(now="2025-12-09 Senate: DELIVERED TO GOVERNOR", happened_on="2025-12-09"),
        change(now=f"2025-12-19 Senate: {end}", happened_on="2025-12-19", backfill=True),
        change(kind="title", now="Another", severity="detail", happened_on="2025-12-20"),
    )
    assert subject_of(found.stories) == subject
    (told,) = sentences(found)
    assert told[1:] == ["Delivered to the Governor.", "The title was edited."]


def test_milestones_that_several_runs_saw_late_are_told_by_run() -> None:
    """Forty-nine bills were signed: of two we knew on the thirteenth, and their block says so."""
    signed = {"backfill": True, "severity": "milestone", "happened_on": "2025-05-30"}
    first, then = NOW - timedelta(days=5), NOW - timedelta(days=1)
    changes = [
        change(f"ny/2025/S{n}", now=f"2025-05-30 Senate: SIGNED CHAP.{n}", seen_at=first if n < 8 else then, **signed)
        for n in range(1, 21)
    ]
    told = {(story.head.sentence, story.head.seen_at, story.head.lead.seen_at) for story in digest(*changes).stories}
    assert told == {("Signed into law: 7 bills.", first, first), ("Signed into law: 13 bills.", then, then)}


def test_order() -> None:
    """Milestones first, then what is nearest to what was asked for; old news last."""
    found = digest(
        change("ny/2025/S1", severity="notable", now="2025-06-12 Senate: REFERRED TO CODES"),
        change("ny/2025/S2", backfill=True),
        change("ny/2025/S3"),
        change("ny/2025/S4"),
        follows=Subscription("ann", "bill", "ny/2025/S4", "all"),
    )
    assert [story.bills[0] for story in found.stories] == [f"ny/2025/S{n}" for n in (4, 3, 1, 2)]
    assert found.stories[-1].earlier


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(["action", "status", "title", "cosponsor-added"]), st.booleans()),
        min_size=1,
        max_size=30,
    )
)
def test_nothing_is_lost_or_doubled(rows: list[tuple[int, str, bool]]) -> None:
    """Every change is in the digest; a bill's own story comes once; no change stands in two stories."""
    changes = [
        change(f"ny/2025/S{n}", id=f"c{i}", kind=kind, cause="one" if folded else "", severity="notable")
        for i, (n, kind, folded) in enumerate(rows)
    ]
    found = digest(*changes, twins={"ny/2025/S1": "ny/2025/S1", "ny/2025/S2": "ny/2025/S1"})
    assert set(found.changes) == {c.id for c in changes}
    shown = [c.id for story in found.stories for item in story.items for c in item.changes]
    assert len(shown) == len(set(shown)) and set(shown) <= set(found.changes)
    assert {c.bill for c in changes} == {bill for story in found.stories for bill in story.bills}
    own = [story.bills[0] for story in found.stories if not story.shared]
    assert len(own) == len(set(own))


def test_twins() -> None:
    """The same bill of the other house in one session, and what took its place; not an earlier version."""
    same, other, earlier = "ny/2025/A5346", "ny/2025/A1", "ny/2023/S1"
    links = (
        Relation("same-as", same, True, "", False),
        Relation("substituted-by", other, True, "", False),
        Relation("previous-version", earlier, True, "", False),
        Relation("same-as", "ny/2025/S9", False, "", False),
    )
    found = twins_of([bill_record("ny/2025/S4505", relations=links)])
    assert found["ny/2025/S4505"] == found[same] == found[other]
    assert earlier not in found and "ny/2025/S9" not in found


BACK: dict[str, Any] = {"kind": "reintroduced", "now": "ny/2025/A8864", "happened_on": "2025-06-09"}


def test_a_return_is_told_once() -> None:
    """A8864 is S333 of 2019, S1915 of 2021 and S4842 of 2023 come back: told at the latest of them, or at the one that
    is followed for its own sake; what is sure is told rather than what is probable."""
    before = ("ny/2019/S333", "ny/2021/S1915", "ny/2023/S4842")
    back = [change(bill, **BACK) for bill in before]
    found = digest(*back)
    assert subject_of(found.stories) == "S4842 of 2023 reintroduced as A8864 of 2025"
    assert len(found.changes) == 3, "all three are told"
    (story,) = digest(*back, follows=Subscription("ann", "bill", before[0], "all")).stories
    assert story.bills == (before[0],) and {reason.kind for reason in story.reasons} == {"legislature", "bill"}
    probable = change("ny/2023/A1", **{**BACK, "kind": "probably-reintroduced"})
    assert subject_of(digest(back[0], probable).stories) == "S333 of 2019 reintroduced as A8864 of 2025"


def test_bills_of_the_session_that_sits_come_first() -> None:
    """S333 of 2025 is about the flag: a bill of 2019 is named with its session, and after what is alive."""
    found = digest(change("ny/2019/S333", **BACK), change("ny/2025/S4505"))
    assert subject_of(found.stories) == "S4505 passed the Senate, and news of 1 more bill"
    assert [story.bills for story in found.stories] == [("ny/2025/S4505",), ("ny/2019/S333",)]


def test_mornings() -> None:
    """A digest's morning is seven o'clock in New York, and Monday's for a week; summer time or not."""
    zone = "America/New_York"
    assert slot_of(NOW.replace(hour=10, minute=59), zone, "daily") == "2025-06-11"
    assert slot_of(NOW.replace(hour=11), zone, "daily") == "2025-06-12"
    assert slot_of(NOW.replace(month=1, hour=11, minute=59), zone, "daily") == "2025-01-11"
    assert slot_of(NOW.replace(hour=11), zone, "weekly") == "2025-06-09"
    assert slot_of(NOW.replace(day=9, hour=10), zone, "weekly") == "2025-06-02"
