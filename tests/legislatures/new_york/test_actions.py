"""New York's wordings: each has a rule of its own, and nothing is guessed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from billwatch.legislatures.new_york.actions import (
    chapter_in,
    classified,
    committee_in,
    committee_named,
    pattern_of,
    severity_of,
    substitute_in,
    veto_in,
)
from billwatch.legislatures.new_york.wordings import HOUSE_TERMS, OPEN_STATES, TERMS

RECORD = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "ny"
# What a code of the bill drafting commission is followed by, as it appears in histories.
ARGUMENTS = {
    "Committee code": " CODES",
    "Calendar number": " CAL.114",
    "Calendar number (optional)": " CAL.387",
    "Bill number": " S4505",
    "Chapter number": " CHAP.689",
    "Memo number": " MEMO.91",
    "Veto number": " VETO.293",
    "Item number": " 12",
    "Bill number & amendment code": " 6169A",
    "": "",
}
# One real text for each way of writing; the whole vocabulary is tried where the record is at hand.
TEXTS = {
    "REFERRED TO CORPORATIONS, AUTHORITIES AND COMMISSIONS": "referral-committee",
    "REFERRED TO VETERANS' AFFAIRS": "referral-committee",
    "REFERRED TO CALENDAR": "referral",
    "REPORTED REFERRED TO RULES": "committee-passage referral-committee",
    "REPORTED AND COMMITTED TO FINANCE": "committee-passage referral-committee",
    "REPORTED": "committee-passage",
    "RULES REPORT CAL.290": "committee-passage",
    "1ST REPORT CAL.114": "committee-passage reading-1",
    "2ND REPORT CAL.": "reading-2",
    "ADVANCED TO THIRD READING": "reading-3",
    "ORDERED TO THIRD READING RULES CAL.408": "reading-3",
    "3RD READING CAL.116": "reading-3",
    "AMEND (T) AND RECOMMIT TO EDUCATION": "amendment-passage referral-committee",
    "AMEND AND RECOMMIT TO RULES 10105B": "amendment-passage referral-committee",
    "AMENDED ON THIRD READING (T) 4925A": "amendment-passage reading-3",
    "AMEND BY RESTORING TO ORIGINAL PRINT 5799": "amendment-passage",
    "PRINT NUMBER 11100A": "print",
    "HELD FOR CONSIDERATION IN AGRICULTURE": "committee-hold deferral",
    "DEFEATED IN CITIES 1": "committee-failure",
    "COMMITTEE DISCHARGED AND COMMITTED TO RULES": "committee-discharge referral-committee",
    "PASSED SENATE": "passage",
    "REPASSED ASSEMBLY": "passage",
    "DELIVERED TO ASSEMBLY": "receipt",
    "RETURNED TO SENATE": "return",
    "RECALLED FROM ASSEMBLY": "recall",
    "VOTE RECONSIDERED - RESTORED TO THIRD READING": "reconsideration reading-3",
    "SUBSTITUTED BY S3122": "substitution",
    "SUBSTITUTED FOR A7874A": "stand-in",
    "SUBSTITUTION RECONSIDERED": "substitution-undone",
    "DIED IN ASSEMBLY": "died",
    "DELIVERED TO GOVERNOR": "executive-receipt",
    "SIGNED CHAP.328": "executive-signature became-law",
    "CHAPTER 732": "became-law",
    "APPROVAL MEMO.29": "executive-memo",
    "VETOED MEMO.279": "executive-veto",
    "POCKET VETO - VETO.293": "executive-veto pocket-veto",
    "LINE VETO MEMO.1": "executive-veto-line-item",
    "THRU LINE VETO MEMO.8": "executive-veto-line-item",
    "TABLED": "deferral",
    "TABLED LINE VETO MEMO.1": "line-veto-step",
    "RECOMMIT, ENACTING CLAUSE STRICKEN": "withdrawal stricken",
    "LOST": "failure",
    "MOTION TO AMEND LOST": "amendment-failure",
    "MOTION TO DISCHARGE LOST": "motion",
    "TO ATTORNEY-GENERAL FOR OPINION": "legal-opinion",
    "OPINION REFERRED TO JUDICIARY": "legal-opinion",
    "HOME RULE REQUEST": "home-rule",
    "MESSAGE OF NECESSITY - 3 DAY MESSAGE": "message-of-necessity",
    "NOTICE OF COMMITTEE CONSIDERATION - WITHDRAWN": "notice",
    "DELIVERED TO SECRETARY OF STATE": "to-next-legislature",
}


@pytest.mark.parametrize(("text", "terms"), TEXTS.items())
def test_a_wording_bears_its_terms(text: str, terms: str) -> None:
    """In upper case as most sources send it, and in any other case."""
    assert " ".join(classified(text, "Senate")) == terms
    assert classified(text.lower(), "Assembly") == classified(text, "Senate")


@pytest.mark.parametrize(
    "text", ["", "PASSED", "PASSED THE SENATE", "FOO REFERRED TO CODES", "NOT SIGNED", "SIGNED OFF", "REFERRED"]
)
def test_an_unknown_wording_stays_unclassified(text: str) -> None:
    """No rule catches the rest: what merely resembles a wording is none. ("PASSED" alone is a code of LBDC.)"""
    assert bool(classified(text, "Senate")) == (text == "PASSED")


def test_every_wording_of_the_record_is_classified(capsys: pytest.CaptureFixture[str]) -> None:
    """The 124 patterns that 80,000 bills bear, each by its real example."""
    file = RECORD / "ny_action_vocab.json"
    if not file.is_file():
        pytest.skip("the shared record is not beside this checkout")
    vocabulary = json.loads(file.read_text("utf-8"))
    missed = [example[2] for chamber, _, _, example in vocabulary if not classified(example[2], chamber)]
    with capsys.disabled():
        print(f"\n{len(vocabulary)} patterns, {len(missed)} without a rule")
    assert len(vocabulary) >= 124 and not missed


def test_every_code_of_the_drafting_commission_is_classified(capsys: pytest.CaptureFixture[str]) -> None:
    """All codes of LBDC, with and without what follows them, its misspellings included."""
    file = RECORD / "recorded" / "LBDC_ACTION_CODES.csv"
    if not file.is_file():
        pytest.skip("the shared record is not beside this checkout")
    codes = list(csv.reader(file.read_text("utf-8").splitlines()))
    texts = [text + more for _, text, follows in codes for more in {"", ARGUMENTS[follows.strip()]}]
    missed = [text for text in texts if not classified(text.upper(), "Senate")]
    with capsys.disabled():
        print(f"\n{len(codes)} codes, {len(missed)} without a rule")
    assert len(codes) >= 171 and not missed


def test_every_term_is_in_one_vocabulary_and_used() -> None:
    """Open States terms and house terms are kept apart, and neither holds a word that no wording bears."""
    used = {term for terms in TERMS.values() for term in terms}
    assert used == set(OPEN_STATES) | set(HOUSE_TERMS)
    assert not set(OPEN_STATES) & set(HOUSE_TERMS)


def test_a_pattern_is_what_many_lines_have_in_common() -> None:
    """One cause for all January re-referrals, whatever the committee."""
    assert pattern_of("REFERRED TO CODES") == pattern_of("referred to  Ways and Means") == "REFERRED TO <committee>"
    assert pattern_of("SUBSTITUTED BY S4505") == "SUBSTITUTED BY #"
    assert pattern_of("1ST REPORT CAL.114") == "1ST REPORT CAL.#"


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        ("REFERRED TO INTERNET AND TECHNOLOGY", "Internet and Technology"),
        ("DEFEATED IN CITIES 1", "Cities 1"),
        ("AMEND AND RECOMMIT TO RULES 10105B", "Rules"),
        ("REFERRED TO WOMEN'S ISSUES", "Women's Issues"),
        ("HELD FOR CONSIDERATION IN PEOPLE WITH DISABILITIES", "People with Disabilities"),
        ("REFERRED TO CALENDAR", ""),
        ("PASSED SENATE", ""),
    ],
)
def test_a_committee_is_named_as_people_write_it(text: str, committee: str) -> None:
    """Without the number of a print, and with small words small."""
    assert committee_in(text) == committee


@pytest.mark.parametrize(
    ("name", "committee"),
    [("Rules 6540c", "Rules"), ("RULES 622B", "RULES"), ("Cities 1", "Cities 1"), ("Ways And Means", "Ways And Means")],
)
def test_the_number_of_a_print_is_no_part_of_a_committee(name: str, committee: str) -> None:
    """Open Legislation takes it for one where a line names both."""
    assert committee_named(name) == committee


def test_numbers_are_read_from_the_lines_that_carry_them() -> None:
    """Substitute, chapter and veto, and nothing from other lines."""
    assert substitute_in("SUBSTITUTED BY A4467A") == "A4467"
    assert substitute_in("SUBSTITUTED FOR A4467A") is None
    assert [chapter_in(t) for t in ("SIGNED CHAP.689", "CHAPTER 732", "PASSED SENATE")] == ["689", "732", ""]
    assert [veto_in(t) for t in ("VETOED MEMO.91", "POCKET VETO - VETO.293", "APPROVAL MEMO.68")] == ["91", "293", ""]


@pytest.mark.parametrize(
    ("text", "date", "severity"),
    [
        ("SIGNED CHAP.689", "2025-12-19", "milestone"),
        ("DEFEATED IN CODES", "2025-05-05", "milestone"),
        ("SUBSTITUTED BY S4505", "2025-06-16", "milestone"),
        ("REPASSED SENATE", "2025-06-09", "milestone"),
        ("HELD FOR CONSIDERATION IN CODES", "2025-06-09", "notable"),
        ("PRINT NUMBER 6169A", "2025-06-09", "notable"),
        ("REFERRED TO CODES", "2025-01-08", "notable"),
        ("REFERRED TO CODES", "2026-01-07", "detail"),
        ("REPORTED AND COMMITTED TO CODES", "2026-01-20", "notable"),
        ("2ND REPORT CAL.", "2025-03-01", "detail"),
        ("HOME RULE REQUEST", "2025-03-01", "detail"),
        ("SOMETHING NEW", "2025-03-01", "notable"),
    ],
)
def test_an_action_weighs_what_a_follower_would_say(text: str, date: str, severity: str) -> None:
    """The strongest of its terms; unknown wordings are not played down."""
    assert severity_of(classified(text, "Senate"), text, date) == severity
