"""What changed: the latest days on the home page, and every month and day there ever was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from billwatch_site.pages import shelves
from billwatch_site.pages.coming import coming_of
from billwatch_site.pages.houses import ALIVE
from billwatch_site.pages.lists import FEW
from billwatch_site.pages.sources import state_of
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.reading.news import WHOLE, Dated, Month
from billwatch_site.records import SourceRun
from billwatch_site.words import links, stories
from billwatch_site.words.days import Day, fitting, loudest, shortened
from billwatch_site.words.followed import in_a_phrase

# What the home page tells: less than 30 kB, however much moved. The rest stands on the pages of months and days.
HOME_DAYS, HOME_LINES, DAY_STORIES = 14, 540, 40
MONTH_STORIES = 12  # milestones of a day, in a month of which each day has its own page
STORY_BILLS = 12  # that are listed in a story about several, on these two
LATE = timedelta(
    days=7
)  # "a week" on the page: a bill that was last checked so long before others may have moved since


def home(press: SitePress) -> Iterator[Page]:
    """The latest days, bills by stage, and whether the sources are well."""
    days = press.news.days[:HOME_DAYS]
    items, _ = press.news.told(days, weight=2 if sum(day.changes for day in days) <= WHOLE else 1)
    alive = [at for id, at in press.checks.items() if press.bills[id].stage in ALIVE]
    short = (_short(day, DAY_STORIES, press.news.path_of(day.on.isoformat())) for day in press.news.by_day(items))
    yield press.page(
        "home.html",
        "",
        days=list(fitting(short, HOME_LINES)),
        months=press.news.months,
        which=in_a_phrase(press.followed) if press.followed else "the bills that are followed here",
        stages=shelves.counts_by_stage(press.followed),
        few=len(press.bills) <= FEW,
        coming=coming_of(press),
        checked_at=press.checked_at,
        alive=len(alive),
        behind=behind(alive, press.checked_at),
        troubled=_troubled(press),
        latest=stories.latest_milestones(items),
    )


def months(press: SitePress) -> Iterator[Page]:
    """The list of months."""
    yield press.page("months.html", "changes/", months=press.news.months)


def month(press: SitePress, month: Month) -> Iterator[Page]:
    """What changed in one month; where that is too much for a page, each day's milestones."""
    items, cards = press.news.told(month.days, 2 if month.whole else 0)
    days = press.news.by_day(items)
    yield press.page(
        "month.html",
        f"changes/{month.dated.name}/",
        bills=cards,
        month=month,
        days=days if month.whole else list(_each(month, days)),
        latest={},
    )


def _each(month: Month, days: list[Day]) -> Iterator[Day]:
    """Each day of the month with the first of its milestones, also where it has none."""
    told = {day.on.isoformat(): loudest(day) for day in days}
    for day in month.days:
        found = told.get(day.name) or Day(date.fromisoformat(day.name), ())
        yield _short(found, MONTH_STORIES, links.day_path(day.name))


def _short(day: Day, limit: int, at: str) -> Day:
    return shortened(day, limit, STORY_BILLS, at)


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
        on=date.fromisoformat(day.name),
        days=press.news.by_day(loud),
        quiet=quiet,
        latest={},
    )


def behind(alive: Iterable[datetime | None], latest: datetime | None) -> int:
    """How many of these bills were last checked long before the latest check of any; 0 where nothing was checked."""
    return sum(at is None or latest - at > LATE for at in alive) if latest else 0


def _troubled(press: SitePress) -> list[tuple[SourceRun, str]]:
    states = ((run, state_of(run, press)) for run in press.runs)
    return [(run, state) for run, state in states if state in ("failing", "silent")]
