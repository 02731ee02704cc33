"""What an official line says already: that the status moved, the committee it went to, the bill that took its place.

Of one bill's news of one day letters and the pages of days tell the line, and not its echo; the bill's own page, feeds
and downloads have both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from billwatch.bill import parts_of
from billwatch_site.records import Change
from billwatch_site.words.plurals import weight_of


def without_echoes(changes: Iterable[Change], on: Callable[[Change], object]) -> list[Change]:
    """Changes without the echoes of lines of the same bill that were seen `on` the same day, and weigh as much: whoever
    reads only what is notable is told the one or the other."""
    told, lines = list(changes), defaultdict[tuple[str, object], list[Change]](list)
    for change in told:
        if change.kind == "action":
            lines[change.bill, on(change)].append(change)
    return [change for change in told if not _may_echo(change) or not _echoes(change, lines[change.bill, on(change)])]


def _may_echo(change: Change) -> bool:
    return change.kind in ("committee", "version", "substituted-by", "status") and not change.backfill


def _echoes(change: Change, beside: Iterable[Change]) -> bool:
    lines = [parts_of(line.now)[2].upper() for line in beside if weight_of(line) <= weight_of(change)]
    match change.kind:
        case "committee":
            return any(change.now.upper() in line for line in lines)
        case "version":
            return any(line.startswith(("AMEND", "PRINT NUMBER")) for line in lines)
        case "substituted-by":
            return any(line.startswith("SUBSTITU") for line in lines)
        case _:
            return bool(lines)
