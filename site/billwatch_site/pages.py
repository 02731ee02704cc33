"""One function for each kind of page: what it is made of, and where it stands. Every file is listed here.

A build makes only what changed, so each function says by its list what it may look at:

    OF_A_BILL   (press, record)   the files of one bill's folder: from its record, `record.kin` (the briefs of its
                                  family), `press.items` (its changes as notices), `press.blind` (when all sources
                                  were down) and `press.settings` alone. Made again when any of these changes.
    OF_A_GROUP  (press, group)    pages of bills that belong together, such as those of a topic or a sponsor. A `Kind`
                                  says under which names a bill's brief is put. From `group.bills`,
                                  `press.news` of these and `press.watch`; made again when a brief or a change of one
                                  of its bills is another, or what is told of the watching.
    OF_A_MONTH  (press, month)    what changed in a month, or on a day of a month that is too long for a page; from
    OF_A_DAY    (press, day)      `press.news.told` alone, made again when a change of these days is another.
    OF_THE_SITE (press)           everything else, from all of `press`; made again when any bill, change or run is.

A function that looks at `press.now` is made again in every build; those of a bill cannot. What comes out the same to
the byte is not written again. `press.page` prints a template; any other file is a `Page(path, content)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from billwatch.bill import BillId
from billwatch_site import (
    calendars,
    feeds,
    houses,
    kinship,
    links,
    people,
    shelves,
    sponsors,
    stories,
    timeline,
    topics,
)
from billwatch_site.coming import calendar_page, coming_of
from billwatch_site.corrections import corrections_pages
from billwatch_site.downloads import bill_file
from billwatch_site.downloads import files as downloads
from billwatch_site.effect import effect_of
from billwatch_site.embeds import files as embedded
from billwatch_site.feeds import belonging, families, subjects
from billwatch_site.lists import FEW, list_pages
from billwatch_site.machines import for_machines
from billwatch_site.method import method_page
from billwatch_site.mine import my_pages
from billwatch_site.news import WHOLE, Dated, Month
from billwatch_site.official import Official, legislature
from billwatch_site.pedigree import pedigree_of
from billwatch_site.press import BillPress, Group, Page, SitePress
from billwatch_site.rates import base_rate
from billwatch_site.records import BillRecord, Brief, SourceRun
from billwatch_site.search import search_pages
from billwatch_site.settings import Stance
from billwatch_site.sources import sources_pages, state_of
from billwatch_site.subjects import areas
from billwatch_site.wording import small_words

HOME_DAYS, HOME_ENTRIES = 14, 40  # of a day; what is more stands on the day's own page
REVIEWED = 200  # cases on the page for review; the command shows all


def bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """Everything about one bill."""
    house, path = legislature(record.legislature), links.bill_path(record.id)
    yield press.page(
        "bill.html",
        path,
        bill=record,
        id=BillId.parse(record.id),
        house=house,
        chamber=house.chamber_of(record.identifier),
        stance=press.settings.stances.get(record.id, Stance("", "", "")),
        family=kinship.links_of(record),
        cousins=kinship.others_of(record, press.bills),
        has_relatives=bool(record.family),
        base_rate=base_rate(record, house),
        amendments=[r for r in record.relations if r.kind == "chapter-amendment" and r.incoming],
        effect=effect_of(record.stage, record.stage_since, record.takes_effect),
        pedigree=pedigree_of(record, press.bills, house),
        days=timeline.timeline_of(record),
        joined=timeline.joined(record),
        left=timeline.left(record),
        letters=_letters(record),
        letters_to=_letters_to(record),
        sponsor_link=lambda s: links.root_of(path) + people.path_of(record, s),
        checked_at=max((check.checked_at for check in record.checks), default=None),
        kin=record.namesakes,
    )


def number(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """One number, several bills: a page made with the latest of them that has one here."""
    latest = next((namesake.id for namesake in record.namesakes if namesake.own), record.id)
    if latest == record.id:
        yield press.page(
            "number.html",
            links.number_path(record.id),
            identifier=record.identifier,
            house=legislature(record.legislature),
            namesakes=record.namesakes,
            own={namesake.id for namesake in record.namesakes if namesake.own},
        )


def month(press: SitePress, month: Month) -> Iterator[Page]:
    """What changed in one month; where that is too much for a page, how much on which day."""
    items, cards = press.news.told(month.days) if month.whole else ([], {})
    yield press.page(
        "month.html",
        f"changes/{month.dated.name}/",
        bills=cards,
        month=month,
        days=stories.days_of(items),
        latest={},
    )


def day(press: SitePress, day: Dated) -> Iterator[Page]:
    """What changed on one day of such a month: what matters in full, the rest by what happened."""
    items, cards = press.news.told([day])
    loud = [item for item in items if item.weight < 2]
    quiet = stories.by_sentence(item for item in items if item.weight == 2)
    yield press.page(
        "day.html",
        links.day_path(day.name),
        bills=cards,
        day=day,
        days=stories.days_of(loud),
        quiet=quiet,
        latest={},
    )


def home(press: SitePress) -> Iterator[Page]:
    """The latest days, bills by stage, and whether the sources are well."""
    days = press.news.days[:HOME_DAYS]
    items, _ = press.news.told(days, weight=2 if sum(day.changes for day in days) <= WHOLE else 1)
    yield press.page(
        "home.html",
        "",
        days=[stories.shortened(day, HOME_ENTRIES) for day in stories.days_of(items)],
        months=press.news.months,
        stages=shelves.counts_by_stage(press.followed),
        few=len(press.bills) <= FEW,
        coming=coming_of(press),
        checked_at=press.checked_at,
        troubled=_troubled(press),
        latest=_latest_items(items),
    )


def bill_list(press: SitePress) -> Iterator[Page]:
    """Every bill that has a page, by stage; of many, by session too."""
    if len(press.bills) > FEW:
        yield from list_pages(press)
        return
    relatives = [brief for brief in press.bills.values() if not brief.followed]
    yield press.page("bills.html", "bills/", stages=shelves.by_stage(press.followed), relatives=relatives)


def months(press: SitePress) -> Iterator[Page]:
    """The list of months."""
    yield press.page("months.html", "changes/", months=press.news.months)


def subscribe(press: SitePress) -> Iterator[Page]:
    """Every way to be told."""
    codes = sorted({bill.legislature for bill in press.bills.values()})
    yield press.page(
        "subscribe.html",
        "subscribe/",
        executive="Governor",
        areas=areas(),
        legislatures=[(code, legislature(code).name) for code in codes],
    )


def review(press: SitePress) -> Iterator[Page]:
    """What a person should look at, and what to write to settle it."""
    yield press.page("review.html", "review/", doubts=press.doubts[:REVIEWED], more=len(press.doubts))


def about(press: SitePress) -> Iterator[Page]:
    """What this is, and what it does not learn about its readers."""
    yield press.page("about.html", "about/")


def not_found(press: SitePress) -> Iterator[Page]:
    """The page for what is not there. It can stand under any address, so its links begin at the site's root."""
    found = press.page("404.html", "404.html")
    absolute = found.content.decode().replace('="./', f'="{press.settings.base_path}')
    yield Page(found.path, absolute.encode())


