"""The same story whoever tells it: for walks in which sources change places or contradict each other.

Then no stop alone says what is due. A source that comes back tells at once what the others told in parts or not at all.
What must hold is that each change told was true of some stretch of the walk, and that all of them together lead from
where the record stood to where it stands: nothing lost, nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from replay.server import Replay, TruthRow
from replay.truth import Change, fact_of
from replay.walks import carried_changes

Balance = Counter[tuple[str, str, str]]  # (bill, fact, value): how often it came, less how often it went


class Names:
    """The members' short names by any name that a source prints, as the record pairs them."""

    def __init__(self) -> None:
        self._short: dict[str, str] = {}

    def learn(self, rows: Iterable[TruthRow]) -> None:
        for row in rows:
            for sponsors in row.fields.get("Sponsors", ()):
                self._short |= {member["Name"]: member["Short"].upper() for member in sponsors or ()}

    def plain(self, change: Change) -> Change:
        """The change with short names, and with the fact it is about for its kind."""
        fact = fact_of(change.kind)
        if fact != "sponsor":
            return change._replace(kind=fact)
        was, now = (self._short.get(name, name.upper()) for name in (change.was, change.now))
        return Change(change.bill, fact, was, now)


def balance(changes: Iterable[Change]) -> Balance:
    """What changes come to: a value that came and went, or went and came back, leaves nothing."""
    total: Balance = Counter()
    for bill, fact, was, now in changes:
        total[bill, fact, now] += 1
        total[bill, fact, was] -= 1
    return Counter({key: count for key, count in total.items() if count and key[2]})


def true_of(replay: Replay, times: Sequence[datetime], sources: Iterable[str], names: Names) -> set[Change]:
    """Every change that any of the sources would tell who looked at two of these times, one after the other."""
    sources = list(sources)
    found: set[Change] = set()
    for n, until in enumerate(times):
        for after in times[:n]:
            found |= plain_changes(replay, sources, names, after, until)
    return found


def plain_changes(
    replay: Replay, sources: Iterable[str], names: Names, after: datetime, until: datetime
) -> set[Change]:
    """What one or the other of the sources would tell of this stretch."""
    rows = replay.truth(after, until)
    names.learn(rows)
    told = (change for source in sources for change in carried_changes(replay, rows, source, after, until))
    return set(map(names.plain, told))
