"""Families: what links connect, in both directions; and what has probably come back."""

from __future__ import annotations

from collections import defaultdict

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.follow.families import Candidate, Links, family_of, likeness, probable_returns

TITLE = "Relates to requiring social media and search engine reviews prior to the approval of an application"
OLD = Candidate("ny/2017/S9191", "2017", "", TITLE, "Kevin S. Parker", "Penal Law")
NEW = Candidate("ny/2027/S1413", "2027", "", TITLE, "Kevin S. Parker", "")
S9197 = Candidate("ny/2017/S9197", "2017", "", TITLE, "PARKER", "Penal Law", "", "Add §400.20, Pen L")
A5256 = Candidate("ny/2019/A5256", "2019", "", "", "Carroll", "", f"{TITLE}; provides that", "Add §400.20, Pen L")
A1620 = Candidate("ny/2021/A1620", "2021", "", TITLE, "CARROLL", "Penal Law", "", "Add §400.25, Pen L")

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25)


def linking(pairs: list[tuple[int, int]]) -> Links:
    """Links in both directions, as the store gives them."""
    links = defaultdict(list)
    for a, b in pairs:
        links[str(a)].append(str(b))
        links[str(b)].append(str(a))
    return lambda bill: links[bill]


@given(PAIRS, st.integers(0, 12))
def test_a_family_is_what_links_connect(pairs: list[tuple[int, int]], start: int) -> None:
    """Whoever can be reached is in it, each once, the bill itself first; and it is the family of all of them."""
    links = linking(pairs)
    family = family_of(str(start), links)
    assert family[0] == str(start) and len(set(family)) == len(family)
    assert all(set(links(member)) <= set(family) for member in family)
    assert all(sorted(family_of(member, links)) == sorted(family) for member in family)
    apart = {str(n) for pair in pairs for n in pair} - set(family)
    assert not any(set(links(other)) & set(family) for other in apart)


@given(PAIRS, st.integers(0, 12), st.integers(1, 6))
def test_a_family_has_its_limit(pairs: list[tuple[int, int]], start: int, limit: int) -> None:
    """An omnibus bill with hundreds of links does not pull everything in: the nearest are kept."""
    links = linking(pairs)
    family = family_of(str(start), links, limit)
    assert family == family_of(str(start), links)[:limit]


def test_s9191_leads_forward_to_s1413() -> None:
    """S1413 of 2019 names S9191 of 2017, never the other way round; from either one finds the other."""
    links = linking([(1413, 9191), (1413, 5256)])
    assert family_of("9191", links) == ["9191", "1413", "5256"]


@pytest.mark.parametrize(
    ("new", "old", "why"),
    [
        ({}, {}, "same sponsor, the same title"),
        ({"sponsor": "", "law_section": "PENAL LAW"}, {}, "same law (PENAL LAW), the same title"),
        ({"law_section": "Penal Law"}, {}, "same sponsor and law (Penal Law), the same title"),
        ({"title": TITLE.replace("application", "applicant")}, {}, "same sponsor, nearly the same title"),
        ({"title": TITLE.replace("Relates to requiring", "Requires")}, {}, "same sponsor, nearly the same title"),
        ({"title": TITLE.replace("social media and search engine", "criminal record")}, {}, ""),
        ({"title": f"{TITLE} in the county of Yates"}, {"title": f"{TITLE} in the county of Steuben"}, ""),
        ({"title": "", "abstract": f"{TITLE}; provides for a police review"}, {}, "same sponsor, the same title"),
        (
            {"title": TITLE.replace("application", "applicant"), "sponsor": "X", "law_section": "Penal Law"},
            {},
            "",
        ),
        ({"sponsor": "Someone Else"}, {}, ""),
        ({"sponsor": ""}, {"sponsor": ""}, ""),
        ({"session": "2017"}, {}, ""),
        ({"session": "2015"}, {}, ""),
        ({"title": "Relates to bail"}, {"title": "Relates to bail"}, ""),
        ({"title": ""}, {"title": ""}, ""),
    ],
)
def test_what_has_probably_come_back(new: dict[str, str], old: dict[str, str], why: str) -> None:
    """A later session, a title of some length, and the same sponsor or law; nearly the same title wants the sponsor."""
    found = likeness(msgspec.structs.replace(NEW, **new), msgspec.structs.replace(OLD, **old))
    assert found == why


