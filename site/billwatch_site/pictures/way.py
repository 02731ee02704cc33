"""Where a bill stands, as a picture: stations on a line, each chamber's stretch under its name.

The geometry is here, to a tenth of a unit, the drawing in `way.svg.html`. Every state has its own shape, so that
nothing depends on colour: done is a full disc, here a ring, ahead a small open circle, undone a crossed circle, ended
a square with a cross, under which stand two days: since when the bill was there, and when its way ended. The way back
that a bill is on is drawn above the line; one that it has come again since, thin and below it, with a sentence beside
the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

import msgspec

from billwatch_site.records import Step
from billwatch_site.words.sentences import day, listed, short_day

_WORDS = {"done": "done", "here": "the bill is here", "ahead": "not reached", "undone": "undone"}
_IN_A_CHAMBER = {"Committee": "a committee of the", "Floor": "the floor of the", "Passed": "its passage by the"}
_REACHED = ("done", "here", "ended")
_WIDE, _ROW, _HEADING = 1040, 46, 26  # the wide picture's width; heights in the tall one


class Station(msgspec.Struct, frozen=True):
    """One step with its place; `lines` is its name, wrapped. `ended` is the day on which the bill's way ended here."""

    x: float
    y: float
    state: str
    lines: tuple[str, ...]
    on: str
    ended: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands under the name: when, and what the shape says where it is not plain from the line."""
        if self.state == "ended":
            return _end(self.on, self.ended, "since", short_day)
        return tuple(filter(None, (short_day(self.on), "undone" if self.state == "undone" else "")))


class Stretch(msgspec.Struct, frozen=True):
    """The line between two stations, or under a chamber's name."""

    x1: float
    y1: float
    x2: float
    y2: float
    name: str  # "reached", "ahead", "undone"; for a chamber its name


class Detour(msgspec.Struct, frozen=True):
    """An earlier way back, from x to x (or y to y), which the bill has come again since. `words` are a sentence."""

    start: float
    end: float
    words: str

    @property
    def depth(self) -> float:
        """How far it swings from the line: a longer one further, so that none lies on another."""
        return round(8 + (self.start - self.end) / 24, 1)


class Picture(msgspec.Struct, frozen=True):
    """A drawing of `width` by `height`. `back` is the way back that a bill went, from x to x (or y to y)."""

    kind: str
    width: float
    height: float
    stations: tuple[Station, ...]
    rails: tuple[Stretch, ...]
    chambers: tuple[Stretch, ...]
    back: tuple[float, float] | None
    detours: tuple[Detour, ...]

    @property
    def drop(self) -> float:
        """How much lower names stand under a wide picture, to leave room for its detours."""
        return max((round(0.75 * detour.depth) for detour in self.detours), default=0)


def wide(steps: Sequence[Step], ended_on: str = "") -> Picture:
    """The way from left to right, for screens with room; `ended_on` is the day (ISO) on which an ended bill ended."""
    pitch = _WIDE / max(len(steps), 1)
    stations = [
        Station(
            round(pitch * (i + 0.5), 1), 74, s.state, _wrapped(s.name, int(pitch / 7.4)), s.on, _if_ended(s, ended_on)
        )
        for i, s in enumerate(steps)
    ]
    lines = max((len(s.lines) for s in stations), default=1)
    chambers = tuple(
        Stretch(round(pitch * first + (8 if first else 0), 1), 30, round(pitch * (last + 1) - 8, 1), 30, name)
        for name, first, last in _groups(steps)
    )
    room = 18 * lines + 16 * max((len(s.notes) - 1 for s in stations), default=0)
    back, detours = _back(stations, "x"), _detours(steps, [s.x for s in stations])
    drawn = Picture("wide", _WIDE, 116 + room, tuple(stations), _rails(stations), chambers, back, detours)
    return msgspec.structs.replace(drawn, height=drawn.height + drawn.drop)


def tall(steps: Sequence[Step], ended_on: str = "") -> Picture:
    """The way from top to bottom, for telephones."""
    headings = {first: name for name, first, _ in _groups(steps)}
    stations, chambers, y = [], [], 6
    for i, step in enumerate(steps):
        if i in headings:
            y += 16 if i else 0  # room between a date and the next chamber's name
            chambers.append(Stretch(56, y + 20, 340, y + 20, headings[i]))
            y += _HEADING
        stations.append(Station(24, y + 20, step.state, (step.name,), step.on, _if_ended(step, ended_on)))
        y += _ROW
    back, detours = _back(stations, "y"), _detours(steps, [s.y for s in stations])
    return Picture("tall", 340, y + 4, tuple(stations), _rails(stations), tuple(chambers), back, detours)


