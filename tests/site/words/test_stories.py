"""One cause, one item; one bill and day, one entry; milestones first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.records import Change
from billwatch_site.words import links, stories
from billwatch_site.words.days import days_of

NOON = datetime(2025, 6, 12, 16, tzinfo=UTC)


def change(name: str, bill: str = "ny/2025/S1", kind: str = "action", now: str = "", **more: object) -> Change:
    fields: dict[str, object] = {"was": "", "happened_on": "2025-06-12", "seen_at": NOON, "severity": "detail"}
    fields |= {"cause": name, "backfill": False, "source": "lbdc", "url": "", "corrects": ""} | more
    return Change(name, bill, kind, now=now or "2025-06-12 Senate: REFERRED TO CODES", **fields)  # type: ignore[arg-type]


def test_one_cause_on_several_bills_is_one_item() -> None:
    """A member who leaves three bills is told once, with the bills inside."""
    left = [
        change(f"c{i}", f"ny/2025/S{i}", "cosponsor-removed", was="Latrice Walker", cause="walker") for i in (1, 2, 3)
    ]
    (item,) = stories.items_of(left)
    assert item.folded and item.bills == ("ny/2025/S1", "ny/2025/S2", "ny/2025/S3")
    assert "3 bills" in item.sentence and "Latrice Walker" in item.sentence


def test_a_few_that_are_new_here_are_shown_at_once() -> None:
    """For that bills came is no news without their titles; a first fill shows how many, and folds them."""
    new = [change(f"c{n}", f"ny/2025/S{n}", "listed", cause="new") for n in range(1, 8)]
    assert [item.open for item in stories.items_of(new[:6])] == [True]
    assert [item.open for item in stories.items_of(new)] == [False]


def test_a_new_bill_stands_apart_from_what_moved() -> None:
    """In news that came late: a bill that is new here is not one of five to which something happened."""
    tabled = [change(f"t{n}", f"ny/2025/A{n}", now="2025-12-12 Assembly: TABLED", **LATE) for n in (1, 2, 3)]
    new = change("n", "ny/2025/A9377", "listed", **LATE)
    found = stories.items_of([*tabled, new])
    assert {(item.new, item.bills) for item in found} == {
        (True, ("ny/2025/A9377",)),
        (False, ("ny/2025/A1", "ny/2025/A2", "ny/2025/A3")),
    }


def test_one_cause_on_one_bill_stays_apart() -> None:
    """Two changes of one bill are two notices, whatever caused them."""
    reported = change("b", now="2025-06-12 Senate: REPORTED AND COMMITTED TO CODES", cause="x")
    assert len(stories.items_of([change("a", cause="x"), reported])) == 2


@pytest.mark.parametrize("late", [False, True])
def test_a_line_that_the_record_has_twice_is_told_once(late: bool) -> None:
    """In one sentence that says so, under the id of the first; what came at another look is news of its own."""
    held = {"now": "2025-05-20 Assembly: HELD FOR CONSIDERATION IN CODES", "cause": "x", "backfill": late}
    both = [change(name, severity="milestone", **held) for name in "ba"]
    (item,) = stories.items_of(both)
    assert item.sentence.endswith(" (Assembly; the record has this line twice).") and not item.folded
    assert item.id == "a" and {c.id for c in item.changes} == {"a", "b"}
    passed = [change(name, now="2025-06-12 Senate: PASSED SENATE", cause="p") for name in "xyz"]
    assert stories.items_of(passed)[0].sentence == "Passed the Senate (the record has this line 3 times)."
    assert len(stories.items_of([both[0], change("c", seen_at=NOON + timedelta(hours=1), **held)])) == 2


def test_members_who_joined_together_are_one_sentence() -> None:
    """In feeds those of one look, so that nothing grows that was told; on a day's page those of the day."""
    joins: dict[str, object] = {"kind": "cosponsor-added", "severity": "detail"}
    simon, lunsford = change("b", now="SIMON", cause="s", **joins), change("a", now="LUNSFORD", cause="l", **joins)
    later = change("c", now="MEEKS", cause="m", seen_at=NOON + timedelta(hours=1), **joins)
    items = stories.items_of([simon, lunsford, later])
    assert [(item.id, item.sentence) for item in items] == [
        ("c", "Meeks joined as a co-sponsor."),
        ("a", "Lunsford and Simon joined as co-sponsors."),
    ]
    ((story,),) = [day.stories for day in days_of(items)]
    assert story.head.sentence == "Lunsford, Meeks and Simon joined as co-sponsors." and not story.details
    assert story.head.id == "a"


