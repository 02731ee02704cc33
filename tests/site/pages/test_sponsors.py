"""One person, one page, however a source spells the name."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from billwatch_site import Settings, build
from billwatch_site.reading.people import paths_of, people_of
from billwatch_site.reading.view import View, opened
from billwatch_site.words.links import sponsor_path
from site_pages import tree, words_of

ROWS = [
    ("ny", "2025", "A", "Linda Rosenthal", "ROSENTHAL L"),
    ("ny", "2025", "A", "Rosenthal L", "ROSENTHAL L"),
    ("ny", "2021", "A", "Rosenthal L", "ROSENTHAL L"),
    ("ny", "2019", "A", "Rosenthal L", "ROSENTHAL L"),
    ("ny", "2019", "A", "ROSENTHAL D", "ROSENTHAL D"),
    ("ny", "2025", "S", "Robert Jackson", "JACKSON"),
    ("ny", "2025", "S", "JACKSON", "JACKSON"),
    ("ny", "2025", "A", "Chantel Jackson", "JACKSON"),
    ("ny", "2025", "A", "Jackson", "JACKSON"),
    ("ny", "2023", "A", "Joseph Giglio", "GIGLIO"),
    ("ny", "2023", "A", "Jodi Giglio", "GIGLIO"),
    ("ny", "2023", "A", "GIGLIO", "GIGLIO"),
    ("ny", "2019", "A", "GIGLIO", "GIGLIO"),
    ("ny", "2015", "A", "Barbara Clark", "CLARK"),
    ("ny", "2015", "A", "CLARK", "CLARK"),
    ("ny", "2019", "A", "CLARK", "CLARK"),
    ("ny", "2023", "A", "Sarah Clark", "CLARK"),
    ("ny", "2023", "S", "Luis R. Sepúlveda", "SEPÚLVEDA"),
    ("ny", "2021", "S", "Sepúlveda", "SEPÚLVEDA"),
    ("nj", "2023", "A", "CLARK", "CLARK"),
]


@pytest.mark.parametrize(
    ("bill", "name", "full"),
    [
        ("ny/2025/A5346", "Rosenthal L", "Linda Rosenthal"),
        ("ny/2021/A12", "Rosenthal L", "Linda Rosenthal"),  # nobody else was called so in that chamber
        ("ny/2019/A12", "Rosenthal L", ""),  # six years before: the seat may have been another's
        ("ny/2019/A12", "ROSENTHAL D", ""),  # nothing says who it is
        ("ny/2025/S12", "JACKSON", "Robert Jackson"),
        ("ny/2025/A12", "Jackson", "Chantel Jackson"),
        ("ny/2023/A12", "GIGLIO", ""),  # two of that name sat in one chamber
        ("ny/2019/A12", "GIGLIO", ""),  # it may have been either
        ("ny/2015/A12", "CLARK", "Barbara Clark"),  # the own session knows it best
        ("ny/2019/A12", "CLARK", ""),  # the others say two names
        ("ny/2021/S12", "Sepúlveda", "Luis R. Sepúlveda"),
        ("nj/2023/A12", "CLARK", ""),  # another legislature
    ],
)
def test_a_short_name_stands_for_the_one_person_of_its_chamber_who_is_known_by_it(
    bill: str, name: str, full: str
) -> None:
    """To the session, or else to those near it if none denies it; where it may be another, the short name stays."""
    code, session, identifier = bill.split("/")
    known = {row[:4]: row[4] for row in people_of(ROWS)}
    assert known.get((code, session, identifier[0], name), "") == full


def test_only_short_names_stand_for_others() -> None:
    """A full name is nobody else's short one, and is looked up in vain."""
    assert {row[3] for row in people_of(ROWS)} == {"Rosenthal L", "JACKSON", "Jackson", "CLARK", "Sepúlveda"}


