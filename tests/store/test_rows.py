"""A bill as rows: as many values as columns, and what the history says of a substitute."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given

from any_bills import bills
from billwatch.bill import Action, Bill
from billwatch.legislatures.new_york import rules
from billwatch.legislatures.new_york.actions import classified
from billwatch.stages import stage_of
from billwatch.store.rows import (
    BILL_COLUMNS,
    CHILDREN,
    STANDING_COLUMNS,
    bill_row,
    child_rows,
    standing_row,
    with_substitute,
)


def test_a_row_for_every_column() -> None:
    """The facts stand under their columns' names."""
    bill = Bill(
        legislature="ny",
        session="2025",
        identifier="S404",
        title="Relates to bail",
        status="IN_SENATE_COMM",
        actions=(Action("2025-01-08", "Senate", "REFERRED TO CODES"), Action("2025-02-11", "Senate", "REPORTED")),
    )
    row = dict(zip(BILL_COLUMNS, bill_row(bill, "2025-06-02T16:00:00+00:00"), strict=True))
    assert (row["id"], row["title"], row["abstract"]) == ("ny/2025/S404", "Relates to bail", None)
    assert (row["last_action_on"], row["last_action"]) == ("2025-02-11", "REPORTED")
    assert row["first_seen_at"] == row["changed_at"] == "2025-06-02T16:00:00+00:00"
    standing = stage_of(bill, date(2025, 6, 2), rules("2025"))
    columns = dict(zip(STANDING_COLUMNS, standing_row(standing), strict=True))
    assert columns["stage"] == standing.stage and columns["ended"] == 0
    assert isinstance(json.loads(str(columns["steps"])), list) and isinstance(json.loads(str(columns["marks"])), list)


@pytest.mark.parametrize(
    ("source", "last", "committee"),
    [
        (None, "REFERRED TO CODES", "Codes"),
        ("Codes", "DEFEATED IN INTERNET AND TECHNOLOGY", "Internet and Technology"),
        ("Rules", "REPORTED", "Rules"),
        (None, "REPORTED", ""),
    ],
)
def test_the_committee_is_the_one_of_the_sentence(source: str | None, last: str, committee: str) -> None:
    """It comes with the standing, so that sources without committees have it too; else it is what the source says."""
    actions = tuple(
        Action(f"2025-01-0{n}", "Senate", text, classified(text)) for n, text in ((7, "REFERRED TO AGING"), (8, last))
    )
    bill = Bill(legislature="ny", session="2025", identifier="S404", committee=source, actions=actions)
    standing = stage_of(bill, date(2025, 6, 2), rules("2025"))
    assert dict(zip(STANDING_COLUMNS, standing_row(standing), strict=True))["committee"] == committee
    assert bill.committee == source, "what is compared for changes stays the source's"


@given(bills())
def test_any_bill_fits_its_tables(bill: Bill) -> None:
    """Every child row has the width of its table, belongs to the bill and has a place of its own."""
    rows = list(child_rows(bill))
    assert all(len(row) == len(CHILDREN[table]) and row[0] == bill.id for table, row in rows)
    places = [(table, row[1], row[2] if table == "relations" else "") for table, row in rows]
    assert len(set(places)) == len(places)
    assert len(bill_row(bill, "now")) == len(BILL_COLUMNS)
    assert sum(1 for table, _ in rows if table == "actions") == len(bill.actions or ())


def relations(bill: Bill) -> list[tuple[object, ...]]:
    return [row for table, row in child_rows(bill) if table == "relations"]


@pytest.mark.parametrize(
    ("stated", "lines", "substitute"),
    [
        (None, ["SUBSTITUTED BY S4505"], "ny/2025/S4505"),
        (None, ["SUBSTITUTED BY S4505A"], "ny/2025/S4505"),
        (None, ["SUBSTITUED BY S04505A"], "ny/2025/S4505"),
        (None, ["SUBSTITUTED BY S4505", "SUBSTITUTION RECONSIDERED"], None),
        (None, ["SUBSTITUTED BY S4505", "ORDERED TO THIRD READING CAL.66"], None),
        (None, ["SUBSTITUTED BY S1", "SUBSTITUTION RECONSIDERED", "SUBSTITUTED BY S2"], "ny/2025/S2"),
        (None, ["SUBSTITUTED FOR A5346"], None),
        ("", ["SUBSTITUTED BY S4505"], None),
        ("ny/2025/S9", [], "ny/2025/S9"),
    ],
)
def test_who_took_its_place(stated: str | None, lines: list[str], substitute: str | None) -> None:
    """What the source states counts; else the history as the stages read it, misspelt or padded, while it lasts."""
    actions = tuple(Action("2025-06-12", "Assembly", text, classified(text)) for text in lines)
    bill = Bill(legislature="ny", session="2025", identifier="A5346", substituted_by=stated, actions=actions)
    kept = with_substitute(bill, stage_of(bill, date(2025, 6, 20), rules("2025")))
    assert dict(zip(BILL_COLUMNS, bill_row(kept, "now"), strict=True))["substituted_by"] == substitute
    assert [row[2] for row in relations(kept)] == ([substitute] if substitute else [])


def test_relations_say_who_claims_them() -> None:
    """What a source links is marked as its word, in the order of the record."""
    bill = Bill(
        legislature="ny",
        session="2019",
        identifier="S1413",
        same_as=("ny/2019/A5256",),
        previous_versions=("ny/2017/S9191",),
    )
    assert relations(bill) == [
        ("ny/2019/S1413", "same-as", "ny/2019/A5256", "source", ""),
        ("ny/2019/S1413", "previous-version", "ny/2017/S9191", "source", ""),
    ]
