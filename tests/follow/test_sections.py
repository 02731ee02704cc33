"""Which sections of which law: read from the list of laws affected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.follow.sections import sections_of


@pytest.mark.parametrize(
    ("code", "sections"),
    [
        ("Add §400.20, Pen L", {"Pen L": ("400.20",)}),
        ("Amd §400.00, add §400.20, Pen L", {"Pen L": ("400.00", "400.20")}),
        ("Amd §§4 & 5, Exec L; amd §4, Ed L", {"Exec L": ("4", "5"), "Ed L": ("4",)}),
        ("Rpld §500.10 subs 3-a, 3-b & 21, §530.45, CP L", {"CP L": ("500.10", "530.45")}),
        ("Add Art 82 §§8201 - 8218, Ins L", {"Ins L": ("8201", "8218")}),
        ("Amd §5, Chap 630 of 1988", {"Chap 630 of 1988": ("5",)}),
        ("Amd §1112, Pub Health L (as proposed in S.1759-A & A.126-A)", {"Pub Health L": ("1112",)}),
        ("Amd Ed L, generally", {"Ed L": ()}),
        ("", {}),
    ],
)
def test_what_is_touched(code: str, sections: dict[str, tuple[str, ...]]) -> None:
    """Sections only, each with its law: a subdivision, an article or a bill number is none."""
    assert sections_of(code) == sections


@given(st.text())
def test_any_text_can_be_read(code: str) -> None:
    """Whatever stands there, no law is without a name and each section begins with a figure."""
    assert all(law and all(n[0].isdigit() for n in numbers) for law, numbers in sections_of(code).items())
