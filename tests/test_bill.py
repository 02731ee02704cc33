"""Bill ids: the key everywhere, and so a path and an address."""

from __future__ import annotations

from pathlib import PurePosixPath

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, BillId, Version, Vote, line, parts_of
from billwatch.errors import UsageError

IDS = st.builds(
    BillId,
    st.from_regex(r"[a-z]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{2,4}[a-z0-9-]{0,12}", fullmatch=True),
    st.from_regex(r"[A-Z]{1,5}[0-9]{1,6}", fullmatch=True),
)


def test_the_parts_of_an_id() -> None:
    """Legislature, session, number; sessions of other legislatures may have more than a year."""
    assert BillId.parse("ny/2017/S9191") == ("ny", "2017", "S9191")
    assert BillId.parse("us/119/HR1").session == "119"
    assert BillId.parse("ca/20252026-1st/AB5").session == "20252026-1st"


@given(
    st.just("") | st.dates().map(lambda day: day.isoformat()),
    st.text().filter(lambda place: ":" not in place),
    st.text(),
)
@example("2025-06-12", "Senate", "REPORTED: AMENDED")
@example("2025-06-12", "Senate Codes committee", "5 aye, 2 nay; RIVERA: aye")
def test_a_line_is_read_as_it_is_written(on: str, place: str, text: str) -> None:
    """Writing a line and taking it apart gives the same date, place and text, whatever the text holds."""
    assert parts_of(line(on, place, text)) == (on, place, text)


@given(st.text().filter(lambda text: ": " not in text))
def test_what_is_no_line_is_all_text(text: str) -> None:
    """A title, a number, a name: no date and no place are made up for it."""
    assert parts_of(text) == ("", "", text)


@given(IDS)
def test_an_id_is_read_as_it_is_written(bill: BillId) -> None:
    """Writing and reading an id gives the same id."""
    assert BillId.parse(str(bill)) == bill


@given(st.one_of(st.text(), st.from_regex(r"[a-z./]{0,6}/[0-9./-]{0,6}/[A-Z0-9./-]{0,6}", fullmatch=True)))
def test_anything_else_is_a_mistake_and_never_leads_out_of_a_folder(text: str) -> None:
    """Whatever is accepted is three plain names; whatever is not is one clear line."""
    try:
        bill = BillId.parse(text)
    except UsageError as error:
        assert "write it as ny/2017/S9191" in str(error)
        return
    assert str(bill) == text
    path = PurePosixPath(text)
    assert len(path.parts) == 3 and not path.is_absolute() and not {".", ".."} & set(path.parts)


@pytest.mark.parametrize(
    "text",
    [
        *("", "S9191", "ny/S9191", "ny/2017/S9191/", "/ny/2017/S9191", "ny/2017/S9191\n", "NY/2017/S9191"),
        *(
            "ny/2017/s9191",
            "ny/2017/S9191-A",
            "ny/../S9191",
            "ny/2017/../../etc/passwd",
            "ny/2017/S９１９１",
            "ny/2٠17/S1",
        ),
    ],
)
def test_near_misses(text: str) -> None:
    """What looks like an id is none: a session left out, a print's letter, another script's digits, a way upward."""
    with pytest.raises(UsageError, match="is not a bill id"):
        BillId.parse(text)


def test_not_carried_is_not_empty() -> None:
    """The store keeps apart what a source does not carry and what it says is empty."""
    bill = Bill(legislature="ny", session="2025", identifier="S1", title="", same_as=())
    again = msgspec.json.decode(msgspec.json.encode(bill), type=Bill)
    assert again == bill
    assert (again.title, again.same_as, again.abstract, again.votes) == ("", (), None, None)


def test_a_full_bill_comes_back_from_json() -> None:
    """What is written to the store is what was read, to the last member's vote."""
    bill = Bill(
        legislature="ny",
        session="2025",
        identifier="S404",
        actions=(Action("2025-01-08", "Senate", "REFERRED TO CODES", ("referral-committee",)),),
        versions=(Version("", "2025-01-08", None, "memo"), Version("A")),
        votes=(Vote("2025-06-12", "Senate", "floor", roll=(("aye", ("Krueger",)),), counts=(("aye", 1),)),),
    )
    assert msgspec.json.decode(msgspec.json.encode(bill), type=Bill) == bill
