"""What can be followed by feed, in Atom and JSON Feed, each in three strengths.

changes -> items (stories)     one cause, one item
items   -> news  (entry)       a correction joins what it corrects
news    -> entries (entry)     with the words of body.py
entries -> channels            a bill and its family here; everything, legislatures, topics and sponsors in subjects.py
channel -> six files           channel.py, atom.py, json_feed.py

An entry's id is made from the first change of its cause and stays for ever. Times come from the store alone: a feed in
which nothing changed is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from billwatch_site import kinship, links, stories
from billwatch_site.feeds import quiet, subjects
from billwatch_site.feeds.channel import Channel, pages
from billwatch_site.feeds.entry import Entry, entry_of, lately, news_of, ordered
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord
from billwatch_site.sentences import bill_words

__all__ = ["of_a_bill", "of_the_site"]


def of_the_site(press: Press) -> Iterator[Page]:
    """Everything, each legislature, topic, area and sponsor."""
    for channel in subjects.channels(press):
        yield from pages(channel, press.settings)


def of_a_bill(press: Press, record: BillRecord) -> Iterator[Page]:
    """The bill's own feeds, and those of its family where it has one."""
    yield from pages(_bill(press, record), press.settings)
    bills = press.contents.bills
    family = kinship.family_of(record, bills)
    if len(family) > 1:
        yield from pages(_family(press, record, [bills[name] for name in family]), press.settings)


def _bill(press: Press, record: BillRecord) -> Channel:
    reason = f"You get this because you follow {bill_words(record.id)}."
    return Channel(
        path=links.bill_path(record.id),
        title=f"{record.identifier} of {record.session}: {record.headline or 'no title yet'}",
        entries=ordered([*_told({record.id: record}), *_blind(press, record)]),
        why=lambda entry: reason,
        since=record.first_seen_at,
    )


def _family(press: Press, record: BillRecord, family: Sequence[BillRecord]) -> Channel:
    return Channel(
        path=links.bill_path(record.id),
        stem="family",
        title=f"The family of {record.identifier} of {record.session}: {record.headline or 'no title yet'}",
        entries=ordered([*_told({one.id: one for one in family}), *_blind(press, record)]),
        why=_kin(record),
        since=record.first_seen_at,
    )


def _kin(record: BillRecord) -> Callable[[Entry], str]:
    """Why an entry is in the feed of a family."""

    def why(entry: Entry) -> str:
        name = bill_words(record.id)
        if not entry.bills or record.id in entry.bills:
            return f"You get this because you follow {name} and its family."
        return f"You get this because you follow the family of {name}, to which {bill_words(entry.bills[0])} belongs."

    return why


def _told(bills: Mapping[str, BillRecord]) -> list[Entry]:
    """The news of a few bills."""
    changes = [change for record in bills.values() for change in record.changes]
    return [entry_of(news, bills) for news in lately(news_of(stories.items_of(changes)))]


def _blind(press: Press, record: BillRecord) -> Iterator[Entry]:
    """When no source at all could be read, who follows one bill is told too; a single one's failure is made good."""
    found = (o for o in press.contents.outages if o.legislature == record.legislature and not o.source)
    return quiet.outages(found, links.bill_path(record.id))
