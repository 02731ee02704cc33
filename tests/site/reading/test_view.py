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
from billwatch_site.reading.view import View, is_bill_id, opened
from billwatch_site.records import BillRecord

Bills = dict[str, BillRecord]


def seen(store: Path) -> View:
    """The store as a build sees it."""
    view = View(opened(store))
    view.begin()
    return view


def bills_of(store: Path) -> Bills:
    """Every bill with a page."""
    view = seen(store)
    return {bill.id: bill for bill in view.records(view.ids)}


@pytest.fixture
def bills(store: Path) -> Bills:
    return bills_of(store)


def test_followed_bills_and_their_families_have_a_page(bills: Bills) -> None:
    """S1413 of 2019 is not followed, but is what S9191 of 2017 came back as; the other S9191s are neither."""
    assert "ny/2019/S1413" in bills
    assert not bills["ny/2019/S1413"].followed
    assert {b for b in bills if b.endswith("S9191")} == {"ny/2017/S9191"}


def test_a_number_lists_every_stored_bill_with_it(bills: Bills) -> None:
    """The page of a number tells its bills apart, the latest session first, followed or not."""
    namesakes = bills["ny/2017/S9191"].namesakes
    assert [n.session for n in namesakes] == ["2025", "2023", "2021", "2017"]
    assert [n.own for n in namesakes] == [False, False, False, True]


def test_absent_facts_are_empty_text(bills: Bills) -> None:
    """A bill without title and sponsor is a bill all the same."""
    bare = bills["ny/2025/A10402"]
    assert (bare.title, bare.sponsor, bare.steps) == ("", "", ())


def test_a_bill_without_a_title_is_called_by_its_summary(store: Path) -> None:
    """Some sources carry a summary and no title: its first clause is the headline, here and on the number's page."""
    Database(store).execute("update bills set title = null where id = 'ny/2025/S3591'").connection.commit()
    bills = bills_of(store)
    headline = "Requires age verification for internet pornography websites"
    assert bills["ny/2025/S3591"].headline == headline
    assert bills["ny/2025/S3591"].namesakes[0].headline == headline
    assert bills["ny/2025/A10402"].headline == ""


def test_relations_are_seen_from_both_ends(bills: Bills) -> None:
    """A link that only the other bill states is shown here too, and as its doing."""
    (link,) = bills["ny/2017/S9191"].relations
    assert (link.kind, link.other, link.incoming) == ("previous-version", "ny/2019/S1413", True)
    kinds = [(r.kind, r.other) for r in bills["ny/2025/S4505"].relations]
    assert kinds.count(("same-as", "ny/2025/A5346")) == 1


def test_a_correction_and_what_it_corrects_know_each_other(bills: Bills) -> None:
    """Who reads the old news finds that it was put right."""
    changes = {change.id: change for change in bills["ny/2025/S4505"].changes}
    (correction,) = (change for change in changes.values() if change.corrects)
    assert changes[correction.corrects].corrected_by == correction.id


def test_receipts_stand_with_the_checks(bills: Bills) -> None:
    """Each source's last answer is there with its SHA-256 and how often it was asked."""
    (check,) = bills["ny/2025/S4505"].checks
    assert (check.sha256, check.checks, check.fetched_at.isoformat()) == ("9f" * 32, 14, "2025-12-19T15:00:00+00:00")


def test_control_characters_never_leave_the_store(bills: Bills) -> None:
    """What no page and no feed may hold is gone, inside JSON too; the letters stay."""
    bill = bills["ny/2025/S6666"]
    texts = (bill.title, bill.steps[0].name, bill.votes[0].roll[0][0])
    assert all("\x0b" not in text and "\u202e" not in text and "tfosorciM" in text for text in texts)


def test_an_id_that_is_none_gets_no_page(store: Path, changed: Callable[[str, dict[str, Any]], None]) -> None:
    """An id becomes a path, so anything but an id is left out and reported, and the rest is published."""
    row = {"id": "ny/../../etc", "legislature": "ny", "session": "..", "identifier": "..", "followed": 1}
    changed("bills", row | {"first_seen_at": "2025-01-01T00:00:00+00:00", "changed_at": "2025-01-01T00:00:00+00:00"})
    view = seen(store)
    assert view.refused == ("ny/../../etc",)
    assert "ny/../../etc" not in view.ids and "ny/2025/S4505" in view.ids


@pytest.mark.parametrize(
    ("stage", "substitute", "its_stage", "law"),
    [
        ("law", None, "", ""),
        ("awaited", None, "", "?"),
        ("substituted", "ny/2025/S3591", "law", "S3591"),
        ("substituted", "ny/2025/S3591", "with-executive", "S3591?"),
    ],
)
def test_whose_law_a_chapter_amendment_would_amend_is_read_from_where_the_bills_stand(
    store: Path, new_change: Callable[..., Any], stage: str, substitute: str | None, its_stage: str, law: str
) -> None:
    """Its own, or that of its substitute; none yet where the record has no chapter."""
    db = Database(store)
    db.table("changes").insert(new_change("ny/2025/S404", "chapter-amendment", "ny/2025/A433"))
    db.execute("update bills set stage = ?, substituted_by = ? where id = 'ny/2025/S404'", (stage, substitute))
    db.execute("update bills set stage = ? where id = ?", (its_stage, substitute or ""))
    db.conn.commit()
    (found,) = (c for c in bills_of(store)["ny/2025/S404"].changes if c.kind == "chapter-amendment")
    assert found.context == law


def test_broken_json_names_the_bill(store: Path) -> None:
    """A row that breaks the contract is one clear line, not a traceback."""
    db = Database(store)
    db.execute("update bills set steps = '{' where id = 'ny/2025/S404'")
    db.conn.commit()
    with pytest.raises(StoreError, match="ny/2025/S404"):
        bills_of(store)


def test_a_missing_store_is_one_clear_line(tmp_path: Path) -> None:
    """Nothing is created where there is no store."""
    with pytest.raises(StoreError, match="billwatch update"):
        bills_of(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_the_remedy_fits_what_is_wrong(tmp_path: Path) -> None:
    """A file without our tables is filled by an update; one that is damaged is moved away, or brought back."""
    (tmp_path / "empty.db").write_bytes(b"")
    with pytest.raises(StoreError, match=r"no such table.*; run 'billwatch update' first"):
        bills_of(tmp_path / "empty.db")
    (tmp_path / "list.db").write_text("this is a shopping list, not a database at all" * 50)
    with pytest.raises(StoreError, match=r"not a database; move the damaged file away .* 'billwatch load', or bring"):
        bills_of(tmp_path / "list.db")


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


def test_what_is_tabled_is_known_by_the_veto_before_it(store: Path, changed: Any, new_change: Any) -> None:
    """The change says so itself, wherever it is told; without a veto on the record until that day it does not."""
    for bill, on in (("ny/2025/S929", "2025-12-19"), ("ny/2025/S929", "2025-12-01"), ("ny/2025/S404", "2025-12-19")):
        changed("changes", new_change(bill, "action", f"{on} Senate: TABLED", happened_on=on))
    found = bills_of(store)
    tabled = [c for bill in ("ny/2025/S929", "ny/2025/S404") for c in found[bill].changes if "TABLED" in c.now]
    assert {(c.bill, c.happened_on): c.context for c in tabled} == {
        ("ny/2025/S929", "2025-12-19"): "veto",
        ("ny/2025/S929", "2025-12-01"): "",
        ("ny/2025/S404", "2025-12-19"): "",
    }
