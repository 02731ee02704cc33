"""What is coming: each date with its sureness, what is overdue apart, months that show their days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from billwatch_site.pages.coming import Coming, Happening, coming_of
from billwatch_site.pictures.months import months_with
from billwatch_site.printing.press import SitePress, templates
from billwatch_site.reading.measures import Law
from billwatch_site.words.links import bill_link
from site_pages import text_of, tree
from site_records import bill_record, delivered

TODAY = date(2025, 12, 19)


def coming(*bills: Any, laws: tuple[Law, ...] = (), now: datetime = datetime(2025, 12, 19, 18, tzinfo=UTC)) -> Coming:
    """What is coming on 19 December 2025 for these bills."""
    press = SimpleNamespace(
        now=now,
        bills={bill.id: bill for bill in bills},
        measures=SimpleNamespace(laws=laws),
    )
    return coming_of(cast(SitePress, press))


def seen(events: tuple[Happening, ...]) -> list[tuple[str, str, str]]:
    return [(event.on.isoformat(), event.kind, event.sure) for event in events]


def test_the_governors_clock_and_the_sessions_end() -> None:
    """Ten days, Sundays excepted; what runs over the year's end is an estimate; the end of a session is a rule."""
    soon = bill_record("ny/2025/S1", stage="with-executive", executive=delivered("2025-12-10"))
    later = bill_record("ny/2025/S2", stage="with-executive", executive=delivered("2025-12-22"))
    assert seen(coming(soon, later).ahead) == [
        ("2025-12-22", "executive", "rule"),
        ("2026-01-30", "executive", "estimate"),
        ("2026-12-31", "session-end", "rule"),
    ]


def test_a_session_is_over_when_nothing_of_it_is_undecided() -> None:
    """A veto can be overridden until it ends; of laws, and of bills that gave way to others, nothing is waited for."""
    vetoed = bill_record("ny/2025/S1", stage="vetoed", stage_since="2025-03-01")
    assert seen(coming(vetoed).ahead) == [("2026-12-31", "session-end", "rule")]
    settled = [bill_record(f"ny/2025/S{n}", stage=stage) for n, stage in enumerate(("law", "substituted"), start=1)]
    assert coming(*settled).ahead == ()


def test_the_day_on_which_bills_go_back_is_told_where_it_concerns_one() -> None:
    """A Senate bill that lies in the Assembly; once for all of them, and not for one that is in its own house."""
    across = [bill_record(f"ny/2025/S{n}", stage="passed-one-chamber", chamber="Assembly") for n in (1, 2)]
    ends = [("2026-12-31", "session-end", "rule")]
    assert seen(coming(*across).ahead) == [("2026-01-07", "bills-return", "rule"), *ends]
    assert seen(coming(bill_record("ny/2025/S1", stage="passed-one-chamber", chamber="Senate")).ahead) == ends
    assert seen(coming(bill_record("ny/2025/S1", stage="on-floor", chamber="Senate")).ahead) == ends


def test_what_the_record_is_late_with_is_overdue() -> None:
    """The last day has gone by, and the bill still stands with the Governor."""
    late = bill_record("ny/2025/S1", stage="with-executive", executive=delivered("2025-12-01"))
    assert seen(coming(late).overdue) == [("2025-12-12", "executive", "rule")]


def test_the_last_day_goes_on_until_midnight_in_albany() -> None:
    """At nine in the evening there, when it is the next day in UTC, the deadline of that day is ahead."""
    due = bill_record("ny/2025/A3000", stage="with-executive", executive=delivered("2025-05-08"))
    evening = datetime(2025, 5, 21, 1, tzinfo=UTC)
    found = coming(due, now=evening)
    assert (found.ahead[0].on, found.overdue, found.today) == (date(2025, 5, 20), (), date(2025, 5, 20))
    assert coming(due, now=evening.replace(hour=4)).overdue[0].on == date(2025, 5, 20)


def test_laws_begin_and_end_by_their_own_words() -> None:
    """By our reading; a law of a bill without a page is none of ours."""
    clause = "This act shall take effect immediately and shall expire and be deemed repealed June 30, 2027."
    law = bill_record("ny/2025/S1", stage="law", stage_since="2025-12-19", ended=True)
    laws = (Law("ny/2025/S1", "2025-12-19", clause), Law("ny/2025/S9", "2025-12-19", clause))
    assert seen(coming(law, laws=laws).ahead) == [
        ("2025-12-19", "effect", "our reading"),
        ("2027-06-30", "sunset", "our reading"),
    ]


def test_what_the_last_weeks_brought() -> None:
    """The latest first; what is older than thirty days is gone."""
    bills = (
        bill_record("ny/2025/S1", stage="law", stage_since="2025-12-12"),
        bill_record("ny/2025/S2", stage="vetoed", stage_since="2025-12-18"),
        bill_record("ny/2025/S3", stage="law", stage_since="2025-10-01"),
    )
    assert seen(coming(*bills).lately) == [("2025-12-18", "vetoed", ""), ("2025-12-12", "signed", "")]


def test_a_legislature_without_rules_has_no_dates() -> None:
    """None is guessed."""
    bills = (
        bill_record("zz/2025/H1", stage="with-executive", executive=delivered("2025-12-10")),
        bill_record("zz/2025/H2", stage="in-committee"),
    )
    assert coming(*bills).ahead == ()


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=8), st.dates(date(2025, 1, 1), date(2026, 1, 1))
)
def test_months_hold_each_of_their_days_once(days: list[date], today: date) -> None:
    """This month is always there, others when they have something, four in all; today and every date are marked."""
    months = months_with(days, today)
    assert 1 <= len(months) <= 4 and months[0].first == today.replace(day=1)
    assert all(any(day and day.events for week in month.weeks for day in week) for month in months[1:])
    for month in months:
        found = [day for week in month.weeks for day in week if day]
        assert [day.on.day for day in found] == list(range(1, len(found) + 1))
        assert {day.on.month for day in found} == {month.first.month}
        assert all(len(week) == 7 for week in month.weeks)
        assert [day.on for day in found if day.events] == sorted({d for d in days if d.replace(day=1) == month.first})
    assert [day.on for week in months[0].weeks for day in week if day and day.today] == [today]


def test_the_next_few_for_the_home_page() -> None:
    """A short list that says how many more there are, and nothing at all where nothing is ahead."""
    sent = delivered("2025-12-10")
    waiting = [bill_record(f"ny/2025/S{n}", stage="with-executive", executive=sent) for n in range(1, 7)]
    brief = templates(b"").get_template("coming.html").make_module({}).brief
    link = partial(bill_link, own={bill.id for bill in waiting}, root="./")
    told = html.fromstring(str(brief(coming(*waiting), link, {}, "./")))
    assert len(told.xpath("//li")) == 4 and "with 3 more" in told.text_content()
    assert told.xpath("//li[1]/a/@href") == ["./ny/2025/S1/"]
    assert not str(brief(coming(), link, {}, "./")).strip()


def test_the_calendar_page(site: Path) -> None:
    """Dates with their bills, and the months' pictures lead to them."""
    page, said = tree(site / "calendar/index.html"), text_of(site, "calendar")
    assert "S4505 2025–2026 takes effect. Our reading" in said
    assert "Committee agendas are not read here, so votes can happen that are not listed here." in said
    assert "New York: the 2025–2026 session ends. Rule" in said
    for link in page.xpath("//table[@class='month']//a/@href"):
        assert page.get_element_by_id(link[1:]).tag == "ul"
    assert page.xpath("//table[@class='month']//td[@class='today']")[0].text_content() == "19"
