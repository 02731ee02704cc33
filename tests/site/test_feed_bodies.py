"""What an entry about several bills says of each, when some of it was put right since."""

from __future__ import annotations

from alerts.news import change
from billwatch_site.feeds import body
from billwatch_site.feeds.entry import Entry, entry_of, news_of
from billwatch_site.records import Change
from billwatch_site.words.stories import items_of
from site_records import bill_record

VETOED = [
    change(
        f"ny/2025/A{n}", id=f"v{n}", now=f"2025-10-16 Assembly: VETOED MEMO.{n}", happened_on="2025-10-16", cause="v"
    )
    for n in (7, 70, 73)
]


def corrected(kind: str, of: Change, now: str) -> Change:
    return change(of.bill, kind=kind, was=of.now, now=now, corrects=of.id, severity="detail")


def entry(*corrections: Change) -> Entry:
    """The one entry that tells of these vetoes, with their corrections."""
    (news,) = news_of(items_of([*VETOED, *corrections]))
    return entry_of(news, {bill: bill_record(bill, title=f"About {bill[8:]}") for bill in news.item.bills})


def test_a_correction_among_several_says_of_which_bill_it_is() -> None:
    """Not all of them were put right: title and text name the bill, and the list has the words of the record now."""
    found = entry(corrected("action-edited", VETOED[2], "2025-10-17 Assembly: VETOED MEMO.43"))
    assert found.title == "Correction of A73: Vetoed: 3 bills."
    first, listed = found.told.split("<ul>")
    assert ": A73 of 2025: The record now reads “Vetoed (memorandum 43)”" in first
    assert "<li>A73 of 2025: Vetoed (memorandum 43). It happened on 17 October 2025. About A73</li>" in listed
    assert "memorandum 73" not in listed and "<li>A7 of 2025: Vetoed (memorandum 7)." in listed


def test_what_was_taken_out_of_the_record_is_listed_so() -> None:
    """And a list that needs no words of each bill has them for the one that they are not true of any more."""
    alike = [change(bill=c.bill, id=c.id, now="2025-10-16 Assembly: VETOED MEMO.1", cause="v") for c in VETOED]
    gone = corrected("action-removed", alike[0], "")
    (news,) = news_of(items_of([*alike, gone]))
    told = body.told(news.item, news.corrections, dict.fromkeys(news.item.bills, ""))
    assert "<li>A7 of 2025: The record no longer has the line “Vetoed (memorandum 1)”" in told
    assert "<li>A70 of 2025:</li>" in told


def test_each_bill_is_named_where_several_were_put_right() -> None:
    """In the order in which people look for them."""
    new = "2025-10-16 Assembly: VETOED MEMO.9"
    found = entry(*(corrected("action-edited", VETOED[n], new) for n in (2, 0)))
    assert found.title == "Correction of A7 and A73: Vetoed: 3 bills."
