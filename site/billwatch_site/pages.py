"""One function for each kind of page: what it is made of, and where it stands.

A page is its path and its bytes. What a template shows is gathered here, from records alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from billwatch.bill import BillId
from billwatch.stages import STAGES
from billwatch_site import kinship, links, stories
from billwatch_site.machines import for_machines
from billwatch_site.mine import my_pages
from billwatch_site.official import legislature
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord, Contents, SourceRun
from billwatch_site.search import search_pages
from billwatch_site.settings import Stance

HOME_DAYS = 14


def every_page(press: Press) -> Iterator[Page]:
    """The whole site but for its feeds."""
    yield home(press)
    yield bill_list(press)
    yield from (bill(press, record) for record in press.contents.bills.values())
    yield from (number(press, name) for name in press.contents.numbers)
    yield from changes(press)
    yield sources(press)
    yield about(press)
    yield not_found(press)
    yield from search_pages(press)
    yield from my_pages(press)
    yield from for_machines(press)


def home(press: Press) -> Page:
    """The latest days, bills by stage, and whether the sources are well."""
    days = stories.days_of(press.items)
    return press.page(
        "home.html",
        "",
        days=days[:HOME_DAYS],
        earlier=len(days) > HOME_DAYS,
        months=list(stories.by_month(press.items)),
        stages=_by_stage(press.contents.followed),
        checked_at=_checked_at(press.contents),
        troubled=_troubled(press),
        latest=_latest_items(press),
    )


def bill_list(press: Press) -> Page:
    """Every bill that has a page, by stage."""
    relatives = [record for record in press.contents.bills.values() if not record.followed]
    return press.page("bills.html", "bills/", stages=_by_stage(press.contents.followed), relatives=relatives)


def bill(press: Press, record: BillRecord) -> Page:
    """Everything about one bill."""
    house = legislature(record.legislature)
    return press.page(
        "bill.html",
        links.bill_path(record.id),
        bill=record,
        id=BillId.parse(record.id),
        house=house,
        chamber=house.chamber_of(record.identifier),
        stance=press.settings.stances.get(record.id, Stance("", "", "")),
        family=kinship.links_of(record),
        cousins=kinship.others_of(record, press.contents.bills),
        moments=stories.moments_of(record.changes),
        letters=_letters(record),
        checked_at=max((check.checked_at for check in record.checks), default=None),
        kin=press.contents.numbers[f"{record.legislature}/{record.identifier}"],
    )


def number(press: Press, name: str) -> Page:
    """One number, several bills."""
    code, identifier = name.split("/")
    return press.page(
        "number.html",
        f"{name}/",
        identifier=identifier,
        house=legislature(code),
        namesakes=press.contents.numbers[name],
    )


def changes(press: Press) -> Iterator[Page]:
    """What changed, month by month, and the list of months."""
    months = stories.by_month(press.items)
    yield press.page("months.html", "changes/", months=[(m, _kinds(items)) for m, items in months.items()])
    names = list(months)
    for i, month in enumerate(names):
        yield press.page(
            "month.html",
            f"changes/{month}/",
            month=month,
            days=stories.days_of(months[month]),
            later=names[i - 1] if i else "",
            earlier=names[i + 1] if i + 1 < len(names) else "",
            latest={},
        )


def _kinds(items: list[stories.Item]) -> tuple[int, int]:
    """How many items a month has, and how many of them are milestones."""
    return len(items), sum(item.weight == 0 for item in items)


def sources(press: Press) -> Page:
    """How every source is, and what nobody covers."""
    known = {run.legislature for run in press.contents.runs} | {b.legislature for b in press.contents.bills.values()}
    failing = [record for record in press.contents.bills.values() if record.failures]
    return press.page(
        "sources.html",
        "sources/",
        runs=press.contents.runs,
        states={(run.legislature, run.source): state_of(run, press) for run in press.contents.runs},
        codes=sorted(known),
        failing=failing,
    )


def about(press: Press) -> Page:
    """What this is, and what it does not learn about its readers."""
    return press.page("about.html", "about/")


def not_found(press: Press) -> Page:
    """The page for what is not there. It can stand under any address, so its links begin at the site's root."""
    found = press.page("404.html", "404.html")
    absolute = found.content.decode().replace('="./', f'="{press.settings.base_path}')
    return Page(found.path, absolute.encode())


# --- what the pages ask of the records -------------------------------------------------------------------------------


def _by_stage(bills: list[BillRecord]) -> list[tuple[str, list[BillRecord]]]:
    """Stages in the order of a bill's way, each with its bills, the latest moved first."""
    rank = {stage: i for i, stage in enumerate(STAGES)}

    def place(record: BillRecord) -> tuple[int, str]:
        return rank.get(record.stage, len(rank)), record.stage

    recent = sorted(bills, key=lambda b: (b.last_action_on, b.id), reverse=True)
    return [(stage, list(group)) for (_, stage), group in groupby(sorted(recent, key=place), key=place)]


def _checked_at(contents: Contents) -> datetime | None:
    """When any source last answered about any bill."""
    checks = (check.checked_at for record in contents.bills.values() for check in record.checks)
    good = (run.last_good_at for run in contents.runs if run.last_good_at)
    return max((*checks, *good), default=None)


def state_of(run: SourceRun, press: Press) -> str:
    """How a source is: "failing", "silent" for too long, "partly" where it failed for some bills, or "well"."""
    if run.failing_since:
        return "failing"
    limit = press.settings.stale_after_hours * 3600
    if not run.last_good_at or (press.now - run.last_good_at).total_seconds() > limit:
        return "silent"
    return "partly" if run.failed else "well"


def _troubled(press: Press) -> list[tuple[SourceRun, str]]:
    states = ((run, state_of(run, press)) for run in press.contents.runs)
    return [(run, state) for run, state in states if state in ("failing", "silent")]


def _latest_items(press: Press) -> dict[str, str]:
    """The newest item of each bill: what comes next is said there, and nowhere in the past."""
    latest: dict[str, str] = {}
    for item in press.items:
        if item.weight == 0:
            for name in item.bills:
                latest.setdefault(name, item.id)
    return latest


def _letters(record: BillRecord) -> list[tuple[str, str]]:
    """The letters of a bill's prints with their dates, the newest first; the original is always among them."""
    dates = {p.letter: p.published_on for p in record.prints}
    for letter in ("", record.version):
        dates.setdefault(letter, record.introduced_on if not letter else "")
    return sorted(dates.items(), reverse=True)
