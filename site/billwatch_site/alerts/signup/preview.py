"""The preview: what somebody would have got in the last month, by the same matching and folding as their mail.

Also what else they may want to follow: the topics that stand most often on the same bills.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec

from billwatch_site.alerts.digest import digest_of
from billwatch_site.alerts.headings import subject_of
from billwatch_site.alerts.kin import twins_of
from billwatch_site.alerts.matching import Board, Match, News, matches_of
from billwatch_site.alerts.rhythm import at_once, slot_of
from billwatch_site.alerts.signup.wishes import Follow, Wishes
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.alerts.words import Concordance, words_of
from billwatch_site.reading.view import View, opened
from billwatch_site.records import SEVERITIES, BillRecord, Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.stories import seen_on
from billwatch_site.words.subjects import is_topic

K = TypeVar("K")
MONTH = timedelta(days=30)
_ONE_RUN = timedelta(minutes=20)  # changes that are not further apart were seen by one run, and told together
_A_MOMENT = timedelta(seconds=1)
_SHOWN = 3  # subject lines
_RELATED = 4  # topics


class Message(msgspec.Struct, frozen=True):
    """A message that would have come: its day by the legislature's calendar, and its subject line."""

    on: date
    subject: str


class Preview(msgspec.Struct, frozen=True):
    """What would have come in the last month. `latest` are the last of the messages."""

    messages: int
    latest: tuple[Message, ...]
    since: date | None  # the day since when we know, where that is less than a month ago


class Snapshot:
    """The store at one moment, made ready for questions about it."""

    def __init__(self, bills: Iterable[Brief], moved: Iterable[BillRecord], now: datetime) -> None:
        """`bills` are all that have a page, `moved` those of them on which something changed lately."""
        self.bills = {bill.id: bill for bill in bills}
        self._families = {bill.id: bill.family for bill in self.bills.values() if bill.family}
        self._of_family = _by(((family, bill) for bill, family in self._families.items()))
        self._of_topic = _by((topic, bill.id) for bill in self.bills.values() for topic in _topics_of(bill))
        self._of_number = _by(((bill.legislature, bill.identifier), bill.id) for bill in self.bills.values())
        self._twins = twins_of(moved := list(moved))
        self._board = Board(_news(moved, now), self._families)
        first = min((bill.first_seen_at for bill in self.bills.values()), default=now)
        self._since = first.date() if now - first < MONTH else None

    def preview(self, wishes: Wishes, zone: str) -> Preview:
        """What these wishes would have brought."""
        follows = [Subscription("", kind, target, wishes.strength) for kind, target in wishes.follow]
        groups = list(_messages(matches_of(self._board, follows), wishes, zone))
        messages = [self._message(group) for group in groups]
        latest = sorted(messages, key=lambda m: m.on, reverse=True)[:_SHOWN]
        return Preview(len(messages), tuple(latest), self._since)

    def _message(self, group: Sequence[Match]) -> Message:
        return Message(seen_on(group[-1].news.change), subject_of(digest_of(group, self._twins).stories))

    def related(self, wishes: Wishes) -> list[str]:
        """Topics that are not asked for and stand most often on the bills that are, the most frequent first."""
        asked = {target for kind, target in wishes.follow if kind == "topic"}
        counts = Counter(
            topic.topic
            for bill in self._bills_of(wishes.follow)
            for topic in self.bills[bill].topics
            if is_topic(topic.topic) and not {topic.topic, topic.area} & asked
        )
        return [topic for topic, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_RELATED]]

    def _bills_of(self, follows: Iterable[Follow]) -> set[str]:
        """The bills that are followed with these; a whole legislature relates to everything, so to nothing."""
        found: set[str] = set()
        for kind, target in follows:
            if kind in ("bill", "family"):
                found |= {target, *self._of_family.get(self._families.get(target, target), ())}
            elif kind == "topic":
                found.update(self._of_topic.get(target, ()))
            elif kind == "words":
                found |= self._with_words(target)
        return found & self.bills.keys()

    def _with_words(self, words: str) -> set[str]:
        ids = list(self.bills)
        return {ids[number] for number in self._titles.find(words)}

    @cached_property
    def _titles(self) -> Concordance:
        return Concordance([words_of(bill.called)] for bill in self.bills.values())

    def bills_with(self, code: str, identifier: str, session: str | None) -> list[Brief]:
        """The bills of a number that are followed here, the latest session first; of one session where it is named."""
        found = [self.bills[bill] for bill in self._of_number.get((code, identifier), ())]
        fitting = [bill for bill in found if session in (None, bill.session)]
        return sorted(fitting, key=lambda bill: bill.session, reverse=True)


def snapshot_of(store: Path, now: datetime) -> Snapshot:
    """The store as it is now."""
    with closing(opened(store)) as db:
        view = View(db)
        view.begin()
        bills = view.briefs(view.ids)
        span = ((now - MONTH).isoformat(), (now + _A_MOMENT).isoformat())
        moved = {change.bill for change in view.changes(None, *span, least=SEVERITIES)}
        records = view.records(sorted(moved & bills.keys()))
        view.end()
    return Snapshot(bills.values(), records, now)


def _by(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """The bills behind each name."""
    found: dict[K, list[str]] = defaultdict(list)
    for name, bill in pairs:
        found[name].append(bill)
    return dict(found)


def _topics_of(record: Brief) -> set[str]:
    return {name for topic in record.topics for name in (topic.topic, topic.area)}


def _news(records: Iterable[BillRecord], now: datetime) -> list[News]:
    """The changes of the last month, numbered as they were seen."""
    pairs = [(change, r) for r in records for change in r.changes if now - MONTH < change.seen_at <= now]
    pairs.sort(key=lambda pair: (pair[0].seen_at, pair[0].bill, pair[0].id))
    return [News(count, change, record) for count, (change, record) in enumerate(pairs, 1)]


def _messages(matches: Sequence[Match], wishes: Wishes, zone: str) -> Iterator[list[Match]]:
    """What would have come in one message: at once what one run saw, and the rest with the next morning."""
    hurried = [m for m in matches if at_once(m.news.change, wishes.rhythm, wishes.urgent)]
    yield from _runs(hurried)
    mornings: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if not at_once(match.news.change, wishes.rhythm, wishes.urgent):
            mornings[slot_of(match.news.change.seen_at, zone, wishes.rhythm)].append(match)
    yield from mornings.values()


def _runs(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Matches in their order, parted where no run reaches across."""
    run = list(matches[:1])
    for before, match in pairwise(matches):
        if match.news.change.seen_at - before.news.change.seen_at > _ONE_RUN:
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def zone_of(wishes: Wishes, codes: Sequence[str]) -> str:
    """Whose mornings the wishes go by: of the legislature they name, else of the first that is followed here."""
    return legislature(wishes.legislature or codes[0]).timezone.key
