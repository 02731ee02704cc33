"""The family's drawing: every relative has a box where it belongs, and every link a line of its own shape."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures.pedigree import LIMIT, Pedigree, pedigree_of
from billwatch_site.pictures.routes import TALL, WIDE
from billwatch_site.records import BillRecord, Relation
from billwatch_site.words.official import legislature
from site_records import bill_record

S4505, A5346, S5000 = "ny/2025/S4505", "ny/2025/A5346", "ny/2023/S5000"


def link(kind: str, other: str, *, sure: bool = True, incoming: bool = False) -> Relation:
    return Relation(kind, other, sure, "", incoming)


def drawn(record: BillRecord, *others: BillRecord) -> Pedigree | None:
    return pedigree_of(record, {b.id: b for b in (record, *others)}, legislature("ny"))


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


def segments(path: str) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a path of this drawing: x, y, x, y."""
    runs = [[point.split() for point in run.split("L")] for run in path.split("M")[1:]]
    return [(float(a), float(b), float(c), float(d)) for run in runs for (a, b), (c, d) in pairwise(run)]


def under_boxes(picture: Pedigree) -> list[tuple[str, str]]:
    """(line, bill) for each line that passes behind a box."""
    return [
        (line.path, box.bill)
        for line in picture.lines
        for x1, y1, x2, y2 in segments(line.path)
        for box in picture.boxes
        if min(x1, x2) < box.x + WIDE and max(x1, x2) > box.x and min(y1, y2) < box.y + TALL and max(y1, y2) > box.y
    ]


def star(*others: str) -> Pedigree:
    """A bill of 2025 with versions in four sessions, as S1422 has them."""
    record = bill_record("ny/2025/S1422", relations=tuple(link("previous-version", other) for other in others))
    picture = drawn(record)
    assert picture
    return picture


def test_lines_pass_beside_the_boxes() -> None:
    """S1422 leads to a bill below it and to three of the other house: one straight line, three in right angles."""
    picture = star("ny/2023/S4457", "ny/2021/A27", "ny/2019/A1911", "ny/2017/A9793")
    assert not under_boxes(picture)
    assert all(x1 == x2 or y1 == y2 for line in picture.lines for x1, y1, x2, y2 in segments(line.path))
    places = {box.bill: box for box in picture.boxes}
    ends = {segments(line.path)[-1][2:] for line in picture.lines}
    for bill in ("ny/2021/A27", "ny/2019/A1911", "ny/2017/A9793"):
        assert any(x == places[bill].x and places[bill].y < y < places[bill].y + TALL for x, y in ends)


def test_lines_from_one_bill_are_a_trunk_with_branches() -> None:
    """They share the stretch that leaves it, so that no second line comes out of a box between."""
    picture = star("ny/2021/A27", "ny/2019/A1911", "ny/2017/A9793")
    assert len({segments(line.path)[0] for line in picture.lines}) == 1


def test_one_house_has_its_lines_at_the_right() -> None:
    """S404 leads to three earlier ones of its own house: past those between, not behind them."""
    picture = star("ny/2023/S217", "ny/2021/S296", "ny/2019/S8183")
    assert not under_boxes(picture) and picture.width > WIDE


def test_twins_stand_side_by_side() -> None:
    """Whatever their numbers: the line between them is straight."""
    first, second = bill_record("ny/2025/S1", relations=(link("same-as", "ny/2025/A9"),)), "ny/2025/S2"
    record = bill_record(second, relations=(link("same-as", "ny/2025/A3"), link("previous-version", "ny/2025/S1")))
    picture = drawn(record, first, bill_record("ny/2025/A9"))
    assert picture
    places = {box.bill: box.y for box in picture.boxes}
    assert places["ny/2025/S1"] == places["ny/2025/A9"] != places[second] == places["ny/2025/A3"]


def test_a_bill_of_no_known_house_makes_no_picture() -> None:
    """A third column would have its lines pass behind the second; the list tells of it."""
    record = bill_record(S4505, relations=(link("same-as", A5346), link("previous-version", "ny/2023/X7")))
    assert drawn(record) is None


KINDS = st.sampled_from(("same-as", "substituted-by", "previous-version", "probably-same"))


@given(st.lists(st.tuples(KINDS, NUMBERS, NUMBERS), min_size=1, max_size=14))
def test_nothing_stands_on_or_behind_a_box(links: list[tuple[str, str, str]]) -> None:
    """However large the family: every member in one box, none on another, no line behind one, all in the picture."""
    own = "ny/2025/S77"
    stated = [*links, ("same-as", own, "ny/2025/A77"), *(("previous-version", own, bill) for _, bill, _ in links)]
    named = {bill for _, *pair in stated for bill in pair}
    bills = [bill_record(b, relations=tuple(link(k, o) for k, a, o in stated if a == b != o)) for b in named]
    record = next(bill for bill in bills if bill.id == own)
    picture = drawn(record, *bills)
    if len(named) > LIMIT:
        return
    assert picture and len(picture.boxes) == len({box.bill for box in picture.boxes}) and not under_boxes(picture)
    for a, b in combinations(picture.boxes, 2):
        assert abs(a.x - b.x) >= WIDE or abs(a.y - b.y) >= TALL
    assert all(0 <= box.x <= picture.width - WIDE and 0 <= box.y <= picture.height - TALL for box in picture.boxes)
    ends = [piece for line in picture.lines for piece in segments(line.path)]
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for a in ends for x, y in (a[:2], a[2:]))
