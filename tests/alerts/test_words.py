"""Words are found whole, whatever their case, accents or plural; phrases stand together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.alerts.words import Concordance, folded, has, phrases_of, words_of

WORDS = st.lists(
    st.sampled_from(["gun", "guns", "license", "Licensing", "café", "CAFE", "police", "state's"]), max_size=8
)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("gun license", "Licenses for guns", True),
        ('"gun license"', "A license for a gun", False),
        ('"gun license"', "Every GUN LICENSE counts", True),
        ("“gun license” police", "Police ask for a gun license", True),
        ("age", "An agency of the state", False),
        ("surveil*", "Surveillance of protests", True),
        ("cafe", "In a Café", True),
        ("abuser", "an abuser’s access", True),
        ("policies", "the policy of the office", True),
        ("S4505", "Same as S4505", True),
        ("access", "accesses", False),
        ("...", "three dots ...", False),
        ("reverse-location", "reverse location warrants", True),
    ],
)
def test_what_is_found(query: str, text: str, found: bool) -> None:
    """As a person would expect it."""
    assert bool(Concordance([[words_of(text)]]).find(query)) == found


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=6), WORDS, st.booleans())
def test_the_concordance_finds_what_reading_finds(texts: list[list[list[str]]], query: list[str], quoted: bool) -> None:
    """The index gives exactly the texts in which reading them through finds every phrase."""
    asked = f'"{" ".join(query)}"' if quoted else " ".join(query)
    passages = [[[folded(w) for w in passage] for passage in text] for text in texts]
    phrases = phrases_of(asked)
    read = [n for n, text in enumerate(passages) if phrases and all(any(has(p, ph) for p in text) for ph in phrases)]
    assert Concordance(passages).find(asked) == read


@given(st.text(), st.text())
def test_any_text_is_a_query(text: str, query: str) -> None:
    """Nothing that somebody types breaks the search."""
    assert Concordance([[words_of(text)]]).find(query) in ([], [0])
