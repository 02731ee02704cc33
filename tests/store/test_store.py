"""The store: one transaction or nothing, one run at a time, tables that people can read."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from sqlite_utils import Database

from any_bills import bills
from billwatch.bill import Bill, Change
from billwatch.database import locked
from billwatch.errors import Busy, StoreError
from billwatch.store import MERGED, Observation, Store
from billwatch.store.migrations import TABLES, migrations
from saying import bill, says


def seen(bill: str = "ny/2025/S404", source: str = "lbdc", **more: object) -> Observation:
    times: dict[str, Any] = dict.fromkeys(("first_seen_at", "changed_at", "checked_at"), "2025-06-02T16:00:00+00:00")
    facts = '{"legislature":"ny","session":"2025","identifier":"S404"}'
    return msgspec.structs.replace(Observation(bill=bill, source=source, digest=source, facts=facts, **times), **more)


def change(id: str, **more: object) -> Change:
    texts = dict.fromkeys(("was", "now", "happened_on", "cause", "source", "url", "receipt"), "")
    plain = {"bill": "ny/2025/S404", "kind": "action", "seen_at": "2025-06-02", "severity": "detail", "backfill": False}
    return Change(id=id, **{**texts, **plain, **more})  # type: ignore[arg-type]


def test_every_table_is_explained_and_there(store: Store) -> None:
    """People open the file: no table without a word about it, no word without a table."""
    tables = {name for name in store.db.table_names() if not name.startswith(("bills_fts", "_", "sqlite_"))}
    assert tables == set(TABLES)


def test_topics_found_before_there_were_scores(tmp_path: Path) -> None:
    """An older store keeps its topics, and by which taxonomy they were found; the next update finds them anew."""
    db = Database(tmp_path / "bills.db")
    migrations.apply(db, stop_before=["topic_scores"])
    at = {"first_seen_at": "2025-06-02", "changed_at": "2025-06-02"}
    db.table("bills").insert({"id": "ny/2025/S1", "legislature": "ny", "session": "2025", "identifier": "S1", **at})
    db.table("topics").insert({"bill": "ny/2025/S1", "topic": "anonymity", "area": "speech", "evidence": "x"})
    db.table("bookmarks").insert({"name": "taxonomy", "value": "an edition"})
    db.close()
    with closing(Store(tmp_path / "bills.db")) as store:
        assert [tuple(row) for row in store.rows("select topic, score from topics")] == [("anonymity", 1.0)]
        assert (store.bookmark("ny/taxonomy"), store.bookmark("taxonomy")) == ("an edition", "")


@pytest.mark.parametrize(
    ("step", "links"),
    [
        ("returns_guessed_anew", ["previous-version"]),
        ("returns_guessed_by_any_name", ["previous-version", "probably-same"]),
    ],
)
def test_returns_guessed_by_older_rules_are_guessed_anew(tmp_path: Path, step: str, links: list[str]) -> None:
    """An older store forgets how far it had guessed, and guesses of the first rules; what a source states stays."""
    db = Database(tmp_path / "bills.db")
    migrations.apply(db, stop_before=[step])
    for kind in ("probably-same", "previous-version"):
        db.table("relations").insert({"bill": "a", "kind": kind, "other": "b", "by": "x", "evidence": ""})
    db.table("bookmarks").insert({"name": "ny/returns-guessed-until", "value": "2025-06-02"})
    db.close()
    with closing(Store(tmp_path / "bills.db")) as store:
        assert store.column("select kind from relations order by kind") == links
        assert store.bookmark("ny/returns-guessed-until") == ""


def test_all_or_nothing(store: Store) -> None:
    """What fails in the middle leaves the old state."""
    says(store, "lbdc", bill())
    with pytest.raises(RuntimeError), store.atomic():
        store.set_bookmark("a", "b")
        store.db.conn.execute("delete from actions")
        store.put_changes([change("x")])
        raise RuntimeError("killed here")
    assert store.bookmark("a") == "" and store.column("select id from changes where id = 'x'") == []


def test_what_cannot_be_written_is_one_line(store: Store) -> None:
    """A change of a bill that nobody knows, or an id that is there already, is a `StoreError` and keeps nothing."""
    says(store, "lbdc", bill())
    with pytest.raises(StoreError, match="cannot write to :memory:"), store.atomic():
        store.set_bookmark("a", "b")
        store.put_changes([change("x"), change("x")])
    with pytest.raises(StoreError, match="cannot write to :memory:"), store.atomic():
        store.put_changes([change("y", bill="ny/2025/S1")])
    assert store.bookmark("a") == "" and not store.column("select id from changes where id in ('x', 'y')")


def test_a_bill_replaced_leaves_nothing_of_itself(store: Store) -> None:
    """Lines, links and names of the earlier answer are gone; our own guesses and the first sight stay."""
    says(
        store,
        "lbdc",
        bill("ny/2025/S404", "2025-01-08 REFERRED TO CODES", "2025-02-11 REPORTED", same_as=("ny/2025/A1",)),
    )
    store.db.conn.execute(
        "insert into relations values ('ny/2025/S404', 'probably-same', 'ny/2023/S1', 'billwatch', 'x')"
    )
    first = store.column("select first_seen_at from bills")
    says(store, "lbdc", bill("ny/2025/S404", "2025-01-08 REFERRED TO RULES", same_as=()))
    assert store.column("select text from actions") == ["REFERRED TO RULES"]
    assert store.column("select other from relations") == ["ny/2023/S1"]
    assert store.column("select first_seen_at from bills") == first


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bills())
def test_any_bill_comes_back_as_it_was(store: Store, it: Bill) -> None:
    """What a source said is read from the store fact for fact, whatever was there before."""
    says(store, "lbdc", it)
    back = store.facts([it.id])[it.id]
    actions = tuple(msgspec.structs.replace(a, classification=()) for a in back.actions or ())
    plain = tuple(msgspec.structs.replace(a, classification=()) for a in it.actions or ())
    assert actions == plain
    assert msgspec.structs.replace(back, actions=None) == msgspec.structs.replace(it, actions=None)
    assert store.db.table("actions").count == len(it.actions or ())


def test_facts_are_the_merged_ones_where_several_tell(store: Store) -> None:
    """`facts` prefers what we hold to what one source said last."""
    merged = '{"legislature":"ny","session":"2025","identifier":"S404","title":"ours"}'
    says(store, "lbdc", bill())
    store.put_observations([seen(), seen(source=MERGED, facts=merged)])
    assert store.facts(["ny/2025/S404"])["ny/2025/S404"].title == "ours"
    assert set(store.observations(["ny/2025/S404", "ny/2025/S1"])) == {"ny/2025/S404"}


def test_many_bills_are_asked_for_at_once(store: Store) -> None:
    """More bills than SQLite takes parameters in one question."""
    says(store, "lbdc", *(bill(f"ny/2025/S{n}") for n in range(1, 1203)))
    ids = [f"ny/2025/S{n}" for n in range(1, 1203)]
    assert len(store.facts(ids)) == 1202
    assert len(store.digests("lbdc")) == 1202 and store.digests("senate") == {}


def test_an_answer_that_says_the_same_is_counted(store: Store) -> None:
    """Asked again and unchanged: the time moves, the count goes up, and what was missing is there."""
    says(store, "lbdc", bill())
    store.put_observations([seen(missing=2, checks=4)])
    store.mark_checked("lbdc", ["ny/2025/S404"], "2025-06-03")
    store.mark_checked("senate", ["ny/2025/S404"], "2025-06-04")
    found = store.observations(["ny/2025/S404"])["ny/2025/S404"]["lbdc"]
    assert (found.checked_at, found.checks, found.missing) == ("2025-06-03", 5, 0)


def test_what_a_source_took_away_is_not_known_by_its_bytes(store: Store) -> None:
    """A bill that is back in the list with the old bytes has to be read, for its return is news."""
    says(store, "lbdc", bill(), bill("ny/2025/S1"))
    store.put_observations([seen(missing=1)])
    assert set(store.digests("lbdc").values()) == {"ny/2025/S1"}


def test_a_disagreement_keeps_its_beginning(store: Store) -> None:
    """One that goes on is as old as it was; one that ended is gone; another saying is a new one."""
    says(store, "lbdc", bill())

    def since() -> list[tuple[str, str, str]]:
        return [tuple(r) for r in store.rows("select source, says, since from disagreements order by source")]

    store.put_disagreements("ny/2025/S404", [("title", "lbdc", "A"), ("title", "senate", "B")], "monday")
    store.put_disagreements("ny/2025/S404", [("title", "lbdc", "A"), ("title", "senate", "C")], "tuesday")
    assert since() == [("lbdc", "A", "monday"), ("senate", "C", "tuesday")]
    store.put_disagreements("ny/2025/S404", [], "wednesday")
    assert since() == []


def test_what_was_announced_last_is_found(store: Store) -> None:
    """A correction points at the last change that told its line, whatever kind that was."""
    says(store, "lbdc", bill())
    line = "2025-06-02 Senate: REPORTED"
    store.put_changes([change("a", now=line, seen_at="1"), change("b", kind="action-edited", now=line, seen_at="2")])
    store.put_changes([change("c", kind="title", now=line, seen_at="3"), change("d", now="other", seen_at="4")])
    assert store.announcement("ny/2025/S404", line) == "b"
    assert store.announcement("ny/2025/S404", "never") == ""
    assert store.told("ny/2025/S404")["action", "", line] == 1


def test_search_finds_words_in_title_and_abstract(store: Store) -> None:
    """Whoever opens the file can search in it: the index is kept in step, and finds other forms of a word."""

    def found(words: str) -> list[str]:
        return [row["id"] for row in store.db.table("bills").search(words, quote=True)]

    says(store, "lbdc", bill(title="Relates to social media reviews", abstract="Of applicants"), bill("ny/2025/S1"))
    assert found("reviewing applicants") == ["ny/2025/S404"]
    says(store, "lbdc", bill(title="Relates to bail", abstract=""))
    assert found("social") == []


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """Opened twice it is the same store; one that a newer billwatch wrote is not touched."""
    path = tmp_path / "data" / "bills.db"
    for _ in range(2):
        with closing(Store(path)) as store:
            assert store.db.conn.execute("pragma foreign_keys").fetchone() == (1,)
            assert store.db.conn.execute("pragma journal_mode").fetchone() == ("wal",)
            store.db.conn.execute("insert or replace into bookmarks values ('a', 'b')")
            store.db.conn.commit()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('billwatch', 'later', 'x')"
        )
        raw.commit()
    with pytest.raises(StoreError, match="newer billwatch"):
        Store(path)


def test_an_earlier_store_keeps_its_answers(tmp_path: Path) -> None:
    """A store from before answers had row ids opens with the same rows; a migration that fails leaves it as it was."""
    path = tmp_path / "bills.db"
    with closing(Database(path)) as db:
        migrations.apply(db, stop_before="answers_by_row_id")
        columns = [column.name for column in db.table("observations").columns]
        plain = {c: "" for c in columns} | {"checks": 7, "missing": 0}
        db.table("bills").insert(
            {
                "id": "ny/2025/S404",
                "legislature": "ny",
                "session": "2025",
                "identifier": "S404",
                "first_seen_at": "",
                "changed_at": "",
            }
        )
        answers = [plain | {"bill": "ny/2025/S404", "source": source, "facts": "x" * 5000} for source in ("b", "a")]
        db.table("observations").insert_all(answers)
        db.execute("create table answers (in_the_way text)")
    with pytest.raises(StoreError, match="answers"):
        Store(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("drop table answers")
    with closing(Store(path)) as store:
        kept = [dict(row) for row in store.rows("select * from observations order by rowid")]
        assert kept == sorted(answers, key=lambda row: row["source"])
        with pytest.raises(sqlite3.IntegrityError):
            store.db.table("observations").insert(answers[0])
        with pytest.raises(sqlite3.IntegrityError):
            store.db.table("observations").insert(answers[0] | {"bill": "ny/2025/S1"})


def test_what_is_no_store_is_said_in_one_line(tmp_path: Path) -> None:
    """A file that is no database, and a folder that cannot be one."""
    (tmp_path / "bills.db").write_text("this is a shopping list, not a database at all" * 50)
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "bills.db", tmp_path / "file" / "bills.db", tmp_path):
        with pytest.raises(StoreError, match="cannot use the database"):
            Store(path)


def test_what_is_damaged_is_to_be_replaced(tmp_path: Path) -> None:
    """A file that is no sound database is moved away and filled anew, or brought back: another folder is no help."""
    remedy = "; move the damaged file away and fill a new one with 'billwatch load', or bring back a backup"
    (tmp_path / "bills.db").write_text("this is a shopping list, not a database at all" * 50)
    with pytest.raises(StoreError, match=f"not a database{remedy}"):
        Store(tmp_path / "bills.db")
    with closing(Store(tmp_path / "sound.db")) as store:
        says(store, "lbdc", *(bill(f"ny/2025/S{n}") for n in range(100)))
    pages = (tmp_path / "sound.db").read_bytes()
    (tmp_path / "sound.db").write_bytes(pages[:8192] + b"?" * (len(pages) - 8192))
    with pytest.raises(StoreError, match=f"malformed{remedy}"):
        Store(tmp_path / "sound.db")


def test_a_store_that_somebody_holds(tmp_path: Path) -> None:
    """Who cannot write because another program does is told to run again."""
    with closing(Store(tmp_path / "bills.db")) as store, closing(Store(tmp_path / "bills.db")) as other:
        store.db.conn.execute("pragma busy_timeout = 1")
        other.db.conn.execute("begin immediate")
        with pytest.raises(StoreError, match=r"locked; .*; another program holds it; run again"), store.atomic():
            store.set_bookmark("a", "b")


def _try_lock(folder: Path, queue: multiprocessing.Queue[str]) -> None:
    try:
        with locked(folder):
            queue.put("in")
    except Busy as error:
        queue.put(str(error))


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """Another process is told to wait, and let in when the first has ended."""
    spawning = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[str] = spawning.Queue()

    def other() -> str:
        process = spawning.Process(target=_try_lock, args=(tmp_path / "data", queue))
        process.start()
        process.join()
        return queue.get(timeout=60)

    with locked(tmp_path / "data"):
        assert "another run is using" in other()
    assert other() == "in"


def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    """The remedy is named."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--data DIR"), locked(tmp_path / "file" / "data"):
        pass
