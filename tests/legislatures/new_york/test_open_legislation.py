"""Open Legislation: bills, pages and refusals in the documented JSON, and nothing but a `SourceError` for the rest."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import KEY, SENATOR, action_json, answer, bill_json, envelope, listed, ref_json, refusal
from billwatch.bill import Action, Bill, BillId, Sponsorship, Version, Vote
from billwatch.errors import Damaged, LayoutChanged, NotListed, SourceError, Unauthorized, Unreachable, WrongBill
from billwatch.legislatures.new_york.open_legislation import OpenLegislation, Page, Update
from billwatch.legislatures.new_york.open_legislation_bill import bill_of, named_in
from billwatch.legislatures.new_york.session import rules
from billwatch.legislatures.new_york.spelling import action_by_case

SOURCE = OpenLegislation("https://legislation.nysenate.gov/api/3/", KEY)
S404 = BillId("ny", "2025", "S404")


def read(given: dict[str, Any], asked: BillId = S404) -> Bill:
    return SOURCE.read(answer(json.dumps(envelope(given))), asked)


def amendment(**more: Any) -> dict[str, Any]:
    """The items of `amendments` with these fields in the active one."""
    items: dict[str, Any] = bill_json()["amendments"]["items"][""]
    return {"amendments": {"items": {"": items | more}, "size": 1}}


# -- what is asked


def test_what_is_asked() -> None:
    """Without a slash at the end, with the key only in the query, times as New York's clocks show them."""
    start = "https://legislation.nysenate.gov/api/3/bills/"
    assert SOURCE.address(S404) == f"{start}2025/S404?view=no_fulltext&key={KEY}"
    assert SOURCE.session_address("2025", 1001) == f"{start}2025?full=true&limit=1000&offset=1001&key={KEY}"
    window = SOURCE.updates_address(
        datetime.fromisoformat("2025-03-04T09:05"), datetime.fromisoformat("2025-03-04T12:00")
    )
    assert window.startswith(f"{start}updates/2025-03-04T09%3A05%3A00/2025-03-04T12%3A00%3A00?type=processed&order=asc")
    assert SOURCE.page(S404) == ""


# -- what is read


def test_a_bill_is_read_in_all_its_facts() -> None:
    """Every fact that the interface carries, under our names."""
    bill = read(
        bill_json(
            actions=listed([action_json("2025-01-08", "REFERRED TO CODES"), action_json("2025-06-12", "PASSED SENATE")])
        )
    )
    assert bill == Bill(
        legislature="ny",
        session="2025",
        identifier="S404",
        title="Relates to the matter of S404",
        abstract="Provides for what S404 is about.",
        status="IN_SENATE_COMM",
        committee="CODES",
        version="",
        introduced_on="2025-01-08",
        law_section="Criminal Procedure Law",
        law_code="Add §695.00, CP L",
        act_clause="AN ACT to amend the criminal procedure law",
        sponsors=(Sponsorship("Kevin S. Parker", "PARKER", "primary"),),
        actions=(Action("2025-01-08", "Senate", "REFERRED TO CODES"), Action("2025-06-12", "Senate", "PASSED SENATE")),
        versions=(Version("", "2025-01-08"),),
        votes=(),
        same_as=(),
        previous_versions=(),
        substituted_by="",
    )


@pytest.mark.parametrize(
    ("sponsor", "expected"),
    [
        (None, ()),
        ({"member": None, "budget": False, "rules": False, "redistricting": False}, ()),
        ({"member": None, "budget": False, "rules": True, "redistricting": False}, ("Rules",)),
        ({"member": None, "budget": True, "rules": False, "redistricting": False}, ("Budget",)),
        ({"member": SENATOR, "budget": False, "rules": True, "redistricting": False}, ("Kevin S. Parker",)),
        ({"member": {"shortName": "PARKER"}}, ("PARKER",)),
    ],
)
def test_who_sponsors_a_bill(sponsor: dict[str, Any] | None, expected: tuple[str, ...]) -> None:
    """Nobody, a committee, or a member, by the full name where there is one."""
    found = read(bill_json(sponsor=sponsor)).sponsors or ()
    assert tuple(s.name for s in found) == expected and {s.role for s in found} <= {"primary"}


def test_everybody_stands_on_a_bill_once() -> None:
    """Additional, co- and multi-sponsors; who leads is not listed again."""
    ray, fox = {"shortName": "RAY", "fullName": "Bo Ray"}, {"shortName": "FOX", "fullName": "Cy Fox"}
    bill = read(
        bill_json(
            additionalSponsors=listed([ray]),
            **amendment(coSponsors=listed([SENATOR, ray]), multiSponsors=listed([fox])),
        )
    )
    assert [(s.short, s.role) for s in bill.sponsors or ()] == [
        *(("PARKER", "primary"), ("RAY", "cosponsor"), ("FOX", "multisponsor"))
    ]


