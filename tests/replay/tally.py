"""What was found against what must be found: matched, missed and extra of each kind, each change as often as due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from replay.truth import Change

EXAMPLES = 5  # of what is wrong, for each kind


class Tally:
    """The comparison of a walk, stop by stop."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.matched: Counter[str] = Counter()
        self.missed: list[tuple[datetime, Change]] = []
        self.extra: list[tuple[datetime, Change]] = []
        self.broken: list[str] = []  # promises other than "each change once", in words
        self.twofold: set[str] = set()  # bills seen to be told as news and as correction of one answer

    def compare(self, at: datetime, due: Iterable[Change], found: Iterable[Change]) -> list[str]:
        """Hold what was found at a stop against what was due, values and counts; a line for each that is wrong."""
        wanted, told = Counter(due), Counter(found)
        self.matched.update(change.kind for change in (wanted & told).elements())
        missed = [(at, change) for change in sorted((wanted - told).elements())]
        extra = [(at, change) for change in sorted((told - wanted).elements())]
        self.missed += missed
        self.extra += extra
        return [*_examples("missed", missed), *_examples("extra", extra)]

    def hold(self, promise: bool, otherwise: str) -> None:
        """Note a promise that was not kept."""
        if not promise:
            self.broken.append(otherwise)

    @property
    def sound(self) -> bool:
        return not (self.missed or self.extra or self.broken)

    def progress(self) -> str:
        return f"matched {self.matched.total():,}, missed {len(self.missed)}, extra {len(self.extra)}"

    def table(self) -> str:
        """A line for each kind, then examples of what is wrong."""
        missed, extra = (Counter(change.kind for _, change in wrong) for wrong in (self.missed, self.extra))
        rows = [f"{self.name}", f"  {'kind':26}{'matched':>9}{'missed':>9}{'extra':>9}"]
        for kind in sorted({*self.matched, *missed, *extra}):
            rows.append(f"  {kind:26}{self.matched[kind]:>9,}{missed[kind]:>9,}{extra[kind]:>9,}")
        totals = (self.matched.total(), len(self.missed), len(self.extra))
        rows.append(f"  {'all':26}" + "".join(f"{count:>9,}" for count in totals))
        rows += [f"  news and correction of one answer: {', '.join(sorted(self.twofold))}"] if self.twofold else []
        rows += [*_examples("missed", self.missed), *_examples("extra", self.extra)]
        return "\n".join([*rows, *(f"  BROKEN {words}" for words in self.broken)])


def _examples(label: str, wrong: list[tuple[datetime, Change]]) -> list[str]:
    shown: Counter[str] = Counter()
    lines = []
    for at, change in wrong:
        shown[change.kind] += 1
        if shown[change.kind] <= EXAMPLES:
            lines.append(f"  {label} {at:%Y-%m-%d %H:%M} {change.bill} {change.kind}: {change.was!r} -> {change.now!r}")
    return lines
