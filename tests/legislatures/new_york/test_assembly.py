"""The Assembly's pages: what stands in words instead of a status, votes in both layouts, and the index."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.answer import Answer
from billwatch.bill import BillId, Vote
from billwatch.errors import LayoutChanged, NotListed, Unreachable
from billwatch.legislatures.new_york.assembly import Assembly, facts
from billwatch.legislatures.new_york.assembly_index import index_form, listed
from billwatch.legislatures.new_york.assembly_votes import votes_of
from billwatch.page import Page

RECORDINGS = Path(__file__).parent / "recordings" / "assembly"
S404 = BillId("ny", "2025", "S404")
FORM = '<input name="bn" value="S00404"><input name="term" value="2025">'
FLOOR = (
    "<caption><span>DATE:</span><span>{}</span><span>Assembly Vote</span>"
    "<span><span>YEA/NAY: {}</span></span></caption>"
)


def recorded(name: str) -> Page:
    return Page((RECORDINGS / f"{name}.html").read_text(encoding="utf-8"), name)


def page(body: str) -> Page:
    return Page(f"<html><body>{FORM}{body}</body></html>", "https://assembly.example/")


def summary(*rows: str) -> str:
    labelled = "".join(f"<tr><td>{label}</td><td>x</td></tr>" for label in ("SPONSOR", "COSPNSR", "MLTSPNSR"))
    fixed = f"<tr><td>BILL NO</td><td>S00404</td></tr><tr><td>SAME AS</td><td>No Same As</td></tr>{labelled}"
    wide = "".join(f'<tr><td colspan="2">{row}</td></tr>' for row in rows)
    actions = "<table><tr><td>01/08/2025</td><td>REFERRED TO CODES</td></tr></table>"
    return f'<a id="jump_to_Summary"></a><table>{fixed}{wide}</table><a id="jump_to_Actions"></a>{actions}'


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ('" S99999 " was not found.', NotListed),
        ("This bill is not active in this session.", NotListed),
        ("Unable to Contact Server", Unreachable),
        ("Welcome to the new Assembly", LayoutChanged),
    ],
)
def test_errors_that_come_with_status_200_are_told_apart(words: str, error: type[Exception]) -> None:
    """The four texts that stand where a bill would be, and a page that is none of them."""
    body = f"<html><body>{FORM}<p>{words}</p></body></html>".encode()
    answer = Answer(url="https://assembly.example/", status=200, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(error):
        Assembly().read(answer, S404)


def test_an_archived_bill_keeps_its_facts() -> None:
    """A bill of an ended session says that it is not active, and still shows its history."""
    bill = facts(recorded("2017-S9191"), BillId("ny", "2017", "S9191"))
    assert [action.text for action in bill.actions or ()] == ["REFERRED TO RULES"]
    assert bill.votes == ()


def test_a_summary_may_hold_the_words_of_an_error() -> None:
    """A bill about a person who "was not found" is a bill."""
    bill = facts(page(summary("Add §1, Pen L", 'Where "A" was not found. Unable to Contact Server.')), S404)
    assert bill.abstract == 'Where "A" was not found. Unable to Contact Server.'


@pytest.mark.parametrize(
    ("rows", "law", "abstract"),
    [
        (("Amd §1, Pen L", "Relates to x."), "Amd §1, Pen L", "Relates to x."),
        (("", "Relates to x."), "", "Relates to x."),
        (("Rpld §3, Tax L",), "Rpld §3, Tax L", ""),
        (("Relates to x.",), "", "Relates to x."),
        ((), "", ""),
    ],
)
def test_law_and_summary_are_told_apart(rows: tuple[str, ...], law: str, abstract: str) -> None:
    """Two wide cells are law code and summary in this order; a single one is known by how law codes begin."""
    bill = facts(page(summary(*rows)), S404)
    assert (bill.law_code, bill.abstract) == (law, abstract)


def test_a_substitutes_history_is_not_this_bills() -> None:
    """A substituted bill ends where it was substituted, though its page goes on."""
    bill = facts(recorded("2025-A5346"), BillId("ny", "2025", "A5346"))
    actions = [action.text for action in bill.actions or ()]
    assert len(actions) == 8 and actions[-1] == "SUBSTITUTED BY S4505"
    assert "SIGNED CHAP.689" not in actions


def test_dateless_rows_without_a_substitute_are_refused() -> None:
    """Rows that lost their date are not a substitute's: only the heading with AMEND= makes them so."""
    broken = summary("Amd §1, Pen L").replace("<td>01/08/2025</td>", "<td></td>")
    with pytest.raises(LayoutChanged, match="without a date"):
        facts(page(broken), S404)


def roll(pairs: list[tuple[str, str]]) -> str:
    """The layout since 2024: divisions after the table."""
    return "".join(
        f'<div class="vote-name"><div class="vote">{vote}</div><div class="name">{name}</div></div>'
        for name, vote in pairs
    )


def test_votes_of_several_tables_are_not_doubled() -> None:
    """Each floor vote has the divisions that follow its own table, up to the next table."""
    one, two = [("Ashby", "Yes"), ("Bores", "No ‡")], [("Ashby", "ER"), ("Bores", "Yes"), ("Chu", "NV")]
    votes = votes_of(
        page(
            f"<div><table>{FLOOR.format('06/17/2025', '1/1')}</table>{roll(one)}"
            f"<table>{FLOOR.format('06/10/2025', '1/0')}</table>{roll(two)}</div>"
        )
    )
    assert votes is not None
    assert [(vote.date, vote.roll) for vote in votes] == [
        ("2025-06-10", (("excused", ("Ashby",)), ("aye", ("Bores",)), ("not voting", ("Chu",)))),
        ("2025-06-17", (("aye", ("Ashby",)), ("nay", ("Bores",)))),
    ]


