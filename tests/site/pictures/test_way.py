"""Where a bill stands: the geometry of the picture, and the same in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.pictures import way
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
    drawn = way.wide(WAY)
    assert drawn.back == (drawn.stations[3].x, drawn.stations[1].x)
    assert [rail.name for rail in drawn.rails] == ["reached", "undone", "ahead"]
    assert (drawn.rails[1].x1, drawn.rails[1].x2) == (drawn.stations[1].x, drawn.stations[3].x)


def test_each_chamber_has_its_stretch() -> None:
    """The stretch of a chamber covers its steps; what no chamber has in hand has none."""
    assert [chamber.name for chamber in way.wide(WAY).chambers] == ["Senate", "Assembly"]
    assert [chamber.name for chamber in way.tall(WAY).chambers] == ["Senate", "Assembly"]


def test_the_picture_in_words() -> None:
    """Everything that the shapes say is said to those who do not see them."""
    said = way.in_words(WAY)
    assert "Floor, Senate: the bill is here, 10 June 2025." in said
    assert "Committee, Assembly: undone, 20 May 2025." in said
    assert "Governor: not reached." in said


@given(steps)
def test_everything_stands_inside_the_picture(stations: list[Step]) -> None:
    """Whatever the steps are called, and however many: no station outside, none on another."""
    for drawn in (way.wide(stations), way.tall(stations)):
        places = [(s.x, s.y) for s in drawn.stations]
        assert len(set(places)) == len(stations)
        assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in places)
