"""Units of work: what shows something new is made again, and the site is what a build from nothing makes of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch_site import Settings, Stance, build
from billwatch_site.building.crew import Together
from billwatch_site.building.edition import edition_of
from billwatch_site.building.manifest import MARKER, entries_of
from site_sample.rows import sponsored

TABLES = (
    *("bills", "actions", "sponsorships", "versions", "votes", "relations", "topics", "changes", "observations"),
    *("disagreements", "failures", "fetches", "runs", "doubts", "sessions", "base_rates", "settled"),
)
# What makes a row another row; a bill that is called otherwise is another bill.
KEYS = {"id", "bill", "legislature", "session", "identifier", "other", "position", "letter", "receipt"}
INSTANTS = {"first_seen_at", "changed_at", "checked_at", "fetched_at", "seen_at", "since", "last_at", "finished_at"}
INSTANTS |= {"last_good_at", "failing_since", "started_at", "until", "read_at", "counted_at"}
DAYS = {"date", "happened_on", "published_on", "introduced_on", "last_action_on", "stage_since", "begins_on", "ends_on"}
CHANGES = {"action", "action-edited", "cosponsor-added", "cosponsor-removed", "listed", "reintroduced", "same-as-added"}
CHANGES |= {"substituted-by", "status", "title", "topic-added", "version", "vote-added"}
JSON = {
    "marks": ["another mark"],
    "steps": [["Introduced", "Senate", "here", "2025-01-08"]],
    "counts": [["aye", 1]],
    "roll": [["aye", ["Bailey"]]],
    "classification": ["introduction"],
    "rates": [["2023", "2023-06-04", 412, 390, 120, 61, 9, 0]],
}


def files(site: Path) -> dict[str, bytes]:
    """All of it, what tells of the build too."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def other(column: str, was: object) -> object:
    """Another value for a column."""
    if column == "kind" and was in CHANGES:
        return "title" if was != "title" else "abstract"
    if column in JSON:
        return json.dumps(JSON[column])
    if column in INSTANTS:
        return "2025-11-30T07:08:09+00:00"
    if column in DAYS:
        return "2025-03-04"
    return 1 - was if was in (0, 1) else was + 1 if isinstance(was, int) else f"{was or ''} otherwise"  # type: ignore[operator]


def altered(store: Path, table: str) -> Iterator[str]:
    """Change every column that holds a fact, in every row of a table at once, one column after the other."""
    db = Database(store)
    for column in [c.name for c in db.table(table).columns if c.name not in KEYS]:
        for row in list(db.query(f"select distinct {column} from {table}")):
            where = f"{column} is :was"
            db.execute(
                f"update {table} set {column} = :now where {where}",
                {"was": row[column], "now": other(column, row[column])},
            )
        db.conn.commit()
        yield column
    db.close()