class Kind(NamedTuple):
    """A way to put bills together: under which names a bill goes, and what is made of each name."""

    names: Callable[[Brief], Iterable[str]]
    made: tuple[Callable[[SitePress, Group], Iterator[Page]], ...]


OF_A_BILL: tuple[Callable[[BillPress, BillRecord], Iterator[Page]], ...] = (
    bill,
    number,
    feeds.of_a_bill,
    calendars.of_a_bill,
    bill_file.of_a_bill,
    embedded.of_a_bill,
)
OF_A_GROUP: Mapping[str, Kind] = {
    "topic": Kind(topics.names_of, (topics.topic, calendars.of_a_topic)),
    "sponsor": Kind(people.paths_of, (sponsors.sponsor,)),
    "legislature": Kind(sponsors.codes_of, (sponsors.sponsor_list, calendars.of_a_legislature)),
    "subject": Kind(belonging.paths_of, (subjects.of_a_subject,)),
    "family": Kind(families.names_of, (families.of_a_family,)),
}
OF_A_MONTH: tuple[Callable[[SitePress, Month], Iterator[Page]], ...] = (month,)
OF_A_DAY: tuple[Callable[[SitePress, Dated], Iterator[Page]], ...] = (day,)
OF_THE_SITE: tuple[Callable[[SitePress], Iterator[Page]], ...] = (
    home,
    bill_list,
    months,
    topics.topic_list,
    houses.houses,
    sources_pages,
    calendar_page,
    corrections_pages,
    method_page,
    subscribe,
    review,
    about,
    not_found,
    search_pages,
    my_pages,
    for_machines,
    subjects.of_everything,
    calendars.of_everything,
    downloads.of_the_site,
)


# --- what the pages ask of the records -------------------------------------------------------------------------------


def _troubled(press: SitePress) -> list[tuple[SourceRun, str]]:
    states = ((run, state_of(run, press)) for run in press.runs)
    return [(run, state) for run, state in states if state in ("failing", "silent")]


def _latest_items(items: list[stories.Item]) -> dict[str, str]:
    """The newest item of each bill: what comes next is said there, and nowhere in the past."""
    latest: dict[str, str] = {}
    for item in items:
        if item.weight == 0:
            for name in item.bills:
                latest.setdefault(name, item.id)
    return latest


def _letters_to(record: BillRecord) -> list[Official]:
    """The official pages of those who decide: the sponsor, the committee that has the bill, one's own members."""
    house = legislature(record.legislature)
    sponsor = next((s.name for s in record.sponsors if s.role == "primary"), record.sponsor)
    found = [house.member(house.chamber_of(record.identifier), sponsor)] if sponsor else []
    if record.committee and not record.ended:
        found.append(house.committee(record.chamber, small_words(record.committee)))
    return [*(page for page in found if page), *house.representatives]


def _letters(record: BillRecord) -> list[tuple[str, str]]:
    """The letters of a bill's prints with their dates, the newest first; the original is always among them."""
    dates = {p.letter: p.published_on for p in record.prints}
    for letter in ("", record.version):
        dates.setdefault(letter, record.introduced_on if not letter else "")
    return sorted(dates.items(), reverse=True)
