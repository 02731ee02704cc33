"""Legislatures and their members: the session's clock, and the official pages we lead to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.build import build
from billwatch_site.pages.houses import clock_of
from billwatch_site.pages.sponsors import members_of
from billwatch_site.records import Sponsor
from billwatch_site.settings import Settings
from billwatch_site.words.official import legislature
from site_pages import tree, words_of
from site_records import bill_record

NEW_YORK = legislature("ny")


@pytest.mark.parametrize(
    ("today", "session", "left"),
    [(date(2025, 1, 1), "2025", 729), (date(2026, 12, 31), "2025", 0), (date(2027, 1, 1), "2027", 730)],
)
def test_a_session_is_two_calendar_years(today: date, session: str, left: int) -> None:
    """From 1 January of the odd year to 31 December of the even one, both included."""
    clock = clock_of(NEW_YORK, today)
    assert clock and (clock.session, clock.days_left) == (session, left)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_share_that_has_passed_never_leaves_its_bounds(today: date) -> None:
    """Nor does the session that a day falls in leave that day out."""
    clock = clock_of(NEW_YORK, today)
    assert clock and 0 <= clock.share < 1 and clock.begins <= today <= clock.ends


def test_the_clock_marks_the_day_on_which_bills_go_back() -> None:
    """A year and a week into a session of two years."""
    clock = clock_of(NEW_YORK, date(2025, 6, 1))
    assert clock and clock.returns == date(2026, 1, 7)
    assert clock.share_at(date(2026, 1, 7)) == 371 / 730


def test_the_mark_in_the_clock_is_explained(site: Path) -> None:
    """Under the bar, by the day: what has happened by now is told as such."""
    (told,) = tree(site / "ny/index.html").xpath("//p[@class='returns']")
    assert words_of(told) == (
        "7 January 2026: bills that only one house has passed return to it, which must pass them again."
    )


def test_where_the_strip_leads_there_are_as_many_bills(site: Path, large_site: Path) -> None:
    """Each stage of a legislature's session leads to the bills that it counts: to those of no other session."""
    here, there = ((tree(s / "ny/index.html"), s / "ny") for s in (site, large_site))
    for (page, folder), listed in ((here, None), (there, "//main//h1//*[@class='count']")):
        for link in page.xpath("//section[@class='strip']//li/a"):
            path, _, anchor = link.get("href").partition("#")
            target = tree(folder / path / "index.html") if path else page
            (count,) = target.xpath(listed or f"//*[@id='{anchor}']/*[@class='count']")
            assert words_of(count) == words_of(link.xpath("span")[0])
    assert len(here[0].xpath("//section[@class='strip']//li")) > 3 and there[0].xpath("//section[@class='strip']//li")


def test_what_has_ended_is_not_counted_among_the_alive(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """An amendment of a past session stays "to the next legislature" for ever: its end is certain all the same."""
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("update bills set stage = 'to-next-legislature', ended = 1")
        db.execute("update bills set stage = 'on-floor', ended = 0 where id = 'ny/2025/A9000'")
    build(store, tmp_path / "public", settings, now)
    (told,) = tree(tmp_path / "public/ny/index.html").xpath("//p[@class='standfirst']")
    assert words_of(told) == "1 bill followed here is alive or awaits an outcome."


def test_every_bill_of_a_committee_is_linked(large_site: Path) -> None:
    """As many as it is said to have: the first dozen in sight, the rest unfolds."""
    rows = tree(large_site / "ny/index.html").xpath("//section[@class='committees']//tbody/tr")
    for row in rows:
        assert len(row.xpath("td[2]//a/@href")) == int(words_of(row.xpath("td[1]")[0])) > 15
        assert len(row.xpath("td[2]/a")) == 12 and words_of(row.xpath(".//summary")[0]).startswith("and ")
    assert len(rows) > 5


def test_a_list_says_which_committee_has_a_bill(large_site: Path) -> None:
    """Quietly under its title, where there is one to tell."""
    places = "//td/span[@class='lies']"
    told = {words_of(one) for one in tree(large_site / "bills/ny/2025/in-committee/index.html").xpath(places)}
    assert "Assembly Internet and Technology" in told
    on_floor = tree(large_site / "bills/ny/2025/on-floor/index.html").xpath(places)
    assert {words_of(one) for one in on_floor} == {"Senate floor", "Assembly floor"}


def test_a_list_says_its_session_once(visitor: Any, address: str) -> None:
    """In its heading: no row of the legislature's page says it again."""
    page = visitor()
    page.goto(address + "ny/")
    rows = page.locator("#bills ~ section tbody th").all_inner_texts()
    assert "2025–2026" in page.locator("#bills").inner_text() and len(rows) > 5
    assert not [row for row in rows if "–" in row]


def test_a_strip_says_what_a_square_is_worth(site: Path, large_site: Path) -> None:
    """Where it is more than one bill, once for all stages; where it is one, nothing has to be said."""
    labels = [tree(s / "index.html").xpath("string(//section[@class='strip']/p)") for s in (site, large_site)]
    assert labels == ["Where they stand", "Where they stand. One square is 10 bills"]


def test_no_clock_for_a_legislature_whose_terms_we_do_not_know() -> None:
    """Nothing is guessed."""
    assert clock_of(legislature("zz"), date(2025, 6, 1)) is None
    assert legislature("zz").member("Senate", "A B") is None


@pytest.mark.parametrize(
    ("chamber", "name", "address"),
    [
        ("Senate", "Andrew Gounardes", "https://www.nysenate.gov/senators/andrew-gounardes"),
        ("Senate", "Joseph P. Addabbo Jr.", "https://www.nysenate.gov/senators/joseph-p-addabbo-jr"),
        ("Senate", "José M. Serrano", "https://www.nysenate.gov/senators/jose-m-serrano"),
        ("Senate", "GOUNARDES", "https://www.nysenate.gov/senators-committees"),
        ("Assembly", "Nily Rozic", "https://nyassembly.gov/mem/Nily-Rozic"),
        ("Assembly", "Rozic", "https://nyassembly.gov/mem/"),
    ],
)
def test_members_are_found_at_their_house(chamber: str, name: str, address: str) -> None:
    """By the full name that the address is made of; with less, the list of members."""
    page = NEW_YORK.member(chamber, name)
    assert page and page.url == address


def test_committees_are_found_at_their_house() -> None:
    """The Senate's by name; the Assembly's have numbers that we do not know."""
    senate = NEW_YORK.committee("Senate", "Internet and Technology")
    assembly = NEW_YORK.committee("Assembly", "Codes")
    assert senate and senate.url == "https://www.nysenate.gov/committees/internet-and-technology"
    assert assembly and assembly.url == "https://nyassembly.gov/comm/"


def test_one_person_is_one_sponsor() -> None:
    """Whatever name a source gave beside the short one; those who lead come before those who sign."""
    lead = bill_record("ny/2025/S1", sponsors=(Sponsor("Andrew Gounardes", "GOUNARDES", "primary"),))
    sign = bill_record(
        "ny/2025/S2", sponsors=(Sponsor("Zellnor Myrie", "", "primary"), Sponsor("Andrew Gounardes", "", "cosponsor"))
    )
    gounardes, myrie = members_of([lead, sign])
    assert (gounardes.name, len(gounardes.leads), len(gounardes.signed)) == ("Andrew Gounardes", 1, 1)
    assert (myrie.name, myrie.chamber) == ("Zellnor Myrie", "Senate")
