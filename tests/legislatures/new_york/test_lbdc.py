"""LBDC's page: six real recordings judged by reading them, and what the page says when there is no bill."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId
from billwatch.errors import Damaged, LayoutChanged, NotListed, Unreachable
from billwatch.legislatures.new_york.lbdc import Lbdc, facts
from billwatch.page import Page

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "ny" / "recorded" / "lbdc_html"
BODY = '<div id="nv_bot_contents">{}</div><select name="SESSYR"><option value="2025" selected>2025</option></select>'
LATIN = {"2015-S2422"}  # says utf-8 and is Latin-1; the others lost their § before they came to us

# What a reader of each page finds on it.
JUDGED: dict[str, dict[str, Any]] = {
    "2015-S2422": {
        "title": 'Expands the definition of "public body"',
        "abstract": 'Relates to expanding the definition of "public body".',
        "law": ("Public Officers Law", "Amd §102, Pub Off L"),
        "sponsors": (1, 0, "PERKINS", "PERKINS"),
        "same_as": ("ny/2015/A1389",),
        "versions": ("",),
        "actions": (2, "2015-01-23", "Senate", "REFERRED TO INVESTIGATIONS AND GOVERNMENT OPERATIONS"),
        "last": ("2016-01-06", "Senate", "REFERRED TO INVESTIGATIONS AND GOVERNMENT OPERATIONS"),
        "votes": (),
    },
    "2015-S434": {
        "title": "Provides that a business entity may not alter caller identification information with the intent to "
        "defraud or harass a third party or the recipient of the call",
        "abstract": "Provides that a business entity may not provide false caller identification with the intent to "
        "defraud or harass any party; provides definition of business entity.",
        "law": ("General Business Law", "Add \ufffd399-ppp, Gen Bus L; amd \ufffd8303, CPLR"),
        "sponsors": (3, 0, "GALLIVAN", "PANEPINTO"),
        "same_as": ("ny/2015/A7158",),
        "versions": ("",),
        "actions": (16, "2015-01-07", "Senate", "REFERRED TO CONSUMER PROTECTION"),
        "last": ("2016-06-14", "Assembly", "REFERRED TO CONSUMER AFFAIRS AND PROTECTION"),
        "votes": (
            ("2015-06-10", "Senate", "", {"aye": 61, "nay": 0}),
            ("2016-06-14", "Senate", "", {"aye": 61, "nay": 0}),
        ),
    },
    "2017-A1646": {
        "title": "Relates to the performance of a study regarding homeless persons who are veterans in the state of "
        "New York",
        "abstract": "Relates to the performance of a study regarding homeless persons who are veterans in the state "
        "of New York.",
        "law": ("Executive Law", "Amd \ufffd353, Exec L"),
        "sponsors": (59, 9, "ROZIC", "Solages"),
        "same_as": (),
        "versions": ("", "A"),
        "actions": (10, "2017-01-12", "Assembly", "REFERRED TO VETERANS' AFFAIRS"),
        "last": ("2018-05-15", "Senate", "REFERRED TO VETERANS, HOMELAND SECURITY AND MILITARY AFFAIRS"),
        "votes": (("2018-05-15", "Assembly", "A", {"aye": 141, "nay": 0, "excused": 5}),),
    },
    "2017-A6361": {
        "title": "Relates to the adoption by local governments of higher or more restrictive standards for "
        "construction",
        "abstract": "Relates to the adoption by local governments of higher or more restrictive standards for "
        "construction.",
        "law": ("Executive Law", "Amd \ufffd379, Exec L"),
        "sponsors": (4, 0, "THIELE", "JEAN-PIERRE"),
        "same_as": ("ny/2017/S4284",),
        "versions": ("",),
        "actions": (14, "2017-03-06", "Assembly", "REFERRED TO LOCAL GOVERNMENTS"),
        "last": ("2017-10-23", "Assembly", "SIGNED CHAP.348"),
        "votes": (
            ("2017-06-15", "Assembly", "", {"aye": 129, "nay": 3, "excused": 18}),
            ("2017-06-21", "Senate", "", {"aye": 44, "nay": 18}),
        ),
    },
    "2017-S4821": {
        "title": "Requires inmates to have an acceptable residence to qualify for parole",
        "abstract": "Requires inmates to have an acceptable residence to qualify for parole.",
        "law": ("Executive Law", "Amd \ufffd259-i, Exec L"),
        "sponsors": (2, 0, "LAVALLE", "LARKIN"),
        "same_as": ("ny/2017/A6327",),
        "versions": ("",),
        "actions": (7, "2017-03-02", "Senate", "REFERRED TO CRIME VICTIMS, CRIME AND CORRECTION"),
        "last": ("2018-05-08", "Assembly", "REFERRED TO CORRECTION"),
        "votes": (("2018-05-08", "Senate", "", {"aye": 32, "nay": 31}),),
    },
    "2023-S6169": {
        "title": "Enacts the voting integrity and verification act of New York (VIVA NY)",
        "abstract": 'Enacts the "voting integrity and verification act of New York (VIVA NY)"; provides that each '
        "voter is entitled to the use of an individual, voter verifiable paper ballot of the voter's vote and the "
        "opportunity to mark it privately and independently.",
        "law": ("Election Law", "Amd \ufffd\ufffd1-104, 7-104 & 7-106, El L"),
        "sponsors": (2, 0, "CLEARE", "WEBB"),
        "same_as": ("ny/2023/A5934",),
        "versions": ("", "A", "B"),
        "actions": (13, "2023-03-31", "Senate", "REFERRED TO ELECTIONS"),
        "last": ("2024-01-04", "Senate", "PRINT NUMBER 6169B"),
        "votes": (("2023-06-09", "Senate", "A", {"aye": 46, "nay": 16, "absent": 1, "excused": 1, "abstained": 1}),),
    },
}


def real(name: str) -> Path:
    if not REAL.is_dir():
        pytest.skip("the real pages lie in ../shared, which is not here")
    return next(REAL.glob(f"{name}-*.html"))


def real_bill(name: str) -> Bill:
    """The facts of a real page, decoded here by hand: `Answer.text` rightly refuses what was damaged upstream."""
    session, _, identifier = name.partition("-")
    text = real(name).read_bytes().decode("cp1252" if name in LATIN else "utf-8")
    return facts(Page(text, name), BillId("ny", session, identifier))


def answer(body: str) -> Answer:
    whole = f"<html><body>{body}</body></html>".encode()
    return Answer(url="http://lbdc.example/", status=200, body=whole, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", JUDGED)
def test_a_real_page_is_read_as_a_person_reads_it(name: str) -> None:
    """Title, law, sponsors, links, history, prints and votes of each real page."""
    bill, judged = real_bill(name), JUDGED[name]
    sponsors, actions, versions = bill.sponsors or (), bill.actions or (), bill.versions or ()
    multi = sum(s.role == "multisponsor" for s in sponsors)
    assert (bill.title, bill.abstract, (bill.law_section, bill.law_code)) == (
        judged["title"],
        judged["abstract"],
        judged["law"],
    )
    assert (len(sponsors), multi, sponsors[0].name, sponsors[-1].name) == judged["sponsors"]
    assert [s.role for s in sponsors].index("primary") == 0
    assert bill.same_as == judged["same_as"]
    assert tuple(version.letter for version in versions) == judged["versions"]
    assert bill.version == judged["versions"][-1]
    assert (len(actions), actions[0].date, actions[0].chamber, actions[0].text) == judged["actions"]
    assert (actions[-1].date, actions[-1].chamber, actions[-1].text) == judged["last"]
    assert tuple((v.date, v.chamber, v.version, dict(v.counts)) for v in bill.votes or ()) == judged["votes"]
    assert bill.status is None and bill.committee is None and bill.previous_versions is None


@pytest.mark.parametrize("name", JUDGED)
def test_text_and_memo_of_a_real_page_belong_to_the_active_print(name: str) -> None:
    """The active print carries the printed text and the memo; older prints carry neither."""
    bill = real_bill(name)
    *older, active = bill.versions or ()
    assert active.text is not None and "STATE OF NEW YORK" in active.text and "AN" in active.text
    assert "This act shall take effect" in " ".join(active.text.split())
    assert active.memo is not None and active.memo.startswith("BILL NUMBER:")
    assert "EFFECTIVE DATE" in active.memo and "EFFECTIVE DATE" not in active.text
    assert all(version.text is None and version.memo is None for version in older)


def test_a_real_roll_is_read_by_option() -> None:
    """A roll with a mark for videoconference and five ways to vote."""
    vote = (real_bill("2023-S6169").votes or ())[0]
    assert dict(vote.roll) == {
        "absent": ("Addabbo",),
        "excused": ("Ashby",),
        "abstained": ("Bailey",),
        "nay": ("Borrello", "Cooney"),
        "aye": ("Chu", "Cleare", "Comrie"),
    }
    assembly = (real_bill("2017-A1646").votes or ())[0]
    assert {option: len(names) for option, names in assembly.roll} == {"aye": 141, "excused": 5}
    assert dict(assembly.roll)["excused"] == ("Davila", "Errigo", "Gantt", "Lifton", "Pichardo")


def test_the_real_page_in_another_encoding_keeps_its_section_signs() -> None:
    """A page that says utf-8 and is Latin-1 is read whole; one that lost its § upstream is refused as damaged."""
    latin = Answer(url="x", status=200, body=real("2015-S2422").read_bytes(), fetched_at=datetime.now(UTC))
    assert Lbdc().read(latin, BillId("ny", "2015", "S2422")).law_code == "Amd §102, Pub Off L"
    lossy = Answer(url="x", status=200, body=real("2015-S434").read_bytes(), fetched_at=datetime.now(UTC))
    with pytest.raises(Damaged):
        Lbdc().read(lossy, BillId("ny", "2015", "S434"))


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("No bills matched your query.", NotListed),
        ("404 - Processing Error", Unreachable),
        ("Welcome to our new site", LayoutChanged),
    ],
)
def test_pages_without_a_bill_say_why(words: str, error: type[Exception]) -> None:
    """No such bill, an outage and a rebuilt site are three different things."""
    with pytest.raises(error):
        Lbdc().read(answer(BODY.format(words)), BillId("ny", "2025", "S1"))


def test_a_placeholder_has_no_history() -> None:
    """A number that holds a sponsor only, with neither title nor law, is a bill without facts, not an error."""
    line = "<strong>A10402</strong> &nbsp;ROSE&nbsp;&nbsp;No Same as"
    body = f'<span class="nv_bot_info">{line}<br></span><br>{line}<br>\n<br>\nTITLE....<br><table></table>'
    body += "<hr>ROSE<br>\n<br>\n<hr>"
    bill = Lbdc().read(answer(BODY.format(body)), BillId("ny", "2025", "A10402"))
    assert (bill.title, bill.actions, bill.abstract, bill.versions) == ("", (), "", None)
    assert [sponsor.short for sponsor in bill.sponsors or ()] == ["ROSE"]


def test_the_address_names_number_session_and_every_part() -> None:
    """The session is always asked for: the number alone would be this year's bill."""
    address = Lbdc("http://mirror.example/navigate.cgi").address(BillId("ny", "2017", "S9191"))
    assert address.startswith(
        "http://mirror.example/navigate.cgi?NVDTO:=&QUERYDATA=S9191&QUERYTYPE=BILLNO&SESSYR=2017&"
    )
    assert all(f"{part}=Y" in address for part in ("CBSTATUS", "CBSUMMARY", "CBSPONMEMO", "CBTEXT", "CBVOTING"))
