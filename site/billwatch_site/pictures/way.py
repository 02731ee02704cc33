"""Where a bill stands, as a picture: stations on a line, each chamber's stretch under its name.

The geometry is here, to a tenth of a unit, the drawing in `way.svg.html`. Every state has its own shape, so that
nothing depends on colour: done is a full disc, here a ring, ahead a small open circle, undone a crossed circle, ended
a square with a cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import msgspec

from billwatch_site.records import Step
from billwatch_site.words.sentences import day

_WORDS = {"done": "done", "here": "the bill is here", "ahead": "not reached", "undone": "undone", "ended": "ended here"}
_REACHED = ("done", "here", "ended")
_WIDE, _ROW, _HEADING = 1040, 46, 26  # the wide picture's width; heights in the tall one


class Station(msgspec.Struct, frozen=True):
    """One step with its place; `lines` is its name, wrapped."""

    x: float
    y: float
    state: str
    lines: tuple[str, ...]
    on: str

    @property
    def note(self) -> str:
        """What the shape says, in a word, where it is not plain from the line."""
        return {"undone": "undone", "ended": "ended here"}.get(self.state, "")


class Stretch(msgspec.Struct, frozen=True):
    """The line between two stations, or under a chamber's name."""

    x1: float
    y1: float
    x2: float
    y2: float
    name: str  # "reached", "ahead", "undone"; for a chamber its name


class Picture(msgspec.Struct, frozen=True):
    """A drawing of `width` by `height`. `back` is the way back that a bill went, from x to x (or y to y)."""

    kind: str
    width: float
    height: float
    stations: tuple[Station, ...]
    rails: tuple[Stretch, ...]
    chambers: tuple[Stretch, ...]
    back: tuple[float, float] | None


def wide(steps: Sequence[Step]) -> Picture:
    """The way from left to right, for screens with room."""
    pitch = _WIDE / max(len(steps), 1)
    stations = [
        Station(round(pitch * (i + 0.5), 1), 74, s.state, _wrapped(s.name, int(pitch / 7.4)), s.on)
        for i, s in enumerate(steps)
    ]
    lines = max((len(s.lines) for s in stations), default=1)
    chambers = tuple(
        Stretch(round(pitch * first + (8 if first else 0), 1), 30, round(pitch * (last + 1) - 8, 1), 30, name)
        for name, first, last in _groups(steps)
    )
    room = 18 * lines + 16 * any(s.note for s in stations)
    return Picture("wide", _WIDE, 116 + room, tuple(stations), _rails(stations), chambers, _back(stations, "x"))


def tall(steps: Sequence[Step]) -> Picture:
    """The way from top to bottom, for telephones."""
    headings = {first: name for name, first, _ in _groups(steps)}
    stations, chambers, y = [], [], 6
    for i, step in enumerate(steps):
        if i in headings:
            y += 16 if i else 0  # room between a date and the next chamber's name
            chambers.append(Stretch(56, y + 20, 340, y + 20, headings[i]))
            y += _HEADING
        stations.append(Station(24, y + 20, step.state, (step.name,), step.on))
        y += _ROW
    return Picture("tall", 340, y + 4, tuple(stations), _rails(stations), tuple(chambers), _back(stations, "y"))


def in_words(steps: Sequence[Step]) -> str:
    """The picture for those who do not see it."""
    return " ".join(_step_in_words(step) for step in steps)


def _step_in_words(step: Step) -> str:
    place = f", {step.chamber}" if step.chamber and step.chamber not in step.name else ""
    on = f", {day(step.on)}" if step.on else ""
    return f"{step.name}{place}: {_WORDS[step.state]}{on}."


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
