"""What an official line says already: that the status moved, the committee it went to, the bill that took its place.

Of one bill's news of one day the line is told, and not its echo; the bill's own page has both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from billwatch.bill import parts_of
from billwatch_site.records import Change


def without_echoes(changes: Iterable[Change], on: Callable[[Change], object]) -> list[Change]:
    """Changes without the echoes of lines of the same bill that were seen `on` the same day. What came to light late
    is told as it is."""
    told, lines = list(changes), defaultdict[tuple[str, object], list[str]](list)
    for change in told:
        if change.kind == "action" and not change.backfill:
            lines[change.bill, on(change)].append(parts_of(change.now)[2].upper())
    return [change for change in told if not _may_echo(change) or not _echoes(change, lines[change.bill, on(change)])]


def _may_echo(change: Change) -> bool:
    return change.kind in ("committee", "version", "substituted-by", "status") and not change.backfill


def _echoes(change: Change, lines: Sequence[str]) -> bool:
    match change.kind:
        case "committee":
            return any(change.now.upper() in line for line in lines)
        case "version":
            return any(line.startswith(("AMEND", "PRINT NUMBER")) for line in lines)
        case "substituted-by":
            return any(line.startswith("SUBSTITU") for line in lines)
        case _:
            return bool(lines)
