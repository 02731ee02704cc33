"""The Senate's site: order out of grouped days, codes out of words, and nothing out of another bill."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.bill import Action, BillId
from billwatch.errors import LayoutChanged, NotListed
from billwatch.legislatures.new_york.senate import facts
from billwatch.legislatures.new_york.senate_details import details_of
from billwatch.legislatures.new_york.senate_history import actions_of
from billwatch.legislatures.new_york.senate_status import status_of
from billwatch.page import Page

RECORDINGS = Path(__file__).parent / "recordings" / "senate"
S404 = BillId("ny", "2025", "S404")
Line = tuple[str, str, str, str]  # date, print, chamber, text


def page(body: str) -> Page:
    return Page(f"<html><body>{body}</body></html>", "https://senate.example/")


def recorded(name: str) -> Page:
    return Page((RECORDINGS / f"{name}.html").read_text(encoding="utf-8"), name)


def rows(lines: list[Line]) -> str:
    """The rows of one bill as the site makes them of its history: newest first, grouped by print, then by day."""
    newest = lines[::-1]
    grouped: dict[str, dict[str, list[Line]]] = {}
    for line in newest:
        grouped.setdefault(line[1], {}).setdefault(line[0], []).append(line)
    return "".join(row(day, found) for days in grouped.values() for day, found in days.items())


def row(day: str, lines: list[Line]) -> str:
    spans = "".join(f'<span class="c-bill--action-line-{chamber}">{text}</span><br>' for _, _, chamber, text in lines)
    shown = date.fromisoformat(day).strftime("%b %d, %Y")
    return (
        f'<tr><td class="c-bill--actions-table-col1">{shown}</td>'
        f'<td class="c-bill--actions-table-col2">{spans}</td></tr>'
    )


def table(*bills: list[Line]) -> Page:
    return page(f'<table class="c-bill--actions-table">{"".join(rows(lines) for lines in bills)}</table>')


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    """Histories in which days pass and prints follow one another, with equal lines among them."""
    day, letter, lines = date(2025, 1, 8), "", []
    for step in draw(st.lists(st.sampled_from(["same day", "later", "amended", "later and amended"]), max_size=12)):
        day += timedelta(days=9 if "later" in step else 0)
        letter = chr(ord(letter or "@") + 1) if "amended" in step else letter
        chamber = draw(st.sampled_from(["senate", "assembly"]))
        lines.append((day.isoformat(), letter, chamber, draw(st.sampled_from(["reported", "print number", "passed"]))))
    return lines


@settings(deadline=None)
@given(histories())
def test_history_is_put_back_in_order(lines: list[Line]) -> None:
    """Grouped by print and day and newest first, a history reads oldest first again, equal lines included."""
    expected = tuple(Action(day, chamber.title(), text.upper()) for day, _, chamber, text in lines)
    assert actions_of(table(lines), "S404") == expected


def test_a_print_that_comes_back_is_put_in_order() -> None:
    """A bill restored to its original print has older and newer days in one group."""
    lines = [
        ("2025-01-08", "", "senate", "referred to codes"),
        ("2025-02-03", "", "senate", "amend and recommit to codes"),
        ("2025-02-03", "A", "senate", "print number 404a"),
        ("2025-03-04", "A", "senate", "amend by restoring to original print 404"),
        ("2025-05-06", "", "senate", "1st report cal.5"),
    ]
    assert [action.text for action in actions_of(table(lines), "S404")] == [text.upper() for *_, text in lines]


OWN: list[Line] = [
    ("2025-02-13", "", "assembly", "referred to codes"),
    ("2025-06-16", "", "assembly", "reported"),
    ("2025-06-16", "", "assembly", "substituted by s4505"),
]


@pytest.mark.parametrize("later", [0, 1, 3])
@pytest.mark.parametrize("substitute_first", [True, False])
def test_a_substitutes_history_is_left_out(later: int, substitute_first: bool) -> None:
    """From "substituted for" this bill on it is the substitute's history, wherever its group stands."""
    other: list[Line] = [
        ("2025-06-16", "A", "assembly", "substituted for a5346a"),
        ("2025-06-17", "A", "assembly", "passed assembly"),
        ("2025-12-08", "A", "senate", "delivered to governor"),
        ("2025-12-19", "A", "senate", "signed chap.689"),
    ][: later + 1]
    shown = table(other, OWN) if substitute_first else table(OWN, other)
    assert [action.text for action in actions_of(shown, "A5346")] == [text.upper() for *_, text in OWN]


