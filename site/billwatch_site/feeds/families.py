"""The feeds of a family, once in the folder of each of its bills: who follows one of them finds them beside its own.

They are made with the family and not with the bill, because a bill's files are made from what it changed itself; the
files of two units may well stand in one folder. Each bill has its own, for a feed says whose family it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billwatch_site.feeds import quiet
from billwatch_site.feeds.entry import Entry, entry_of
from billwatch_site.feeds.feed import Feed, entries_of, pages, watched
from billwatch_site.feeds.recent import recent
from billwatch_site.printing.press import Group, Page, SitePress
from billwatch_site.records import Brief
from billwatch_site.words import links
from billwatch_site.words.sentences import bill_words


def names_of(bill: Brief) -> tuple[str, ...]:
    """The family that a bill belongs to, if it has one."""
    return (bill.family,) if bill.family else ()


def of_a_family(press: SitePress, group: Group) -> Iterator[Page]:
    """Six files for each of its bills."""
    bills = {bill.id: bill for bill in group.bills}
    told = entries_of(recent(press.news, group.bills), lambda news: entry_of(news, bills))
    blind = press.watch.blind(group.bills[0].legislature)
    for bill in group.bills:
        path = links.bill_path(bill.id)
        feed = Feed(
            path=path,
            stem="family",
            title=f"The family of {bill.identifier} of {bill.session}: {bill.headline or 'no title yet'}",
            entries=watched(told, quiet.outages(blind, path)),
            why=_kin(bill),
            since=bill.first_seen_at,
        )
        yield from pages(feed, press.settings)


def _kin(bill: Brief) -> Callable[[Entry], str]:
    """Why an entry is in the feed of a family."""

    def why(entry: Entry) -> str:
        name = bill_words(bill.id)
        if not entry.bills or bill.id in entry.bills:
            return f"You get this because you follow {name} and its family."
        return f"You get this because you follow the family of {name}, to which {bill_words(entry.bills[0])} belongs."

    return why
