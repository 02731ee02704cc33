"""The store as text: the same bytes every time, all of it back, and nothing half."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch.store import Store
from billwatch.store.dump import dump, load
from billwatch.store.migrations import TABLES, migrations

CHANGE = {
    "id": "c1",
    "bill": "ny/2017/S9191",
    "kind": "action",
    "was": "",
    "now": "REFERRED TO RULES",
    "happened_on": "2018-11-14",
    "seen_at": "2018-11-15T06:00:00+00:00",
    "severity": "notable",
    "cause": "c1",
    "backfill": 0,
    "source": "assembly",
    "url": "https://nyassembly.gov/leg/?bn=S09191&term=2017",
    "receipt": "r1",
}


def empty() -> Database:
    db = Database(memory=True)
    migrations.apply(db)
    db.conn.execute("pragma foreign_keys = on")
    return db


def bill(session: str, identifier: str, **more: object) -> dict[str, object]:
    at = "2018-11-15T06:00:00+00:00"
    row = {"id": f"ny/{session}/{identifier}", "legislature": "ny", "session": session, "identifier": identifier}
    return {**row, "first_seen_at": at, "changed_at": at, **more}


@pytest.fixture
def db() -> Database:
    """A store with the two prints of one fight, in no particular order."""
    db = empty()
    db.table("bills").insert(bill("2019", "S1413", title="Relates to “social media” reviews\nand § 400"))
    db.table("bills").insert(bill("2017", "S9191", title=None, abstract="", ended=1))
    action = {"bill": "ny/2017/S9191", "date": "2018-11-14", "chamber": "Senate", "classification": "[]"}
    db.table("actions").insert({**action, "position": 0, "text": "REFERRED TO RULES"})
    db.table("actions").insert({**action, "bill": "ny/2019/S1413", "position": 0, "text": "REFERRED TO CODES"})
    db.table("changes").insert(CHANGE)
    db.table("bookmarks").insert({"name": "ny/assembly", "value": "2018-11-15"})
    db.table("failures").insert(
        {"bill": "lost", "source": "lbdc", "since": "x", "last_at": "y", "times": 2, "error": "z"}
    )
    return db


def tree(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def rows(db: Database) -> dict[str, list[dict[str, object]]]:
    return {table: list(db.table(table).rows_where(order_by=", ".join(db.table(table).pks))) for table in TABLES}


def test_a_load_gives_back_what_was_dumped(db: Database, tmp_path: Path) -> None:
    """Every row of every table comes back, and a dump of it is the same, byte for byte."""
    assert dump(db, tmp_path / "a") == 7
    again = empty()
    assert load(tmp_path / "a", again) == 7
    assert rows(again) == rows(db)
    dump(again, tmp_path / "b")
    assert tree(tmp_path / "b") == tree(tmp_path / "a")


def test_files_are_small_and_sorted(db: Database, tmp_path: Path) -> None:
    """Bills lie by session, other tables in one file; no row of search index or migrations is among them."""
    dump(db, tmp_path / "a")
    assert sorted(tree(tmp_path / "a")) == [
        "actions/ny-2017.ndjson",
        "actions/ny-2019.ndjson",
        "bills/ny-2017.ndjson",
        "bills/ny-2019.ndjson",
        "bookmarks.ndjson",
        "changes/ny-2017.ndjson",
        "failures/other.ndjson",
        "schema.ndjson",
    ]
    lines = (tmp_path / "a/actions/ny-2017.ndjson").read_text().splitlines()
    assert json.loads(lines[0])["text"] == "REFERRED TO RULES"


def test_the_order_of_writing_does_not_matter(tmp_path: Path) -> None:
    """Two stores with the same rows give the same bytes, in whatever order they were filled."""
    there, back = empty(), empty()
    bills = [bill("2025", f"S{n}") for n in (2, 10, 1)]
    there.table("bills").insert_all(bills)
    back.table("bills").insert_all(reversed(bills))
    dump(there, tmp_path / "a")
    dump(back, tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_search_works_after_a_load(db: Database, tmp_path: Path) -> None:
    """The search index is not dumped; it fills itself."""
    dump(db, tmp_path / "a")
    again = empty()
    load(tmp_path / "a", again)
    assert [row["id"] for row in again.table("bills").search("social media")] == ["ny/2019/S1413"]


def test_every_change_comes_back_as_already_seen(db: Database, tmp_path: Path) -> None:
    """Nobody is alerted because of a load: changes keep their id and the time at which they were seen."""
    dump(db, tmp_path / "a")
    again = empty()
    load(tmp_path / "a", again)
    assert list(again.table("changes").rows) == [{**CHANGE, "position": 0, "corrects": ""}]


def test_a_new_dump_replaces_the_old_whole(db: Database, tmp_path: Path) -> None:
    """What is no longer in the store is no longer in the folder, and nothing is left beside it."""
    dump(db, tmp_path / "a")
    dump(empty(), tmp_path / "a")
    assert list(tree(tmp_path / "a")) == ["schema.ndjson"]
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_folder_with_other_things_is_left_alone(db: Database, tmp_path: Path) -> None:
    """A dump does not sweep away a folder that is not one."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not empty and holds no dump; choose another"):
        dump(db, tmp_path / "a")
    assert (tmp_path / "a/letter.txt").read_text() == "mine"


