"""Where a bill stands: the geometry of the picture, and the same in words."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from billwatch_site.pictures import way
from billwatch_site.printing.press import templates
from billwatch_site.records import State, Step, Turn

WAY = (
    Step("Introduced", "Senate", "done", "2025-01-08"),
    Step("Floor", "Senate", "here", "2025-06-10"),
    Step("Passed", "Senate", "undone", "2025-05-20"),
    Step("Committee", "Assembly", "undone", "2025-05-20"),
    Step("Governor", "", "ahead"),
)
AGAIN = (
    Step("Introduced", "Senate", "done", "2025-01-17"),
    Step("Floor", "Senate", "done", "2025-02-10"),
    Step("Passed", "Senate", "done", "2025-06-10"),
    Step("Committee", "Assembly", "here", "2025-06-10", (Turn(1, "2025-06-04"),)),
    Step("Floor", "Assembly", "undone", "2025-06-12", (Turn(3, "2025-06-13"),)),
)
ENDED = (Step("Introduced", "Senate", "done", "2025-01-08"), Step("Governor", "", "ended", "2025-12-08"))
STATES: tuple[State, ...] = ("done", "here", "ahead", "undone", "ended")
steps = st.lists(
    st.builds(
        Step,
        st.text(max_size=40),
        st.sampled_from(["Senate", "Assembly", ""]),
        st.sampled_from(STATES),
        st.dates().map(str),
        st.lists(st.builds(Turn, st.integers(0, 9), st.dates().map(str)), max_size=3).map(tuple),
    )
)


def test_the_way_back_is_drawn() -> None:
    """A recalled bill goes from the furthest step that was undone to where it is now."""
    drawn = way.wide(WAY)
    assert drawn.back == (drawn.stations[3].x, drawn.stations[1].x)
    assert [rail.name for rail in drawn.rails] == ["reached", "undone", "ahead"]
    assert (drawn.rails[1].x1, drawn.rails[1].x2) == (drawn.stations[1].x, drawn.stations[3].x)


def test_an_earlier_way_back_is_drawn_too() -> None:
    """Below the line, once the bill has come on again; the way back that it is on has its arrow above alone."""
    drawn = way.wide(AGAIN)
    (detour,) = drawn.detours
    assert (detour.start, detour.end) == (drawn.stations[3].x, drawn.stations[1].x)
    assert drawn.back == (drawn.stations[4].x, drawn.stations[3].x)
    assert [(d.start, d.end) for d in way.tall(AGAIN).detours] == [
        (way.tall(AGAIN).stations[3].y, way.tall(AGAIN).stations[1].y)
    ]
    assert not way.wide(WAY).detours


def test_an_earlier_way_back_says_when() -> None:
    """In its title and beside the picture, for those who cannot point at it; each place once, with all its dates."""
    told = "from a committee of the Assembly to the floor of the Senate on 4 June 2025"
    assert way.detours_in_words(AGAIN) == f"It went back {told}, and has since returned."
    twice = (*AGAIN[:3], msgspec.structs.replace(AGAIN[3], turns=(Turn(1, "2025-06-04"), Turn(1, "2026-01-07"))))
    assert "of the Senate on 4 June 2025 and 7 January 2026, and has since returned" in way.detours_in_words(twice)
    assert way.detours_in_words(WAY) == ""
    draw = templates(b"").get_template("way.svg.html").make_module({}).draw
    for picture in (way.wide(AGAIN), way.tall(AGAIN)):
        titles = html.fromstring(str(draw(picture, "Where it stands", ""))).xpath("//g[@class='detour']/title/text()")
        assert titles == [f"Went back {told}."]


def test_a_way_that_was_stored_before_turns_were_kept_is_read() -> None:
    """A store of an earlier version has none, until the bill is looked at again."""
    step = msgspec.json.decode(b'["Floor","Senate","done","2025-02-10"]', type=Step)
    assert step == AGAIN[1] and step.turns == ()


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


def test_the_day_on_which_a_way_ended_is_not_the_day_on_which_the_bill_came_there() -> None:
    """A bill that went to the Governor on 8 December and was vetoed on the 19th: both days, drawn and said."""
    for drawn in (way.wide(ENDED, "2025-12-19"), way.tall(ENDED, "2025-12-19")):
        assert [s.notes for s in drawn.stations] == [("8 Jan 2025",), ("since 8 Dec 2025", "ended 19 Dec 2025")]
    assert way.in_words(ENDED, "2025-12-19").endswith("Governor: here since 8 December 2025, ended 19 December 2025.")


def test_an_end_on_the_day_of_coming_or_on_no_known_day() -> None:
    """One day is told once; where no source tells the end, no day is called that."""
    assert way.wide(ENDED, "2025-12-08").stations[-1].notes == ("ended 8 Dec 2025",)
    assert way.wide(ENDED).stations[-1].notes == ("since 8 Dec 2025", "ended here")
    assert way.in_words(ENDED).endswith("Governor: here since 8 December 2025, ended here.")


def test_only_an_ended_way_has_an_end() -> None:
    """The day since which a bill has its stage ends nothing while the bill goes on."""
    assert way.in_words(WAY, "2025-06-10") == way.in_words(WAY)
    assert way.wide(WAY, "2025-06-10") == way.wide(WAY)


@given(steps)
def test_everything_stands_inside_the_picture(stations: list[Step]) -> None:
    """Whatever the steps are called, and however many: no station outside, none on another."""
    for drawn in (way.wide(stations), way.tall(stations)):
        places = [(s.x, s.y) for s in drawn.stations]
        assert len(set(places)) == len(stations)
        assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in places)
        assert all(detour.end < detour.start for detour in drawn.detours)
