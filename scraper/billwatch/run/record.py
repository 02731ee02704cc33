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
from billwatch.bill import Action, Bill, Change
from billwatch.compare.changes import CORRECTIONS, Difference, differences
from billwatch.compare.news import Voices, news_of
from billwatch.compare.telling import Moment, cause_of, change_of, severity_of
from billwatch.follow.inheriting import inherited
from billwatch.legislatures import Legislature
from billwatch.run.desk import Observed
from billwatch.stages import Standing, stage_of
from billwatch.store import MERGED, Observation, Store
from billwatch.store.rows import json_text
from billwatch.topics import Classifier, Topic

SILENT = timedelta(days=3)  # a source that has not answered for a bill for so long does not lead any more
GONE_AFTER = 3  # runs in a row in which a source says it has no such bill, before we say so


class Tally(msgspec.Struct):
    """What a source's run comes to."""

    answered: int = 0
    unchanged: int = 0
    changes: Counter[str] = msgspec.field(default_factory=Counter)
    unclassified: Counter[str] = msgspec.field(default_factory=Counter)
    moved: set[str] = msgspec.field(default_factory=set)  # bills with a change in this run


class _Weighed(msgspec.Struct):
    """One answer, weighed: the bill as we hold it now and before, and what is news."""

    seen: Observed
    bill: Bill
    before: Bill | None
    news: list[Difference]
    topics: list[Topic]
    receipt: str = ""


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

    def record(self, batch: Sequence[Observed]) -> None:
        """Compare a batch of answers with what we knew, and write what they change."""
        latest = {seen.bill.id: seen for seen in batch}
        known = self.store.observations(latest)
        weighed = [self._weighed(seen, known.get(bill, {})) for bill, seen in latest.items()]
        moved = [w for w in weighed if w.bill != w.before]
        new = {w.bill.id for w in moved if w.before is None}
        self.store.put_bills([(w.bill, self._standing(w.bill)) for w in moved], new, self.stamp)
        self.store.put_topics({w.bill.id: w.topics for w in moved if w.topics or w.before})
        self._put_observations(weighed, known)
        self._put_changes(weighed)
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
            self.tell(bill, Difference("unlisted", now=self.source), seen.url)
        return True

    def tell(self, bill: str, found: Difference, url: str = "") -> None:
        """A change that no comparison of answers brings: unlisted, reintroduced."""
        moment = Moment(self.today, self.stamp, self.source, url)
        self.store.put_changes(self._changes(bill, [found], moment, is_new=False))

    def _weighed(self, seen: Observed, before: dict[str, Observation]) -> _Weighed:
        new = self._classified(seen.bill)
        seen = msgspec.structs.replace(seen, bill=new)
        own = before.get(self.source)
        held: Bill | None = None
        if not before:
            bill, news = new, [Difference("listed", now=new.title or new.id, happened_on=_introduced_on(new))]
        elif own and len(before) == 1:
            held = own.read()
            bill, news = new, differences(held, new)
        else:
            held = (before.get(MERGED) or next(iter(before.values()))).read()
            old, told = own.read() if own else None, self.store.told(new.id)
            news, bill = news_of(held, old, new, told, self._voices(new.id, before))
            if old and old != new:
                self.tally.moved.add(new.id)  # also where it brings no news: the next sources may bear it out
        if own and own.missing >= GONE_AFTER:
            self.store.mark_unlisted(new.id, "")
            news.append(Difference("relisted", now=self.source))
        topics = self._topics(bill)
        first_reading = bool(before) and self._is_first_reading(before)
        if held and (news or first_reading):
            topics, of_topics = self._settled(bill.id, self._topics(held), topics)
            # What is read long after it came up is no news of today, however many runs a fill takes.
            since = _introduced_on(new) if first_reading else ""
            news += [msgspec.structs.replace(d, happened_on=since) for d in of_topics]
        receipt = self._receipt(seen) if any(t.ours for t in topics) or bill.id in self.followed else ""
        return _Weighed(seen, bill, held, news, topics, receipt)

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

    def _classified(self, bill: Bill) -> Bill:
        """The bill with its actions in Open States terms; texts that no rule knows are counted."""
        if bill.actions is None:
            return bill
        actions = []
        for a in bill.actions:
            terms = self.place.classified(a.text, a.chamber)
            if not terms:
                self.tally.unclassified[a.text] += 1
            actions.append(Action(a.date, a.chamber, a.text, terms))
        return msgspec.structs.replace(bill, actions=tuple(actions))

    def _standing(self, bill: Bill) -> Standing:
        return stage_of(bill, self.today, self.place.rules(bill.session))

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

    def _receipt(self, seen: Observed) -> str:
        """The archived answer's id; kept is what is followed, or is ours by its words."""
        if self.archive is None:
            return ""
        answer, part = seen.answer, seen.part
        if part is None:
            receipt = self.archive.keep(answer, self.source)
        else:
            receipt = self.archive.keep_part(answer, part, f"{answer.url}#{seen.bill.identifier}", self.source)
        self.store.put_receipt(receipt)
        return receipt.id

    def _put_changes(self, weighed: list[_Weighed]) -> None:
        changes: list[Change] = []
        for w in weighed:
            if not w.news:
                continue
            moment = Moment(self.today, self.stamp, self.source, w.seen.answer.url, w.receipt)
            changes += self._changes(w.bill.id, w.news, moment, is_new=w.before is None)
        self.store.put_changes(changes)

    def _changes(self, bill: str, news: list[Difference], moment: Moment, *, is_new: bool) -> list[Change]:
        acted = any(d.kind == "action" for d in news)
        told = Counter() if is_new else self.store.told(bill)
        changes = []
        for position, found in enumerate(news):
            told[found.kind, found.was, found.now] += 1
            changes.append(
                change_of(
                    bill,
                    found,
                    moment,
                    told[found.kind, found.was, found.now],
                    severity=severity_of(found, self.place.severity_of, acted=acted),
                    cause=cause_of(found, self.stamp, self.place.pattern_of),
                    position=position,
                    corrects=self._corrected(bill, found) if found.kind in CORRECTIONS else "",
                )
            )
            self.tally.changes[found.kind] += 1
        self.tally.moved.add(bill)
        return changes

    def _corrected(self, bill: str, found: Difference) -> str:
        """The change that announced the line which is corrected now, if we announced it."""
        return self.store.announcement(bill, found.was) if found.was else ""


def _ours(topics: list[Topic]) -> set[str]:
    return {t.topic for t in topics if t.ours}


def _introduced_on(bill: Bill) -> str:
    """The day a bill came up: as the source says, else that of its first action."""
    return bill.introduced_on or (bill.actions[0].date if bill.actions else "")