def test_the_placeholder_of_a_number_not_used_yet_is_a_bill_without_facts() -> None:
    """The interface lists blank bills: nothing in them is None's text, and no fact is invented."""
    blank = bill_json(
        title=None, summary=None, sponsor=None, publishedDateTime=None, activeVersion=None, actions=listed([])
    )
    blank |= {"amendments": {"items": {}, "size": 0}, "status": {"statusType": None, "committeeName": None}}
    bill = read(blank)
    assert (bill.title, bill.abstract, bill.status, bill.committee, bill.introduced_on) == ("", "", "", "", "")
    assert (bill.sponsors, bill.actions, bill.versions, bill.same_as) == ((), (), (), ())


def test_the_sign_before_a_title_is_no_part_of_it() -> None:
    """Some titles begin with "@"."""
    assert read(bill_json(title="@ Relates to bail \x00")).title == "Relates to bail"


def test_links() -> None:
    """Several same-as bills, once each; previous versions of other sessions; the substitute."""
    bill = read(
        bill_json(
            previousVersions=listed([ref_json("S9191", 2017), ref_json("S1413", 2019)]),
            substitutedBy=ref_json("A5346"),
            **amendment(sameAs=listed([ref_json("A2"), ref_json("A1"), ref_json("A2")])),
        )
    )
    assert bill.same_as == ("ny/2025/A2", "ny/2025/A1")
    assert bill.previous_versions == ("ny/2017/S9191", "ny/2019/S1413")
    assert bill.substituted_by == "ny/2025/A5346"


def test_the_active_print_gives_law_and_links() -> None:
    """Of the prints the active one counts; all of them are listed."""
    (items,) = bill_json()["amendments"]["items"].values()
    prints = {"A": items | {"lawSection": "Penal Law", "publishDate": "2025-02-01", "memo": "Why"}, "": items}
    bill = read(bill_json(activeVersion="A", amendments={"items": prints, "size": 2}))
    assert (bill.version, bill.law_section) == ("A", "Penal Law")
    assert bill.versions == (Version("", "2025-01-08"), Version("A", "2025-02-01", None, "Why"))


def test_votes() -> None:
    """Floor and committee votes with who voted how; the counts are the roll's."""
    roll = {"AYE": listed([SENATOR, {"shortName": "KRUEGER"}]), "NAY": listed([{"shortName": "MAY"}])}
    floor = {"voteType": "FLOOR", "voteDate": "2025-06-12T15:04:05", "version": "A", "committee": None}
    committee = floor | {"voteType": "COMMITTEE", "version": None, "committee": {"name": "Codes", "chamber": "SENATE"}}
    odd = {"AYEWR": listed([SENATOR]), "NEW": listed([])}
    votes = [
        floor | {"memberVotes": {"items": roll, "size": 2}},
        committee | {"memberVotes": {"items": odd, "size": 2}},
    ]
    assert read(bill_json(votes=listed(votes))).votes == (
        Vote(
            date="2025-06-12",
            chamber="Senate",
            kind="floor",
            version="A",
            roll=(("aye", ("PARKER", "KRUEGER")), ("nay", ("MAY",))),
            counts=(("aye", 2), ("nay", 1)),
        ),
        Vote(
            date="2025-06-12",
            chamber="Senate",
            kind="committee",
            committee="Codes",
            roll=(("aye with reservations", ("PARKER",)), ("new", ())),
            counts=(("aye with reservations", 1), ("new", 0)),
        ),
    )


# -- what is refused


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (refusal(11, "The requested bill was not found."), NotListed),
        (refusal(12), NotListed),
        (refusal(701, "A valid API key is needed to fulfill this request."), Unauthorized),
        (refusal(401), Unauthorized),
        (refusal(-1), Unreachable),
        (refusal(4711), Unreachable),
        ({"success": False}, Unreachable),
        (envelope(bill_json(), kind="bill-info"), LayoutChanged),
        (envelope(None), LayoutChanged),
        (envelope({"basePrintNo": "S404"}), LayoutChanged),
        (envelope(bill_json(actions=None)), LayoutChanged),
        (envelope(bill_json("S405")), WrongBill),
        (envelope(bill_json("S404", 2023)), WrongBill),
        ({}, Damaged),
        ([], Damaged),
        ("", Damaged),
        ('{"success": true, "result": {"basePr', Damaged),
        ("<html>Just a moment...</html>", Damaged),
    ],
)
def test_what_is_no_bill(body: Any, error: type[SourceError]) -> None:
    """Its own "no such bill", a missing key, an outage, another shape, another bill, half an answer."""
    with pytest.raises(error) as raised:
        SOURCE.read(answer(body if isinstance(body, str) else json.dumps(body), "https://example.org/x"), S404)
    assert type(raised.value) is error and "https://example.org/x" in str(raised.value)


