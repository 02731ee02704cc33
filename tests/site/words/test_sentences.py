"""What people read: dates, official lines, changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.records import Change
from billwatch_site.words import plurals, sentences, wording


def change(kind: str, now: str = "", was: str = "") -> Change:
    seen = datetime(2025, 6, 12, 21, tzinfo=UTC)
    return Change("a", "ny/2025/S4505", kind, was, now, "", seen, "detail", "", False, "lbdc", "", "")


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("REFERRED TO CODES", "Referred to Codes"),
        ("REFERRED TO INTERNET AND TECHNOLOGY", "Referred to Internet and Technology"),
        ("PASSED SENATE", "Passed the Senate"),
        ("REPASSED ASSEMBLY", "Passed the Assembly again"),
        ("DELIVERED TO GOVERNOR", "Delivered to the Governor"),
        ("RETURNED TO SENATE", "Returned to the Senate"),
        ("SIGNED CHAP.689", "Signed into law as chapter 689"),
        ("CHAPTER 732", "Became law without a signature as chapter 732"),
        ("VETOED MEMO.135", "Vetoed (memorandum 135)"),
        ("SUBSTITUTED BY S4505", "Substituted by S4505"),
        ("1ST REPORT CAL.1507", "First report, calendar 1507"),
        ("2ND REPORT CAL.", "Second report"),
        ("ORDERED TO THIRD READING", "Ordered to third reading"),
        ("DEFEATED IN INTERNET AND TECHNOLOGY", "Defeated in Internet and Technology"),
        ("DEFEATED IN WOMEN'S ISSUES", "Defeated in Women's Issues"),
        ("AMENDED (T) 2854A", "Amended, as print 2854A"),
        ("AMEND BY RESTORING TO ORIGINAL PRINT 5799", "Amended by going back to the original print 5799"),
        ("MESSAGE OF NECESSITY - 3 DAY MESSAGE", "Message of necessity: 3 day message"),
        ("POCKET VETO - VETO.293", "Pocket veto, number 293"),
        ("SOMETHING NOBODY HAS SEEN", "Something nobody has seen"),
        ("Signed by the Governor", "Signed by the Governor"),
    ],
)
def test_official_lines_in_plain_words(official: str, plain: str) -> None:
    """A line of the record as a newspaper would put it; an unknown one in readable case."""
    assert wording.plain_action(official) == plain


def test_our_words_stand_beside_the_official_ones_where_they_add_to_them() -> None:
    """ "Referred to Codes" is the official line; "Signed into law as chapter 689" is ours."""
    assert not wording.official_differs("REFERRED TO CODES")
    assert not wording.official_differs("PASSED SENATE")
    assert wording.official_differs("SIGNED CHAP.689")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (change("action", "2025-06-12 Senate: PASSED SENATE"), "Passed the Senate."),
        (change("action", "2025-06-12 Assembly: REFERRED TO CODES"), "Referred to Codes (Assembly)."),
        (change("action", "2025-06-04 Assembly: AMEND AND RECOMMIT TO RULES 6540C"),
         "Amended, and sent back to Rules, as print 6540C (Assembly)."),
        (change("action", "2025-06-04 Senate: AMEND (T) AND RECOMMIT TO CITIES 1"),
         "Amended, and sent back to Cities 1 (Senate)."),
        (change("cosponsor-added", "GOUNARDES"), "Gounardes joined as a co-sponsor."),
        (change("cosponsor-removed", was="Latrice Walker"), "Latrice Walker is no longer a co-sponsor."),
        (change("sponsor", "Nily Rozic", "Jo Anne Simon"), "Sponsored by Nily Rozic, instead of Jo Anne Simon."),
        (change("sponsor", "", "Jo Anne Simon"), "No longer sponsored by Jo Anne Simon."),
        (change("status", "IN_SENATE_COMM", "SENATE_FLOOR"),
         "Official status: In Senate committee (was Senate floor)."),
        (change("version", "S4505A", "S4505"), "Amended: the current print is S4505A (was S4505)."),
        (change("substituted-by", "ny/2025/S4505"), "Substituted by S4505 of 2025."),
        (change("substituted-by", "", "ny/2025/S4505"), "No longer substituted by S4505 of 2025."),
        (change("reintroduced", "ny/2019/S1413"), "Reintroduced as S1413 of 2019."),
        (change("probably-reintroduced", "ny/2021/A1620"), "Probably back as A1620 of 2021."),
        (change("topic-added", "age-verification"), "Now under the topic Age verification."),
        (change("vote-added", "2025-06-12 Senate floor: 58 aye, 3 nay"),
         "Vote, Senate floor: 58 aye, 3 nay (12 June 2025)."),
        (change("vote-added", "2025-06-12 Senate Codes committee: 1 excused, 6 aye"),
         "Vote, Senate Codes committee: 6 aye, 1 excused (12 June 2025)."),
        (change("vote-added", "2025-06-12 Assembly WAYS AND MEANS committee: 32 aye"),
         "Vote, Assembly Ways and Means committee: 32 aye (12 June 2025)."),
        (change("vote-edited", "2025-06-12 Senate floor: 57 aye, 4 nay; KRUEGER nay", "2025-06-12 Senate floor: 1 aye"),
         "A vote’s record was edited, Senate floor: 57 aye, 4 nay (12 June 2025)."),
        (change("action-removed", was="2025-06-12 Senate: PASSED SENATE"),
         "The record no longer has the line “Passed the Senate” of 12 June 2025."),
        (change("action-edited", "2025-06-11 Senate: PASSED SENATE", "2025-06-12 Senate: PASSED SENATE"),
         "The record now dates “Passed the Senate” 11 June 2025, not 12 June 2025."),
        (change("action-edited", "2025-06-12 Senate: REPASSED SENATE", "2025-06-12 Senate: LOST"),
         "The record now reads “Passed the Senate again” of 12 June 2025; it read “Lost (Senate)” of 12 June 2025."),
        (change("committee", was="Internet And Technology"), "No longer in the committee on Internet and Technology."),
        (change("something-new", "x", "y"), "Something new: x."),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_a_sentence(what: Change, said: str) -> None:
    """Was and now are said in words, ids as people say them."""
    assert sentences.sentence_of(what) == said


def test_what_is_tabled_behind_a_veto_is_its_message() -> None:
    """Alone, and among what happened to several bills."""
    line = change("action", "2025-12-05 Assembly: TABLED")
    assert sentences.sentence_of(line) == "Tabled (Assembly)."
    behind = msgspec.structs.replace(line, context="veto")
    assert sentences.sentence_of(behind) == "Veto message tabled."
    assert plurals.gist_of(behind) == "Veto message tabled"


@pytest.mark.parametrize(
    ("line", "gist"),
    [
        ("REFERRED TO CODES", "Referred to committees"),
        ("ADVANCED TO THIRD READING CAL.12", "Advanced to third reading"),
        ("DELIVERED TO GOVERNOR", "Delivered to the Governor"),
        ("SIGNED CHAP.689", "Signed into law"),
        ("SUBSTITUTED BY A5346", "Substituted"),
        ("HELD FOR CONSIDERATION IN CODES", "Held for consideration"),
        ("DIED IN SENATE", "Died in the Senate"),
        ("AMEND BY RESTORING TO ORIGINAL PRINT 2880", "Amended by going back to the original"),
        (", 5", ", 5"),
    ],
)
def test_the_gist_of_a_line_has_no_particulars(line: str, gist: str) -> None:
    """So that lines on several bills can be told as one; something is always left."""
    assert wording.gist_of_action(line) == gist


KINDS = ["action", "action-edited", "vote-edited", "title", "status", "sponsor", "committee", "version", "reintroduced"]


@given(st.sampled_from(KINDS), st.text(), st.text())
def test_any_text_makes_a_sentence(kind: str, was: str, now: str) -> None:
    """No value from a source, braces included, breaks the wording."""
    said = sentences.sentence_of(change(kind, now, was))
    assert said[-1] in ".?!”"


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("CANZONERI-FITZPATRICK", "Canzoneri-Fitzpatrick"),
        ("O'DONNELL", "O'Donnell"),
        ("WAYS AND MEANS", "Ways and Means"),
        ("Liz Krueger", "Liz Krueger"),
    ],
)
def test_names_in_capitals(official: str, name: str) -> None:
    """Capitals are turned down, names that already read well are left alone."""
    assert wording.name_case(official) == name


def test_times() -> None:
    """Days as people write them, and how long ago only as finely as it matters."""
    then, now = datetime(2025, 6, 3, 9, 5, tzinfo=UTC), datetime(2025, 6, 3, 11, 30, tzinfo=UTC)
    assert sentences.day("2025-06-03") == "3 June 2025"
    assert sentences.day("sometime") == "sometime"
    assert sentences.moment(then) == "3 June 2025, 09:05 UTC"
    assert [sentences.ago(then, t) for t in (then, now, datetime(2025, 6, 9, tzinfo=UTC))] == ["", "2 hours", "5 days"]


@pytest.mark.parametrize(
    ("motion", "told"),
    [
        ("Held for Consideration", "Vote to hold the bill, Assembly Codes committee: 10 aye, 5 nay (21 May 2025)."),
        ("Favorable refer to committee Rules", "Vote, Assembly Codes committee: 10 aye, 5 nay (21 May 2025)."),
        ("", "Vote, Assembly Codes committee: 10 aye, 5 nay (21 May 2025)."),
        ("Discharge", "Vote on “Discharge”, Assembly Codes committee: 10 aye, 5 nay (21 May 2025)."),
    ],
)
def test_a_vote_says_what_it_was_on_where_an_aye_did_not_help_the_bill(motion: str, told: str) -> None:
    """Ten who voted to hold a bill are not ten supporters."""
    vote = msgspec.structs.replace(
        change("vote-added", now="2025-05-21 Assembly Codes committee: 10 aye, 5 nay"), context=motion
    )
    assert sentences.sentence_of(vote) == told


def test_a_line_that_stood_twice_is_not_gone() -> None:
    """One of two equal lines was taken out: the record still says what it said."""
    line = "2025-05-19 Assembly: HELD FOR CONSIDERATION IN CODES"
    assert "no longer has the line" in sentences.sentence_of(change("action-removed", was=line))
    told = sentences.sentence_of(msgspec.structs.replace(change("action-removed", was=line), context=line))
    assert told.endswith("of 19 May 2025 more than once; one of them was taken out.")


NO_CHAPTER = "its act clause calls it a chapter, and the record we hold has none yet."


@pytest.mark.parametrize(
    ("law", "told"),
    [
        ("", "A433 of 2025 would amend the chapter that it became."),
        ("?", f"A433 of 2025 would amend the law made of this bill: {NO_CHAPTER}"),
        ("S7543", "A433 of 2025 would amend the law made of this bill, or of S7543, which took its place."),
        (
            "S7543?",
            "A433 of 2025 would amend the law made of this bill, or of S7543, which took its place: " + NO_CHAPTER,
        ),
    ],
)
def test_a_chapter_amendment_says_whose_law_it_would_amend(law: str, told: str) -> None:
    """A9430 of 2023 became no chapter: S7543, its substitute, did, and for long the record did not have it."""
    found = msgspec.structs.replace(change("chapter-amendment", now="ny/2025/A433"), context=law)
    assert sentences.sentence_of(found) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-06-12", date(2025, 6, 12)),
        ("2025-06-12T09:00:00+00:00", date(2025, 6, 12)),
        ("2025-06", None),
        ("", None),
    ],
)
def test_a_date_is_read_where_a_text_begins_with_one(text: str, found: date | None) -> None:
    """A moment has a date; a month alone has none."""
    assert sentences.date_in(text) == found
