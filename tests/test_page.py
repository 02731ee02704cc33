"""Pages: whole ones are read, and nothing that is missing is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.errors import Blocked, Damaged, LayoutChanged
from billwatch.page import Page, attribute, collapsed, words

URL = "https://example.org/bill"


def page(body: str) -> Page:
    return Page(f"<html><body>{body}</body></html>", URL)


def test_a_challenge_is_never_a_page() -> None:
    """A guard's page, which has its end too, is reported as a block with its address."""
    with pytest.raises(Blocked, match=URL):
        Page("<html><head><title>Just a moment...</title></head><body></body></html>", URL)


@settings(deadline=None)
@given(st.integers(0, 60))
def test_a_page_without_its_end_is_damaged(length: int) -> None:
    """A page that stops before `</html>` was cut off on its way."""
    whole = "<html><body><p>Senate Bill S404</p></body></HTML>"
    if length >= len(whole):
        assert words(Page(whole[:length], URL).one("p")) == "Senate Bill S404"
    else:
        with pytest.raises(Damaged):
            Page(whole[:length], URL)


def test_one_refuses_none_and_several() -> None:
    """`one` gives the only match; none or several is a changed layout that names selector and address."""
    assert words(page("<p class=a>x</p>").one(".a")) == "x"
    with pytest.raises(LayoutChanged, match=r"'\.b'.*example\.org"):
        page("<p class=a>x</p>").one(".b")
    with pytest.raises(LayoutChanged, match="2 times"):
        page("<p class=a>x</p><p class=a>y</p>").one(".a")


def test_all_refuses_none() -> None:
    """`all` gives every match in the page's order, within a part if asked; none is a changed layout."""
    found = page("<div id=x><i>1</i><i>2</i></div><i>3</i>")
    assert [words(tag) for tag in found.all("i")] == ["1", "2", "3"]
    assert [words(tag) for tag in found.all("i", found.one("#x"))] == ["1", "2"]
    with pytest.raises(LayoutChanged, match="nothing matches 'b'"):
        found.all("b")


def test_maybe_allows_none_but_not_several() -> None:
    """`maybe` is for what a good page may lack; two of it are still a changed layout."""
    assert page("<p></p>").maybe("i") is None
    assert page("<p></p>").any("i") == []
    with pytest.raises(LayoutChanged):
        page("<i></i><i></i>").maybe("i")


def test_words_and_attributes() -> None:
    """Words come with single spaces, no-break spaces among them; a missing attribute is empty."""
    tag = page("<p class='a b' title='t'>one&nbsp;<b> two</b>\n three</p>").one("p")
    assert words(tag) == "one two three"
    assert (attribute(tag, "class"), attribute(tag, "title"), attribute(tag, "id")) == ("a b", "t", "")
    assert collapsed(" a\xa0\n b ") == "a b"
