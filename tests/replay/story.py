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


class Story:
    """What was true of some bills in any stretch of the record; asked of it once, however many walks go by."""

    def __init__(self, replay: Replay, bills: Iterable[str]) -> None:
        self.replay, self.bills = replay, frozenset(bills)
        self._rows: dict[tuple[datetime, datetime], list[TruthRow]] = {}
        self._short: dict[str, str] = {}  # of members, by any name that a source prints

    def changes(self, sources: Iterable[str], after: datetime, until: datetime) -> Counter[Change]:
        """What one or the other of the sources would tell of a stretch, in plain words, and how often."""
        rows, told = self._rows_of(after, until), Counter[Change]()
        for source in sources:
            told |= Counter(map(self.plain, carried_changes(self.replay, rows, source, after, until)))
        return told

    def ever(self, sources: Iterable[str], times: Sequence[datetime]) -> set[Change]:
        """What any of the sources would tell who looked at two of these times, one after the other."""
        sources = list(sources)
        stretches = [(after, until) for n, until in enumerate(times) for after in times[:n]]
        return set().union(*(self.changes(sources, *stretch) for stretch in stretches))

    def plain(self, change: Change) -> Change:
        """The change with short names, and with the fact it is about for its kind."""
        fact = fact_of(change.kind)
        if fact != "sponsor":
            return change._replace(kind=fact)
        was, now = (self._short.get(name, name.upper()) for name in (change.was, change.now))
        return Change(change.bill, fact, was, now)

    def _rows_of(self, after: datetime, until: datetime) -> list[TruthRow]:
        if (after, until) not in self._rows:
            rows = [row for row in self.replay.truth(after, until) if f"ny/{row.bill}" in self.bills]
            members = [m for row in rows for team in row.fields.get("Sponsors", ()) for m in team or ()]
            self._short |= {member["Name"]: member["Short"].upper() for member in members}
            self._rows[after, until] = rows
        return self._rows[after, until]


def balance(changes: Iterable[Change]) -> Balance:
    """What changes come to: a value that came and went, or went and came back, leaves nothing."""
    total: Balance = Counter()
    for bill, fact, was, now in changes:
        total[bill, fact, now] += 1
        total[bill, fact, was] -= 1
    return Counter({key: count for key, count in total.items() if count and key[2]})
