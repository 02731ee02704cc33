"""The page about the sources, for people and for programs: how each is and was, what is owed, who disagrees."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from billwatch_site import Settings, build
from billwatch_site.alerts.notices import healths_of
from billwatch_site.pages.sources import days_without_outage, disagreements_of
from billwatch_site.reading.health import Outage
from billwatch_site.reading.measures import Opinion
from billwatch_site.reading.view import View, opened
from site_pages import cells_of, text_of, tree, words_of
from site_sample import NOW, SETTINGS

NOON = datetime(2025, 6, 2, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def test_every_strip_has_its_words(site: Path) -> None:
    """A picture of sixty days that a screen reader can read, and the same as a list."""
    page = tree(site / "sources/index.html")
    pictures = page.xpath("//figure[@class='health-strip']/svg")
    assert len(pictures) == 4
    labels = [svg.get("aria-label") for svg in pictures]
    assert labels[0] == "Open Legislation. The last 60 days: partly on 1 day and not asked on 59 days."
    assert "failing on 1 day" in labels[3]
    assert "Failing: 19 December 2025" in text_of(site, "sources")


def test_outages_bills_and_disagreements_are_listed(site: Path) -> None:
    """With their begin and end, and what was said."""
    said = text_of(site, "sources")
    (outage,) = cells_of(tree(site / "sources/index.html").xpath("//table[@class='outages']/tbody/tr"))
    assert outage[:3] == ["The Senate’s site", "17 December 2025, 09:00 UTC", "goes on"]
    assert outage[3] == "a challenge page came instead of the answer"
    assert "S3591 2025–2026: the Senate’s site, 3 times since 17 December 2025, 09:00 UTC." in said
    assert "S3591 2025–2026, committee: the Assembly’s site says “Internet and Technology”" in said


def test_no_note_without_its_row(site: Path, store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """What a row of the sources means is explained where one has it, and only there."""
    db = Database(store)
    db["changes"].delete_where()
    db["observations"].delete_where()
    db.close()
    build(store, tmp_path / "public", settings, now)
    for public in (site, tmp_path / "public"):
        page = tree(public / "sources/index.html")
        rows = {words_of(row) for row in page.xpath("//ul[@class='sources']//dt")}
        note = "".join(words_of(p) for p in page.xpath("//p[@class='source-note']"))
        for row in ("How late", "After its own time"):
            assert (f"“{row}”" in note) == (row in rows)
        assert ("to the day we first reported it" in note) == ("How late" in rows)
    assert not note


def test_programs_read_the_same(site: Path) -> None:
    """As JSON: states, strips, outages, lag, what is owed, what is not covered."""
    found = json.loads((site / "sources/health.json").read_text())
    assert [(s["source"], s["state"]) for s in found["sources"]] == [
        ("open-legislation", "partly"),
        ("lbdc", "silent"),
        ("assembly", "well"),
        ("senate", "failing"),
    ]
    assert found["sources"][3]["outages"][0]["since"] == "2025-12-17T09:00:00+00:00"
    assert found["sources"][0]["lag_days"]["count"] == 5
    assert found["days_without_outage"] == 0 and found["built_at"] == "2025-12-19T18:00:00+00:00"
    assert [owed["bill"] for owed in found["bills_without_answer"]] == ["ny/2025/S3591", "ny/2025/S6666"]
    assert found["not_covered"]["ny"]


def asked_now(store: Path, *sources: str) -> None:
    """What the last whole update noted."""
    with closing(Database(store)) as db:
        db.table("bookmarks").insert({"name": "ny/sources", "value": " ".join(sources)})


def test_a_source_that_is_not_asked_any_more_is_not_out(store: Path, tmp_path: Path) -> None:
    """No page says that it fails, is silent or owes an answer; its runs stay on the page of the sources."""
    asked_now(store, "open-legislation", "assembly")
    build(store, tmp_path / "public", SETTINGS, NOW)
    said, home = text_of(tmp_path / "public", "sources"), tree(tmp_path / "public/index.html")
    assert not home.xpath("//div[@class='trouble']")
    assert said.count("Not asked any more") == 2 and "goes on" not in said and "Silent for too long" not in said
    assert "not asked since 19 December 2025" in said and "challenge page came" in said
    assert "3 times since 17 December" not in said
    assert "has not answered for this bill" not in text_of(tmp_path / "public", "ny/2025/S3591")
    found = json.loads((tmp_path / "public/sources/health.json").read_text())
    states = {s["source"]: s["state"] for s in found["sources"]}
    assert states == {"open-legislation": "partly", "assembly": "well", "lbdc": "dropped", "senate": "dropped"}


def test_a_source_that_was_never_asked_is_not_said_to_answer(store: Path, tmp_path: Path) -> None:
    """A first run that reached nobody: no source is well, none has answered, and the home page names no last check."""
    with closing(Database(store)) as db:
        for table in ("observations", "runs"):
            db[table].delete_where()
        at = {"started_at": NOW.isoformat(), "finished_at": NOW.isoformat(), "legislature": "ny"}
        counts = dict.fromkeys(("asked", "answered", "unchanged", "failed", "changes"), 0)
        db["runs"].insert_all({**at, **counts, "source": source} for source in ("lbdc", "senate"))
    build(store, tmp_path / "public", SETTINGS, NOW)
    page = tree(tmp_path / "public/sources/index.html")
    assert {words_of(p) for p in page.xpath("//p[@class='state']")} == {"Not asked in the last run"}
    assert {words_of(dd) for dd in page.xpath("//dt[text()='Last good answer']/../dd")} == {"none yet"}
    strips = page.xpath("//figure[@class='health-strip']/svg")
    assert all(svg.get("aria-label").endswith(" 60 days: not asked on 60 days.") for svg in strips) and len(strips) == 2
    assert "Last checked" not in text_of(tmp_path / "public", ".")


def test_a_source_that_failed_and_is_asked_nothing_now_is_not_out(store: Path, tmp_path: Path) -> None:
    """Its failure does not go on while nobody has to ask it: no page and no letter says that it is silent."""
    idle = {"asked": 0, "answered": 0, "failed": 0, "error": "", "failing_since": "2025-12-11T09:00:00+00:00"}
    with closing(Database(store)) as db:
        db["runs"].update(db.execute("select id from runs where source = 'lbdc'").fetchone()[0], idle)
    build(store, tmp_path / "public", SETTINGS, NOW)
    (trouble,) = tree(tmp_path / "public/index.html").xpath("//div[@class='trouble']")
    found = json.loads((tmp_path / "public/sources/health.json").read_text())
    assert "Drafting Commission" not in trouble.text_content()
    assert {s["source"]: s["state"] for s in found["sources"]}["lbdc"] == "idle"
    with closing(opened(store)) as db:
        (health,) = healths_of(View(db).runs(), SETTINGS, NOW).values()
    assert [run.source for run in health.silent] == ["senate"]


def test_where_nothing_was_noted_every_source_counts(store: Path, tmp_path: Path) -> None:
    """A store of before, or one whose updates were of single bills."""
    build(store, tmp_path / "public", SETTINGS, NOW)
    (trouble,) = tree(tmp_path / "public/index.html").xpath("//div[@class='trouble']")
    assert "Drafting Commission was last read on 10 December" in trouble.text_content()


def test_days_since_the_last_outage() -> None:
    """None at all, none for so many days, one that lasts."""
    over = Outage("ny", "lbdc", NOON - 9 * DAY, NOON - 5 * DAY, "gone")
    older = Outage("ny", "senate", NOON - 30 * DAY, NOON - 20 * DAY, "gone")
    lasting = Outage("ny", "senate", NOON - DAY, None, "gone")
    assert days_without_outage([], NOON) is None
    assert days_without_outage([older, over], NOON) == 5
    assert days_without_outage([lasting, over], NOON) == 0
    given_up = Outage("ny", "senate", NOON - 4 * DAY, None, "gone", dropped_at=NOON - 3 * DAY)
    assert days_without_outage([given_up, over], NOON) == 3


def test_opinions_on_one_fact_stand_together() -> None:
    """Whatever their order; the latest to begin comes first, and it began when the first differed."""
    opinions = [
        Opinion("ny/2025/S1", "title", "senate", "B", "2025-06-02", ""),
        Opinion("ny/2025/S2", "title", "senate", "C", "2025-06-05", ""),
        Opinion("ny/2025/S1", "title", "assembly", "A", "2025-06-01", ""),
    ]
    assert [(d.bill, d.since, d.says) for d in disagreements_of(opinions)] == [
        ("ny/2025/S2", "2025-06-05", (("senate", "C"),)),
        ("ny/2025/S1", "2025-06-01", (("assembly", "A"), ("senate", "B"))),
    ]
