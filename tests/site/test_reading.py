"""Which bills are published, and what of the store their records hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch_site.build import opened
from billwatch_site.reading import contents_of, is_bill_id
from billwatch_site.records import Contents


@pytest.fixture
def contents(store: Path) -> Contents:
    return contents_of(opened(store))


def test_followed_bills_and_their_families_have_a_page(contents: Contents) -> None:
    """S1413 of 2019 is not followed, but is what S9191 of 2017 came back as; the other S9191s are neither."""
    assert "ny/2019/S1413" in contents.bills
    assert not contents.bills["ny/2019/S1413"].followed
    assert {b for b in contents.bills if b.endswith("S9191")} == {"ny/2017/S9191"}


def test_a_number_lists_every_stored_bill_with_it(contents: Contents) -> None:
    """The page of a number tells its bills apart, the latest session first, followed or not."""
    sessions = [namesake.session for namesake in contents.numbers["ny/S9191"]]
    assert sessions == ["2025", "2023", "2021", "2017"]


def test_absent_facts_are_empty_text(contents: Contents) -> None:
    """A bill without title and sponsor is a bill all the same."""
    bare = contents.bills["ny/2025/A10402"]
    assert (bare.title, bare.sponsor, bare.steps) == ("", "", ())


def test_a_bill_without_a_title_is_called_by_its_summary(store: Path) -> None:
    """Some sources carry a summary and no title: its first clause is the headline, here and on the number's page."""
    Database(store).execute("update bills set title = null where id = 'ny/2025/S3591'").connection.commit()
    contents = contents_of(opened(store))
    headline = "Requires age verification for internet pornography websites"
    assert contents.bills["ny/2025/S3591"].headline == headline
    assert contents.numbers["ny/S3591"][0].headline == headline
    assert contents.bills["ny/2025/A10402"].headline == ""


def test_relations_are_seen_from_both_ends(contents: Contents) -> None:
    """A link that only the other bill states is shown here too, and as its doing."""
    (link,) = contents.bills["ny/2017/S9191"].relations
    assert (link.kind, link.other, link.incoming) == ("previous-version", "ny/2019/S1413", True)
    kinds = [(r.kind, r.other) for r in contents.bills["ny/2025/S4505"].relations]
    assert kinds.count(("same-as", "ny/2025/A5346")) == 1


def test_a_correction_and_what_it_corrects_know_each_other(contents: Contents) -> None:
    """Who reads the old news finds that it was put right."""
    changes = {change.id: change for change in contents.bills["ny/2025/S4505"].changes}
    (correction,) = (change for change in changes.values() if change.corrects)
    assert changes[correction.corrects].corrected_by == correction.id


def test_receipts_stand_with_the_checks(contents: Contents) -> None:
    """Each source's last answer is there with its SHA-256 and how often it was asked."""
    (check,) = contents.bills["ny/2025/S4505"].checks
    assert (check.sha256, check.checks, check.fetched_at.isoformat()) == ("9f" * 32, 14, "2025-12-19T15:00:00+00:00")


def test_control_characters_never_leave_the_store(contents: Contents) -> None:
    """What no page and no feed may hold is gone, inside JSON too; the letters stay."""
    bill = contents.bills["ny/2025/S6666"]
    texts = (bill.title, bill.steps[0].name, bill.votes[0].roll[0][0])
    assert all("\x0b" not in text and "\u202e" not in text and "tfosorciM" in text for text in texts)


def test_an_id_that_is_none_gets_no_page(store: Path, changed: Callable[[str, dict[str, Any]], None]) -> None:
    """An id becomes a path, so anything but an id is left out and reported, and the rest is published."""
    row = {"id": "ny/../../etc", "legislature": "ny", "session": "..", "identifier": "..", "followed": 1}
    changed("bills", row | {"first_seen_at": "2025-01-01T00:00:00+00:00", "changed_at": "2025-01-01T00:00:00+00:00"})
    contents = contents_of(opened(store))
    assert contents.refused == ("ny/../../etc",)
    assert "ny/../../etc" not in contents.bills and "ny/2025/S4505" in contents.bills


def test_broken_json_names_the_bill(store: Path) -> None:
    """A row that breaks the contract is one clear line, not a traceback."""
    db = Database(store)
    db.execute("update bills set steps = '{' where id = 'ny/2025/S404'")
    db.conn.commit()
    with pytest.raises(StoreError, match="ny/2025/S404"):
        contents_of(opened(store))


def test_a_missing_store_is_one_clear_line(tmp_path: Path) -> None:
    """Nothing is created where there is no store."""
    with pytest.raises(StoreError, match="billwatch update"):
        contents_of(opened(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_no_text_but_an_id_is_an_id(text: str) -> None:
    """Whatever is accepted stays in its folder and in its letters."""
    if is_bill_id(text):
        assert ".." not in text and text.count("/") == 2 and text.isascii()


@pytest.mark.parametrize(
    "text", ["ny/2017/s9191", "ny/2017/S9191/", "/ny/2017/S9191", "ny//S1", "ny/2017/S9191\n", "con"]
)
def test_near_misses_are_no_ids(text: str) -> None:
    """Another case, another slash, a line break: none of these is the bill."""
    assert not is_bill_id(text)
