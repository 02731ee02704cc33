"""From answers to memory: what each answer changes, and the rows that say so.

A `Recorder` takes what one source observed in one run, batch by batch, inside the store's transaction. Each bill is
weighed against that source's own last answer; what is news becomes changes, and the facts we hold move on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from billwatch.answer import Answer
from billwatch.archive import Archive
from billwatch.archive.warc import Receipt
from billwatch.bill import Action, Bill, Change
from billwatch.compare.changes import Difference, differences
from billwatch.compare.news import Voices, news_of
from billwatch.compare.telling import Moment
from billwatch.follow.inheriting import inherited
from billwatch.legislatures import Legislature
from billwatch.run.desk import Observed
from billwatch.run.runs import Tally
from billwatch.run.telling import Teller
from billwatch.stages import Standing, stage_of
from billwatch.store import MERGED, Observation, Store
from billwatch.store.rows import json_text
from billwatch.topics import Classifier, Topic

SILENT = timedelta(days=3)  # a source that has not answered for a bill for so long does not lead any more
GONE_AFTER = 3  # runs in a row in which a source says it has no such bill, before we say so


class _Weighed(msgspec.Struct):
    """One answer, weighed: the bill as we hold it now and before, and what is news."""

    seen: Observed
    bill: Bill
    before: Bill | None
    news: list[Difference]
    topics: list[Topic]
    differs: bool  # from what the source said before, also where that brings no news: the next may bear it out
    relisted: bool  # the source had long said that it has no such bill
    receipt: str = ""  # what proves it, once it is in the archive


class Recorder:
    """Writes down what one source says in one run."""

    def __init__(
        self,
        store: Store,
        place: Legislature,
        source: str,
        order: Sequence[str],
        now: datetime,
        classifier: Classifier,
        followed: set[str],
        archive: Archive | None = None,
    ) -> None:
        self.store, self.place, self.source, self.order = store, place, source, list(order)
        self.classifier, self.followed, self.archive = classifier, followed, archive
        self.now, self.stamp = now, now.isoformat(timespec="seconds")
        self.today = now.astimezone(ZoneInfo(place.TIMEZONE)).date()
        self.tally = Tally()
        self.teller = Teller(store, place, Moment(self.today, self.stamp, source), self.tally)

    def record(self, batch: Sequence[Observed]) -> None:
        """Compare a batch of answers with what we knew, and write what they change."""
        latest = {seen.bill.id: seen for seen in batch}
        known = self.store.observations(latest)
        weighed = [self._weighed(self._classified(seen), known.get(bill, {})) for bill, seen in latest.items()]
        self._put_receipts(weighed)
        for bill in (w.bill.id for w in weighed if w.relisted):
            self.store.mark_unlisted(bill, "")
        moved = [w for w in weighed if w.bill != w.before]
        new = {w.bill.id for w in moved if w.before is None}
        self.store.put_bills([(w.bill, self._standing(w.bill)) for w in moved], new, self.stamp)
        self.store.put_topics({w.bill.id: w.topics for w in moved if w.topics or w.before})
        self._put_observations(weighed, known)
        self._put_changes(weighed)
        self.tally.moved.update(w.bill.id for w in weighed if w.differs)
        self.tally.answered += len(batch)
        self.tally.unchanged += len(batch) - len(moved)

    def unchanged(self, bills: Iterable[str], answer: Answer | None = None) -> None:
        """The source said of these bills what it had said before; that it did is kept for those we follow."""
        bills = list(bills)
        if answer and self.archive and self.followed.issuperset(bills):
            self.store.put_receipt(self.archive.keep(answer, self.source))
        self.tally.answered += len(bills)
        self.tally.unchanged += len(bills)
        self.store.mark_checked(self.source, (b for b in bills if b in self.followed), self.stamp)

    def missing(self, bill: str) -> bool:
        """The source says it has no such bill: after three runs in a row that is news, though never an end.

        Whether it had shown us the bill before.
        """
        seen = self.store.observations([bill]).get(bill, {}).get(self.source)
        if seen is None:
            return False
        seen.missing += 1
        seen.checked_at = self.stamp
        self.store.put_observations([seen])
        if seen.missing == GONE_AFTER:
            self.store.mark_unlisted(bill, self.stamp)
            self.teller.tell(bill, Difference("unlisted", now=self.source), seen.url)
        return True

    def _weighed(self, seen: Observed, before: dict[str, Observation]) -> _Weighed:
        """What the answer changes of what the sources had said before; nothing is written yet."""
        new, own = seen.bill, before.get(self.source)
        old = own.read() if own else None
        held, bill, news = self._heard(old, new, before)
        relisted = own is not None and own.missing >= GONE_AFTER
        if relisted:
            news.append(Difference("relisted", now=self.source))
        topics = self._topics(bill)
        first_reading = bool(before) and self._is_first_reading(before)
        if held and (news or first_reading):
            topics, of_topics = self._settled(bill.id, self._topics(held), topics)
            # What is read long after it came up is no news of today, however many runs a fill takes.
            since = _introduced_on(new) if first_reading else ""
            news += [msgspec.structs.replace(d, happened_on=since) for d in of_topics]
        differs = len(before) > 1 and old not in (None, new)
        return _Weighed(seen, bill, held, news, topics, differs, relisted)

    def _heard(
        self, old: Bill | None, new: Bill, before: dict[str, Observation]
    ) -> tuple[Bill | None, Bill, list[Difference]]:
        """The bill as we held it and as we hold it now, and what the source's facts bring of news."""
        if not before:
            return None, new, [Difference("listed", now=new.title or new.id, happened_on=_introduced_on(new))]
        if old and len(before) == 1:
            return old, new, differences(old, new)
        held = (before.get(MERGED) or next(iter(before.values()))).read()
        told, voices = self.store.told(new.id), self._voices(new.id, before)
        news, bill = news_of(held, old, new, told, voices)
        return held, bill, news

    def _is_first_reading(self, before: dict[str, Observation]) -> bool:
        """Whether only an index had named the bill until now, and in an earlier run."""
        return all(s in self.place.INDEXES and o.first_seen_at < self.stamp for s, o in before.items())

    def _topics(self, bill: Bill) -> list[Topic]:
        return self.classifier.labels_of(bill)

    def _settled(self, bill: str, before: list[Topic], now: list[Topic]) -> tuple[list[Topic], list[Difference]]:
        """The topics with those that its family still gives, and that it has become one of ours or ceased to be."""
        was, here = _ours(before), _ours(now)
        if was == here:
            return now, []
        held = self.store.column("select topic from topics where bill = ? and inherited_from != ''", (bill,))
        given = inherited(self.store, bill, self.classifier.decisions) if was - here else {}
        came = [Difference("topic-added", now=topic) for topic in sorted(here - was - set(held))]
        went = [Difference("topic-removed", was=topic) for topic in sorted(was - here - given.keys())]
        return [*now, *(given[topic] for topic in sorted(was - here) if topic in given)], came + went

    def _voices(self, bill: str, seen: dict[str, Observation]) -> Voices:
        """What the other sources say that have answered lately, by their place in the order."""
        late = (self.now - SILENT).isoformat(timespec="seconds")
        live = {s: seen[s].read() for s in self.order if s in seen and s != self.source and seen[s].checked_at >= late}
        mine = self.order.index(self.source) if self.source in self.order else len(self.order)
        places = {s: self.order.index(s) for s in live}
        before = [facts for source, facts in live.items() if places[source] < mine]
        after = [facts for source, facts in live.items() if places[source] > mine]
        recent = self.store.told(bill, since=late) if live else Counter()
        own = seen.get(self.source)
        return Voices(before, after, recent, returning=own is not None and own.checked_at < late)

    def _classified(self, seen: Observed) -> Observed:
        """The answer with the bill's actions in Open States terms; texts that no rule knows are counted."""
        if seen.bill.actions is None:
            return seen
        actions = [
            Action(a.date, a.chamber, a.text, self.place.classified(a.text, a.chamber)) for a in seen.bill.actions
        ]
        self.tally.unclassified.update(a.text for a in actions if not a.classification)
        return msgspec.structs.replace(seen, bill=msgspec.structs.replace(seen.bill, actions=tuple(actions)))

    def _standing(self, bill: Bill) -> Standing:
        return stage_of(bill, self.today, self.place.rules(bill.session))

    def _put_receipts(self, weighed: list[_Weighed]) -> None:
        """What proves the answers about what is followed, or is ours by its words."""
        for w in weighed:
            if self.archive and (w.bill.id in self.followed or any(topic.ours for topic in w.topics)):
                receipt = self._receipt(self.archive, w.seen)
                self.store.put_receipt(receipt)
                w.receipt = receipt.id

    def _put_observations(self, weighed: list[_Weighed], known: dict[str, dict[str, Observation]]) -> None:
        kept = []
        for w in weighed:
            before = known.get(w.bill.id, {})
            own = self._observation(w.seen, before.get(self.source), w.receipt)
            kept.append(own)
            if before.keys() - {self.source}:
                merged = msgspec.structs.replace(own, source=MERGED, facts=json_text(w.bill), digest="", token="")
                kept.append(merged)
        self.store.put_observations(kept)

    def _observation(self, seen: Observed, before: Observation | None, receipt: str) -> Observation:
        facts = json_text(seen.bill)
        return Observation(
            bill=seen.bill.id,
            source=self.source,
            digest=seen.digest,
            facts=facts,
            first_seen_at=before.first_seen_at if before else self.stamp,
            changed_at=before.changed_at if before and before.facts == facts else self.stamp,
            checked_at=self.stamp,
            checks=before.checks + 1 if before else 1,
            url=seen.answer.url,
            receipt=receipt,
            etag=seen.answer.etag,
            last_modified=seen.answer.last_modified,
            token=seen.token,
        )

    def _receipt(self, archive: Archive, seen: Observed) -> Receipt:
        """The answer's place in the archive: of a whole list, the bill's own part."""
        answer, part = seen.answer, seen.part
        if part is None:
            return archive.keep(answer, self.source)
        return archive.keep_part(answer, part, f"{answer.url}#{seen.bill.identifier}", self.source)

    def _put_changes(self, weighed: list[_Weighed]) -> None:
        changes: list[Change] = []
        for w in weighed:
            if w.news:
                url, is_new = w.seen.answer.url, w.before is None
                changes += self.teller.changes(w.bill.id, w.news, url, w.receipt, is_new=is_new)
        self.store.put_changes(changes)


def _ours(topics: list[Topic]) -> set[str]:
    return {t.topic for t in topics if t.ours}


def _introduced_on(bill: Bill) -> str:
    """The day a bill came up: as the source says, else that of its first action."""
    return bill.introduced_on or (bill.actions[0].date if bill.actions else "")