@pytest.mark.parametrize("number", ["", "S", "S0", "S9191A", "../S1", "S1/../..", "S1\n", "s404"])
def test_a_number_that_is_none_never_becomes_a_path(number: str) -> None:
    """Ids become paths and addresses: a bill whose own is no number is refused, and a relative is left out."""
    with pytest.raises(LayoutChanged):
        bill_of(json.dumps(bill_json(number)).encode())
    odd = bill_json(previousVersions=listed([ref_json(number, 2017)]), **amendment(sameAs=listed([ref_json(number)])))
    assert (read(odd).previous_versions, read(odd).same_as) == ((), ())


@pytest.mark.parametrize("session", [0, 17, 2024, 20251, None, "2025"])
def test_a_bill_of_no_session_is_refused(session: Any) -> None:
    """Sessions are named for their odd year; another would end a later run, when its last day is asked for."""
    with pytest.raises(LayoutChanged, match="not built as we know it"):
        bill_of(json.dumps(bill_json() | {"session": session}).encode())


ODD = [ref_json("S9191", 2016), ref_json("S9191", 0), ref_json("9191", 2017), {"basePrintNo": "S1"}, "S9191-2017", None]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_reference_costs_nothing_but_itself(odd: Any) -> None:
    """The bill is read with its other relatives, and each that is kept is of a session that has a last day."""
    bill = read(
        bill_json(
            previousVersions=listed([odd, ref_json("S9191", 2017)]), **amendment(sameAs=listed([ref_json("A2"), odd]))
        )
    )
    assert (bill.previous_versions, bill.same_as) == (("ny/2017/S9191",), ("ny/2025/A2",))
    assert [rules(other.split("/")[1]).session_end.year for other in bill.previous_versions or ()] == [2018]


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd is not None])
def test_a_substitute_that_cannot_be_made_out_is_not_said_to_be_none(odd: Any) -> None:
    """None is "not carried": what we held before stands."""
    assert read(bill_json(substitutedBy=odd)).substituted_by is None
    assert read(bill_json(substitutedBy=None)).substituted_by == ""


def dated(field: str, day: str) -> dict[str, Any]:
    """A bill with this in one of its dates."""
    vote = {"voteType": "FLOOR", "voteDate": day, "memberVotes": {"items": {}, "size": 0}}
    given: dict[str, dict[str, Any]] = {
        "date of an action": {"actions": listed([action_json(day, "REFERRED TO CODES")])},
        "voteDate": {"votes": listed([vote])},
        "publishedDateTime": {"publishedDateTime": day},
        "publishDate": amendment(publishDate=day),
    }
    return bill_json(**given[field])


FIELDS = ("date of an action", "voteDate", "publishedDateTime", "publishDate")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("day", ["2025-02-30", "06/03/2025", "20250603", "2025-06-03T", "2025-06-03T25:00", "soon"])
def test_a_day_that_is_none_is_named(field: str, day: str) -> None:
    """Days are counted from dates later: the bill is refused, and the message says which field holds what."""
    with pytest.raises(LayoutChanged, match=f"{field} '{day}' is no date"):
        read(dated(field, day))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("day", ["2025-06-03", "2025-06-03T00:00", "2025-06-03T23:59:59.123456"])
def test_a_date_and_time_is_cut_to_its_date(field: str, day: str) -> None:
    """As it stands: the times are New York's own."""
    bill = read(dated(field, day))
    found = {
        "date of an action": (bill.actions or ())[0].date if bill.actions else "",
        "voteDate": bill.votes[0].date if bill.votes else "",
        "publishedDateTime": bill.introduced_on,
        "publishDate": (bill.versions or ())[0].published_on,
    }
    assert found[field] == "2025-06-03"


@given(st.text(alphabet=st.sampled_from("aB \t\xa0\n\x00.1"), max_size=12))
def test_an_action_reads_as_on_the_pages(text: str) -> None:
    """The same line has one wording whichever source it came from: ids and what was told hang on it."""
    (line,) = read(bill_json(actions=listed([action_json("2025-01-08", text)]))).actions or ()
    assert line.text == action_by_case("2025-01-08", text.replace("\x00", "")).text


