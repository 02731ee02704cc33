"""What can be followed by feed, in Atom and JSON Feed, each in three strengths.

changes -> items (stories)     one cause, one item
items   -> news  (entry)       a correction joins what it corrects
news    -> entries (entry)     with the words of body.py
entries -> feeds               a bill here, families in families.py; everything, legislatures, topics and sponsors in
                               subjects.py
feed    -> six files           feed.py, atom.py, json_feed.py

An entry's id is made from the first change of its cause and stays for ever. Times come from the store alone: a feed in
which nothing changed is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site.feeds import quiet
from billwatch_site.feeds.entry import entry_of, news_of, strengths
from billwatch_site.feeds.feed import Feed, entries_of, pages, watched
from billwatch_site.printing.press import BillPress, Page
from billwatch_site.records import BillRecord
from billwatch_site.words import links
from billwatch_site.words.sentences import bill_words

__all__ = ["of_a_bill"]


def of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """The bill's own feeds. When no source at all could be read, who follows one bill is told too; a single one's
    failure is made good by the others."""
    reason = f"You get this because you follow {bill_words(record.id)}."
    told = entries_of(strengths(news_of(press.items)), lambda news: entry_of(news, {record.id: record}))
    feed = Feed(
        path=links.bill_path(record.id),
        title=f"{record.identifier} of {record.session}: {record.headline or 'no title yet'}",
        entries=watched(told, quiet.outages(press.blind, links.bill_path(record.id))),
        why=lambda entry: reason,
        since=record.first_seen_at,
    )
    yield from pages(feed, press.settings)