def test_an_item_keeps_its_id_when_its_cause_reaches_more_bills() -> None:
    """The id is that of the change seen first: a feed reader is not told twice."""
    first = change("z", cause="x")
    later = change("a", "ny/2025/S2", cause="x", seen_at=NOON + timedelta(hours=1))
    assert stories.items_of([first])[0].id == stories.items_of([later, first])[0].id == "z"


def test_a_milestone_seen_later_is_an_item_of_its_own() -> None:
    """Eight bills passed, and of seven more the record tells two days later: whoever was shown the eight is shown the
    seven too, as a new entry, and the first stays as it was. What weighs less is one item as before."""
    then = NOON + timedelta(days=2)
    passed: dict[str, object] = {"now": "2025-06-12 Senate: PASSED SENATE", "cause": "p", "severity": "milestone"}
    first = [change(f"c{n:02}", f"ny/2025/S{n}", **passed) for n in range(1, 9)]
    later = [change(f"c{n:02}", f"ny/2025/S{n}", seen_at=then, **passed) for n in range(9, 16)]
    told = [(item.id, item.sentence, item.seen_at) for item in stories.items_of([*later, *first])]
    assert told == [
        ("c09", "Passed the Senate: 7 bills.", then),
        ("c01", "Passed the Senate: 8 bills.", NOON),
    ]
    assert told[1:] == [(item.id, item.sentence, item.seen_at) for item in stories.items_of(first)]
    assert [len(day.stories) for day in days_of(stories.items_of([*later, *first]))] == [1, 1]


LATE: dict[str, object] = {"cause": "late", "backfill": True}


def test_a_milestone_that_came_to_light_late_stands_alone() -> None:
    """Among old news of several bills it is an item of its own, whoever reads nothing but milestones gets it."""
    passed = change("a", "ny/2025/S1", now="2025-01-01 Senate: REPASSED SENATE", severity="milestone", **LATE)
    rest = [change(f"r{n}", f"ny/2025/S{n}", **LATE) for n in (1, 2)]
    found = {item.sentence: item.weight for item in stories.items_of([passed, *rest])}
    assert found == {"Passed the Senate again.": 0, "Referred to Codes (Senate): 2 bills.": 2}


def test_late_milestones_of_many_stand_together_by_what_happened() -> None:
    """Those of six bills are told each; of more, what is true of several is one milestone, and none is among the rest:
    whatever was signed on the nineteenth is a milestone also to whoever looked on the twenty-seventh."""
    signed = [
        change(f"c{n}", f"ny/2025/S{n}", now=f"2025-01-0{n} Senate: SIGNED CHAP.{n}", severity="milestone", **LATE)
        for n in range(1, 8)
    ]
    assert [item.weight for item in stories.items_of(signed[:6])] == [0] * 6
    vetoed = change("v", "ny/2025/S8", now="2025-01-09 Senate: VETOED MEMO.7", severity="milestone", **LATE)
    rest = [change(f"r{n}", f"ny/2025/S{n}", **LATE) for n in (1, 2)]
    found = {item.sentence: (item.weight, item.backfill) for item in stories.items_of([*signed, vetoed, *rest])}
    assert found == {
        "Signed into law: 7 bills.": (0, True),
        "Vetoed (memorandum 7).": (0, True),
        "Referred to Codes (Senate): 2 bills.": (2, True),
    }


def test_late_milestones_of_a_part_stand_alone() -> None:
    """A topic with three bills of a flood tells the milestones of these."""
    signed = [change(f"c{n}", f"ny/2025/S{n}", severity="milestone", **LATE) for n in range(1, 9)]
    (item,) = stories.items_of(signed)
    assert [part.bills for part in stories.narrowed(item, signed[:3])] == [(f"ny/2025/S{n}",) for n in (1, 2, 3)]


