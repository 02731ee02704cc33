"""A bill's story: every line of the record and every change stands in it once, under its day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.records import Action, BillRecord, Change, Sponsor, Vote
from billwatch_site.words.timeline import joined, left, timeline_of
from site_records import SEEN, bill_record


def change(kind: str, now: str = "", was: str = "", at: int = 0, **more: Any) -> Change:
    """A change seen `at` days after the first."""
    plain = {"happened_on": (now or was)[:10] if "action" in kind or "vote" in kind else "", "severity": "notable"}
    plain |= {"cause": "", "backfill": False, "source": "lbdc", "url": "", "corrects": ""}
    plain |= {"id": f"{kind}|{was}|{now}|{at}", "bill": "ny/2025/S1", "seen_at": SEEN + timedelta(days=at)}
    return Change(kind=kind, now=now, was=was, **{**plain, **more})


def record(*changes: Change, lines: list[str] | None = None, **more: Any) -> BillRecord:
    """A bill with this history ("2025-06-12 Senate: PASSED SENATE") and these changes, the newest first."""
    actions = tuple(Action(line[:10], line[11:].split(":")[0], line.split(": ")[1]) for line in lines or ())
    newest_first = tuple(sorted(changes, key=lambda c: c.seen_at, reverse=True))
    return bill_record(actions=actions, changes=newest_first, **more)


PASSED, REFERRED = "2025-06-12 Senate: PASSED SENATE", "2025-06-12 Assembly: REFERRED TO CODES"


def told(bill: BillRecord) -> list[tuple[str, str, str]]:
    return [(d.on, e.kind, e.sentence) for d in timeline_of(bill) for e in d.entries]


def test_lines_stand_under_the_legislatures_day_and_silent_changes_under_ours() -> None:
    """The newest day first, and within a day what the record says before what we saw."""
    joins = change("cosponsor-added", "Julia Salazar")
    assert told(
        record(joins, change("action", PASSED), lines=["2025-06-13 Senate: DELIVERED TO ASSEMBLY", PASSED])
    ) == [
        ("2025-06-13", "action", "Delivered to the Assembly"),
        ("2025-06-13", "silent", "Julia Salazar joined as a co-sponsor"),
        ("2025-06-12", "action", "Passed the Senate"),
    ]


def test_what_is_tabled_behind_a_veto_is_its_message() -> None:
    """Before one it is the bill."""
    lines = ["2025-12-01 Assembly: TABLED", "2025-12-05 Assembly: VETOED MEMO.71", "2025-12-05 Assembly: TABLED"]
    bill = record(lines=lines)
    vetoed = msgspec.structs.replace(bill.actions[1], classification=("executive-veto",))
    bill = msgspec.structs.replace(bill, actions=(bill.actions[0], vetoed, bill.actions[2]))
    assert [sentence for _, _, sentence in told(bill)] == ["Veto message tabled", "Vetoed (memorandum 71)", "Tabled"]


def test_a_correction_stands_on_its_line_with_what_it_corrects() -> None:
    """Also when a line was corrected twice: the whole way of it is told in one place."""
    first, second = PASSED.replace("12", "11"), PASSED.replace("12", "10")
    changes = (
        change("action", second),
        change("action-edited", first, second, 1),
        change("action-edited", PASSED, first, 2),
    )
    ((day, (entry,)),) = [(d.on, d.entries) for d in timeline_of(record(*changes, lines=[PASSED]))]
    assert day == "2025-06-12" and entry.changes == changes and entry.corrections == changes[1:]


def test_a_line_that_was_taken_out_is_shown_as_taken_out() -> None:
    """On the day it stood under, with the change that had announced it."""
    changes = (change("action", PASSED), change("action-removed", was=PASSED, at=1))
    ((entry,),) = [d.entries for d in timeline_of(record(*changes))]
    assert entry.kind == "removed" and entry.sentence == "Passed the Senate" and entry.changes == changes


def test_a_line_told_and_gone_without_a_word_is_still_told() -> None:
    """What was announced under another wording than the record has now is not dropped from the page."""
    assert told(record(change("action", PASSED), lines=[REFERRED]))[0] == ("2025-06-13", "silent", "Passed the Senate")


def test_a_passage_carries_its_vote() -> None:
    """The floor vote of that day and chamber, told once; a committee's vote stands alone."""
    vote = change("vote-added", "2025-06-12 Senate floor: 58 aye, 1 aye with reservations, 3 nay", at=1)
    floor = Vote(
        "2025-06-12", "Senate", "floor", "", "", "", (("aye", 58), ("aye with reservations", 1), ("nay", 3)), ()
    )
    committee = change("vote-added", "2025-06-12 Senate Codes committee: 6 aye, 1 nay")
    ((passed, other),) = [d.entries for d in timeline_of(record(vote, committee, lines=[PASSED], votes=(floor,)))]
    assert passed.tally == "59 to 3" and passed.changes == (vote,)
    assert other.sentence == "Vote, Senate Codes committee: 6 aye, 1 nay", "without the day that it stands under"


