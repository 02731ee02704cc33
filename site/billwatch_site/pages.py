"""One function for each kind of page: what it is made of, and where it stands. Every file is listed here.

A build makes only what changed, so each function says by its list what it may look at:

    OF_A_BILL   (press, record)   the files of one bill's folder: from its record, `record.kin` (the briefs of its
                                  family), `press.items` (its changes as notices) and `press.settings` alone. Made
                                  again when any of these changes.
    OF_A_GROUP  (press, group)    pages of bills that belong together, such as those of a topic, a sponsor or a month.
                                  A `Kind` says under which names a bill's brief is put. From `group.bills` and
                                  `press.news`; made again when a brief or a change of one of its bills is another.
    OF_THE_SITE (press)           everything else, from all of `press`; made again when any bill, change or run is.

A function that looks at `press.now` is made again in every build; those of a bill cannot. What comes out the same to
the byte is not written again. `press.page` prints a template; any other file is a `Page(path, content)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from billwatch.bill import BillId
from billwatch_site import houses, kinship, links, shelves, sponsors, stories, timeline, topics
from billwatch_site.feeds import feed_of_a_bill, feed_of_everything
from billwatch_site.machines import for_machines
from billwatch_site.news import months_of
from billwatch_site.official import Official, legislature
from billwatch_site.pedigree import pedigree_of
from billwatch_site.press import BillPress, Group, Page, SitePress
from billwatch_site.records import BillRecord, Brief, SourceRun
from billwatch_site.settings import Stance
from billwatch_site.subjects import areas
from billwatch_site.wording import small_words

HOME_DAYS = 14


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
        pedigree=pedigree_of(record, press.bills, house),
        days=timeline.timeline_of(record),
        joined=timeline.joined(record),
        left=timeline.left(record),
        letters=_letters(record),
        letters_to=_letters_to(record),
        sponsor_link=lambda s: links.root_of(path) + links.sponsor_path(record.legislature, s.key),
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


def month(press: SitePress, group: Group) -> Iterator[Page]:
    """What changed in one month."""
    yield press.page(
        "month.html",
        f"changes/{group.name}/",
        month=group.name,
        days=stories.days_of(press.news.month(group.name)),
        later=group.after,
        earlier=group.before,
        latest={},
    )


def home(press: SitePress) -> Iterator[Page]:
    """The latest days, bills by stage, and whether the sources are well."""
    items = press.news.latest_days(HOME_DAYS + 1)
    days = stories.days_of(items)
    yield press.page(
        "home.html",
        "",
        days=days[:HOME_DAYS],
        months=press.news.months,
        stages=shelves.counts_by_stage(press.followed),
        checked_at=press.checked_at,
        troubled=_troubled(press),
        latest=_latest_items(items),
    )


def bill_list(press: SitePress) -> Iterator[Page]:
    """Every bill that has a page, by stage."""
    relatives = [brief for brief in press.bills.values() if not brief.followed]
    yield press.page("bills.html", "bills/", stages=shelves.by_stage(press.followed), relatives=relatives)


def months(press: SitePress) -> Iterator[Page]:
    """The list of months."""
    found = [(name, _kinds(press.news.month(name))) for name in press.news.months]
    yield press.page("months.html", "changes/", months=found)


def sources(press: SitePress) -> Iterator[Page]:
    """How every source is, and what nobody covers."""
    yield press.page(
        "sources.html",
        "sources/",
        runs=press.runs,
        states={(run.legislature, run.source): state_of(run, press) for run in press.runs},
        codes=sorted({run.legislature for run in press.runs} | {b.legislature for b in press.bills.values()}),
        failing=press.failing,
    )


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


OF_A_BILL: tuple[Callable[[BillPress, BillRecord], Iterator[Page]], ...] = (bill, number, feed_of_a_bill)
OF_A_GROUP: Mapping[str, Kind] = {
    "month": Kind(months_of, (month,)),
    "topic": Kind(topics.names_of, (topics.topic,)),
    "sponsor": Kind(sponsors.paths_of, (sponsors.sponsor,)),
    "legislature": Kind(houses.codes_of, (houses.house, sponsors.sponsor_list)),
}
OF_THE_SITE: tuple[Callable[[SitePress], Iterator[Page]], ...] = (
    home,
    bill_list,
    months,
    topics.topic_list,
    sources,
    subscribe,
    about,
    not_found,
    for_machines,
    feed_of_everything,
)


# --- what the pages ask of the records -------------------------------------------------------------------------------


def _kinds(items: list[stories.Item]) -> tuple[int, int]:
    """How many items a month has, and how many of them are milestones."""
    return len(items), sum(item.weight == 0 for item in items)


def state_of(run: SourceRun, press: SitePress) -> str:
    """How a source is: "failing", "silent" for too long, "partly" where it failed for some bills, or "well"."""
    if run.failing_since:
        return "failing"
    limit = press.settings.stale_after_hours * 3600
    if not run.last_good_at or (press.now - run.last_good_at).total_seconds() > limit:
        return "silent"
    return "partly" if run.failed else "well"


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
