"""Ways for the lines of a family's drawing: straight between neighbours, else in right angles beside the boxes.

Beside the boxes is the gutter between the two columns, or to the right of the only one. Lines that leave one box
downwards share a lane there, as a trunk with branches; no line passes behind a box that it does not belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

WIDE, TALL = 148, 48  # of a box
_LANE, _GUTTER = 10, 76  # between lanes; the least room between columns
_ACROSS = TALL // 2  # where a line between two that stand side by side leaves its box
_STEP = 6  # lines meet left boxes at multiples of this, right ones halfway: none seems to lead from side to side

Point = tuple[float, float]
Route = tuple[Point, ...]


class Spot(msgspec.Struct, frozen=True):
    """Where a box stands: its column, 0 or 1, and the height of its upper edge."""

    column: int
    y: int


class Tie(msgspec.Struct, frozen=True, order=True):
    """A line to be drawn from one bill to another."""

    kind: str
    start: str
    end: str


class Gutter(msgspec.Struct, frozen=True):
    """Which lane each trunk has, and how wide all of it is."""

    lanes: Mapping[tuple[str, ...], int]
    width: int

    def x(self, trunk: tuple[str, ...]) -> float:
        count = max(self.lanes.values()) + 1
        return round(WIDE + self.width * (self.lanes[trunk] + 1) / (count + 1), 1)


def routes_of(ties: Sequence[Tie], spots: Mapping[str, Spot]) -> tuple[dict[Tie, Route], int]:
    """The corners of each line, and how wide the gutter is that they need; 0 in a single column without any."""
    bent = [tie for tie in ties if not _is_straight(tie, spots)]
    columns = len({spot.column for spot in spots.values()})
    gutter = _gutter(bent, spots, _GUTTER if columns > 1 else 0)
    straight = [tie for tie in ties if tie not in bent]
    across = {b for t in straight if spots[t.start].column != spots[t.end].column for b in (t.start, t.end)}
    ports = _ports(bent, spots, across)
    routes = {tie: _straight(tie, spots, gutter.width) for tie in straight}
    return routes | {tie: _bent(tie, spots, ports, gutter) for tie in bent}, gutter.width


def _is_straight(tie: Tie, spots: Mapping[str, Spot]) -> bool:
    """Whether nothing stands between: side by side, or one below the other."""
    a, b = spots[tie.start], spots[tie.end]
    if a.column != b.column:
        return a.y == b.y
    return not any(s.column == a.column and min(a.y, b.y) < s.y < max(a.y, b.y) for s in spots.values())


def _straight(tie: Tie, spots: Mapping[str, Spot], gutter: int) -> Route:
    a, b = spots[tie.start], spots[tie.end]
    if a.column != b.column:
        return (_side(a, gutter), a.y + _ACROSS), (_side(b, gutter), b.y + _ACROSS)
    x = a.column * (WIDE + gutter) + WIDE // 2
    return (x, a.y + TALL * (b.y > a.y)), (x, b.y + TALL * (a.y > b.y))


def _side(spot: Spot, gutter: int) -> int:
    """The edge of a box that looks to the gutter."""
    return WIDE + gutter * spot.column


def _trunk(tie: Tie, spots: Mapping[str, Spot]) -> tuple[str, ...]:
    """What has a lane of its own: all lines of one kind that leave one box downwards, but each arrow by itself."""
    upper, lower = sorted((tie.start, tie.end), key=lambda bill: spots[bill].y)
    return (tie.kind, upper, lower) if tie.kind == "substituted-by" else (tie.kind, upper)


def _gutter(bent: Sequence[Tie], spots: Mapping[str, Spot], least: int) -> Gutter:
    """Each trunk in the first lane that is free from its top to its end: those of left boxes, then the shortest."""
    spans: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for tie in bent:
        spans[_trunk(tie, spots)] += [spots[tie.start].y, spots[tie.end].y]
    lanes: dict[tuple[str, ...], int] = {}
    taken: list[list[tuple[int, int]]] = []
    for trunk, ys in sorted(
        spans.items(), key=lambda span: (spots[span[0][1]].column, max(span[1]) - min(span[1]), span[0])
    ):
        top, end = min(ys), max(ys) + TALL
        lane = next((i for i, spans in enumerate(taken) if all(e < top or end < t for t, e in spans)), len(taken))
        taken += [[]] * (lane == len(taken))
        taken[lane] = [*taken[lane], (top, end)]
        lanes[trunk] = lane
    return Gutter(lanes, max(least, _LANE * (len(taken) + 1) if taken else 0))


def _ports(bent: Sequence[Tie], spots: Mapping[str, Spot], across: set[str]) -> dict[tuple[str, Tie], float]:
    """At which height each line meets its two boxes: what comes from above over what goes down."""
    ends: dict[str, dict[tuple[bool, tuple[str, ...]], list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in bent:
        trunk = _trunk(tie, spots)
        for bill in (tie.start, tie.end):
            ends[bill][bill == trunk[1], trunk].append(tie)
    found: dict[tuple[str, Tie], float] = {}
    for bill, groups in ends.items():
        heights = _heights(sum(1 for down, _ in groups if not down), len(groups), across=bill in across)
        for (_, ties), height in zip(sorted(groups.items()), heights, strict=True):
            aside = _STEP // 2 * spots[bill].column
            found |= {(bill, tie): spots[bill].y + aside + _STEP * round((height - aside) / _STEP) for tie in ties}
    return found


def _heights(above: int, all_of_them: int, *, across: bool) -> list[float]:
    """So many heights on a box, the first `above` of them in its upper half where its middle is taken."""
    if not across:
        return [round(TALL * (i + 1) / (all_of_them + 1), 1) for i in range(all_of_them)]
    below, half = all_of_them - above, _ACROSS - 4
    upper = [round(half * (i + 1) / (above + 1), 1) for i in range(above)]
    return upper + [round(TALL - half + half * (i + 1) / (below + 1), 1) for i in range(below)]


def _bent(tie: Tie, spots: Mapping[str, Spot], ports: Mapping[tuple[str, Tie], float], gutter: Gutter) -> Route:
    x = gutter.x(_trunk(tie, spots))
    start, end = ports[tie.start, tie], ports[tie.end, tie]
    edges = _side(spots[tie.start], gutter.width), _side(spots[tie.end], gutter.width)
    return (edges[0], start), (x, start), (x, end), (edges[1], end)


def plain(route: Route) -> str:
    """A line as an SVG path."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in route)


def double(route: Route) -> str:
    """Two lines close together."""
    return plain(_beside(route, 3)) + plain(_beside(route, -3))


def arrow(route: Route) -> str:
    """With a head at its end, which does not touch the box."""
    (x, y), (dx, dy) = route[-1], _direction(*route[-2:])
    tip = (x - 2 * dx, y - 2 * dy)
    wings = [(tip[0] - 9 * dx + side * dy, tip[1] - 9 * dy + side * dx) for side in (-6, 6)]
    return plain((*route[:-1], tip)) + plain((wings[0], tip, wings[1]))


def _beside(route: Route, away: float) -> Route:
    """The same route, so far to its left: a corner moves with both lines that meet in it."""
    lefts = [(dy * away, -dx * away) for dx, dy in (_direction(a, b) for a, b in pairwise(route))]
    moves = [lefts[0], *((a[0] + b[0], a[1] + b[1]) for a, b in pairwise(lefts)), lefts[-1]]
    return tuple((x + dx, y + dy) for (x, y), (dx, dy) in zip(route, moves, strict=True))


def _direction(a: Point, b: Point) -> tuple[int, int]:
    return (b[0] > a[0]) - (b[0] < a[0]), (b[1] > a[1]) - (b[1] < a[1])
