"""The feeds about many bills: everything, each legislature, topic, area and sponsor.

A feed tells of a bill while the bill belongs to it: of a topic from the change that brought it there to the one that
took it away, of a sponsor likewise. What a bill did before is not news to those who follow the topic. So a subject is a
group of its own kind, of the bills that belong to it and of those that did (`belonging.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from functools import lru_cache

import msgspec

from billwatch_site.feeds import quiet
from billwatch_site.feeds.belonging import ALWAYS, Stay, belongs, here, inside, stays_at
from billwatch_site.feeds.entry import Entry, News, entry_again
from billwatch_site.feeds.feed import NOTHING, Entries, Feed, entries_of, pages, watched
from billwatch_site.feeds.recent import recent
from billwatch_site.printing.press import Group, Page, SitePress
from billwatch_site.reading import health
from billwatch_site.records import Brief
from billwatch_site.words import links, stories
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import bill_words, counted
from billwatch_site.words.subjects import topic_name


class Subject(msgspec.Struct, frozen=True):
    """What many bills have in common. `reason` goes on from "You get this because ", {bills} stands for the bills.

    `legislatures` are those in which it is watched.
    """

    path: str
    title: str
    reason: str
    legislatures: frozenset[str]

    def why(self, entry: Entry) -> str:
        """The sentence that closes an entry."""
        if not entry.bills:
            return f"You get this because you follow {self.title}."
        named = bill_words(entry.bills[0]) if len(entry.bills) == 1 else counted(len(entry.bills), "bill")
        return f"You get this because {self.reason.replace('{bills}', named)}."


def of_everything(press: SitePress) -> Iterator[Page]:
    """The feeds of every bill here."""
    ours = frozenset(bill.legislature for bill in press.bills.values())
    subject = Subject("", "every bill here", "this site follows {bills}", ours)
    told = entries_of(recent(press.news), lambda news: entry_again(news, press.bills))
    return _pages(press, subject, told, _weeks(bill.seen for bill in press.bills.values()))


def of_a_subject(press: SitePress, group: Group) -> Iterator[Page]:
    """The feeds of a legislature, topic, area or sponsor; of no sponsor who has no bill any more."""
    subject = _subject(group)
    if not subject:
        return iter(())
    bills = {bill.id: bill for bill in group.bills}
    stays = _Stays(bills, group.name)
    news = recent(press.news, group.bills, lambda news: _told(news, stays))
    told = entries_of(news, lambda news: entry_again(news, bills))
    return _pages(press, subject, told, _busy(group.bills, stays))


def of_an_empty_topic(press: SitePress, topic: str) -> Iterator[Page]:
    """The feeds of a topic or an area that no bill has belonged to: whoever waits for one can follow it."""
    codes = frozenset(bill.legislature for bill in press.bills.values())
    return _pages(press, Subject(links.topic_path(topic), topic_name(topic), "", codes))


def of_an_empty_legislature(press: SitePress, code: str) -> Iterator[Page]:
    """The feeds of a legislature of which no bill is followed yet."""
    return _pages(press, Subject(f"{code}/", legislature(code).name, "", frozenset({code})))


def _pages(
    press: SitePress, subject: Subject, told: Entries = NOTHING, busy: Set[date] = frozenset()
) -> Iterator[Page]:
    """A subject's files: what is told of its bills, and that its sources are well, or are not."""
    title = f"{press.settings.title}: {subject.title}" if subject.path else press.settings.title
    entries = watched(told, _watching(press, subject, busy))
    return pages(Feed(path=subject.path, title=title, entries=entries, why=subject.why), press.settings)


def _subject(group: Group) -> Subject | None:
    """What the bills have in common, as the first says it that belongs to it now; None where none does.

    Who follows a topic that its last bill has left learns of that, and of the next one.
    """
    first: dict[str, Brief] = {}  # of each legislature
    for bill in group.bills:
        if bill.legislature not in first and belongs(bill, group.name):
            first[bill.legislature] = bill
    if not first and group.name.startswith("topics/"):
        words = topic_name(group.name.split("/")[1])
        codes = frozenset(bill.legislature for bill in group.bills)
        return Subject(group.name, words, f"you follow “{words}”, and {{bills}} left it", codes)
    if not first:
        return None
    title, reason = here(next(iter(first.values())))[group.name]
    return Subject(group.name, title, reason, frozenset(first))


class _Stays(dict[str, Sequence[Stay]]):
    """When each bill belonged to a subject, found as it is asked for: of thousands of bills few are in the news."""

    def __init__(self, bills: Mapping[str, Brief], subject: str) -> None:
        self._bills, self._subject = bills, subject

    def __missing__(self, bill: str) -> Sequence[Stay]:
        found = self[bill] = stays_at(self._bills[bill], self._subject)
        return found


def _busy(bills: Sequence[Brief], stays: Mapping[str, Sequence[Stay]]) -> set[date]:
    """The weeks in which something was seen of a bill while it belonged."""
    busy = _weeks(bill.seen for bill in bills if not bill.moves)
    for bill in bills:
        if bill.moves and not _weeks([bill.seen]) <= busy:
            busy |= _weeks([_hours(bill, stays[bill.id])])
    return busy


def _weeks(hours: Iterable[Iterable[str]]) -> set[date]:
    return set(map(_week, set().union(*hours)))


def _told(news: News, stays: Mapping[str, Sequence[Stay]]) -> Iterator[News]:
    """News as the subject tells it: of the bills that belonged to it when it was seen."""
    changes = [c for c in news.item.changes if stays[c.bill] is ALWAYS or inside(stays[c.bill], c.seen_at)]
    for item in stories.narrowed(news.item, changes) if changes else ():
        yield news if item is news.item else _narrowed(news, item)


def _narrowed(news: News, item: stories.Item) -> News:
    inside = {change.id for change in item.changes}
    return News(item, tuple(c for c in news.corrections if c.corrects in inside), news.latest)


def _hours(bill: Brief, stays: Sequence[Stay]) -> Iterable[str]:
    """When something was seen of a bill while it belonged. Stays begin and end with what was seen, in some hour: so
    they are compared by the hour."""
    if stays is ALWAYS:
        return bill.seen
    spans = [(_hour(since) if since else "", _hour(until) if until else "~") for since, until in stays]
    return [hour for hour in bill.seen if any(since <= hour <= until for since, until in spans)]


def _hour(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H}"


@lru_cache(maxsize=65536)
def _week(hour: str) -> date:
    return health.week_of(datetime.fromisoformat(f"{hour}:00+00:00"))


def _watching(press: SitePress, subject: Subject, busy: Set[date]) -> Iterator[Entry]:
    """Quiet weeks, and outages of the sources in which the subject is watched."""
    weeks = health.together(w for w in press.watch.weeks if w.legislature in subject.legislatures)
    yield from quiet.quiet_weeks(weeks, busy, subject.path)
    outages = (o for o in press.watch.outages if o.legislature in subject.legislatures and o.source)
    yield from quiet.outages(outages, "sources/")