def in_words(steps: Sequence[Step], ended_on: str = "") -> str:
    """The picture for those who do not see it."""
    return " ".join(_step_in_words(step, ended_on) for step in steps)


def _step_in_words(step: Step, ended_on: str) -> str:
    place = f", {step.chamber}" if step.chamber and step.chamber not in step.name else ""
    told = (
        (_WORDS.get(step.state, ""), day(step.on)) if step.state != "ended" else _end(step.on, ended_on, "here since")
    )
    return f"{step.name}{place}: {', '.join(filter(None, told))}."


def _if_ended(step: Step, ended_on: str) -> str:
    return ended_on if step.state == "ended" else ""


def _end(came: str, ended: str, since: str, written: Callable[[str], str] = day) -> tuple[str, ...]:
    """Since when a bill was where its way ended, and when that was: two days, for few end on the day they come."""
    before = (f"{since} {written(came)}",) if came and came != ended else ()
    return (*before, f"ended {written(ended)}" if ended else "ended here")


def detours_in_words(steps: Sequence[Step]) -> str:
    """The earlier ways back in one sentence for everybody, for a thin line alone is a riddle; "" where none was."""
    told = [words for _, _, words in _ways_back(steps)]
    again = "; and has since returned each time" if told[1:] else ", and has since returned"
    return f"It went back {'; '.join(told)}{again}." if told else ""


def _detours(steps: Sequence[Step], places: Sequence[float]) -> tuple[Detour, ...]:
    return tuple(Detour(places[i], places[j], f"Went back {words}.") for i, j, words in _ways_back(steps))


def _ways_back(steps: Sequence[Step]) -> list[tuple[int, int, str]]:
    """From which step to which a bill went back that has come again since, and in words; the earliest first."""
    here = max((i for i, step in enumerate(steps) if step.state in _REACHED), default=-1)
    dates: dict[tuple[int, int], list[str]] = defaultdict(list)
    for start, step in enumerate(steps[: here + 1]):
        for turn in (turn for turn in step.turns if turn.to < start):
            dates[start, turn.to].append(turn.on)
    return [
        (start, end, f"from {_place(steps[start])} to {_place(steps[end])}{_on(found)}")
        for (start, end), found in sorted(dates.items(), key=lambda way: min(way[1]))
    ]


def _on(dates: Iterable[str]) -> str:
    told = [day(on) for on in dates if on]
    return f" on {listed(told)}" if told else ""


def _place(step: Step) -> str:
    if step.name in _IN_A_CHAMBER:
        return f"{_IN_A_CHAMBER[step.name]} {step.chamber}"
    return "its introduction" if step.name == "Introduced" else f"the {step.name}"


def _groups(steps: Sequence[Step]) -> list[tuple[str, int, int]]:
    """Each stretch in one chamber's hands: its name, its first and its last step."""
    found = []
    for name, group in groupby(enumerate(steps), key=lambda pair: pair[1].chamber):
        places = [i for i, _ in group]
        if name:
            found.append((name, places[0], places[-1]))
    return found


def _rails(stations: Sequence[Station]) -> tuple[Stretch, ...]:
    """One line for each stretch of the way that looks the same."""
    found = (list(group) for _, group in groupby(pairwise(stations), lambda pair: _rail(pair[1].state)))
    return tuple(Stretch(g[0][0].x, g[0][0].y, g[-1][1].x, g[-1][1].y, _rail(g[-1][1].state)) for g in found)


def _rail(state: str) -> str:
    return "reached" if state in _REACHED else state


def _back(stations: Sequence[Station], axis: str) -> tuple[float, float] | None:
    """From the furthest step that was undone to where the bill is now."""
    undone = [getattr(s, axis) for s in stations if s.state == "undone"]
    here = [getattr(s, axis) for s in stations if s.state in ("here", "ended")]
    return (max(undone), here[0]) if undone and here and here[0] < max(undone) else None


def _wrapped(name: str, width: int) -> tuple[str, ...]:
    """A name in lines of about so many letters; a longer word stands alone."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