def test_the_substitute_keeps_its_whole_history() -> None:
    """On its own page "substituted for another bill" is the bill's own action."""
    lines: list[Line] = [
        ("2025-02-06", "", "senate", "referred to codes"),
        ("2025-06-16", "", "assembly", "substituted for a5346"),
        ("2025-06-17", "", "assembly", "passed assembly"),
    ]
    assert len(actions_of(table(lines), "S4505")) == 3


def test_a_recorded_substituted_bill_has_its_own_history() -> None:
    """A5346 of 2025 was substituted by S4505, which was signed; A5346 was not."""
    bill = facts(recorded("2025-A5346"), BillId("ny", "2025", "A5346"))
    actions = [action.text for action in bill.actions or ()]
    assert len(actions) == 8 and actions[-1] == "SUBSTITUTED BY S4505" and bill.status == "ASSEMBLY_FLOOR"


def test_an_action_outside_its_line_is_refused() -> None:
    """Words beside the lines that say the chamber would be lost: refused."""
    cell = '<td class="c-bill--actions-table-col2"><span class="c-bill--action-line-senate">reported</span> passed</td>'
    with pytest.raises(LayoutChanged):
        actions_of(
            page(
                '<table class="c-bill--actions-table"><tr><td class="c-bill--actions-table-col1">Jan 08, 2025</td>'
                f"{cell}</tr></table>"
            ),
            "S404",
        )


def status(words: str, *actions: Action, identifier: str = "S404") -> str | None:
    shown = page(
        '<div class="c-detail--status"><h2 class="c-bill-detail--subhead">Current Bill Status - '
        f"<span>{words} <a class='committee-link'>Codes Committee</a></span></h2></div>"
    )
    return status_of(shown, identifier, actions)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Introduced", "INTRODUCED"),
        ("In Assembly Committee", "IN_ASSEMBLY_COMM"),
        ("In Senate Committee", "IN_SENATE_COMM"),
        ("Passed Assembly", "PASSED_ASSEMBLY"),
        ("Passed Senate", "PASSED_SENATE"),
        ("Delivered to Governor", "DELIVERED_TO_GOV"),
        ("Signed by Governor", "SIGNED_BY_GOV"),
        ("Vetoed by Governor", "VETOED"),
        ("Stricken", "STRICKEN"),
        ("Passed Senate &amp; Assembly", "PASSED_ASSEMBLY"),
        ("", None),
    ],
)
def test_the_words_of_a_status_have_one_code(words: str, code: str | None) -> None:
    """The site's words map back to the codes; a pocket approval, which has no words, to none."""
    assert status(words, Action("2025-01-08", "Senate", "REFERRED TO CODES")) == code


def test_a_number_that_is_only_reserved_has_no_status_yet() -> None:
    """It is carried and empty, so that the first one is news: A7686 of 2025."""
    assert status("") == ""


def test_the_floor_calendar_is_of_the_chamber_that_acted_last() -> None:
    """Both calendars read alike; the last action that put the bill on one decides. Passed both: the later chamber."""
    senate = Action("2025-05-01", "Senate", "1ST REPORT CAL.5")
    assembly = Action("2025-06-01", "Assembly", "RULES REPORT CAL.7")
    assert status("On Floor Calendar", senate) == "SENATE_FLOOR"
    assert status("On Floor Calendar", senate, assembly) == "ASSEMBLY_FLOOR"
    assert status("On Floor Calendar") is None
    assert status("Passed Senate &amp; Assembly", identifier="A1") == "PASSED_SENATE"


def test_an_unknown_status_is_refused() -> None:
    """A status in words we do not know is never guessed."""
    with pytest.raises(LayoutChanged, match="no status"):
        status("In Conference")


def details(pairs: str) -> dict[str, object]:
    shown = page(f'<div class="b"><div class="c-bill--details"><dl>{pairs}</dl></div></div>')
    return dict(details_of(shown, shown.one(".b"), S404))