def test_a_store_that_holds_something_is_not_loaded_into(db: Database, tmp_path: Path) -> None:
    """Two histories are never mixed."""
    dump(db, tmp_path / "a")
    before = rows(db)
    with pytest.raises(StoreError, match="the store already holds actions; load into an empty"):
        load(tmp_path / "a", db)
    assert rows(db) == before


def test_a_folder_without_a_dump(tmp_path: Path) -> None:
    """The error names the file that is missing."""
    with pytest.raises(StoreError, match=r"schema.ndjson: No such file .*holds no dump"):
        load(tmp_path, empty())


def test_the_dump_of_before_files_were_listed(db: Database, tmp_path: Path) -> None:
    """Where the schema does not tell which files are the dump's, it is those that are named after its tables."""
    dump(db, tmp_path / "a")
    schema = json.loads((tmp_path / "a/schema.ndjson").read_text())
    del schema["files"]
    (tmp_path / "a/schema.ndjson").write_text(json.dumps(schema) + "\n")
    (tmp_path / "a/letters.ndjson").write_text("mine")
    assert load(tmp_path / "a", empty()) == 7
    dump(empty(), tmp_path / "a")
    assert list(tree(tmp_path / "a")) == ["letters.ndjson", "schema.ndjson"]


ADDED = ("takes_effect", "rates")  # columns of `bills` that `first_tables` did not make


def written_by(folder: Path, names: list[str]) -> None:
    """Make the dump one of a billwatch with these migrations."""
    schema = json.loads((folder / "schema.ndjson").read_text())
    (folder / "schema.ndjson").write_text(json.dumps({**schema, "migrations": names}) + "\n")


def test_a_newer_dump_is_refused(db: Database, tmp_path: Path) -> None:
    """A dump that knows more than we do is not read half."""
    dump(db, tmp_path / "a")
    written_by(tmp_path / "a", ["first_tables", "of_next_year"])
    with pytest.raises(StoreError, match=r"newer billwatch \(of_next_year\); update"):
        load(tmp_path / "a", empty())


def test_an_older_dump_is_brought_up(db: Database, tmp_path: Path) -> None:
    """A dump of an earlier schema is read as it was written, then migrated."""
    dump(db, tmp_path / "a")
    written_by(tmp_path / "a", ["first_tables"])
    for file in (tmp_path / "a" / "bills").iterdir():
        lines = map(json.loads, file.read_text().splitlines())
        older = [{name: value for name, value in row.items() if name not in ADDED} for row in lines]
        file.write_text("".join(json.dumps(row) + "\n" for row in older))
    again = empty()
    assert load(tmp_path / "a", again) == 7
    assert rows(again) == rows(db)
    assert [row["id"] for row in again.table("bills").search("social media")] == ["ny/2019/S1413"]


