"""A bill's family, near and far."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from billwatch_site.reading.kinship import links_of, others_of, with_replaced
from billwatch_site.reading.view import View, opened
from billwatch_site.records import Action, BillRecord, Relation
from site_records import bill_record


def bills_of(store: Path) -> dict[str, BillRecord]:
    """Every bill with a page."""
    view = View(opened(store))
    view.begin()
    return {bill.id: bill for bill in view.records(view.ids)}


def with_link(store: Path, *links: tuple[str, str, str, str]) -> dict[str, BillRecord]:
    """The sample store with more relations: (bill, kind, other, by)."""
    rows = (dict(zip(("bill", "kind", "other", "by"), link, strict=True)) for link in links)
    Database(store).table("relations").insert_all(rows)
    return bills_of(store)


def test_links_in_the_words_of_a_reader(store: Path) -> None:
    """S4505 takes the place of its sister bill; the sister is replaced by it."""
    bills = bills_of(store)
    assert [words for words, _ in links_of(bills["ny/2025/S4505"])] == [
        "Same bill in the other house",
        "Takes the place of",
        "Chapter amendment",
    ]
    assert [words for words, _ in links_of(bills["ny/2025/A5346"])] == ["Same bill in the other house", "Replaced by"]
    assert [words for words, _ in links_of(bills["ny/2017/S9191"])] == ["Came back as"]


def history(*lines: tuple[str, str]) -> BillRecord:
    """S929 with lines of these texts and terms."""
    return bill_record("ny/2025/S929", actions=tuple(Action("2025-05-22", "Assembly", t, (k,)) for t, k in lines))


def test_a_bill_says_itself_whose_place_it_took() -> None:
    """A bill that is not followed here states no link: the history of the one that took its place does."""
    told = with_replaced(history(("SUBSTITUTED FOR A02141A", "stand-in")))
    assert told.relations == (Relation("substituted-by", "ny/2025/A2141", True, "", incoming=True),)
    assert [words for words, _ in links_of(told)] == ["Takes the place of"]
    assert with_replaced(told) == told
    assert not with_replaced(history(("SUBSTITUTED BY A2141", "substitution"))).relations, "the store says that"


def test_a_substitution_that_was_taken_back_is_no_link() -> None:
    """Unless it came again; and a line that names no bill links nothing."""
    stood, undone = ("SUBSTITUTED FOR A2141", "stand-in"), ("SUBSTITUTION RECONSIDERED", "substitution-undone")
    assert not with_replaced(history(stood, undone)).relations
    assert len(with_replaced(history(stood, undone, stood)).relations) == 1
    assert not with_replaced(history(("SUBSTITUTED", "stand-in"))).relations


def test_a_family_reaches_over_sessions(store: Path) -> None:
    """What came back twice is one family: the first leads to the last."""
    bills = with_link(store, ("ny/2025/S404", "previous-version", "ny/2019/S1413", "source"))
    assert others_of(bills["ny/2017/S9191"], bills) == ["ny/2025/S404"]
    assert others_of(bills["ny/2019/S1413"], bills) == []


def test_what_we_only_guess_makes_no_family(store: Path) -> None:
    """An unconfirmed link is shown on the two bills it is about, and carries no further."""
    bills = with_link(store, ("ny/2025/S404", "probably-same", "ny/2019/S1413", "billwatch"))
    assert others_of(bills["ny/2017/S9191"], bills) == []
