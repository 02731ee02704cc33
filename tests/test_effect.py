"""When a law takes effect: the clause is found in printed texts and memos, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import Bill, Version
from billwatch.effect import plain, takes_effect

# The end of a printed bill: numbered lines, spread words, a word broken over two lines, the head of a page between.
PRINTED = """    9  shall be kept for three years.
   10    §  4.  This  act shall take effect on the one hun-
        S. 4505--A                          2

    1  dred eightieth day after it shall have become a law. Effective immediately,
    2  the commissioner may make rules."""
MEMO = """JUSTIFICATION:
It is needed.

EFFECTIVE DATE:
This act shall take effect on the ninetieth day after it
shall become law.
"""


def law(*versions: Version, version: str = "") -> Bill:
    return Bill(legislature="ny", session="2025", identifier="S4505", version=version, versions=versions)


def test_the_clause_of_a_printed_text() -> None:
    """Whole, on one line, without the numbers of the lines and the head of the page."""
    clause = "This act shall take effect on the one hundred eightieth day after it shall have become a law."
    assert takes_effect(law(Version("", text=PRINTED))) == clause


def test_the_last_clause_is_the_acts() -> None:
    """Texts that quote other acts name their clauses before."""
    text = "as follows: This act shall take effect immediately. § 2. This act shall take effect on January 1, 2027."
    assert takes_effect(law(Version("", text=text))) == "This act shall take effect on January 1, 2027."


def test_the_memo_speaks_where_no_text_is_held() -> None:
    """Its words are the sponsor's."""
    words = "This act shall take effect on the ninetieth day after it shall become law."
    assert takes_effect(law(Version("", memo=MEMO))) == words


def test_only_the_active_print_counts() -> None:
    """An amendment often moves the date; a print without text says nothing, and a clause without an end neither."""
    old, new = Version("", text=PRINTED), Version("A", text="§ 2. This act shall take effect immediately.")
    assert takes_effect(law(old, new, version="A")) == "This act shall take effect immediately."
    assert takes_effect(law(old, Version("A"), version="A")) == ""
    assert takes_effect(law(Version("", text="This act shall take effect " + "on and on " * 100))) == ""


def test_tens_keep_their_hyphen() -> None:
    """ "forty-fifth" broken after its hyphen is still that; "hundred" broken in two is one word again."""
    assert (
        plain("the forty-\n   12  fifth day of the one hun-\n   13  dred") == "the forty-fifth day of the one hundred"
    )


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_read(text: str, memo: str) -> None:
    """One line or nothing."""
    found = takes_effect(law(Version("", text=text, memo=memo)))
    assert found == " ".join(found.split())