@pytest.mark.parametrize("teller", ["ny/2025/S8000", "ny/2023/S9191"])
def test_a_bill_is_read_with_the_full_names_that_another_bill_tells(teller: str, store: Path) -> None:
    """Of the same chamber, in the same session or another; so both are of one person."""
    sponsor(store, teller, "Ada Novak", "NOVAK")
    sponsor(store, "ny/2025/S404", "Novak", "NOVAK")
    view = View(opened(store))
    view.begin()
    bills = view.briefs({"ny/2025/S404", teller} & set(view.ids))
    assert all("ny/sponsors/ada-novak/" in paths_of(bill) for bill in bills.values())


def test_every_place_calls_a_sponsor_by_the_full_name(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Pages, lists, feeds, data, search: the short name stands alone only where a file says that it is the short one,
    and in the database, whose tables are those of the store."""
    sponsor(store, "ny/2017/S9191", "NOVAK", "NOVAK")
    sponsor(store, "ny/2019/S1413", "Ada Novak", "NOVAK")
    build(store, tmp_path / "public", settings, now)
    found = files(tmp_path / "public")
    texts = {path: content.decode() for path, content in found.items() if not path.endswith((".db", ".png"))}
    alone = re.compile(r"(?<!ada[ -])(?<!\"short\":\")\bnovak\b", re.IGNORECASE)
    assert {path for path, text in texts.items() if alone.search(text)} == set()
    places = ("ny/2017/S9191/index.html", "ny/2017/S9191/bill.json", "ny/S9191/index.html", "data/bills.csv")
    assert all("Ada Novak" in texts[path] for path in places)


def test_who_learns_a_name_makes_all_that_say_it_again(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """A bill of another session tells who somebody is: the site is as if made from nothing, to the byte."""
    sponsor(store, "ny/2017/S9191", "NOVAK", "NOVAK")
    build(store, tmp_path / "public", settings, now)
    sponsor(store, "ny/2019/S1413", "Ada Novak", "NOVAK")
    build(store, tmp_path / "public", settings, now)
    build(store, tmp_path / "anew", settings, now)
    public = files(tmp_path / "public")
    assert b">Ada Novak</a></strong>" in public["ny/2017/S9191/index.html"]
    assert public == files(tmp_path / "anew")


def test_those_who_only_co_sponsor_are_folded(site: Path) -> None:
    """Of 150 names on one bill one leads; who leads another stands in sight too."""
    page = tree(site / "ny/sponsors/index.html")
    folded = page.xpath("//details//li")
    leading = [words_of(one) for one in page.xpath("//section//li")]
    assert (
        "Andrew Gounardes Senate, leads 1 bill" in leading
        and "Member-With A. Longish Name 1 Assembly, leads 1 bill" in leading
    )
    assert len(folded) > 150 > 10 > len(leading) and not any("leads" in words_of(one) for one in folded)
    assert words_of(page.xpath("//summary")[0]) == f"{len(folded)} members co-sponsor only"


def files(site: Path) -> dict[str, bytes]:
    """What is published, by its path."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def sponsor(store: Path, bill: str, name: str, short: str) -> None:
    """Say in the store who leads a bill, as a source gives the name."""
    db = Database(store)
    row = {"bill": bill, "position": 1, "name": name, "short": short, "role": "primary"}
    db.execute("delete from sponsorships where bill = ?", [bill])
    db.table("sponsorships").insert(row)
    db.table("bills").update(bill, {"sponsor": name})
    db.close()


def test_accents_and_capitals_fold() -> None:
    """The same page."""
    assert sponsor_path("ny", "José Serrano") == sponsor_path("ny", "JOSE SERRANO") == "ny/sponsors/jose-serrano/"
    assert sponsor_path("ny", "JACKSON", "Senate") != sponsor_path("ny", "JACKSON", "Assembly")


@given(name=st.text(max_size=200))
def test_any_name_is_a_folder(name: str) -> None:
    """One folder below the sponsors, of harmless letters, never empty or endless."""
    assert re.fullmatch(r"ny/sponsors/[a-z0-9]+(-[a-z0-9]+)*/", sponsor_path("ny", name))
    assert len(sponsor_path("ny", name)) < 100