def test_late_corrections_stand_alone() -> None:
    """Each of a few says what was corrected, and is marked; those of many are one notice among the rest."""
    late = {"backfill": True, "cause": "earlier, seen now", "severity": "detail"}
    few = [change(f"c{n}", f"ny/2025/S{n}", "action-removed", was="2025-01-08 Senate: X", **late) for n in range(2)]
    news = [change(f"n{n}", f"ny/2025/S{n}", "committee", now="Codes", **late) for n in range(3)]
    items = stories.items_of([*few, *news])
    assert sorted(item.correction for item in items) == [False, True, True]
    assert all(len(item.changes) == 1 for item in items if item.correction)
    many = [change(f"c{n}", f"ny/2025/S{n}", "action-removed", was="2025-01-08 Senate: X", **late) for n in range(9)]
    assert len(stories.items_of([*many, *news])) == 1


def test_what_differing_sentences_have_in_common() -> None:
    """Referrals to several committees are told as referrals."""
    codes = change("a", cause="x")
    rules = change("b", "ny/2025/S2", now="2025-06-12 Senate: REFERRED TO RULES", cause="x")
    assert stories.items_of([codes, rules])[0].sentence == "Referred to committees: 2 bills."


def test_a_passage_is_told_with_its_vote() -> None:
    """ "Passed the Senate, 58 to 3.", and the vote is not told again beside it."""
    passed = change("a", now="2025-06-12 Senate: PASSED SENATE", severity="milestone")
    vote = change("b", kind="vote-added", now="2025-06-12 Senate floor: 58 aye, 3 nay", severity="notable")
    ((entry,),) = [day.stories for day in days_of(stories.items_of([passed, vote]))]
    assert [item.sentence for item in (*entry.main, *entry.details)] == ["Passed the Senate, 58 to 3."]


def test_each_passage_has_its_count_where_many_votes_came_at_once() -> None:
    """Votes of one run are one item, and yet each passage is told with its own."""
    cause: dict[str, object] = {"cause": "votes", "severity": "notable"}
    changes = [
        change("a", now="2025-06-12 Senate: PASSED SENATE", severity="milestone"),
        change("b", "ny/2025/S2", now="2025-06-12 Senate: PASSED SENATE", severity="milestone"),
        change("v", kind="vote-added", now="2025-06-12 Senate floor: 58 aye, 3 nay", **cause),
        change("w", "ny/2025/S2", "vote-added", now="2025-06-12 Senate floor: 41 aye, 20 nay", **cause),
    ]
    (day,) = days_of(stories.items_of(changes))
    told = {entry.bill: entry.head.sentence for entry in day.stories if entry.bill}
    assert told == {"ny/2025/S1": "Passed the Senate, 58 to 3.", "ny/2025/S2": "Passed the Senate, 41 to 20."}


def test_of_one_bill_things_are_told_in_the_order_of_the_record() -> None:
    """Whatever their ids: the veto stands before its message."""
    late: dict[str, object] = {**LATE, "kind": "vote-edited"}
    lines = [
        change("z", position=1, now="vetoed", **late),
        change("a", position=2, now="tabled", **late),
        change("b", "ny/2025/S2", position=1, now="other", **late),
    ]
    ((story,),) = [day.stories for day in days_of(stories.items_of(lines))]
    assert [c.id for c in story.own["ny/2025/S1"]] == ["z", "a"] and story.head.id == "a"


def test_the_latest_session_comes_first() -> None:
    """And in it S9 before S10."""
    bills = ("ny/2019/S333", "ny/2025/S10", "ny/2025/S9", "ny/2025/A7")
    (item,) = stories.items_of([change(bill, bill, cause="x") for bill in bills])
    assert item.bills == ("ny/2025/A7", "ny/2025/S9", "ny/2025/S10", "ny/2019/S333")
    assert [links.called(bill, item.seen_on) for bill in item.bills] == ["A7", "S9", "S10", "S333 of 2019"]


def test_what_many_bills_share_is_a_whole_sentence() -> None:
    """Where each went to another committee, and where nothing is shared but the run that saw it: what is true of one
    of three bills is not said of all."""
    codes = change("a", kind="committee", now="Codes", cause="x")
    rules = change("b", "ny/2025/S2", "committee", now="", was="Rules", cause="x")
    title = change("c", "ny/2025/S3", "title", now="Another", cause="x")
    assert stories.items_of([codes, rules])[0].sentence == "Committees changed: 2 bills."
    assert stories.items_of([codes, rules, title])[0].sentence == (
        "News of 3 bills: committees changed and titles edited."
    )


