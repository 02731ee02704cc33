"""One person, one page, however a source spells the name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from billwatch_site.reading.people import full_names, paths_of, people_of
from billwatch_site.reading.view import View, opened
from billwatch_site.words.links import sponsor_path

ROWS = [
    ("ny", "2025", "A", "Linda Rosenthal", "ROSENTHAL L"),
    ("ny", "2025", "A", "Rosenthal L", "ROSENTHAL L"),
    ("ny", "2025", "S", "Robert Jackson", "JACKSON"),
    ("ny", "2025", "A", "Chantel Jackson", "JACKSON"),
    ("ny", "2023", "A", "Joseph Giglio", "GIGLIO"),
    ("ny", "2023", "A", "Jodi Giglio", "GIGLIO"),
]


@pytest.mark.parametrize(
    ("bill", "name", "full"),
    [
        ("ny/2025/A5346", "Rosenthal L", "Linda Rosenthal"),
        ("ny/2025/S12", "JACKSON", "Robert Jackson"),
        ("ny/2025/A12", "Jackson", "Chantel Jackson"),
        ("ny/2023/A12", "GIGLIO", "GIGLIO"),  # two of that name sat in one chamber
        ("ny/2019/A12", "Rosenthal L", "Rosenthal L"),  # nothing says who it was then
    ],
)
def test_a_short_name_stands_for_the_full_one_of_its_chamber_and_session(bill: str, name: str, full: str) -> None:
    """Where the store knows exactly one."""
    code, session, identifier = bill.split("/")
    known = {row[:4]: row[4] for row in people_of(ROWS)}
    assert known.get((code, session, identifier[0], name.upper()), name) == full
    assert set(full_names(ROWS).values()) == set(known.values())


def test_a_bill_is_read_with_the_full_names_that_another_bill_tells(store: Path) -> None:
    """Of the same chamber and session; so both are of one person."""
    db = Database(store)
    row = {"position": 1, "role": "primary"}
    db.table("sponsorships").insert(
        row | {"bill": "ny/2025/S8000", "name": "Ada Novak", "short": "NOVAK"}, replace=True
    )
    db.table("sponsorships").insert(row | {"bill": "ny/2025/S404", "name": "Novak", "short": "NOVAK"}, replace=True)
    db.close()
    view = View(opened(store))
    view.begin()
    bills = view.briefs(["ny/2025/S404", "ny/2025/S8000"])
    assert all("ny/sponsors/ada-novak/" in paths_of(bill) for bill in bills.values())


def test_accents_and_capitals_fold() -> None:
    """The same page."""
    assert sponsor_path("ny", "José Serrano") == sponsor_path("ny", "JOSE SERRANO") == "ny/sponsors/jose-serrano/"
    assert sponsor_path("ny", "JACKSON", "Senate") != sponsor_path("ny", "JACKSON", "Assembly")


@given(name=st.text(max_size=200))
def test_any_name_is_a_folder(name: str) -> None:
    """One folder below the sponsors, of harmless letters, never empty or endless."""
    assert re.fullmatch(r"ny/sponsors/[a-z0-9]+(-[a-z0-9]+)*/", sponsor_path("ny", name))
    assert len(sponsor_path("ny", name)) < 100
