"""What became different: everything once, nothing that is only written otherwise, and the same id for ever."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from any_bills import ACTIONS, HISTORIES, WORDS, bills
from billwatch.bill import Action, Bill, Sponsorship, Version, Vote
from billwatch.compare.changes import (
    CORRECTIONS,
    FACT_OF,
    KINDS,
    Difference,
    change_id,
    differences,
    key_of,
    line_of,
    vote_line,
)


def s404(**facts: object) -> Bill:
    return msgspec.structs.replace(Bill(legislature="ny", session="2025", identifier="S404"), **facts)


def history(*lines: str) -> tuple[Action, ...]:
    """Lines of the Senate such as "2025-01-08 REFERRED TO CODES"."""
    return tuple(Action(line[:10], "Senate", line[11:]) for line in lines)


def told(old: Bill, new: Bill) -> list[tuple[str, str, str]]:
    return [(d.kind, d.was, d.now) for d in differences(old, new)]


# -- what is no change


@given(bills())
def test_a_bill_does_not_differ_from_itself(bill: Bill) -> None:
    """The same answer twice is no change, also when it went through the store in between."""
    assert differences(bill, bill) == []
    assert differences(bill, msgspec.json.decode(msgspec.json.encode(bill), type=Bill)) == []


@given(bills(), st.randoms(use_true_random=False))
def test_order_is_no_change(bill: Bill, chance: random.Random) -> None:
    """Co-sponsors, links, prints and votes of different days in another order are the same facts."""
    assert differences(bill, msgspec.structs.replace(bill, **_shuffled(bill, chance))) == []


def _shuffled(bill: Bill, chance: random.Random) -> dict[str, object]:
    fields = ("sponsors", "votes", "versions", "same_as", "previous_versions")
    lists: dict[str, Sequence[object]] = {f: getattr(bill, f) for f in fields if getattr(bill, f) is not None}
    return {f: tuple(chance.sample(values, len(values))) for f, values in lists.items()}


@given(bills())
def test_case_and_white_space_are_no_change(bill: Bill) -> None:
    """A source that sets every title in capitals overnight, or breaks its lines otherwise, has changed nothing."""
    texts = {f: getattr(bill, f) for f in ("title", "abstract", "committee", "law_section")}
    loud = {f: "\n " + text.upper().replace(" ", "  ") for f, text in texts.items() if text is not None}
    lines = {"actions": tuple(Action(a.date, a.chamber, f" {a.text.title()} ", ("x",)) for a in bill.actions or ())}
    shouted = msgspec.structs.replace(bill, **loud, **(lines if bill.actions is not None else {}))
    assert differences(bill, shouted) == differences(shouted, bill) == []


@given(bills(), bills())
def test_what_a_source_does_not_carry_is_not_compared(old: Bill, new: Bill) -> None:
    """No difference about a fact that one side leaves out."""
    facts = {d.fact for d in differences(old, new)}
    assert [f for f in facts if getattr(old, f) is None or getattr(new, f) is None] == []


# -- what is one


@given(bills(), bills())
def test_every_kind_is_documented(old: Bill, new: Bill) -> None:
    """What is told is of a kind that `KINDS` explains, and about a fact of `Bill`."""
    for d in differences(old, new):
        assert d.kind in KINDS and d.fact in Bill.__struct_fields__
        assert d.was or d.now or d.kind == "sponsor"


@given(HISTORIES, HISTORIES)
def test_the_differences_of_a_history_rebuild_it(old: tuple[Action, ...], new: tuple[Action, ...]) -> None:
    """Edited, inserted, removed and appended lines, done to the old history, give the new one: nothing is lost."""
    found = differences(s404(actions=old), s404(actions=new))
    assert _count(_rebuilt(old, found)) == _count(new)


def _rebuilt(old: tuple[Action, ...], found: list[Difference]) -> list[Action]:
    """What was taken out and put in, counted: the place of a line is the source's own."""
    lines = list(old)
    for d in found:
        if d.kind == "action-edited":
            lines.remove(d.before)  # type: ignore[arg-type]
        if d.kind == "action-removed":
            lines.remove(d.item)  # type: ignore[arg-type]
        else:
            lines.append(d.item)  # type: ignore[arg-type]
    return lines


