"""A bill's family as a small drawing: sessions from the latest down, the chambers side by side, links as lines.

The geometry is here, the drawing in `pedigree.svg.html`. What a line means is told by its shape: double for the same
bill in the other house, an arrow for a replacement, a plain line for coming back, dashed for what we infer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from billwatch.bill import BillId
from billwatch_site.reading.kinship import others_of
from billwatch_site.records import Brief, Relation
from billwatch_site.words.official import Legislature

WIDE, TALL = 148, 48  # of a box
_GAP, _ROW, _TOP = 76, 26, 22  # between columns and between boxes; room for a chamber's name
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
    """The family's drawing; None for a bill without relatives, or with too many to draw."""
    family = {record.id, *(r.other for r in record.relations), *others_of(record, bills)}
    members = sorted(m for m in family if m.startswith(f"{record.legislature}/"))
    if not 1 < len(members) <= LIMIT:
        return None
    where = {m: house.chamber_of(BillId.parse(m).identifier) for m in members}
    chambers = [name for name in dict.fromkeys((*house.chambers.values(), "")) if name in where.values()]
    columns = {m: chambers.index(name) for m, name in where.items()}
    boxes, rows, height = _placed(members, columns, record.id)
    places = {box.bill: box for box in boxes}
    told = ((m, r) for m in members for r in _told_by(m, record, bills))
    # Whatever only the replaced bill would state, and it is not here, the other one says.
    links = {(r.other, msgspec.structs.replace(r, other=m, incoming=False)) if r.incoming else (m, r) for m, r in told}
    return Pedigree(
        width=len(chambers) * (WIDE + _GAP) - _GAP,
        height=height,
        chambers=tuple((name, i * (WIDE + _GAP)) for i, name in enumerate(chambers)),
        rows=tuple(rows),
        boxes=tuple(boxes),
        lines=tuple(sorted(_lines(links, places), key=lambda line: (line.kind, line.path))),
    )


def _told_by(bill: str, record: Brief, bills: Mapping[str, Brief]) -> Sequence[Relation]:
    found = record if bill == record.id else bills.get(bill)
    return found.relations if found else ()


def _placed(members: Sequence[str], columns: Mapping[str, int], own: str) -> tuple[list[Box], list[Row], int]:
    """A box for each bill, the sessions from top to bottom, and how high all of it is."""
    boxes, rows, y = [], [], _TOP
    by_session = sorted(members, key=_session, reverse=True)
    for session, group in groupby(by_session, key=_session):
        rows.append(Row(session, y))
        depth = [0] * (max(columns.values()) + 1)
        for bill in sorted(group):
            column = columns[bill]
            boxes.append(Box(bill, column * (WIDE + _GAP), y + 18 + depth[column] * (TALL + 14), bill == own))
            depth[column] += 1
        y += 18 + max(depth) * (TALL + 14) + _ROW
    return boxes, rows, y - _ROW


def _session(bill: str) -> str:
    return BillId.parse(bill).session


def _lines(links: Iterable[tuple[str, Relation]], places: Mapping[str, Box]) -> Iterable[Line]:
    drawn: set[tuple[str, frozenset[str]]] = set()
    replaced = {frozenset((bill, r.other)) for bill, r in links if r.kind == "substituted-by"}
    for bill, relation in links:
        pair = frozenset((bill, relation.other))
        kind = relation.kind if relation.sure else "probably-same"
        hidden = kind == "same-as" and pair in replaced  # the arrow says it already
        if relation.other in places and bill in places and (kind, pair) not in drawn and not hidden:
            drawn.add((kind, pair))
            yield Line(kind, _PATHS.get(kind, _joined)(places[bill], places[relation.other]))


def _joined(a: Box, b: Box) -> str:
    """A line between two boxes: across where they stand side by side, up where one stands below the other."""
    if a.x != b.x and a.y == b.y:
        return _across(a, b)
    upper, lower = (a, b) if a.y < b.y else (b, a)
    if a.x == b.x:
        side = WIDE - 16 if lower.y - upper.y > TALL + 70 else WIDE // 2  # past what stands between
        return f"M{upper.x + side} {upper.y + TALL}V{lower.y}"
    return f"M{upper.x + WIDE // 2} {upper.y + TALL}L{lower.x + WIDE // 2} {lower.y}"


def _across(a: Box, b: Box) -> str:
    left, right = (a, b) if a.x < b.x else (b, a)
    return f"M{left.x + WIDE} {left.y + TALL // 2}H{right.x}"


def _same(a: Box, b: Box) -> str:
    """Two lines close together."""
    if a.x == b.x or a.y != b.y:
        return _joined(a, b)
    left, right = (a, b) if a.x < b.x else (b, a)
    y = left.y + TALL // 2
    return f"M{left.x + WIDE} {y - 3}H{right.x}M{left.x + WIDE} {y + 3}H{right.x}"


def _replaced(old: Box, new: Box) -> str:
    """An arrow to the bill that took the other's place."""
    if old.x == new.x or old.y != new.y:
        return _joined(old, new)
    y, way = old.y + TALL // 2, 1 if new.x > old.x else -1
    start, tip = (old.x + WIDE, new.x - 2) if way > 0 else (old.x, new.x + WIDE + 2)
    return f"M{start} {y}H{tip}M{tip - way * 9} {y - 6}L{tip} {y}L{tip - way * 9} {y + 6}"


_PATHS: dict[str, Callable[[Box, Box], str]] = {"same-as": _same, "substituted-by": _replaced}
