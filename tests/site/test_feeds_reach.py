"""How far back feeds reach, and in which order: nobody who looks in later misses anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from billwatch_site import Settings, build

STRENGTHS = ("", "-notable", "-milestones")
Row = dict[str, Any]


def ids(feed: Path) -> list[str]:
    """The entries of a feed, as it shows them."""
    return [item["id"] for item in json.loads(feed.read_bytes())["items"]]


def test_a_flood_is_whole(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """More changes in one day than a feed holds otherwise: none is lost between two visits of a reader."""
    db = Database(store)
    (row,) = db.query("select * from changes where kind = 'topic-added' limit 1")
    rows = [row | {"id": f"c{i:04}", "cause": f"c{i:04}", "now": f"topic-{i}"} for i in range(120)]
    db.table("changes").insert_all(rows)
    db.close()
    build(store, tmp_path / "public", settings, now)
    assert len(ids(tmp_path / "public/feed.json")) >= 120
    assert len(ids(tmp_path / f"public/{row['bill']}/feed.json")) >= 120


def test_a_milestone_is_never_crowded_out(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Callable[..., Row]
) -> None:
    """Hundreds of smaller changes later it is still in the feeds of milestones, of its bill, of its legislature and of
    everything; and the strengths hold less and less all the same."""
    milestone = new_change("ny/2025/S404", "action", "2025-12-01 Senate: PASSED SENATE", severity="milestone")
    rows = [milestone | {"id": "old", "cause": "old", "seen_at": "2025-12-01T09:00:00+00:00"}]
    for number in range(700):
        named = {"id": f"c{number:04}", "cause": f"c{number:04}", "severity": ("notable", "detail")[number % 2]}
        rows.append(milestone | named | {"kind": "title", "seen_at": f"2025-12-1{number % 7}T09:00:00+00:00"})
    db = Database(store)
    db.table("changes").insert_all(rows)
    db.close()
    build(store, tmp_path / "public", settings, now)
    for folder in ("", "ny/", "ny/2025/S404/"):
        found = [ids(tmp_path / f"public/{folder}feed{strength}.json") for strength in STRENGTHS]
        assert [any(one.endswith(":old") for one in some) for some in found] == [False, False, True], folder
        assert {one for one in found[1] if not one.endswith(":old")} <= set(found[0])


def test_entries_of_one_moment_stand_as_the_record_has_them(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Callable[..., Row]
) -> None:
    """What one run saw of two weeks is told by the record's dates, and lines of one day in their order, whatever their
    ids."""
    lines = [
        ("2025-12-04", "VOTE RECONSIDERED - RESTORED TO THIRD READING", 0, "zz"),
        ("2025-12-10", "REPASSED SENATE", 1, "mm"),
        ("2025-12-10", "RETURNED TO ASSEMBLY", 2, "aa"),
    ]
    rows = [
        new_change("ny/2025/S404", "action", f"{on} Senate: {text}", severity="milestone", happened_on=on)
        | {"id": id, "cause": id, "position": position, "seen_at": "2025-12-11T09:00:00+00:00"}
        for on, text, position, id in lines
    ]
    db = Database(store)
    db.table("changes").insert_all(rows)
    db.close()
    build(store, tmp_path / "public", settings, now)
    for file in ("feed.json", "ny/2025/S404/feed-milestones.json", "ny/feed-notable.json"):
        found = [one.rpartition(":")[2] for one in ids(tmp_path / "public" / file)]
        assert [id for id in found if id in ("zz", "mm", "aa")] == ["aa", "mm", "zz"]


SIGNED = [f"ny/2025/{number}" for number in ("S4505", "S3591", "S929", "S8000", "A9000", "A10402", "S404")]


def test_what_was_signed_while_nobody_looked_is_a_milestone_everywhere(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Callable[..., Row]
) -> None:
    """Seven bills signed eight days before we looked are one entry, marked late, in every strength of the feeds, on
    home and on the day's page; whoever follows one of them reads of that one."""
    late = {"happened_on": "2025-12-19", "backfill": 1, "cause": "earlier", "seen_at": "2025-12-27T12:00:00+00:00"}
    rows = [
        new_change(bill, "action", f"2025-12-19 Senate: SIGNED CHAP.{n}", severity="milestone") | late
        for n, bill in enumerate(SIGNED, 1)
    ]
    rows.append(new_change(SIGNED[0], "action", "2025-12-19 Senate: APPROVAL MEMO.1", severity="detail") | late)
    db = Database(store)
    db.table("changes").insert_all(rows)
    db.close()
    build(store, tmp_path / "public", settings, now)
    for folder in ("", "ny/"):
        for strength in STRENGTHS:
            feed = json.loads((tmp_path / f"public/{folder}feed{strength}.json").read_bytes())
            found = {item["title"]: item["tags"] for item in feed["items"]}
            assert found["Earlier, seen now: Signed into law: 7 bills."][0] == "milestone", (folder, strength)
    own = json.loads((tmp_path / "public/ny/2025/S404/feed-milestones.json").read_bytes())["items"][0]["title"]
    assert own.startswith("Earlier, seen now: S404: Signed into law as chapter 7.")
    for page in ("index.html", "changes/2025-12/index.html"):
        html = (tmp_path / "public" / page).read_text()
        (story,) = (part for part in html.split("<article")[1:] if "Signed into law: 7 bills." in part)
        assert 'class="entry milestone' in story and "Happened earlier, seen now" in story, page
