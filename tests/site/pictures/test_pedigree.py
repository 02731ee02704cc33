"""The family's drawing: every relative has a box where it belongs, and every link a line of its own shape."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures.pedigree import LIMIT, TALL, WIDE, Pedigree, pedigree_of
from billwatch_site.records import BillRecord, Relation
from billwatch_site.words.official import NEW_YORK
from site_records import bill_record

S4505, A5346, S5000 = "ny/2025/S4505", "ny/2025/A5346", "ny/2023/S5000"


def link(kind: str, other: str, *, sure: bool = True, incoming: bool = False) -> Relation:
    return Relation(kind, other, sure, "", incoming)


def drawn(record: BillRecord, *others: BillRecord) -> Pedigree | None:
    return pedigree_of(record, {b.id: b for b in (record, *others)}, NEW_YORK)


def test_houses_stand_side_by_side_and_sessions_below_each_other() -> None:
    """The latest session on top, the own bill marked, each chamber under its name."""
    record = bill_record(S4505, relations=(link("same-as", A5346), link("previous-version", S5000)))
    picture = drawn(record)
    assert picture
    places = {box.bill: box for box in picture.boxes}
    assert places[S4505].y == places[A5346].y < places[S5000].y and places[S4505].x == places[S5000].x
    assert [row.session for row in picture.rows] == ["2025", "2023"]
    assert [name for name, _ in picture.chambers] == ["Senate", "Assembly"]
    assert [box.bill for box in picture.boxes if box.own] == [S4505]


def test_each_kind_of_link_has_its_line() -> None:
    """What replaces a bill is an arrow and no double line as well; what we infer is dashed, whatever its kind."""
    record = bill_record(
        S4505,
        relations=(
            link("same-as", A5346), link("substituted-by", A5346), link("previous-version", S5000, sure=False)
        ),
    )  # fmt: skip
    picture = drawn(record)
    assert picture and sorted(line.kind for line in picture.lines) == ["probably-same", "substituted-by"]


def test_an_arrow_leads_from_a_bill_that_has_no_page_too() -> None:
    """That A5346 was replaced only S4505 says, where A5346 is not followed: an arrow, and no double line as well."""
    record = bill_record(S4505, relations=(link("same-as", A5346), link("substituted-by", A5346, incoming=True)))
    picture = drawn(record)
    assert picture and [line.kind for line in picture.lines] == ["substituted-by"]
    there = bill_record(A5346, relations=(link("substituted-by", S4505),))
    both = drawn(record, there)
    assert both and both.lines == picture.lines


def test_a_link_that_both_state_is_drawn_once() -> None:
    """Each of two bills calls the other the same."""
    here = bill_record(S4505, relations=(link("same-as", A5346),))
    there = bill_record(A5346, relations=(link("same-as", S4505),))
    picture = drawn(here, there)
    assert picture and len(picture.lines) == 1


def test_one_chamber_needs_one_column() -> None:
    """No empty half where all of a family sits in one house."""
    picture = drawn(bill_record(S4505, relations=(link("previous-version", S5000),)))
    assert picture and picture.width == WIDE


def test_nobody_and_too_many_are_no_picture() -> None:
    """A bill by itself has none; a crowd is a list."""
    crowd = tuple(link("previous-version", f"ny/2023/S{n}") for n in range(1, LIMIT + 1))
    assert drawn(bill_record(S4505)) is None and drawn(bill_record(S4505, relations=crowd)) is None


NUMBERS = st.builds(
    lambda session, house, n: f"ny/{session}/{house}{n}",
    st.sampled_from(("2019", "2021", "2023", "2025")),
    st.sampled_from("SA"),
    st.integers(1, 9),
)
KINDS = st.sampled_from(("same-as", "substituted-by", "previous-version", "probably-same"))


@given(st.lists(st.tuples(KINDS, NUMBERS), min_size=1, max_size=12))
def test_no_two_boxes_overlap(links: list[tuple[str, str]]) -> None:
    """However large the family: every member in one box, all inside the picture."""
    record = bill_record("ny/2025/S77", relations=tuple(link(kind, other) for kind, other in links))
    picture = drawn(record)
    assert picture and {box.bill for box in picture.boxes} == {"ny/2025/S77", *(other for _, other in links)}
    for a, b in combinations(picture.boxes, 2):
        assert abs(a.x - b.x) >= WIDE or abs(a.y - b.y) >= TALL
    assert all(0 <= box.x <= picture.width - WIDE and 0 <= box.y <= picture.height - TALL for box in picture.boxes)