def test_both_layouts_of_a_floor_vote_read_alike() -> None:
    """Cells before 2024, divisions since: the same vote in either gives the same facts."""
    pairs = [("Ashby", "Y"), ("Bores", "NO"), ("Chu", "ER")]
    cells = "".join(f"<td>{name}</td><td>{vote}</td>" for name, vote in pairs)
    legend = '<tr><td colspan="6">‡ Indicates participation via videoconferencing</td></tr>'
    old = votes_of(page(f"<table>{FLOOR.format('06/17/2019', '1/1')}<tr>{cells}</tr>{legend}</table>"))
    new = votes_of(page(f"<div><table>{FLOOR.format('06/17/2019', '1/1')}</table>{roll(pairs)}</div>"))
    assert old == new
    assert old == (
        Vote(
            "2019-06-17",
            "Assembly",
            "floor",
            roll=(("aye", ("Ashby",)), ("nay", ("Bores",)), ("excused", ("Chu",))),
            counts=(("aye", 1), ("nay", 1), ("excused", 1)),
        ),
    )


@pytest.mark.parametrize(
    "broken",
    [
        f"<table>{FLOOR.format('06/17/2025', '2/0')}</table>{roll([('Ashby', 'Yes')])}",  # does not add up
        f"<table>{FLOOR.format('06/17/2025', '1/0')}</table>{roll([('Ashby', 'Maybe')])}",  # no such option
        f"<table>{FLOOR.format('06/17/2025', '0/0')}</table>",  # nobody voted
        f"<table>{FLOOR.format('17 June', '1/0')}</table>{roll([('Ashby', 'Yes')])}",
        roll([("Ashby", "Yes")]),  # a roll that no caption claims
    ],
)
def test_a_vote_that_does_not_add_up_is_refused(broken: str) -> None:
    """A roll is checked against the stated counts: a vote is read whole or not at all."""
    with pytest.raises(LayoutChanged):
        votes_of(page(f"<div>{broken}</div>"))


def test_committee_votes_carry_committee_and_motion() -> None:
    """Held bills are still in committee officially; the vote says what happened."""
    caption = (
        "<caption><span>Committee:</span> CODES <span>Chair:</span>Dinowitz <span>DATE:</span><span>05/20/2025</span>"
        "<span>Action:</span> Held for Consideration <span>Correction Date:</span> 05/21/2025</caption>"
    )
    votes = votes_of(page(f"<table>{caption}<tr><td>Lavine</td><td>Aye</td><td>Reilly</td><td>Nay</td></tr></table>"))
    assert votes is not None
    assert (votes[0].kind, votes[0].committee, votes[0].motion) == ("committee", "CODES", "Held for Consideration")
    assert votes[0].counts == (("aye", 1), ("nay", 1))


def test_no_votes_and_no_part_for_votes_differ() -> None:
    """() is the page's own word that nobody voted; a page without that part carries nothing."""
    assert votes_of(page("<p>There are no votes for this bill in this legislative session.</p>")) == ()
    assert votes_of(page("<p>Summary</p>")) is None


def test_addresses_always_name_the_term() -> None:
    """Without `term` the site shows this session's bill of an old number."""
    bill = BillId("ny", "2017", "S9191")
    assert Assembly("https://a.example/leg/").address(bill) == (
        "https://a.example/leg/?default_fld=&leg_video=&bn=S09191&term=2017"
        "&Summary=Y&Actions=Y&Committee%26nbspVotes=Y&Floor%26nbspVotes=Y"
    )
    assert "term=2017" in Assembly().page(bill)


def index(*links: str) -> str:
    return f"<html><body>{FORM}<div>{''.join(links)}</div><p>About</p></body></html>"


def entry(number: str, title: str, term: str = "2025") -> str:
    return f'<a href="?bn={number}&amp;term={term}">{number}</a> {title}<br>\n'


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 99999), st.text("abc &<>'-", max_size=30)), min_size=1, max_size=8))
def test_the_index_gives_every_number_and_title(rows: list[tuple[int, str]]) -> None:
    """Each link is a bill, and the words behind it are its title, whatever they are."""
    safe = [(n, title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for n, title in rows]
    found = listed(index(*(entry(f"S{n:05d}", title) for n, title in safe)), "2025")
    assert found == [(f"S{n}", " ".join(title.split())) for n, title in rows]


def test_titles_in_cells_are_read_too() -> None:
    """Should the list become a table, a title still ends with its row."""
    rows = "<tr><td><a href='?bn=A00001&term=2025'>A00001</a></td><td>Relates to <b>x</b></td></tr>"
    assert listed(index(f"<table>{rows}{rows.replace('A00001', 'A00002')}</table>"), "2025") == [
        ("A1", "Relates to x"),
        ("A2", "Relates to x"),
    ]


@pytest.mark.parametrize(
    "links",
    [
        (),
        (entry("S00001", "x"), '<a href="?page=2">Next</a>'),
        (entry("S00001", "x"), '<a href="?page=2">next page</a>'),
        (entry("S00001", "x", term="2023"),),
        ('<a href="?bn=S00001&amp;term=2025">S00002</a> x<br>',),
    ],
    ids=["empty", "next", "next page", "another term", "another number"],
)
def test_a_list_that_is_not_all_is_refused(links: tuple[str, ...]) -> None:
    """An empty list, one that goes on over pages, or one of another session is no list of this session's bills."""
    with pytest.raises(LayoutChanged):
        listed(index(*links), "2025")


def test_the_form_asks_for_everything_of_one_term() -> None:
    """The question as the site's own form puts it."""
    assert index_form("2025") == {"evt_fld": "Search", "by": "a", "term": "2025", "leg_type": "A", "comm_status": "A"}
