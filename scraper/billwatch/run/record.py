"""From answers to memory: what each answer changes, and the rows that say so.

A `Recorder` takes what one source observed in one run, batch by batch, inside the store's transaction. Each answer is
weighed; what proves it comes first, then the facts that we hold move on, and what is news becomes changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from billwatch.answer import Answer
from billwatch.archive import Archive
from billwatch.archive.warc import Receipt
from billwatch.bill import Action, Bill, Change
from billwatch.compare.changes import Difference
from billwatch.run.desk import Desk, Observed
from billwatch.run.runs import Tally
from billwatch.run.telling import Teller
from billwatch.run.weighing import GONE_AFTER, Scales, Weighed
from billwatch.stages import Standing, stage_of
from billwatch.store import MERGED, Observation
from billwatch.store.rows import json_text


class Recorder:
    """Writes down what one source says in one run."""

    def __init__(self, desk: Desk, source: str) -> None:
        self.desk, self.store, self.source = desk, desk.store, source
        self.followed = set(map(str, desk.wanted))  # whose answers are kept, and when they were last heard of
        self.tally = Tally()
        self.scales, self.teller = Scales(desk, source), Teller(desk, source, self.tally)

    def record(self, batch: Sequence[Observed]) -> None:
        """Compare a batch of answers with what we knew, and write what they change."""
        latest = {seen.bill.id: seen for seen in batch}
        known = self.store.observations(latest)
        weighed = [self.scales.weigh(self._classified(seen), known.get(bill, {})) for bill, seen in latest.items()]
        self._put_receipts(weighed)
        for bill in (w.bill.id for w in weighed if w.relisted):
            self.store.mark_unlisted(bill, "")
        moved = [w for w in weighed if w.bill != w.before]
        new = {w.bill.id for w in moved if w.before is None}
        self.store.put_bills([(w.bill, self._standing(w.bill)) for w in moved], new, self.desk.stamp)
        self.store.put_topics({w.bill.id: w.topics for w in moved if w.topics or w.before})
        self.store.put_observations([observation for w in weighed for observation in self._observations(w)])
        self.store.put_changes([change for w in weighed if w.news for change in self._changes(w)])
        self.tally.moved.update(w.bill.id for w in weighed if w.differs)
        self.tally.answered += len(batch)
        self.tally.unchanged += len(batch) - len(moved)

    def unchanged(self, bills: Iterable[str], answer: Answer | None = None) -> None:
        """The source said of these bills what it had said before; that it did is kept for those we follow."""
        bills = list(bills)
        if answer and self.desk.archive and self.followed.issuperset(bills):
            self.store.put_receipt(self.desk.archive.keep(answer, self.source))
        self.tally.answered += len(bills)
        self.tally.unchanged += len(bills)
        self.store.mark_checked(self.source, (b for b in bills if b in self.followed), self.desk.stamp)

    def missing(self, bill: str) -> bool:
        """The source says it has no such bill: after three runs in a row that is news, though never an end.

        Whether it had shown us the bill before.
        """
        seen = self.store.observations([bill]).get(bill, {}).get(self.source)
        if seen is None:
            return False
        seen.missing += 1
        seen.checked_at = self.desk.stamp
        self.store.put_observations([seen])
        if seen.missing == GONE_AFTER:
            self.store.mark_unlisted(bill, self.desk.stamp)
            self.teller.tell(bill, Difference("unlisted", now=self.source), seen.url)
        return True

    def _classified(self, seen: Observed) -> Observed:
        """The answer with the bill's actions in Open States terms; texts that no rule knows are counted."""
        if seen.bill.actions is None:
            return seen
        terms = self.desk.place.classified
        actions = tuple(Action(a.date, a.chamber, a.text, terms(a.text, a.chamber)) for a in seen.bill.actions)
        self.tally.unclassified.update(a.text for a in actions if not a.classification)
        return msgspec.structs.replace(seen, bill=msgspec.structs.replace(seen.bill, actions=actions))

    def _standing(self, bill: Bill) -> Standing:
        return stage_of(bill, self.desk.today, self.desk.place.rules(bill.session))

    def _put_receipts(self, weighed: Sequence[Weighed]) -> None:
        """What proves the answers about what is followed, or is ours by its words."""
        for w in weighed:
            if self.desk.archive and (w.bill.id in self.followed or any(topic.ours for topic in w.topics)):
                receipt = self._receipt(self.desk.archive, w.seen)
                self.store.put_receipt(receipt)
                w.receipt = receipt.id

    def _receipt(self, archive: Archive, seen: Observed) -> Receipt:
        """The answer's place in the archive: of a whole list, the bill's own part."""
        answer, part = seen.answer, seen.part
        if part is None:
            return archive.keep(answer, self.source)
        return archive.keep_part(answer, part, f"{answer.url}#{seen.bill.identifier}", self.source)

    def _observations(self, w: Weighed) -> list[Observation]:
        """What the source says now, and, where others speak too, what we make of them all."""
        own = self._observation(w.seen, w.known.get(self.source), w.receipt)
        if not w.known.keys() - {self.source}:
            return [own]
        return [own, msgspec.structs.replace(own, source=MERGED, facts=json_text(w.bill), digest="", token="")]

    def _observation(self, seen: Observed, last: Observation | None, receipt: str) -> Observation:
        facts, stamp = json_text(seen.bill), self.desk.stamp
        return Observation(
            bill=seen.bill.id,
            source=self.source,
            digest=seen.digest,
            facts=facts,
            first_seen_at=last.first_seen_at if last else stamp,
            changed_at=last.changed_at if last and last.facts == facts else stamp,
            checked_at=stamp,
            checks=last.checks + 1 if last else 1,
            url=seen.answer.url,
            receipt=receipt,
            etag=seen.answer.etag,
            last_modified=seen.answer.last_modified,
            token=seen.token,
        )

    def _changes(self, w: Weighed) -> list[Change]:
        return self.teller.changes(w.bill.id, w.news, w.seen.answer.url, w.receipt, is_new=w.before is None)