@given(st.binary())
def test_any_bytes_are_an_answer_or_a_source_error(body: bytes) -> None:
    """Whatever comes instead of JSON."""
    for reading in (lambda it: SOURCE.read(it, S404), SOURCE.read_session, SOURCE.read_updates):
        with pytest.raises(SourceError):
            reading(answer(body))


@given(st.data())
def test_any_field_may_be_missing_or_of_another_kind(data: st.DataObject) -> None:
    """A bill with one field taken out or replaced is read, or `LayoutChanged`: never another error."""
    bill = bill_json()
    field = data.draw(st.sampled_from(sorted(bill)))
    if data.draw(st.booleans()):
        del bill[field]
    else:
        bill[field] = data.draw(st.one_of(st.none(), st.text(max_size=3), st.integers(), st.just([]), st.just({})))
    try:
        assert isinstance(bill_of(json.dumps(bill).encode()), Bill)
    except LayoutChanged as error:
        assert "not built as we know it" in str(error)


# -- lists


def test_a_list_page_gives_the_bytes_of_each_bill() -> None:
    """As they stand in the answer: their digest tells whether they changed."""
    place = '"total":7,"offsetStart":1,"offsetEnd":2'
    body = f'{{"success":true,"responseType":"bill list",{place},"result":{{"items":[{{"a": 1}},{{"b":2}}]}}}}'
    assert SOURCE.read_session(answer(body)) == Page([b'{"a": 1}', b'{"b":2}'], 1, 2, 7)


def test_the_empty_list_is_a_page_without_items() -> None:
    """Past the end the interface says "empty list"."""
    for start, end, total in ((1, 0, 0), (1001, 21, 21)):
        place = {"offsetStart": start, "offsetEnd": end, "total": total}
        body = answer(json.dumps(envelope(listed([]), "empty list", **place)))
        assert SOURCE.read_session(body) == Page([], start, end, total)
        assert SOURCE.read_updates(body) == Page([], start, end, total)


@pytest.mark.parametrize("held", [0, 1, 2, 4])
def test_a_page_that_holds_another_number_of_items_than_it_says_is_damaged(held: int) -> None:
    """A short page is no whole one, even where it says that the list ends with it."""
    for kind, item, reading in (
        ("bill list", bill_json(), SOURCE.read_session),
        ("update-token list", {"id": ref_json("S1"), "processedDateTime": "2025-06-02T12:00:00"}, SOURCE.read_updates),
    ):
        place = {"offsetStart": 4, "offsetEnd": 6, "total": 6}
        body = envelope(listed([item] * held), kind if held else "empty list", **place)
        with pytest.raises(Damaged, match=f"holds {held} items and says 4 to 6"):
            reading(answer(json.dumps(body)))
        assert len(reading(answer(json.dumps(envelope(listed([item] * 3), kind, **place)))).items) == 3


def test_updates_name_bills_and_times() -> None:
    """Which bill, and when it was processed, as the source writes it."""
    token = {"id": ref_json("S404"), "contentType": "BILL", "processedDateTime": "2025-03-04T09:05:01.2"}
    body = envelope(listed([token]), "update-token list", total=1, offsetEnd=1)
    assert SOURCE.read_updates(answer(json.dumps(body))) == Page([Update(S404, "2025-03-04T09:05:01.2")], 1, 1, 1)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_token_costs_nothing_but_itself(odd: Any) -> None:
    """The others of its page are read: a window is never lost to one of them."""
    tokens = [{"id": odd, "processedDateTime": "2025-03-04T09:05"}, {"id": ref_json("S404"), "processedDateTime": 5}]
    for items in (tokens, ["no token", tokens[1]]):
        body = envelope(listed(items), "update-token list", total=2, offsetStart=1, offsetEnd=2)
        assert SOURCE.read_updates(answer(json.dumps(body))).items == [Update(S404, "")]
    assert named_in(json.dumps(odd).encode()) is None


def test_another_kind_of_list_is_not_read() -> None:
    """Short bills where full ones were asked for, or single ones for a list."""
    for kind in ("bill-info list", "bill", "update-digest list"):
        body = json.dumps(envelope(listed([bill_json()]), kind, total=1, offsetEnd=1))
        for reading in (SOURCE.read_session, SOURCE.read_updates):
            with pytest.raises(LayoutChanged, match="asked for a"):
                reading(answer(body))
