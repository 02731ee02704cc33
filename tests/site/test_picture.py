"""Where a bill stands: the geometry of the picture, and the same in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site import picture
from billwatch_site.records import State, Step

WAY = (
    Step("Introduced", "Senate", "done", "2025-01-08"),
    Step("Floor", "Senate", "here", "2025-06-10"),
    Step("Passed", "Senate", "undone", "2025-05-20"),
    Step("Committee", "Assembly", "undone", "2025-05-20"),
    Step("Governor", "", "ahead"),
)
STATES: tuple[State, ...] = ("done", "here", "ahead", "undone", "ended")
steps = st.lists(
    st.builds(Step, st.text(max_size=40), st.sampled_from(["Senate", "Assembly", ""]), st.sampled_from(STATES))
)


def test_the_way_back_is_drawn() -> None:
    """A recalled bill goes from the furthest step that was undone to where it is now."""
    drawn = picture.wide(WAY)
    assert drawn.back == (drawn.stations[3].x, drawn.stations[1].x)
    assert [rail.name for rail in drawn.rails] == ["reached", "undone", "undone", "ahead"]


def test_each_chamber_has_its_stretch() -> None:
    """The stretch of a chamber covers its steps; what no chamber has in hand has none."""
    assert [chamber.name for chamber in picture.wide(WAY).chambers] == ["Senate", "Assembly"]
    assert [chamber.name for chamber in picture.tall(WAY).chambers] == ["Senate", "Assembly"]


def test_the_picture_in_words() -> None:
    """Everything that the shapes say is said to those who do not see them."""
    said = picture.in_words(WAY)
    assert "Floor, Senate: the bill is here, 10 June 2025." in said
    assert "Committee, Assembly: undone, 20 May 2025." in said
    assert "Governor: not reached." in said


@given(steps)
def test_everything_stands_inside_the_picture(way: list[Step]) -> None:
    """Whatever the steps are called, and however many: no station outside, none on another."""
    for drawn in (picture.wide(way), picture.tall(way)):
        places = [(s.x, s.y) for s in drawn.stations]
        assert len(set(places)) == len(way)
        assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in places)


@given(st.integers(0, 100_000))
def test_squares_stand_for_all(count: int) -> None:
    """One square a bill while there is room; then each stands for several, and none for nothing."""
    path, _, _, worth = picture.squares(count)
    assert path.count("M") <= 240
    assert (path.count("M") - 1) * worth < count <= path.count("M") * worth or count == 0
