"""Chapter amendments: read from the act clause, linked with the right session, told once."""

from __future__ import annotations

import json
import lzma
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import NOON
from billwatch.follow.amendments import amended_in, announce_amendments, link_amendments
from billwatch.follow.following import follow, linked
from billwatch.legislatures import legislature
from billwatch.store import Store
from saying import bill, recorder, says, told

NY = legislature("ny")
PLAIN = (
    "AN ACT to amend a chapter of the laws of 2021 relating to creating a task force, as proposed in legislative bills "
    "numbers S. 1788-A and A. 5836-A, in relation to the members of such task force"
)
NESTED = (
    "AN ACT to amend a chapter of the laws of 2022 amending chapter 114 of the laws of 1998 relating to a fund, as "
    "proposed in legislative bills numbers S.8025 and A.9158, in relation to parcels"
)
LATER = (
    "AN ACT to amend the insurance law; and to repeal section 1 of a chapter of the laws of 2024 relating to ski "
    "patrols, as proposed in legislative bill number S. 2158, in relation thereto"
)


def found(clause: str) -> list[tuple[int, str]]:
    return [(year, number) for year, number, _ in amended_in(clause)]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (PLAIN, [(2021, "S1788"), (2021, "A5836")]),
        (NESTED, [(2022, "S8025"), (2022, "A9158")]),
        (LATER, [(2024, "S2158")]),
        (f"{PLAIN}; {LATER}", [(2021, "S1788"), (2021, "A5836"), (2024, "S2158")]),
        ("AN ACT to amend chapter 689 of the laws of 2025, in relation to labels", []),
        ("AN ACT to amend the penal law, as proposed in legislative bills numbers S. 1 and A. 2", []),
        ("", []),
    ],
)
def test_what_an_act_clause_names(clause: str, expected: list[tuple[int, str]]) -> None:
    """The year of the laws and the bills that became the chapter; no year, no chapter, nothing."""
    assert found(clause) == expected


@given(st.text(max_size=200), st.integers(1, 99_999), st.integers(1900, 2100))
def test_any_text_is_read(noise: str, number: int, year: int) -> None:
    """Whatever stands around it, no error; and the plain form is always found."""
    list(amended_in(noise))
    clause = (
        f"to amend a chapter of the laws of {year}, as proposed in legislative bills numbers S. {number} and A. 1-B"
    )
    assert found(clause) == [(year, f"S{number}"), (year, "A1")]


def looked_over(store: Store) -> None:
    with store.atomic():
        link_amendments(store, NY)
        follow(store, "ny", [], ["speech", "privacy"])
        announce_amendments(store, "ny", recorder(store, "billwatch").teller.tell)


TITLE = "Relates to warning labels on social media platforms for minors"
NAMED = (
    "to amend a chapter of the laws of 2024 relating to labels, as proposed in legislative bills numbers S. 7 and A. 8"
)


@pytest.fixture
def signed(store: Store) -> Store:
    """S7 of 2023, ours by its topic, and the bill of the next January that would amend it."""
    says(store, "lbdc", bill("ny/2023/S7", "2024-12-20 SIGNED CHAP.600", title=TITLE))
    says(
        store, "lbdc", bill("ny/2025/S50", "2025-01-08 REFERRED TO RULES", act_clause=NAMED, title="Relates to labels")
    )
    return store


def test_a_chapter_of_december_is_of_the_session_that_ended(signed: Store) -> None:
    """The laws of 2024 are the session of 2023; the link is ours, gives its reason, and the bill is followed."""
    looked_over(signed)
    (row,) = signed.rows("select * from relations where other = 'ny/2023/S7'")
    assert (row["bill"], row["kind"], row["by"]) == ("ny/2025/S50", "chapter-amendment", "billwatch")
    assert "S. 7 and A. 8 of the laws of 2024" in row["evidence"]
    assert linked(signed, ["ny/2023/S7"]) == ["ny/2025/S50"]
    assert signed.column("select follow_reason from bills where id = 'ny/2025/S50'") == ["family of ny/2023/S7"]


def test_those_who_follow_the_law_are_told_once(signed: Store) -> None:
    """However often we look."""
    for _ in range(3):
        looked_over(signed)
    assert [t for t in told(signed, "ny/2023/S7") if t[0] == "chapter-amendment"] == [
        ("chapter-amendment", "", "ny/2025/S50")
    ]


def test_who_follows_the_bill_that_became_law_is_told_though_the_clause_names_the_one_that_gave_way(
    store: Store,
) -> None:
    """A9430 of 2023 was substituted by S7543, and became no law itself."""
    gave_way = bill("ny/2023/A8", "2024-06-06 SUBSTITUTED BY S9", title=TITLE)
    law = bill("ny/2023/S9", "2024-06-06 SUBSTITUTED FOR A8", "2024-12-20 SIGNED CHAP.600", title=TITLE)
    says(store, "lbdc", gave_way, law, bill("ny/2025/S50", act_clause=NAMED))
    for _ in range(2):
        looked_over(store)
    for followed in ("ny/2023/A8", "ny/2023/S9"):
        assert [t[2] for t in told(store, followed) if t[0] == "chapter-amendment"] == ["ny/2025/S50"]


def test_an_edited_clause_moves_the_link(signed: Store) -> None:
    """What it said before no longer stands."""
    looked_over(signed)
    edited = NAMED.replace("S. 7", "S. 9")
    says(signed, "lbdc", bill("ny/2025/S50", act_clause=edited), at=NOON + timedelta(days=1))
    looked_over(signed)
    others = "select other from relations where kind = 'chapter-amendment' order by other"
    assert signed.column(others) == ["ny/2023/A8", "ny/2023/S9"]


def test_a_budget_is_of_nobodys_family(store: Store) -> None:
    """An act that amends many chapters is linked with none."""
    clause = "; ".join(NAMED.replace("S. 7 and A. 8", f"S. {n} and A. {n}") for n in range(1, 5))
    says(store, "lbdc", bill("ny/2025/S3000", act_clause=clause))
    looked_over(store)
    assert store.rows("select * from relations") == []


def test_every_such_clause_of_the_record_is_read(shared: Path) -> None:
    """Of the real bills of six years: each clause that has the words names bills, and each of these exists."""
    clauses, numbers = {}, set()
    with lzma.open(shared / "data/ny/history-2019-2024.jsonl.xz", "rt") as lines:
        for row in map(json.loads, lines):
            it = row["d"] if "t" in row else row
            if it:
                numbers.add((it["Session"], it["PrintNo"]))
                clauses[it["Session"], it["PrintNo"]] = it.get("ActClause") or ""
    said = {key: found(text) for key, text in clauses.items() if "as proposed in legislative bill" in text}
    assert len(said) > 400 and all(said.values())
    named = {(int(NY.session_of(NOON.date().replace(year=y))), n) for names in said.values() for y, n in names}
    assert {key for key in named if key[0] >= 2019} <= numbers
