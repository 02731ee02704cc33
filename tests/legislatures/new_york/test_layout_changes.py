"""A page that is built otherwise than we know is refused: no name that carries a fact can go unnoticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.answer import Answer
from billwatch.bill import Bill
from billwatch.errors import Blocked, Damaged, LayoutChanged, WrongBill
from test_recordings import recorded_answer, recorded_bill, recordings, source_of

PAGES = [path for path in recordings() if path.suffix == ".html" and "new_york" in path.parts]
NAMES = re.compile(r'\b(class|id|name|property)="([^"]*)"')
LABELS = {
    "lbdc": (
        *("TITLE....", "Same as", "No Same as", "Text Versions:", "; M-S:", "ON FILE:", "AMEND="),
        *("Senate Vote", "Assembly Vote", "Aye:", "Nay:", "MEMORANDUM IN SUPPORT"),
    ),
    "assembly": (
        *("BILL NO", "SAME AS", "SPONSOR", "COSPNSR", "MLTSPNSR", "No Same As", "AMEND=", "DATE:", "YEA/NAY:"),
        *("Committee:", "Chair:", "Action:"),
    ),
    "senate": (
        *("See Assembly Version of this Bill:", "See Senate Version of this Bill:", "Current Committee:"),
        *("Law Section:", "Laws Affected:", "Versions Introduced in", "Sponsored By", "Bill Status"),
        *("Legislative Session", " Vote<", "In Senate Committee<", "In Senate Committee ", "On Floor Calendar<"),
        *("Signed by Governor<",),
    ),
}


def read(path: Path, text: str) -> Bill:
    """The facts of a page changed by a test; recordings in another encoding become UTF-8."""
    answer = msgspec.structs.replace(recorded_answer(path), body=text.encode("utf-8"))
    return source_of(path).read(answer, recorded_bill(path))


def renamings(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """The page once for each class, id, name, property and label on it, with that one renamed everywhere."""
    names = {(kind, word) for kind, value in NAMES.findall(text) for word in value.split()}
    for kind, word in sorted(names):
        pattern = re.compile(rf'(\b{kind}="(?:[^"]* )?){re.escape(word)}(?=[ "])')
        yield f'{kind}="{word}"', pattern.sub(r"\1renamed", text)
    for label in LABELS[path.parent.name]:
        if label in text:
            yield label, text.replace(label, "Renamed" + label[-1])


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_renaming_any_name_is_noticed_or_harmless(path: Path) -> None:
    """With one class, id or label renamed the page is refused, or it still gives the very same facts."""
    text = recorded_answer(path).text()
    facts = read(path, text)
    lost, refused = [], 0
    for name, changed in renamings(path, text):
        assert changed != text
        try:
            if read(path, changed) != facts:
                lost.append(name)
        except (LayoutChanged, Damaged):
            refused += 1
    assert lost == []
    assert refused >= 5, "hardly any renaming was noticed: the test itself may have stopped renaming"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}-{p.name}")
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_page_cut_anywhere_is_refused_or_whole(path: Path, data: st.DataObject) -> None:
    """However a page is cut short, it is refused as damaged, or nothing but its end is missing."""
    text = recorded_answer(path).text()
    kept = text[: data.draw(st.integers(0, len(text)))]
    if "</html>" in kept:
        assert read(path, kept) == read(path, text)
    else:
        with pytest.raises(Damaged):
            read(path, kept)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_another_bills_page_is_refused(path: Path) -> None:
    """A page about another number, or the same number of another session, is never taken for the bill asked for."""
    asked = recorded_bill(path)
    for other in (asked._replace(identifier="S1"), asked._replace(session="2009")):
        with pytest.raises(WrongBill):
            source_of(path).read(recorded_answer(path), other)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_history_that_vanished_is_refused(path: Path) -> None:
    """A bill with a law and a sponsor but without any action is a page we misread, not a bill without history."""
    text = recorded_answer(path).text()
    rows = r'<TR valign="top">.*?</tr>|<tr[^>]*><td[^>]*>(?:\d\d/\d\d/\d{4}|[A-Z][a-z]{2} \d\d, \d{4})</td>.*?</tr>'
    changed = re.sub(rows, "", text, flags=re.DOTALL)
    assert changed != text
    with pytest.raises(LayoutChanged):
        read(path, changed)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_a_challenge_is_refused_even_with_a_good_status(path: Path) -> None:
    """A challenge that comes with status 200 is reported as a block."""
    page = (
        "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
    )
    with pytest.raises(Blocked):
        read(path, page)


@pytest.mark.parametrize("path", PAGES[:1] + PAGES[5:6] + PAGES[-1:], ids=lambda p: p.parent.name)
def test_replacement_characters_are_refused(path: Path) -> None:
    """A page that lost a character on its way is damaged: § would be missing from a law."""
    answer: Answer = recorded_answer(path)
    with pytest.raises(Damaged):
        read(path, answer.text().replace("§", "\ufffd").replace("Sep", "\ufffd") + "\ufffd")