def _count(lines: Sequence[Action]) -> list[tuple[str, str, str]]:
    return sorted(map(key_of, lines))


@given(HISTORIES, st.lists(ACTIONS, min_size=1, max_size=4).map(tuple))
def test_appended_lines_are_news(old: tuple[Action, ...], tail: tuple[Action, ...]) -> None:
    """Whatever is written behind a history that stays as it was is an `action`, line by line and in order."""
    found = differences(s404(actions=old), s404(actions=old + tail))
    assert [(d.kind, d.item) for d in found] == [("action", line) for line in tail]


@given(HISTORIES.filter(bool), st.data())
def test_a_line_said_twice_is_one_difference(old: tuple[Action, ...], data: st.DataObject) -> None:
    """A history that repeats one of its lines differs by that line alone, wherever it is repeated."""
    at = data.draw(st.integers(0, len(old) - 1))
    (found,) = differences(s404(actions=old), s404(actions=old[: at + 1] + old[at:]))
    assert (found.kind in ("action", "action-inserted")) and found.now == line_of(old[at])


def test_one_line_in_the_past_is_a_correction_each() -> None:
    """Rewritten, re-dated, put in between, taken out: each says which line it is about."""
    old = history("2025-01-08 REFERRED TO CODES", "2025-02-11 REPORTED", "2025-03-04 PASSED SENATE")
    edited = (old[0], Action("2025-02-11", "Senate", "1ST REPORT CAL.77"), old[2])
    assert told(s404(actions=old), s404(actions=edited)) == [
        ("action-edited", "2025-02-11 Senate: REPORTED", "2025-02-11 Senate: 1ST REPORT CAL.77")
    ]
    moved = (old[0], Action("2025-02-12", "Senate", "REPORTED"), old[2])
    assert [kind for kind, *_ in told(s404(actions=old), s404(actions=moved))] == ["action-edited"]
    assert told(s404(actions=old), s404(actions=old[:1] + old[2:])) == [
        ("action-removed", "2025-02-11 Senate: REPORTED", "")
    ]
    assert told(s404(actions=old[:1] + old[2:]), s404(actions=old)) == [
        ("action-inserted", "", "2025-02-11 Senate: REPORTED")
    ]
    assert told(s404(actions=old), s404(actions=old[:2])) == [
        ("action-removed", "2025-03-04 Senate: PASSED SENATE", "")
    ]


def test_a_law_in_an_answer_that_also_rewrote_the_past_is_news() -> None:
    """S820 of 2025 was signed in an answer that also rewrote earlier lines: both are told, each as what it is."""
    old = history("2025-02-04 DELIVERED TO GOVERNOR", "2025-02-14 SIGNED CHAP.5")
    new = (Action("2025-02-05", "Senate", "DELIVERED TO GOVERNOR"), old[1], *history("2025-03-03 APPROVAL MEMO.1"))
    assert [kind for kind, *_ in told(s404(actions=old), s404(actions=new))] == ["action-edited", "action"]


def test_a_line_put_elsewhere_under_another_date_is_one_correction_and_what_follows_it_is_news() -> None:
    """The Senate's site sorts by date, so that a new date moves the line: A6634 of 2025, substituted in that answer."""
    old = history("2025-06-09 RETURNED TO ASSEMBLY", "2025-06-09 AMENDED 6634A", "2025-06-10 VOTE RECONSIDERED")
    moved = Action("2025-06-09", old[2].chamber, "VOTE RECONSIDERED")
    new = (old[0], moved, old[1], *history("2025-06-16 SUBSTITUTED BY S7680A"))
    assert sorted(told(s404(actions=old), s404(actions=new))) == [
        ("action", "", line_of(new[-1])),
        ("action-edited", line_of(old[2]), line_of(moved)),
    ]


def test_a_line_at_the_end_is_news_though_an_equal_one_has_gone() -> None:
    """Bills come back to the same committee every January: that is no new date for an older referral."""
    old = history("2025-01-08 REFERRED TO CODES", "2025-02-11 REPORTED")
    new = (old[1], *history("2026-01-07 REFERRED TO CODES"))
    assert [kind for kind, *_ in told(s404(actions=old), s404(actions=new))] == ["action-removed", "action"]