@pytest.mark.parametrize("table", TABLES)
def test_whatever_changes_the_site_is_as_if_made_from_nothing(
    table: str, store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Column by column: a build on what stands and a build from nothing are equal to the byte."""
    build(store, tmp_path / "public", settings, now)
    for column in altered(store, table):
        build(store, tmp_path / "public", settings, now)
        build(store, tmp_path / column, settings, now)
        assert files(tmp_path / "public") == files(tmp_path / column), f"{table}.{column}"


@pytest.mark.parametrize(
    "change",
    [
        "delete from relations where bill = 'ny/2025/A5346'",
        "update bills set stage = 'vetoed' where id = 'ny/2019/S1413'",
        "update bills set followed = 0 where id = 'ny/2025/S404'",
        "update bills set followed = 1 where id = 'ny/2023/S9191'",
        "insert into relations (bill, kind, other) values ('ny/2025/S404', 'same-as', 'ny/2025/S929')",
        "update changes set seen_at = '2025-07-01T03:30:00+00:00' where kind = 'title'",
        "delete from changes",
    ],
)
def test_a_family_that_changes(change: str, store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """A link or a relative that comes, goes or moves, and bills that come and go: also as if made from nothing."""
    build(store, tmp_path / "public", settings, now)
    db = Database(store)
    db.execute(change)
    db.conn.commit()
    report = build(store, tmp_path / "public", settings, now)
    build(store, tmp_path / "anew", settings, now)
    assert report.changed and files(tmp_path / "public") == files(tmp_path / "anew")
    assert report.files == len(files(tmp_path / "public")) - 1


@pytest.mark.parametrize(
    "setting",
    [
        {"title": "Another"},
        {"url": "https://other.example.org/"},
        {"contact": ""},
        {"stances": {"ny/2025/S404": Stance("oppose", "low", "")}},
        {"stale_after_hours": 1},
    ],
    ids=lambda setting: next(iter(setting)),
)
def test_other_settings(
    setting: dict[str, object], store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """What the publisher says is on every page."""
    build(store, tmp_path / "public", settings, now)
    changed = msgspec.structs.replace(settings, **setting)
    build(store, tmp_path / "public", changed, now)
    build(store, tmp_path / "anew", changed, now)
    assert files(tmp_path / "public") == files(tmp_path / "anew")


def test_another_template_is_another_edition(settings: Settings, tmp_path: Path) -> None:
    """Code, template and static file alike; what Python leaves beside them is none of it."""
    room = tmp_path / "room"
    (room / "templates").mkdir(parents=True)
    (room / "templates/bill.html").write_text("one")
    first = edition_of(settings, [room])
    (room / "__pycache__").mkdir()
    (room / "__pycache__/bill.pyc").write_text("compiled")
    assert edition_of(settings, [room]) == first
    (room / "templates/bill.html").write_text("two")
    assert edition_of(settings, [room]) != first
    assert edition_of(settings) != edition_of(msgspec.structs.replace(settings, title="Another"))


def test_time_alone(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """A week later only what looks at the clock is made again; of the rest not even the times move."""
    out = tmp_path / "public"
    build(store, out, settings, now)
    before = {path: (out / path).stat().st_mtime_ns for path in files(out)}
    report = build(store, out, settings, now + timedelta(days=7))
    moved = {path for path in files(out) if (out / path).stat().st_mtime_ns != before[path]}
    clocked = {"index.html", "sources/index.html", "sources/health.json", "calendar/index.html", "ny/index.html"}
    assert moved == {*clocked, MARKER} and report.written == len(clocked)
    looked = [entry.unit for entry in entries_of((out / MARKER).read_bytes()).values() if entry.clock]
    named = ("changes.home", "coming.calendar_page", "houses.houses", "machines.for_machines")
    named += ("sources.sources_pages",)
    assert sorted(looked) == [f"page billwatch_site.pages.{name}" for name in named]


def test_a_new_sponsor_does_not_remake_the_others(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """One more name among those of sponsors is one more page; those of the names beside it are kept as they are."""

    def sponsors() -> dict[str, str]:
        build(store, tmp_path / "public", settings, now)
        entries = entries_of((tmp_path / "public" / MARKER).read_bytes())
        return {unit: entry.fingerprint for unit, entry in entries.items() if unit.startswith("sponsor ")}

    before = sponsors()
    db = Database(store)
    db.table("sponsorships").insert_all(sponsored("ny/2025/S404", "Kevin R. Between"))
    db.close()
    after = sponsors()
    assert after.items() >= before.items()
    assert after.keys() - before.keys() == {"sponsor ny/sponsors/kevin-r-between/"}
    assert [unit for unit in sorted(after) if "/kevin-" in unit][1] == "sponsor ny/sponsors/kevin-s-parker/"


def test_as_many_processes_as_there_are_make_the_same_site(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """None, one or three, from nothing and on what stands."""
    for processes in (0, 1, 3):
        build(store, tmp_path / str(processes), settings, now, processes)
    assert files(tmp_path / "0") == files(tmp_path / "1") == files(tmp_path / "3")
    Database(store).execute("update bills set stage = 'vetoed' where session = '2025'").connection.commit()
    for processes in (0, 1, 3):
        build(store, tmp_path / str(processes), settings, now, processes)
    assert files(tmp_path / "0") == files(tmp_path / "1") == files(tmp_path / "3")


def test_what_goes_wrong_in_a_process_is_told(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """The same clear line as from one process, and the old site stands."""
    build(store, tmp_path / "public", settings, now)
    before = files(tmp_path / "public")
    Database(store).execute("update bills set steps = '{' where id = 'ny/2025/S404'").connection.commit()
    with pytest.raises(StoreError, match="ny/2025/S404"):
        build(store, tmp_path / "public", settings, now, 2)
    assert files(tmp_path / "public") == before
    assert sorted(p.name for p in tmp_path.glob("public*")) == ["public", (tmp_path / "public").resolve().name]


class Dying:
    """A bench whose process dies at its work."""

    def work(self) -> None:
        os._exit(9)


def test_a_process_that_dies_is_one_clear_line() -> None:
    """Nobody waits for it for ever."""
    crew = Together(1, Dying)
    with pytest.raises(StoreError, match="died"):
        list(crew.all([(Dying.work, ())]))
    crew.close()


def test_a_page_put_right_after_a_hand_changed_it(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """A file of another size, of the same size but younger, a stray one, and one that is gone."""
    out = tmp_path / "public"
    build(store, out, settings, now)
    wanted = files(out)
    page = out / "ny/2025/S404/index.html"
    for spoil in (
        lambda: page.write_bytes(b"short"),
        lambda: page.write_bytes(b"x" * page.stat().st_size),
        lambda: (out / "ny/2025/S404/stray.html").write_bytes(b"stray"),
        lambda: (out / "stray").mkdir(),
        page.unlink,
        (out / "data/bills.csv").unlink,
        (out / "data/bills.db").unlink,
    ):
        spoil()
        build(store, out, settings, now)
        assert files(out) == wanted and not (out / "stray").exists()
