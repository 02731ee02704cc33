"""Pages by topic: what each is about, which bills belong to it, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from billwatch.topics.taxonomy import Subtopic
from billwatch_site import shelves
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord
from billwatch_site.stories import Item, days_of
from billwatch_site.subjects import subtopics_of, taxonomy

LATEST = 12  # items of news on a topic's page
Members = dict[str, list[BillRecord]]  # by area and by subtopic


def topic_pages(press: Press) -> Iterator[Page]:
    """The list of topics, a page an area and a page a subtopic; also for those that have no bill yet."""
    members = members_of(press)
    areas = [(area, name, subtopics_of(area)) for area, name in taxonomy().areas.items()]
    yield press.page("topics.html", "topics/", areas=areas, members=members, counts_by_stage=shelves.counts_by_stage)
    for area, name, subtopics in areas:
        yield _page(press, area, name, f"{len(subtopics)} topics, each with its own page.", members, subtopics)
    for subtopic in taxonomy().topic:
        yield _page(press, subtopic.slug, subtopic.name, subtopic.explanation, members, ())


def members_of(press: Press) -> Members:
    """The bills of every area and subtopic."""
    found: Members = defaultdict(list)
    for bill in press.contents.bills.values():
        for name in {name for t in bill.topics for name in (t.topic, t.area)}:
            found[name].append(bill)
    return found


def _page(
    press: Press, slug: str, name: str, explanation: str, members: Members, subtopics: tuple[Subtopic, ...]
) -> Page:
    bills = members[slug]
    return press.page(
        "topic.html",
        f"topics/{slug}/",
        slug=slug,
        name=name,
        explanation=explanation,
        area=next((s.area for s in taxonomy().topic if s.slug == slug), ""),
        stages=shelves.by_stage(b for b in bills if not b.ended),
        earlier=shelves.by_session(b for b in bills if b.ended),
        total=len(bills),
        subtopics=subtopics,
        members=members,
        days=days_of(_news(press, {b.id for b in bills})),
        latest={},
    )


def _news(press: Press, bills: set[str]) -> list[Item]:
    """The last news that is about these bills, details left out."""
    return [i for i in press.items if i.weight < 2 and not i.folded and i.lead.bill in bills][:LATEST]