@pytest.mark.parametrize(
    ("new", "old", "why"),
    [
        (A5256, S9197, "same section (§400.20, Pen L), the same title"),
        (A1620, S9197, "same law (Penal Law), the same title"),
        (A1620, A5256, "same sponsor and law (Pen L), the same title"),
    ],
)
def test_what_is_said_for_a_return_is_true(new: Candidate, old: Candidate, why: str) -> None:
    """S9197 and A1620 add other sections of one law; A5256, of which a source gives the summary alone, is seen too."""
    assert likeness(new, old) == why


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("SEPULVEDA", "SEPULVEDA"), ("Luis R. Sepúlveda", ""), True),
        (("HOYLMAN", "HOYLMAN"), ("Brad Hoylman-Sigal", ""), True),
        (("González-Rojas", "GONZÁLEZ-ROJAS"), ("Jessica González-Rojas", "GONZALEZ-ROJAS"), True),
        (("Rosenthal L", "ROSENTHAL L"), ("Linda B. Rosenthal", ""), True),
        (("Rosenthal L", "ROSENTHAL L"), ("Linda B. Rosenthal", "ROSENTHAL"), True),
        (("ROSENTHAL L", "ROSENTHAL L"), ("ROSENTHAL", "ROSENTHAL"), True),
        (("ROSENTHAL L", "ROSENTHAL L"), ("ROSENTHAL D", "ROSENTHAL D"), False),
        (("Robert Jackson", "JACKSON"), ("Chantel Jackson", "JACKSON"), False),
        (("PARKER", "PARKER"), ("Kevin S. Thomas", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_a_sponsor_is_known_by_any_name(a: tuple[str, str], b: tuple[str, str], same: bool) -> None:
    """A member may stand with a short name here and a full one there, with accents or without; namesakes are two."""
    (name, short), (other, other_short) = a, b
    new = msgspec.structs.replace(NEW, sponsor=name, short=short)
    old = msgspec.structs.replace(OLD, sponsor=other, short=other_short)
    assert likeness(new, old) == ("same sponsor, the same title" if same else "")
    turned = msgspec.structs.replace(old, session="2029")
    assert likeness(turned, new) == ("same sponsor, the same title" if same else "")


def test_a_bill_is_held_against_the_latest_session_first() -> None:
    """A1620 came back from A5256, and that from S9197: the steps of two years come before the leap of four."""
    pairs = [(new.bill, old.bill) for new, old, _ in probable_returns([A1620, A5256], [S9197, A5256])]
    assert pairs == [(A5256.bill, S9197.bill), (A1620.bill, A5256.bill), (A1620.bill, S9197.bill)]


def test_a_return_is_found_among_many() -> None:
    """The earlier bill is found by its words, not by comparing everything with everything."""
    others = [
        Candidate(f"ny/2017/S{n}", "2017", "", f"Relates to matter number {n} of the town", "X", "") for n in range(500)
    ]
    fresh = [
        Candidate(f"ny/2027/S{n}", "2027", "", f"Relates to thing number {n} of the town", "X", "")
        for n in range(2, 99)
    ]
    assert [(a.bill, b.bill) for a, b, _ in probable_returns([NEW, *fresh], [OLD])] == [
        ("ny/2027/S1413", "ny/2017/S9191")
    ]
    assert ("ny/2027/S1413", "ny/2017/S9191") in {
        (a.bill, b.bill) for a, b, _ in probable_returns([NEW], [*others, OLD])
    }


@given(st.text(), st.text())
def test_any_title_can_be_compared(a: str, b: str) -> None:
    """Whatever a title holds, likeness is an answer, and only a later session's."""
    new, old = msgspec.structs.replace(NEW, title=a), msgspec.structs.replace(OLD, title=b)
    assert isinstance(likeness(new, old), str) and likeness(old, new) == ""
