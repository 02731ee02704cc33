"""From news to changes on record: each with its weight, its cause and what it corrects, and counted.

A `Teller` speaks for one source in one run, or for ourselves where no answer of a source brings the news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from billwatch.bill import Change
from billwatch.compare.changes import CORRECTIONS, Difference
from billwatch.compare.telling import Moment, cause_of, change_of, severity_of
from billwatch.run.desk import Desk
from billwatch.run.runs import Tally


class Teller(msgspec.Struct):
    """Puts into words what is new, and keeps count of it."""

    desk: Desk
    source: str  # who speaks; "billwatch" is ourselves
    tally: Tally = msgspec.field(default_factory=Tally)

    def tell(self, bill: str, found: Difference, url: str = "") -> None:
        """Put on record what no comparison of answers brings: unlisted, reintroduced."""
        self.desk.store.put_changes(self.changes(bill, [found], url))

    def changes(
        self, bill: str, news: Sequence[Difference], url: str = "", receipt: str = "", *, is_new: bool = False
    ) -> list[Change]:
        """What an answer brought, in its order, counted; of a bill that is new to us nothing was told before."""
        moment = Moment(self.desk.today, self.desk.stamp, self.source, url, receipt)
        acted = any(map(self._tells_of_an_act, news))
        told = Counter() if is_new else self.desk.store.told(bill)
        changes = []
        for position, found in enumerate(news):
            told[found.kind, found.was, found.now] += 1
            changes.append(
                change_of(
                    bill,
                    found,
                    moment,
                    told[found.kind, found.was, found.now],
                    severity=severity_of(found, self.desk.place.severity_of, acted=acted),
                    cause=cause_of(found, moment.seen_at, self.desk.place.pattern_of),
                    position=position,
                    corrects=self._corrected(bill, found),
                )
            )
        self.tally.changes.update(found.kind for found in news)
        self.tally.moved.add(bill)
        return changes

    def _tells_of_an_act(self, found: Difference) -> bool:
        """A new line does, and one put in or rewritten that now says what matters as much."""
        weight = severity_of(found, self.desk.place.severity_of, acted=True)
        return found.kind == "action" or (found.fact == "actions" and weight == "milestone")

    def _corrected(self, bill: str, found: Difference) -> str:
        """The change that announced the line which is corrected now, if we announced it."""
        return self.desk.store.announcement(bill, found.was) if found.kind in CORRECTIONS and found.was else ""
