"""The channels about many bills: everything, each legislature, topic, area and sponsor.

A channel tells of a bill while the bill belongs to it: of a topic from the change that brought it there to the one that
took it away, of a sponsor likewise. What a bill did before is not news to those who follow the topic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from billwatch_site import health, stories
from billwatch_site.feeds import quiet
from billwatch_site.feeds.belonging import ALWAYS, Belonging, belonging, inside
from billwatch_site.feeds.channel import Channel
from billwatch_site.feeds.entry import Entry, News, entry_of, lately, news_of, ordered
from billwatch_site.press import Press
from billwatch_site.records import BillRecord, Change
from billwatch_site.sentences import bill_words, counted


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


def channels(press: Press) -> Iterator[Channel]:
    """Every channel about many bills."""
    bills = press.contents.bills
    belongs = {record.id: belonging(record) for record in bills.values()}
    found, busy = _sorted_by_subject(press, belongs)
    drafts: dict[tuple[str, ...], Entry] = {}
    for subject in _subjects(press, belongs):
        told = [_drafted(news, bills, drafts) for news in lately(found[subject.path])]
        title = press.settings.title if not subject.path else f"{press.settings.title}: {subject.title}"
        entries = ordered([*told, *_watching(press, subject, busy[subject.path])])
        yield Channel(path=subject.path, title=title, entries=entries, why=subject.why)


def _subjects(press: Press, belongs: Mapping[str, Belonging]) -> list[Subject]:
    """What can be followed besides bills, each once, in the order of their paths."""
    found: dict[str, Subject] = {}
    watched: dict[str, set[str]] = defaultdict(set)
    for record in press.contents.bills.values():
        for path, (title, reason) in belongs[record.id].names.items():
            found.setdefault(path, Subject(path, title, reason, frozenset()))
            watched[path].add(record.legislature)
    ours = frozenset().union(*watched.values())
    everything = Subject("", "every bill here", "this site follows {bills}", ours)
    return [everything, *(msgspec.structs.replace(found[p], legislatures=frozenset(watched[p])) for p in sorted(found))]


def _sorted_by_subject(
    press: Press, belongs: Mapping[str, Belonging]
) -> tuple[Mapping[str, list[News]], Mapping[str, set[date]]]:
    """The news of each subject, by its path, and the weeks in which there was any."""
    found: dict[str, list[News]] = defaultdict(list)
    busy: dict[str, set[date]] = defaultdict(set)
    for news in news_of(press.items):
        weeks = _weeks(news)
        for path, part in _parts(news, belongs):
            found[path].append(part)
            busy[path] |= weeks if part is news else _weeks(part)
    return found, busy


def _weeks(news: News) -> set[date]:
    """The weeks in which something of it was seen."""
    return quiet.busy_weeks(change.seen_at for change in (*news.item.changes, *news.corrections))


def _parts(news: News, belongs: Mapping[str, Belonging]) -> Iterator[tuple[str, News]]:
    """News as each subject tells it: of the bills that belonged to the subject when it was seen."""
    yield "", news
    by_path: dict[str, list[Change]] = defaultdict(list)
    for change in news.item.changes:
        for path, stays in belongs[change.bill].stays.items():
            if stays is ALWAYS or inside(stays, change.seen_at):
                by_path[path].append(change)
    for path, changes in by_path.items():
        for item in stories.narrowed(news.item, changes):
            yield path, news if item is news.item else _narrowed(news, item)


def _narrowed(news: News, item: stories.Item) -> News:
    inside = {change.id for change in item.changes}
    return News(item, tuple(c for c in news.corrections if c.corrects in inside))


def _drafted(news: News, bills: Mapping[str, BillRecord], drafts: dict[tuple[str, ...], Entry]) -> Entry:
    """The entry for news; several subjects tell the same, and it is put into words once."""
    key = (news.item.id, *news.item.bills)
    if key not in drafts:
        drafts[key] = entry_of(news, bills)
    return drafts[key]


def _watching(press: Press, subject: Subject, busy: set[date]) -> Iterator[Entry]:
    """Quiet weeks, and outages of the sources in which the subject is watched."""
    contents = press.contents
    weeks = health.together(w for w in contents.weeks if w.legislature in subject.legislatures)
    yield from quiet.quiet_weeks(weeks, busy, subject.path)
    outages = (o for o in contents.outages if o.legislature in subject.legislatures and o.source)
    yield from quiet.outages(outages, "sources/")
