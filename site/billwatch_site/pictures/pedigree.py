"""A bill's family as a small drawing: sessions from the latest down, the chambers side by side, links as lines.

Boxes are placed here, lines in `routes.py`; the drawing is in `pedigree.svg.html`. What a line means is told by its
shape: double for the same bill in the other house, an arrow for a replacement, a plain line for coming back, dashed for
what we infer.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from billwatch.bill import BillId
from billwatch_site.pictures import routes
from billwatch_site.pictures.routes import TALL, WIDE, Spot, Tie
from billwatch_site.reading.kinship import others_of
from billwatch_site.records import Brief, Relation
from billwatch_site.words.legislature import Legislature

_ROW, _GAP, _TOP = 26, 14, 22  # between sessions and between boxes; room for a chamber's name
_NAME = 18  # room for a session's name
LIMIT = 18  # more bills than this are a list, not a picture


class Box(msgspec.Struct, frozen=True):
    """One bill at its place."""

    bill: str
    x: int
    y: int
    own: bool  # the bill whose page this is


class Line(msgspec.Struct, frozen=True):
    """One link between two boxes: a path, and what it says."""

    kind: str
    path: str


class Row(msgspec.Struct, frozen=True):
    """The bills of one session, from this height on."""

    session: str
    y: int


class Pedigree(msgspec.Struct, frozen=True):
    """A drawing of `width` by `height`."""

    width: int
    height: int
    chambers: tuple[tuple[str, int], ...]  # name and x
    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def pedigree_of(record: Brief, bills: Mapping[str, Brief], house: Legislature) -> Pedigree | None:
    """The family's drawing; None for a bill without relatives, with too many to draw, or one of no known house."""
    family = {record.id, *(r.other for r in record.relations), *others_of(record, bills)}
    members = sorted(m for m in family if m.startswith(f"{record.legislature}/"))
    where = {m: house.chamber_of(BillId.parse(m).identifier) for m in members}
    chambers = [name for name in dict.fromkeys((*house.chambers, "")) if name in where.values()]
    if not 1 < len(members) <= LIMIT or len(chambers) > 2:  # the only gutter is between two columns
        return None
    ties = _ties(((m, r) for m in members for r in _told_by(m, record, bills)), where)
    spots, rows, height = _placed({m: chambers.index(name) for m, name in where.items()}, ties)
    lines, gutter = routes.routes_of(ties, spots)
    return Pedigree(
        width=len(chambers) * WIDE + gutter,
        height=height,
        chambers=tuple((name, i * (WIDE + gutter)) for i, name in enumerate(chambers)),
        rows=tuple(rows),
        boxes=tuple(Box(bill, s.column * (WIDE + gutter), s.y, bill == record.id) for bill, s in spots.items()),
        lines=tuple(Line(tie.kind, _SHAPES.get(tie.kind, routes.plain)(route)) for tie, route in lines.items()),
    )


def _told_by(bill: str, record: Brief, bills: Mapping[str, Brief]) -> Sequence[Relation]:
    found = record if bill == record.id else bills.get(bill)
    return found.relations if found else ()


def _ties(told: Iterable[tuple[str, Relation]], members: Container[str]) -> list[Tie]:
    """The lines to draw: one for what both state, and none for what an arrow or a double line says already."""
    found: dict[tuple[str, frozenset[str]], Tie] = {}
    for bill, relation in told:
        # What only the replaced bill would state, and it is not here, the other one says.
        start, end = (relation.other, bill) if relation.incoming else (bill, relation.other)
        kind = relation.kind if relation.sure else "probably-same"
        if start in members and end in members:
            found.setdefault((kind, frozenset((start, end))), Tie(kind, start, end))
    return sorted(
        tie for (kind, pair), tie in found.items() if not any((k, pair) in found for k in _SAID_BY.get(kind, ()))
    )


def _placed(columns: Mapping[str, int], ties: Iterable[Tie]) -> tuple[dict[str, Spot], list[Row], int]:
    """A place for each bill, the sessions from top to bottom, and how high all of it is. Twins stand side by side."""
    spots, rows, y = {}, [], _TOP
    twins = _twins(columns, ties)
    for session, group in groupby(sorted(twins, key=lambda t: _session(t[0]), reverse=True), lambda t: _session(t[0])):
        rows.append(Row(session, y))
        y += _NAME
        for bills in sorted(group):
            depth = [y, y]
            for bill in bills:
                spots[bill] = Spot(columns[bill], depth[columns[bill]])
                depth[columns[bill]] += TALL + _GAP
            y = max(depth)
        y += _ROW
    return spots, rows, y - _ROW


def _twins(members: Iterable[str], ties: Iterable[Tie]) -> list[list[str]]:
    """The bills of each session that are the same or took each other's place, together; any other by itself."""
    found = {member: {member} for member in members}
    for tie in ties:
        if tie.kind in _OF_TWINS and _session(tie.start) == _session(tie.end):
            joined = found[tie.start] | found[tie.end]
            found |= dict.fromkeys(joined, joined)
    return [sorted(bills) for bills in {id(bills): bills for bills in found.values()}.values()]


def _session(bill: str) -> str:
    return BillId.parse(bill).session


_OF_TWINS = ("same-as", "substituted-by")
_SAID_BY = {"same-as": ("substituted-by",), "previous-version": _OF_TWINS}
_SHAPES: dict[str, Callable[[routes.Route], str]] = {"same-as": routes.double, "substituted-by": routes.arrow}