BROKEN = {
    "not JSON": ("bookmarks.ndjson", '{"name":"a","value":"b"}\n{"name"\n', r"bookmarks.ndjson:2: .*restore"),
    "cut off": ("bookmarks.ndjson", '{"name":"a","value":"b"}', r"bookmarks.ndjson:1: the line is cut off"),
    "column": ("bookmarks.ndjson", '{"name":"a","valu":"b"}\n', r"bookmarks.ndjson:1: no column 'valu'"),
    "list": ("bookmarks.ndjson", "[1]\n", r"bookmarks.ndjson:1: Expected `object`"),
    "value": ("bookmarks.ndjson", '{"name":"a","value":["b"]}\n', r"bookmarks.ndjson:1: Expected"),
    "missing": ("bookmarks.ndjson", '{"name":"a"}\n', r"bookmarks.ndjson:1: NOT NULL constraint failed"),
    "twice": ("bookmarks.ndjson", '{"name":"a","value":"b"}\n' * 2, r"bookmarks.ndjson:2: UNIQUE constraint"),
    "bytes": ("bookmarks.ndjson", '{"name":"\udcff","value":"b"}\n', r"bookmarks.ndjson:1: "),
    "table": (
        "schema.ndjson",
        '{"migrations":[],"rows":{},"files":["bookmarks.ndjson"]}\n',
        "no table 'bookmarks'; restore",
    ),
    "outside": ("schema.ndjson", '{"migrations":[],"rows":{},"files":["../mine.ndjson"]}\n', r"schema.ndjson:1: "),
    "schema": ("schema.ndjson", "{}\n", r"schema.ndjson:1: Object missing required field `migrations`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_named_and_nothing_is_loaded(db: Database, tmp_path: Path, name: str) -> None:
    """Each kind of damage gives one line with file and line number, and leaves the store empty."""
    file, text, says = BROKEN[name]
    dump(db, tmp_path / "a")
    (tmp_path / "a" / file).write_text(text, "utf-8", errors="surrogateescape")
    again = empty()
    with pytest.raises(StoreError, match=says):
        load(tmp_path / "a", again)
    assert not any(rows(again).values())


@pytest.mark.parametrize(
    ("file", "says"),
    [("bookmarks.ndjson", "0 of 1 rows of bookmarks"), ("bills/ny-2017.ndjson", "1 of 2 rows of bills")],
)
def test_a_file_that_went_missing_is_noticed(db: Database, tmp_path: Path, file: str, says: str) -> None:
    """A dump that lost rows is not taken for the whole."""
    dump(db, tmp_path / "a")
    (tmp_path / "a" / file).unlink()
    again = empty()
    with pytest.raises(StoreError, match=f"{says} are left; restore its files"):
        load(tmp_path / "a", again)
    assert not any(rows(again).values())


def test_a_row_without_its_bill_is_noticed(db: Database, tmp_path: Path) -> None:
    """An action of a bill that the dump does not hold is not loaded."""
    dump(db, tmp_path / "a")
    file = tmp_path / "a/actions/ny-2017.ndjson"
    file.write_text(file.read_text().replace("S9191", "S9192"))
    with pytest.raises(StoreError, match="actions tell of bills that are not in it; restore the files of bills"):
        load(tmp_path / "a", empty())


def test_a_dump_made_during_an_update_is_one_state(tmp_path: Path) -> None:
    """What is written while the tables are read is in all of them or in none: the dump can be loaded."""
    with closing(Store(tmp_path / "bills.db")) as store, closing(Store(tmp_path / "bills.db")) as other:

        def update(statement: str) -> None:
            if "bookmarks" in statement and not other.db.table("bills").count:  # `bills` is written, `changes` is not
                other.db.table("bills").insert(bill("2017", "S9191"))
                other.db.table("changes").insert(CHANGE)

        store.db.conn.set_trace_callback(update)
        assert dump(store.db, tmp_path / "a") == 0
        store.db.conn.set_trace_callback(None)
        assert load(tmp_path / "a", empty()) == 0
        assert dump(store.db, tmp_path / "a") == 2


def test_a_damaged_store_is_not_dumped(db: Database, tmp_path: Path) -> None:
    """Where a table cannot be read, the earlier dump stays, and one line says what to do."""
    dump(db, tmp_path / "a")
    with closing(Store(tmp_path / "bills.db")) as store:
        store.db.table("bills").insert_all(bill("2017", f"S{n}") for n in range(200))
    pages = bytearray((tmp_path / "bills.db").read_bytes())
    pages[8192:] = b"?" * (len(pages) - 8192)
    (tmp_path / "bills.db").write_bytes(pages)
    damaged = Database(tmp_path / "bills.db")
    with closing(damaged), pytest.raises(StoreError, match=r"malformed; .*'billwatch load'"):
        dump(damaged, tmp_path / "a")
    assert load(tmp_path / "a", empty()) == 7


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.dictionaries(TEXT, TEXT, max_size=5))
@settings(max_examples=40)
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]) -> None:
    """Quotes, newlines and any script come back as they were."""
    folder = tmp_path_factory.mktemp("dump") / "a"
    db, again = empty(), empty()
    db.table("bookmarks").insert_all({"name": n, "value": v} for n, v in values.items())
    dump(db, folder)
    load(folder, again)
    assert rows(again) == rows(db)
