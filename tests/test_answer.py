"""One answer's bytes as text: as declared, or damaged, and never another kind of trouble."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import answer
from billwatch.answer import clean
from billwatch.errors import Damaged

CHARSETS = st.sampled_from(
    [
        "utf-8",
        "iso-8859-1",
        "windows-1252",
        "utf-16",
        "utf-7",
        "ascii",
        "punycode",
        "idna",
        "undefined",
        "hex",
        "nonsense",
    ]
)


@given(st.binary(), st.one_of(st.just(""), CHARSETS), st.sampled_from(["", "header", "meta"]))
@example(b"\xef\xbb\xbf\xff", "", "")
@example(b"\xff", "undefined", "header")
@example(b"xn--\xff", "idna", "header")
def test_any_bytes_are_a_text_or_damaged(body: bytes, charset: str, where: str) -> None:
    """Whatever comes and whatever it claims to be: a text without control characters, or `Damaged`."""
    page = f'<meta charset="{charset}">'.encode() + body if where == "meta" else body
    given = answer(page, content_type=f"text/html; charset={charset}" if where == "header" else "text/html")
    try:
        text = given.text()
    except Damaged:
        return
    assert [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"] == []
    assert "\ufffd" not in text


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("§ 390-f – “likes”".encode(), "text/html", "§ 390-f – “likes”"),
        ("§ 390-f – “likes”".encode("cp1252"), "text/html", "§ 390-f – “likes”"),
        ("José".encode("latin-1"), "text/html; charset=ISO-8859-1", "José"),
        ("“José”".encode("cp1252"), 'text/html; charset="iso-8859-1"', "“José”"),
        ("José".encode("utf-16"), "text/html; charset=utf-16", "José"),
        (b"\xef\xbb\xbf" + "José".encode(), "text/html; charset=iso-8859-1", "José"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">\x97', "text/html", None),
        ("José".encode(), "text/html; charset=nonsense", "José"),
        (b"one\r\ntwo\rthree\tfour", "text/html", "one\ntwo\nthree\tfour"),
        (b"", "", ""),
    ],
)
def test_bytes_are_read_as_they_were_declared(body: bytes, content_type: str, text: str | None) -> None:
    """BOM, then header, then meta; else UTF-8, else cp1252, which is also what the web means by iso-8859-1."""
    found = answer(body, content_type=content_type).text()
    assert found == text if text is not None else found.endswith("—")


def test_a_replacement_character_is_damage_done_before_us() -> None:
    """U+FFFD in a page means that somebody lost a character: that is no fact to keep."""
    with pytest.raises(Damaged, match=r"replacement characters.*https://example.org/bill"):
        answer("Jos\ufffd", url="https://example.org/bill").text()


def test_text_cannot_turn_around_or_ring() -> None:
    """Marks that reverse the direction, escapes and lone surrogates are struck out; words of any script stay."""
    assert clean("a\u202eb\u2066c\x1b[31m\x00\x9bd\ud800 é 漢 \t\n") == "abc[31md é 漢 \t\n"


def test_an_answer_is_known_by_its_bytes() -> None:
    """SHA-256 of the body, nothing of the address."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert answer(b"", url="https://a.example/").sha256 == answer(b"", url="https://b.example/").sha256 == empty