@given(HISTORIES, st.randoms(use_true_random=False))
def test_lines_in_another_order_are_the_same_lines(old: tuple[Action, ...], chance: random.Random) -> None:
    """A source that sorts its lines anew tells nothing, however often one of them is repeated."""
    assert told(s404(actions=old), s404(actions=tuple(chance.sample(old, len(old))))) == []


@given(HISTORIES, HISTORIES)
def test_no_line_both_comes_and_goes(old: tuple[Action, ...], new: tuple[Action, ...]) -> None:
    """What is told to have gone is nowhere told to have come: no edit of a line into itself, no second alert."""
    found = differences(s404(actions=old), s404(actions=new))
    assert not {d.was for d in found if d.was} & {d.now for d in found if d.now}


def test_a_line_behind_a_new_order_is_news() -> None:
    """The lines of a day change places in the answer that brings the next: the next alone is told, as an action."""
    x, y, z = history("2025-06-09 REPORTED", "2025-06-09 AMENDED 404A", "2025-06-09 PRINT NUMBER 404A")
    (new,) = history("2025-06-16 SUBSTITUTED BY A7680")
    for order in ((y, x, z), (y, z, x), (z, y, x), (z, x, y)):
        assert told(s404(actions=(x, y, z)), s404(actions=order)) == []
        assert told(s404(actions=(x, y, z)), s404(actions=(*order, new))) == [("action", "", line_of(new))]
        assert told(s404(actions=(x, y, z)), s404(actions=(*order, x))) == [("action", "", line_of(x))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"status": "IN_SENATE_COMM"}, {"status": "PASSED_SENATE"}, [("status", "IN_SENATE_COMM", "PASSED_SENATE")]),
        ({"version": ""}, {"version": "A"}, [("version", "S404", "S404A")]),
        ({"same_as": ("ny/2025/A1",)}, {"same_as": ()}, [("same-as-removed", "ny/2025/A1", "")]),
        ({"substituted_by": ""}, {"substituted_by": "ny/2025/A1"}, [("substituted-by", "", "ny/2025/A1")]),
        (
            {"previous_versions": ()},
            {"previous_versions": ("ny/2023/S7",)},
            [("previous-version-added", "", "ny/2023/S7")],
        ),
        (
            {"title": "Relates to bail"},
            {"title": "Relates to bail."},
            [("title", "Relates to bail", "Relates to bail.")],
        ),
    ],
)
def test_facts_and_links(old: dict[str, object], new: dict[str, object], expected: list[tuple[str, str, str]]) -> None:
    """One fact that differs is one difference, in words that stay."""
    assert told(s404(**old), s404(**new)) == expected


def test_a_new_active_print_is_told_once() -> None:
    """The print that becomes the active one is the kind `version`; others come and go by themselves."""
    old = s404(version="", versions=(Version(""),))
    new = s404(version="A", versions=(Version(""), Version("A")))
    assert told(old, new) == [("version", "S404", "S404A")]
    assert told(new, s404(version="A", versions=(*(new.versions or ()), Version("B")))) == [
        ("print-added", "", "S404B")
    ]
    withdrawn = s404(version="A", versions=(Version("A"),))
    assert told(new, withdrawn) == [("print-removed", "S404", "")]


def test_who_moves_up_to_lead_has_not_left() -> None:
    """A co-sponsor who becomes the sponsor is one change; one who is no longer listed is another."""
    lee, ray = Sponsorship("Ann Lee", "LEE", "primary"), Sponsorship("Bo Ray", "RAY")
    leads = Sponsorship("Bo Ray", "RAY", "primary")
    assert told(s404(sponsors=(lee, ray)), s404(sponsors=(leads,))) == [("sponsor", "Ann Lee", "Bo Ray")]
    assert told(s404(sponsors=(lee, ray)), s404(sponsors=(lee,))) == [("cosponsor-removed", "Bo Ray", "")]
    assert told(s404(sponsors=(lee, ray)), s404(sponsors=())) == [
        ("sponsor", "Ann Lee", ""),
        ("cosponsor-removed", "Bo Ray", ""),
    ]


