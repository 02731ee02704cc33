"""What of the news is for whom: news by what may be followed, and a subscription finds its own. Pure.

A subscription looks up what it follows among the news, instead of every change looking for its subscribers: so a
hundred thousand of them take less than a second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from billwatch.compare.changes import CORRECTIONS
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.alerts.words import Concordance, words_of
from billwatch_site.records import BillRecord, Change
from billwatch_site.words.plurals import weight_of
from billwatch_site.words.sentences import sentence_of
from billwatch_site.words.subjects import area_of

_LIGHTEST = {"milestones": 0, "notable": 1, "all": 2}


class News(msgspec.Struct, frozen=True, gc=False):
    """One change, with its place in the ledger and the bill it is about."""

    count: int
    change: Change
    record: BillRecord


class Match(msgspec.Struct, frozen=True, gc=False):
    """A change that somebody is to be told, and the subscriptions that say so."""

    news: News
    reasons: tuple[Subscription, ...]


class Board:
    """The news of one run, earliest first, on a board where each subscription finds what it follows."""

    def __init__(self, news: Iterable[News], families: Mapping[str, str]) -> None:
        """`families`: each bill's family, by the name of one of its members."""
        self.news = sorted(news, key=lambda n: n.count)
        self._families = families
        self._shelves: dict[tuple[str, str], list[News]] = defaultdict(list)
        for one in self.news:
            for key in _keys_of(one, families):
                self._shelves[key].append(one)
        self._corrections = any(_corrects(one) for one in self.news)
        self._texts = Concordance(_texts_of(self.news))
        self._found: dict[tuple[str, str, str], list[News]] = {}

    def matched(self, subscription: Subscription) -> Sequence[News]:
        """What the subscription asks for, by its target, its strength, and since when it stands."""
        return _since(self._strong(subscription.kind, subscription.target, subscription.strength), subscription.since)

    def corrections(self, subscription: Subscription) -> Sequence[News]:
        """Corrections of what was announced, whatever the strength: who was told of a thing hears that it was wrong."""
        if not self._corrections:
            return ()
        return [
            n for n in _since(self._all(subscription.kind, subscription.target), subscription.since) if _corrects(n)
        ]

    def _strong(self, kind: str, target: str, strength: str) -> list[News]:
        key = (kind, target, strength)
        if key not in self._found:
            most = _LIGHTEST[strength]
            self._found[key] = [n for n in self._all(kind, target) if weight_of(n.change) <= most]
        return self._found[key]

    def _all(self, kind: str, target: str) -> list[News]:
        if kind == "family":
            return self._shelves.get((kind, self._families.get(target, target)), [])
        if kind != "words":
            return self._shelves.get((kind, target), [])
        key = (kind, target, "")
        if key not in self._found:
            self._found[key] = [self.news[number] for number in self._texts.find(target)]
        return self._found[key]


def matches_of(board: Board, subscriptions: Iterable[Subscription], told: Collection[str] = ()) -> list[Match]:
    """What is for somebody with these subscriptions, each change once with all its reasons, earliest first.

    `told`: the changes that they were told before; what corrects one of them, or one found now, comes along.
    """
    asked = list(dict.fromkeys(subscriptions))
    found: dict[int, tuple[News, list[Subscription]]] = {}
    for subscription in asked:
        for news in board.matched(subscription):
            if news.count in found:
                found[news.count][1].append(subscription)
            else:
                found[news.count] = (news, [subscription])
    corrections = [(news, subscription) for subscription in asked for news in board.corrections(subscription)]
    if corrections:
        _correct(found, sorted(corrections, key=lambda pair: pair[0].count), set(told))
    return [Match(found[count][0], tuple(found[count][1])) for count in sorted(found)]


def _correct(
    found: dict[int, tuple[News, list[Subscription]]],
    corrections: Sequence[tuple[News, Subscription]],
    known: set[str],
) -> None:
    """Add what corrects something known, found here or told before; a correction may itself be corrected."""
    known |= {news.change.id for news, _ in found.values()}
    before = -1
    while before != len(known):
        before = len(known)
        for news, subscription in corrections:
            if news.change.corrects in known:
                known.add(news.change.id)
                _, reasons = found.setdefault(news.count, (news, []))
                if subscription not in reasons:
                    reasons.append(subscription)


def _corrects(news: News) -> bool:
    return bool(news.change.corrects) and news.change.kind in CORRECTIONS


def _since(news: list[News], count: int) -> Sequence[News]:
    """Those with a higher count, of a list in their order."""
    if not news or news[0].count > count:
        return news
    return news[bisect_right(news, count, key=lambda n: n.count) :]


def _keys_of(news: News, families: Mapping[str, str]) -> set[tuple[str, str]]:
    """All under which this change can be followed, but for its words."""
    bill = news.change.bill
    topics = {name for topic in news.record.topics for name in (topic.topic, topic.area)}
    if news.change.kind == "topic-removed":
        topics |= {news.change.was, area_of(news.change.was)}  # whoever follows these hears that the bill has left
    return {
        ("bill", bill),
        ("family", families.get(bill, bill)),
        ("legislature", news.record.legislature),
        *(("topic", name) for name in topics),
    }


def _texts_of(news: Iterable[News]) -> Iterator[list[list[str]]]:
    """Title, summary and sentence of each change, as words."""
    bills: dict[str, list[list[str]]] = {}
    for one in news:
        record = one.record
        if record.id not in bills:
            bills[record.id] = [words_of(record.title), words_of(record.abstract)]
        yield [*bills[record.id], words_of(sentence_of(one.change))]