@pytest.mark.parametrize(
    ("label", "value", "ids"),
    [
        ("Versions Introduced in 2017-2018 Legislative Session:", "S9191", ("ny/2017/S9191",)),
        ("Versions Introduced in 2023-2024 Legislative Session:", "A1, S2<br>", ("ny/2023/A1", "ny/2023/S2")),
        (
            "Versions Introduced in Other Legislative Sessions:",
            "2021-2022: A8178, S7361<br>2019-2020: S1413<br>",
            ("ny/2021/A8178", "ny/2021/S7361", "ny/2019/S1413"),
        ),
    ],
)
def test_previous_versions_are_read_under_each_label(label: str, value: str, ids: tuple[str, ...]) -> None:
    """One earlier session stands in the label, several stand before their numbers."""
    assert details(f"<dt>{label}</dt><dd>{value}</dd>")["previous_versions"] == ids


def test_same_as_is_read_under_each_label() -> None:
    """The other chamber's bill, or several bills."""
    assert details("<dt>See Assembly Version of this Bill:</dt><dd>A407</dd>")["same_as"] == ("ny/2025/A407",)
    several = details("<dt>See other versions of this Bill:</dt><dd>A407, S12A</dd>")
    assert several["same_as"] == ("ny/2025/A407", "ny/2025/S12")
    assert details("")["same_as"] == ()


@pytest.mark.parametrize(
    "pairs",
    [
        "<dt>Law:</dt><dd>Penal Law</dd>",
        "<dt>Current Committee:</dt><dd>Codes</dd>",
        "<dt>Law Section:</dt><dd></dd>",
        "<dt>Law Section:</dt>",
        "<dt>Versions Introduced in Other Legislative Sessions:</dt><dd>S1413</dd>",
    ],
)
def test_details_that_are_not_as_we_know_them_are_refused(pairs: str) -> None:
    """A detail has no pair when a bill lacks it, so an unknown label may be a known one renamed."""
    with pytest.raises(LayoutChanged):
        details(pairs)


def test_a_missing_page_that_comes_with_status_200_is_known() -> None:
    """The site's own page for what it does not have is its word for that; any other page is a changed layout."""
    with pytest.raises(NotListed):
        facts(Page("<html><title>Page not found | NYSenate.gov</title></html>", "x"), S404)
    with pytest.raises(LayoutChanged):
        facts(Page("<html><title>NYSenate.gov</title></html>", "x"), S404)


def test_a_summary_cut_by_the_site_is_whole() -> None:
    """The printed summary ends before the fourth semicolon; the description in the head has all of it."""
    text = (RECORDINGS / "2025-S404.html").read_text(encoding="utf-8")
    old = "Prohibits the search"
    start = text.index(old, text.index("c-bill-text__summary"))
    cut, whole = "one; two; three", "one; two; three; four; five"
    end = text.index("</p>", start)
    changed = text[:start] + cut + text[end:]
    for head in ('name="description" content="', 'property="og:description" content="'):
        at = changed.index(head) + len(head)
        changed = changed[:at] + whole + changed[changed.index('"', at) :]
    assert facts(Page(changed, "x"), S404).abstract == whole
    with pytest.raises(LayoutChanged, match="description"):
        facts(Page(text[:start] + "Something else" + text[end:], "x"), S404)


def test_both_generations_of_markup_are_read() -> None:
    """The fixtures hold pages from before and after the change of tags of September 2025."""
    said = {name: "markup D9a" in (RECORDINGS / name).read_text() for name in ("2023-S7694.html", "2025-S4505.html")}
    assert said == {"2023-S7694.html": True, "2025-S4505.html": False}
    votes = facts(recorded("2023-S7694"), BillId("ny", "2023", "S7694")).votes or ()
    assert [(v.kind, v.committee, v.version, dict(v.counts)["aye"]) for v in votes] == [
        ("committee", "Rules", "A", 20),
        ("floor", "", "A", 61),
    ]
    options = [option for option, _ in groupby(option for vote in votes for option, _ in vote.roll)]
    assert options == ["aye", "excused"]