def test_a_milestone_of_the_past_is_one_too() -> None:
    """Two passages weigh the same, though we saw only the second, and whatever its change weighs."""
    lines = ["2025-05-01 Senate: REFERRED TO CODES", "2025-05-20 Senate: PASSED SENATE", PASSED]
    days = timeline_of(record(change("action", PASSED, severity="milestone"), lines=lines))
    assert [e.weight for d in days for e in d.entries] == ["milestone", "milestone", "notable"]
    doubtful = record(change("action", PASSED, severity="detail"), lines=[PASSED])
    assert [e.weight for d in timeline_of(doubtful) for e in d.entries] == ["milestone"]


def test_no_chamber_signs_or_vetoes() -> None:
    """The record keeps what the executive does under a chamber; beside "Vetoed" it would say that the chamber did."""
    lines = {"SIGNED CHAP.689": "executive-signature", "CHAPTER 12": "became-law", "VETOED MEMO.135": "executive-veto"}
    lines |= {"DELIVERED TO GOVERNOR": "executive-receipt", "RETURNED TO SENATE": "", "PASSED SENATE": "passage"}
    actions = tuple(Action("2025-12-19", "Senate", text, (term,)) for text, term in lines.items())
    ((*entries,),) = [d.entries for d in timeline_of(bill_record(actions=actions))]
    assert {e.official for e in entries if e.chamber} == {"RETURNED TO SENATE", "PASSED SENATE"}


def test_several_who_join_in_one_day_are_one_sentence() -> None:
    """With every change's place kept."""
    changes = [change("cosponsor-added", name) for name in ("WALKER", "Ana Kelles")]
    ((entry,),) = [d.entries for d in timeline_of(record(*changes))]
    assert entry.sentence == "Ana Kelles and Walker joined as co-sponsors" and len(entry.changes) == 2


def test_who_joined_and_who_left() -> None:
    """Somebody who came back has not left; the day is that of the look at which they were there again."""
    changes = (
        change("cosponsor-added", "A"), change("cosponsor-removed", was="A", at=1),
        change("cosponsor-added", "A", at=2),
        change("cosponsor-added", "B"), change("cosponsor-removed", was="B", at=3),
    )  # fmt: skip
    bill = record(*changes, sponsors=(Sponsor("A", "", "cosponsor"),))
    assert joined(bill)["A"] == "2025-06-15"
    assert [(stay.name, stay.on) for stay in left(bill)] == [("B", "2025-06-16")]


def test_who_joined_is_known_by_the_full_name() -> None:
    """Though the change has the short one, as its source printed it; and has not left who came back under the other."""
    changes = (
        change("cosponsor-removed", was="JACKSON"),
        change("cosponsor-added", "Jackson", at=1),
        change("cosponsor-removed", was="WEBB", at=2),
    )
    bill = record(*changes, sponsors=(Sponsor("Robert Jackson", "JACKSON", "cosponsor"),))
    assert joined(bill) == {"Robert Jackson": "2025-06-14"}
    assert [stay.name for stay in left(bill)] == ["WEBB"]


LINES = st.sampled_from(
    (PASSED, REFERRED, "2025-06-13 Senate: DELIVERED TO ASSEMBLY", "2025-06-10 Senate: PASSED SENATE")
)
KINDS = st.sampled_from(("action", "action-edited", "action-inserted", "action-removed", "status", "cosponsor-added"))


@given(st.lists(LINES, max_size=6), st.lists(st.tuples(KINDS, LINES, LINES), max_size=8))
def test_nothing_is_dropped_or_told_twice(lines: list[str], moves: list[tuple[str, str, str]]) -> None:
    """However a history was rewritten, each of its lines and each change has one place in the story."""
    changes = [
        change(kind, "" if kind == "action-removed" else now, was if kind.endswith(("edited", "removed")) else "", n)
        for n, (kind, was, now) in enumerate(moves)
    ]
    days = timeline_of(record(*changes, lines=lines))
    entries = [entry for day in days for entry in day.entries]
    assert Counter(c.id for e in entries for c in e.changes) == Counter(c.id for c in changes)
    assert Counter(e.official for e in entries if e.kind == "action") == Counter(line.split(": ")[1] for line in lines)
    assert [day.on for day in days] == sorted({day.on for day in days}, reverse=True)


@pytest.mark.parametrize("kind", ["action-edited", "action-inserted"])
def test_a_correction_by_itself(kind: str) -> None:
    """A line of the past that we never announced is marked all the same."""
    ((entry,),) = [d.entries for d in timeline_of(record(change(kind, PASSED, was=REFERRED), lines=[PASSED]))]
    assert [c.kind for c in entry.corrections] == [kind]
