"""Pages by topic: what each is about, which bills belong to it, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site import calendars
from billwatch_site.feeds.belonging import moved_at
from billwatch_site.feeds.subjects import of_an_empty_topic
from billwatch_site.pages import shelves
from billwatch_site.pictures.squares import worth_of
from billwatch_site.printing.press import Group, Page, SitePress
from billwatch_site.records import Brief
from billwatch_site.words.subjects import Words, areas, is_topic, words_of

LATEST = 12  # items of news on a topic's page
Members = dict[str, list[Brief]]  # by area and by subtopic


def names_of(bill: Brief) -> set[str]:
    """The areas and subtopics that a bill belongs to, as far as they have a page."""
    return {name for t in bill.topics for name in (t.topic, t.area) if is_topic(name)}


def topic_list(press: SitePress) -> Iterator[Page]:
    """The list of topics, and the pages of those that have no bill yet."""
    members: Members = {words.slug: [] for area in areas() for words in (area, *area.subtopics)}
    for bill in press.bills.values():
        for name in names_of(bill):
            members[name].append(bill)
    yield press.page(
        "topics.html",
        "topics/",
        areas=areas(),
        members=members,
        worth=worth_of(len(members[words.slug]) for area in areas() for words in area.subtopics),
        counts_by_stage=shelves.counts_by_stage,
    )
    left = set().union(*map(moved_at, press.bills.values()))
    for slug in (slug for slug, bills in members.items() if not bills):
        yield _page(press, words_of(slug), ())
        if slug not in left:  # else those that were there are a group, which has feeds
            yield from of_an_empty_topic(press, slug)


def topic(press: SitePress, group: Group) -> Iterator[Page]:
    """One area or subtopic: what moved last, and its bills by stage."""
    yield _page(press, words_of(group.name), group.bills)


def _page(press: SitePress, words: Words, bills: tuple[Brief, ...]) -> Page:
    latest = press.news.latest(LATEST, bills, weight=1) if bills else []
    return press.page(
        "topic.html",
        f"topics/{words.slug}/",
        words=words,
        total=len(bills),
        days=press.news.by_day(latest[:LATEST]),
        latest={},
        dates=calendars.is_kept(bills),
        stages=shelves.by_stage(bill for bill in bills if not bill.ended),
        earlier=shelves.by_session(bill for bill in bills if bill.ended),
    )
