"""What an answer is worth: the bill as we hold it after it, what is news, and what it makes the bill be about.

Each bill is weighed against that source's own last answer, and against what the other sources say. Nothing is written
here: what the `Scales` show, the `Recorder` puts on record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import msgspec

from billwatch.bill import Bill
from billwatch.compare.changes import Difference, differences
from billwatch.compare.news import news_of
from billwatch.compare.voices import Voices
from billwatch.follow.inheriting import inherited
from billwatch.run.desk import Desk, Observed
from billwatch.store import MERGED, Observation
from billwatch.topics import Topic

SILENT = timedelta(days=3)  # a source that has not answered for a bill for so long does not lead any more
GONE_AFTER = 3  # runs in a row in which a source says it has no such bill, before we say so

Known = Mapping[str, Observation]  # what each source said last of one bill, and what we made of it


class Weighed(msgspec.Struct):
    """One answer, weighed: the bill as we hold it now and before, and what is news."""

    seen: Observed
    known: Known
    bill: Bill
    before: Bill | None
    news: list[Difference]
    topics: list[Topic]
    differs: bool  # from what the source said before, also where that brings no news: the next may bear it out
    relisted: bool  # the source had long said that it has no such bill
    receipt: str = ""  # what proves it, once it is in the archive


class Scales(msgspec.Struct):
    """Weighs what one source says in one run."""

    desk: Desk
    source: str

    def weigh(self, seen: Observed, known: Known) -> Weighed:
        """What the answer changes of what was known of its bill."""
        new, own = seen.bill, known.get(self.source)
        old = own.read() if own else None
        held, bill, news = self._heard(old, new, known)
        relisted = own is not None and own.missing >= GONE_AFTER
        if relisted:
            news.append(Difference("relisted", now=self.source))
        topics = self.desk.classifier.labels_of(bill)
        first_reading = held is not None and self._is_first_reading(held, known)
        if held and (news or first_reading):
            topics, of_topics = self._settled(bill.id, self.desk.classifier.labels_of(held), topics)
            # What is read long after it came up is no news of today, however many runs a fill takes.
            since = _introduced_on(new) if first_reading else ""
            news += [msgspec.structs.replace(d, happened_on=since) for d in of_topics]
        differs = len(known) > 1 and old not in (None, new)
        return Weighed(seen, known, bill, held, news, topics, differs, relisted)

    def _heard(self, old: Bill | None, new: Bill, known: Known) -> tuple[Bill | None, Bill, list[Difference]]:
        """The bill as we held it and as we hold it now, and what the source's facts bring of news."""
        if not known:
            return None, new, [Difference("listed", now=new.title or new.id, happened_on=_introduced_on(new))]
        if old and len(known) == 1:
            return old, new, differences(old, new)
        held = (known.get(MERGED) or next(iter(known.values()))).read()
        news, bill = news_of(held, old, new, self.desk.store.told(new.id), self._voices(new.id, known))
        return held, bill, news

    def _voices(self, bill: str, known: Known) -> Voices:
        """What the other sources say that have answered lately, by their place in the order."""
        order, late = self.desk.order, (self.desk.now - SILENT).isoformat(timespec="seconds")
        own, mine = known.get(self.source), order.index(self.source) if self.source in order else len(order)
        live = [
            (place, known[source].read())
            for place, source in enumerate(order)
            if place != mine and source in known and known[source].checked_at >= late
        ]
        return Voices(
            before=[facts for place, facts in live if place < mine],
            after=[facts for place, facts in live if place > mine],
            recent=self.desk.store.told(bill, since=late) if live else Counter(),
            returning=own is not None and own.checked_at < late,
        )

    def _is_first_reading(self, held: Bill, known: Known) -> bool:
        """Whether until now we knew the bill by its title only, as an index lists it, and since an earlier run."""
        listed = Bill(legislature=held.legislature, session=held.session, identifier=held.identifier, title=held.title)
        return held == listed and all(last.first_seen_at < self.desk.stamp for last in known.values())

    def _settled(self, bill: str, before: list[Topic], now: list[Topic]) -> tuple[list[Topic], list[Difference]]:
        """The topics with those that its family still gives, and that it has become one of ours or ceased to be."""
        was, here = _ours(before), _ours(now)
        if was == here:
            return now, []
        store = self.desk.store
        held = store.column("select topic from topics where bill = ? and inherited_from != ''", (bill,))
        given = inherited(store, bill, self.desk.classifier.decisions) if was - here else {}
        came = [Difference("topic-added", now=topic) for topic in sorted(here - was - set(held))]
        went = [Difference("topic-removed", was=topic) for topic in sorted(was - here - given.keys())]
        return [*now, *(given[topic] for topic in sorted(was - here) if topic in given)], came + went


def _ours(topics: list[Topic]) -> set[str]:
    return {topic.topic for topic in topics if topic.ours}


def _introduced_on(bill: Bill) -> str:
    """The day a bill came up: as the source says, else that of its first action."""
    return bill.introduced_on or (bill.actions[0].date if bill.actions else "")