def test_a_vote_of_another_chamber_is_not_the_passages() -> None:
    """Only the vote of the same day and chamber belongs to a passage."""
    passed = change("a", now="2025-06-12 Senate: PASSED SENATE", severity="milestone")
    vote = change("b", kind="vote-added", now="2025-06-12 Assembly floor: 100 aye, 40 nay", severity="notable")
    ((entry,),) = [day.stories for day in days_of(stories.items_of([passed, vote]))]
    assert entry.main[0].sentence == "Passed the Senate."
    assert len(entry.main) == 2


def test_what_the_same_bills_did_in_a_day_stands_together() -> None:
    """Two bills went to the Governor, and their titles were edited: one story, not two; a third's news is another."""
    both = ("ny/2025/S1", "ny/2025/S2")
    gone = [
        change(f"g{b[-1]}", b, now="2025-06-12 Senate: DELIVERED TO GOVERNOR", severity="milestone", cause="g")
        for b in both
    ]
    said = [change(f"s{b[-1]}", b, "title", "Another", cause="s", severity="detail") for b in both]
    moved = [change(f"c{b[-1]}", b, "committee", b, cause="c", severity="detail") for b in both]
    other = change("o", "ny/2025/S3", "title", "Another")
    (day,) = days_of(stories.items_of([*gone, *said, *moved, other]))
    together, alone = day.stories
    assert together.head.line == "Delivered to the Governor." and together.bill == "" and alone.bill == "ny/2025/S3"
    assert {item.line for item in together.details} == {
        "The title was edited.",
        "Committees changed.",
    }
    assert together.own["ny/2025/S2"] == [moved[1]]  # what the lines do not say word for word


def test_a_date_is_told_of_the_bills_that_it_is_true_of() -> None:
    """The same line on two days: each bill has its own."""
    lines = [
        change(
            f"c{n}",
            f"ny/2025/S{n}",
            now=f"2025-05-{n:02} Senate: REFERRED TO CODES",
            happened_on=f"2025-05-{n:02}",
            cause="x",
        )
        for n in (3, 12)
    ]
    (item,) = stories.items_of(lines)
    assert item.same and not item.shared and item.happened_on == ""
    ((story,),) = [day.stories for day in days_of([item])]
    assert story.own == {"ny/2025/S3": [lines[0]], "ny/2025/S12": [lines[1]]}


def test_of_two_votes_in_one_place_none_is_the_passages() -> None:
    """A motion was lost and the bill passed: which count is the passage's nothing says, and both votes are told."""
    passed = change("a", now="2025-06-12 Senate: PASSED SENATE", severity="milestone")
    votes = [
        change(f"v{ayes}", kind="vote-added", now=f"2025-06-12 Senate floor: {ayes} aye, 3 nay") for ayes in (20, 58)
    ]
    ((story,),) = [day.stories for day in days_of(stories.items_of([passed, *votes]))]
    assert story.head.sentence == "Passed the Senate." and len(story.main) + len(story.details) == 3


def test_milestones_come_first() -> None:
    """What a bill's headline is, and which bill leads the day, goes by weight and not by time."""
    late = NOON + timedelta(hours=2)
    detail = change("a", "ny/2025/S1", seen_at=late)
    milestone = change("b", "ny/2025/S2", now="2025-06-12 Senate: SIGNED CHAP.1", severity="milestone")
    (day,) = days_of(stories.items_of([detail, milestone]))
    assert [entry.bill for entry in day.stories] == ["ny/2025/S2", "ny/2025/S1"]


def test_a_day_is_the_legislatures_day() -> None:
    """Seen at two in the morning UTC is still the evening before in New York."""
    night = change("a", seen_at=datetime(2025, 6, 13, 2, tzinfo=UTC))
    assert stories.seen_on(night) == date(2025, 6, 12)
    assert list(stories.by_month(stories.items_of([night]))) == ["2025-06"]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("xyz"), st.integers(0, 99)), max_size=30))
def test_every_change_is_told_once(drawn: list[tuple[int, str, int]]) -> None:
    """Folding and grouping lose nothing and repeat nothing."""
    changes = [
        change(f"c{i}", f"ny/2025/S{bill}", cause=cause, seen_at=NOON + timedelta(hours=hour))
        for i, (bill, cause, hour) in enumerate(drawn)
    ]
    days = days_of(stories.items_of(changes))
    told = [c.id for d in days for e in d.stories for item in (*e.main, *e.details) for c in item.changes]
    assert sorted(told) == sorted(c.id for c in changes)