def test_a_vote_names_whose_vote_reads_otherwise() -> None:
    """An edited roll is one change that says who; one more vote of the same day is a vote of its own."""
    aye = Vote("2025-06-12", "Senate", "floor", roll=(("aye", ("KRUEGER", "MAY")),), counts=(("aye", 2),))
    nay = Vote(
        "2025-06-12",
        "Senate",
        "floor",
        roll=(("aye", ("KRUEGER",)), ("nay", ("MAY",))),
        counts=(("aye", 1), ("nay", 1)),
    )
    (edited,) = told(s404(votes=(aye,)), s404(votes=(nay,)))
    assert edited == (
        *("vote-edited", "2025-06-12 Senate floor: 2 aye; MAY aye"),
        "2025-06-12 Senate floor: 1 aye, 1 nay; MAY nay",
    )
    assert told(s404(votes=(aye,)), s404(votes=(aye, nay))) == [("vote-added", "", vote_line(nay))]
    committee = Vote("2025-05-05", "Senate", "committee", "Codes")
    assert vote_line(committee) == "2025-05-05 Senate Codes committee: no counts published"


@given(st.lists(st.integers(0, 3), max_size=5), st.data())
def test_votes_of_one_day_in_another_order_are_the_same_votes(members: list[int], data: st.DataObject) -> None:
    """Floor votes of one day have nothing but their rolls to tell them apart: swapped, nothing happened."""
    votes = tuple(floor_vote(n) for n in members)
    assert told(s404(votes=votes), s404(votes=tuple(data.draw(st.permutations(votes))))) == []


@given(st.lists(st.integers(0, 3), max_size=5), st.integers(0, 5))
def test_one_more_vote_is_one_vote_added_wherever_it_stands(members: list[int], at: int) -> None:
    """Published before the others of its day, or between them: the others stay what they were."""
    old = tuple(floor_vote(n) for n in members)
    new = (*old[:at], floor_vote(3), *old[at:])
    assert told(s404(votes=old), s404(votes=new)) == [("vote-added", "", vote_line(floor_vote(3)))]
    assert told(s404(votes=new), s404(votes=old)) == [("vote-removed", vote_line(floor_vote(3)), "")]


def floor_vote(ayes: int) -> Vote:
    """A floor vote of one day, with so many members for it."""
    names = ("KRUEGER", "MAY", "RAMOS")[:ayes]
    return Vote("2025-06-12", "Senate", "floor", roll=(("aye", names),), counts=(("aye", ayes),))


def test_an_edited_vote_among_equal_ones_is_one_edit() -> None:
    """Of three votes of one day the first is edited and put last: one edit, of that vote."""
    old, new = [floor_vote(n) for n in (0, 1, 2)], [floor_vote(n) for n in (1, 2, 3)]
    (edited,) = differences(s404(votes=tuple(old)), s404(votes=tuple(new)))
    assert (edited.kind, edited.before, edited.item) == ("vote-edited", old[0], new[2])


# -- ids


def test_an_id_stands_for_ever() -> None:
    """The id of a change is part of what was published: this one may never become another."""
    assert change_id("ny/2017/S9191", "action", "", "2018-11-14 Senate: REFERRED TO RULES", 1) == "08586db70cb203a1730a"


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(KINDS)), WORDS, WORDS, st.integers(1, 3)), unique=True, min_size=2, max_size=10
    )
)
def test_different_transitions_have_different_ids(transitions: list[tuple[str, str, str, int]]) -> None:
    """Kind, was, now and the ordinal among equal ones tell changes apart; the same input gives the same id."""
    ids = [change_id("ny/2025/S404", *transition) for transition in transitions]
    assert len(set(ids)) == len(ids)
    assert ids == [change_id("ny/2025/S404", *transition) for transition in transitions]
    assert not set(ids) & {change_id("ny/2023/S404", *transition) for transition in transitions}


def test_kinds_know_their_facts() -> None:
    """Each kind that belongs to a list names a field of `Bill`; corrections are about the history."""
    assert set(FACT_OF) <= set(KINDS) and set(FACT_OF.values()) <= set(Bill.__struct_fields__)
    assert {FACT_OF[kind] for kind in CORRECTIONS} == {"actions"}
