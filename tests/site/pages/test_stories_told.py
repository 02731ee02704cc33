"""Stories on the home page and on the pages of months, days and topics: what they say, of which bill, and when."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from billwatch_site import Settings, build
from site_pages import text_of, tree, words_of


def test_the_home_page_tells_what_moved(site: Path) -> None:
    """By day, in sentences, a passage with its vote, one cause once; and that a source is not well."""
    page, said = tree(site / "index.html"), text_of(site, "")
    assert page.xpath("//section[contains(@class, 'day')]//h2//@datetime")[0] == "2025-12-19"
    assert "Passed the Senate, 58 to 3." in said and "Signed into law as chapter 689." in said
    assert said.count("Latrice Walker is no longer a co-sponsor: 3 bills.") == 1
    assert "The Senate’s site has not answered since 17 December 2025" in said
    assert "The Legislative Bill Drafting Commission was last read on 10 December 2025" in said


def test_a_passage_has_one_headline_wherever_it_is_told(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """With the count that the record has, also where the vote was not seen on the day of the passage; when the record
    is put right, every one of these pages is made again."""
    places = ("index.html", "changes/2025-06/index.html", "topics/social-media-minors/index.html")
    for change, told in (
        ("delete from changes where kind = 'vote-added'", "Passed the Senate, 58 to 3."),
        (
            """update votes set counts = '[["aye", 57], ["nay", 4]]' where kind = 'floor'""",
            "Passed the Senate, 57 to 4.",
        ),
    ):
        with closing(Database(store)) as db, db.conn:
            db.execute(change)
        build(store, tmp_path / "public", settings, now)
        assert [told in (tmp_path / "public" / place).read_text() for place in places] == [True] * 3


def test_a_story_says_when_it_was_seen_and_when_it_happened(site: Path) -> None:
    """The day in the margin is ours, and says so; the record's own stands with the bill, where it is another, without
    the year that the margin has."""
    page = tree(site / "changes/2025-11/index.html")
    (day,) = page.xpath("//section[@aria-labelledby='day-2025-11-07']")
    assert words_of(day.find("h2")) == "Seen Friday 7 November 2025"
    (when,) = day.xpath(".//article/p[@class='kicker']/*[@class='when']")
    assert words_of(when) == "10 June" and "S8000" in words_of(when.getparent())


def test_a_bill_that_is_new_here_is_told_by_what_it_is_about(site: Path) -> None:
    """Its title is the headline: that it is followed from now on is the same of all, and a mark."""
    (day,) = tree(site / "changes/2025-06/index.html").xpath("//section[@aria-labelledby='day-2025-06-03']")
    (story,) = day.xpath(".//article")
    assert words_of(story.find("h3")) == "Warning labels on certain social media platforms"
    assert words_of(story.xpath("p[@class='kicker']/span[@class='mark']")[0]) == "New here"
    assert not story.xpath("p[@class='about']") and "Added to" not in words_of(story)


def test_the_home_page_says_of_what_it_tells(site: Path) -> None:
    """Whose bills they are; half of them have no topic, so that none is said of all."""
    assert "Every change to 10 New York bills, said plainly and kept with its source." in text_of(site, "")


def test_the_home_page_says_how_many_bills_were_not_checked_lately(
    site: Path, store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """Of those still alive, and only where there are such: others were checked meanwhile, and these were not."""
    assert "still alive" not in text_of(site, "")
    with closing(Database(store)) as db, db.conn:
        late = "2025-12-10T15:30:00+00:00"
        db.execute("update observations set checked_at = ? where bill = 'ny/2025/S3591'", (late,))
        db.execute("update observations set checked_at = ? where bill = 'ny/2017/S9191'", (late,))  # it has ended
    build(store, tmp_path / "public", settings, now)
    said = text_of(tmp_path / "public", "")
    assert "bills still alive was last checked more than a week before that, and may have moved since." in said


def test_milestones_lead_the_day(site: Path) -> None:
    """The first entry of a day is never a detail where there is a milestone."""
    for day in tree(site / "index.html").xpath("//section[contains(@class, 'day')]"):
        kinds = [e.get("class").split()[1] for e in day.xpath(".//article")]
        assert kinds == sorted(kinds, key=["milestone", "notable", "detail"].index)


def test_a_list_of_a_story_says_of_which_session_a_bill_is(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Any
) -> None:
    """On home and in the month: the bills of this session first, and S9191 of 2017 by its year, for
    S9191 is another bill now."""
    row = {"cause": "one", "severity": "notable"}
    bills = ("ny/2017/S9191", "ny/2025/S3591", "ny/2025/S404")
    db = Database(store)
    db.table("changes").insert_all(new_change(bill, "committee", "Codes") | row for bill in bills)
    db.close()
    build(store, tmp_path / "public", settings, now)
    for page in ("index.html", f"changes/{now:%Y-%m}/index.html"):
        (story,) = tree(tmp_path / "public" / page).xpath("//article[contains(., 'With the committee on Codes: 3')]")
        assert [words_of(name) for name in story.xpath(".//ul[@class='folded']//strong")] == [
            *("S404", "S3591", "S9191 of 2017"),
        ]
        assert not story.xpath("p[@class='kicker']"), "how many, says the sentence below it"
