"""The pages: what they tell, that their links lead somewhere, and that nothing from a source acts in them."""

from __future__ import annotations

import posixpath
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from lxml import html
from sqlite_utils import Database

from billwatch.store.migrations import migrations
from billwatch_site import Settings, build
from billwatch_site.words import official
from billwatch_site.words.links import anchor, bill_link, root_of
from site_pages import cells_of, links, pages, text_of, tree, words_of


def test_every_internal_link_and_fragment_resolves(site: Path) -> None:
    """No page leads to one that is not there, nor to a place that is not on it."""
    broken, followed = broken_links(site)
    assert broken == [] and followed > 300


def test_every_feed_and_calendar_is_linked(site: Path) -> None:
    """Whatever can be subscribed to, in each strength and form, somebody finds on a page."""
    linked = set()
    for page in pages(site):
        here = page.parent.relative_to(site).as_posix()
        linked |= {posixpath.normpath(posixpath.join(here, urldefrag(address)[0])) for _, address in links(page)}
    kinds = ("feed*.xml", "feed*.json", "family*.xml", "family*.json", "calendar.ics")
    there = {path.relative_to(site).as_posix() for kind in kinds for path in site.rglob(kind)}
    assert there - linked == set() and len(there) > 100


def test_every_link_of_an_empty_site_resolves(settings: Settings, now: datetime, tmp_path: Path) -> None:
    """Before the first bill came in: every page, feed and calendar that is named is there."""
    db = Database(tmp_path / "empty.db")
    migrations.apply(db)
    db.close()
    build(tmp_path / "empty.db", tmp_path / "public", settings, now)
    broken, followed = broken_links((tmp_path / "public").resolve())
    assert broken == [] and followed > 300
    feeds = {path.parent.name for path in (tmp_path / "public").resolve().rglob("feed.xml")}
    assert {"ny", "net-neutrality", "privacy"} <= feeds


def broken_links(site: Path) -> tuple[list[tuple[str, str]], int]:
    """(page, address) of each link that leads nowhere, and how many links there are."""
    broken, followed = [], 0
    for page in pages(site):
        here = page.relative_to(site).as_posix()
        for _, address in links(page):
            if urlsplit(address).scheme:
                continue
            path, fragment = urldefrag(address)
            path = path.removeprefix("/billwatch/") if here == "404.html" else path
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
            file = site / target
            file = file / "index.html" if file.is_dir() else file
            ids = tree(file).xpath("//@id") if file.suffix == ".html" and file.is_file() else []
            if not file.is_file() or (fragment and fragment not in ids):
                broken.append((here, address))
            followed += 1
    return broken, followed


def test_each_bill_page_says_which_bill_it_is(site: Path) -> None:
    """Chamber, session, number, sponsor and law stand at its head, and that the number has other bills."""
    said = text_of(site, "ny/2017/S9191")
    assert "Senate bill S9191 of the 2017–2018 session, sponsored by Kevin S. Parker" in said
    assert "The number S9191 stands for 4 different bills" in said and "Penal Law" in said


def test_a_bill_page_tells_where_it_stands(site: Path) -> None:
    """In a picture that a screen reader can read, in a sentence, in official words, and where the record differs."""
    page = tree(site / "ny/2025/S3591/index.html")
    assert len(page.xpath("//svg[@role='img']")) == 2
    for svg in page.xpath("//svg[@role='img']"):
        title, words = (page.get_element_by_id(i).text_content() for i in svg.get("aria-labelledby").split())
        assert "S3591" in title and "Committee, Senate: the bill is here" in words
    said = text_of(site, "ny/2025/S3591")
    assert "Official wording In Senate committee" in said
    assert "The Assembly’s site says “Internet and Technology”; the Senate’s site says “Codes”." in said
    assert "The Senate’s site has not answered for this bill since 17 December 2025" in said


def test_the_picture_says_when_a_bill_ended(site: Path) -> None:
    """The day since which it has expired, 31 December, not the one on which the committee got it."""
    page = tree(site / "ny/2017/S9191/index.html")
    assert [words_of(note) for note in page.xpath("//*[contains(@class, 'ended')]//*[@class='on']")] == [
        "since 14 Nov 2018", "ended 31 Dec 2018", "since 14 Nov 2018, ended 31 Dec 2018"
    ]  # fmt: skip
    for words in page.xpath("//desc"):
        assert "Committee, Senate: here since 14 November 2018, ended 31 December 2018." in words_of(words)


def test_what_stands_in_the_way_of_a_bill(site: Path, store: Path, settings: Settings, now: datetime,
                                          tmp_path: Path) -> None:  # fmt: skip
    """Its marks are not what comes next; one that only repeats the stage is left out, and so are those of a law."""
    assert "In its way defeated in committee on 5 May 2025" in text_of(site, "ny/2025/S3591")
    assert "In its way" not in text_of(site, "ny/2025/S4505")
    db = Database(store)
    db.table("bills").update("ny/2025/S3591", {"stage": "vetoed", "marks": '["vetoed", "line veto"]'})
    db.close()
    build(store, tmp_path / "public", settings, now)
    assert "In its way line veto" in text_of(tmp_path / "public", "ny/2025/S3591")


def test_an_earlier_way_back_is_told_beside_the_picture(site: Path) -> None:
    """S8000 went back twice: the way back that it is on is drawn, and the one that it has come again is told too."""
    page = tree(site / "ny/2025/S8000/index.html")
    (told,) = page.xpath("//figure/figcaption/text()")
    assert "to a committee of the Senate on 4 March 2025, and has since returned." in told
    assert page.xpath("count(//*[@class='detour'])") == page.xpath("count(//*[@class='back'])") == 2
    assert not tree(site / "ny/2025/S4505/index.html").xpath("//figcaption[starts-with(., 'It went back')]")


def test_receipts_are_on_the_page(site: Path) -> None:
    """How often, since when, when last, and the SHA-256 of what was read."""
    said = text_of(site, "ny/2025/S4505")
    assert "Open Legislation was checked 14 times since 3 June 2025, last on 19 December 2025, 15:30 UTC." in said
    assert "9f" * 32 in said


def test_a_vote_is_told_in_the_usual_order(changed: Any, store: Path, settings: Settings, now: datetime,
                                           tmp_path: Path) -> None:  # fmt: skip
    """Counts, squares and names, whatever order the source has them in; where it gives no names, one line says so."""
    vote = {"bill": "ny/2025/S404", "position": 0, "date": "2025-06-10", "chamber": "Senate", "kind": "floor"}
    vote |= {"committee": "", "motion": "", "version": "", "counts": '[["excused", 1], ["nay", 1], ["aye", 2]]'}
    roll = '[["excused", ["Chu"]], ["nay", ["Bores"]], ["aye", ["Ashby", "Bailey"]]]'
    changed("votes", vote | {"roll": roll})
    vote |= {"position": 1, "date": "2025-05-20", "kind": "committee", "committee": "CONSUMER AFFAIRS AND PROTECTION"}
    changed("votes", vote | {"roll": '[["aye", []]]'})
    build(store, tmp_path / "public", settings, now)
    floor, committee = tree(tmp_path / "public/ny/2025/S404/index.html").xpath("//div[@class='vote']")
    assert words_of(committee.find("h3")).startswith("Senate Consumer Affairs and Protection committee")
    for told in (floor, committee):
        assert told.xpath("p[@class='tally']/span/@class") == ["aye", "nay", "excused"]
        assert told.xpath("svg/path/@class") == ["aye", "nay", "excused"]
    assert [words_of(dt) for dt in floor.xpath(".//dt")] == ["Aye 2", "Nay 1", "Excused 1"]
    assert [words_of(p) for p in committee.xpath("p[@class='empty']")] == ["The source gives no names for this vote."]
    assert not floor.xpath("p[@class='empty']") and not committee.xpath("details")


def test_the_story_is_newest_first(site: Path) -> None:
    """Nobody has to scroll for the news; a long history folds its beginning."""
    days = tree(site / "ny/2025/S4505/index.html").xpath("//ol[@class='timeline']/li/p[@class='date']//@datetime")
    assert days == sorted(days, reverse=True) and len(set(days)) == len(days) > 8
    long = tree(site / "ny/2025/S8000/index.html")
    assert len(long.xpath("//ol[@class='timeline']//li[starts-with(@class, 'action')]")) == 37
    assert len(long.xpath("//ol[@class='timeline']/li[not(ancestor::details)]")) == 14


def test_a_correction_stands_on_the_line_it_corrects(site: Path) -> None:
    """With how it read before, and under the address of the change that had announced it."""
    page = tree(site / "ny/2025/S4505/index.html")
    (correction,) = page.xpath("//p[@class='corrected']")
    line = correction.getparent()
    assert "11 June 2025, not 12 June 2025" in correction.text_content() and "Passed the Senate" in line.text_content()
    assert len(line.xpath("@id | span/@id")) >= 2


def test_every_change_has_its_place_on_its_bills_page(site: Path, store: Path) -> None:
    """Feeds and lists lead to it, so each stands there once."""
    with closing(sqlite3.connect(store)) as db:
        told = db.execute("select bill, id from changes where bill in (select id from bills)").fetchall()
    assert len(told) > 20
    for bill, change in told:
        if (site / bill / "index.html").is_file():
            assert tree(site / bill / "index.html").xpath("//@id").count(anchor(change)) == 1, (bill, change)


def test_who_joined_and_who_can_be_written_to(site: Path) -> None:
    """The sponsor's own official page, and the day somebody was seen to join."""
    addresses = {a for _, a in links(site / "ny/2025/S4505/index.html")}
    assert "https://www.nysenate.gov/senators/andrew-gounardes" in addresses
    assert "https://www.nysenate.gov/find-my-senator" in addresses


def test_a_bill_that_left_its_topic_says_so_where_it_says_why_it_is_here(
    store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """The publisher did not name it, and nobody is left to wonder: what it was about, and until when."""
    with closing(sqlite3.connect(store)) as db, db:
        reason = "was about data-brokers until 2025-12-02"
        db.execute("update bills set follow_reason = ? where id = 'ny/2025/A9000'", (reason,))
        parted = "was the same bill as ny/2025/A5346 until 2025-12-02"
        db.execute("update bills set follow_reason = ?, ended = 1 where id = 'ny/2025/S4505'", (parted,))
    build(store, tmp_path / "public", settings, now)
    said = text_of(tmp_path / "public", "ny/2025/S4505")
    assert "It was the same bill as A5346 until 2 December 2025. It was followed until its end." in said
    (why,) = tree(tmp_path / "public/ny/2025/A9000/index.html").xpath("//section[@aria-labelledby='topics']")
    said = " ".join(why.text_content().split())
    assert "It was about “Data brokers, tracking and pricing” until 2 December 2025. It is followed" in said
    assert "named it" not in said
    assert "1 was kept after a change of words" in text_of(tmp_path / "public", "method")


def test_a_topic_lists_its_bills_by_stage(site: Path) -> None:
    """What it is about, its bills with their stages, and a page also for a topic that has none."""
    said = text_of(site, "topics/social-media-minors")
    assert "Social media and minors" in said and "warning labels for young people" in said and "S4505" in said
    assert "No bill is on this topic now" in text_of(site, "topics/net-neutrality")
    areas = tree(site / "topics/index.html").xpath("//section[@class='topic-index']")
    assert [len(area.xpath(".//li")) for area in areas] == [11, 12]


def test_the_list_of_topics_draws_its_bills(site: Path) -> None:
    """A square for each, by where it stands, so that a topic of two is no longer than one of five."""
    drawn = 0
    for topic in tree(site / "topics/index.html").xpath("//section[@class='topic-index']//li"):
        paths = topic.xpath(".//*[@class='squares']/path")
        assert sum(path.get("d").count("M") for path in paths) == int(topic.xpath("string(h3/*[@class='count'])"))
        drawn += len(paths)
    assert drawn > 2 and "One square is one bill" in text_of(site, "topics")


def test_a_legislature_says_how_far_its_session_is(site: Path) -> None:
    """The clock as of the build, the stages of its bills, and the committees that have them."""
    said = text_of(site, "ny")
    assert "377 days left on 19 December 2025" in said and "31 December 2026" in said
    assert "Who leads most" in said and "Andrew Gounardes" in said


def test_a_sponsor_has_one_page(site: Path) -> None:
    """Led and signed bills apart."""
    page = next(p for p in (site / "ny/sponsors").iterdir() if "gounardes" in p.name) / "index.html"
    assert tree(page).xpath("//section[h2[@id='leads']]//table//th/a/text()") == ["S4505"]


def test_every_print_leads_to_its_text_and_memo(site: Path) -> None:
    """Of the active print and of the original, at the legislature, for the right session."""
    addresses = {a for _, a in links(site / "ny/2025/S4505/index.html")}
    assert {
        "https://legislation.nysenate.gov/pdf/bills/2025/S4505",
        "https://legislation.nysenate.gov/pdf/bills/2025/S4505A",
        "https://www.nysenate.gov/legislation/bills/2025/S4505/amendment/original",
        "https://www.nysenate.gov/legislation/bills/2025/S4505/amendment/A",
    } <= addresses
    assert any("bn=S04505&term=2025" in a for a in addresses)


def test_family_links_lead_here_where_there_is_a_page_else_to_the_legislature(site: Path) -> None:
    """And what is our guess says so."""
    addresses = {a for _, a in links(site / "ny/2025/S404/index.html")}
    assert "https://www.nysenate.gov/legislation/bills/2023/S217" in addresses
    assert "../../../ny/2025/A5346/" in {a for _, a in links(site / "ny/2025/S4505/index.html")}
    assert "Our inference, not confirmed by a source: same sponsor and nearly the same title." in text_of(
        site, "ny/2025/S404"
    )


def test_a_substitution_is_told_where_the_other_bill_has_no_page(
    changed: Any, store: Path, settings: Settings, now: datetime, tmp_path: Path
) -> None:
    """In the family's list and by an arrow in its drawing, as the bill's own history says it."""
    line = {"bill": "ny/2025/S404", "position": 99, "date": "2025-06-16", "chamber": "Assembly"}
    changed("actions", line | {"text": "SUBSTITUTED FOR A407", "classification": '["stand-in"]'})
    build(store, tmp_path / "public", settings, now)
    (family,) = tree(tmp_path / "public/ny/2025/S404/index.html").xpath("//section[@aria-labelledby='family']")
    assert "Takes the place of A407" in words_of(family)
    assert family.xpath(".//path[@class='kin substituted-by']")


def test_the_number_page_tells_its_bills_apart(site: Path) -> None:
    """Four bills of one number, the latest session first; those without a page here lead to the official one."""
    page = tree(site / "ny/S9191/index.html")
    sessions = [" ".join(e.text_content().split()) for e in page.xpath("//ol[@class='namesakes']/li/p[1]")]
    assert sessions == ["2025–2026", "2023–2024", "2021–2022", "2017–2018"]
    hrefs = page.xpath("//ol[@class='namesakes']//h2/a/@href")
    assert hrefs[0] == "https://www.nysenate.gov/legislation/bills/2025/S9191" and hrefs[3] == "../../ny/2017/S9191/"


def test_every_page_says_how_to_be_told(site: Path) -> None:
    """At its head, at its foot and on the page itself, under one name."""
    for file in pages(site):
        for place in ("header[@class='masthead']", "footer"):
            ways = tree(file).xpath(f"//body/{place}//a")
            assert [words_of(a) for a in ways if a.get("href").endswith("subscribe/")] == ["Get alerts"], file
    assert words_of(tree(site / "subscribe/index.html").xpath("//h1")[0]) == "Get alerts"


def test_a_bill_says_as_of_when_it_stands(site: Path) -> None:
    """Beside its stage, from its own checks; a relative that no source was asked about says nothing of the kind."""
    (stage,) = tree(site / "ny/2025/S3591/index.html").xpath(
        "//section[@class='standing']/p[contains(@class, 'stage')]"
    )
    assert " ".join(stage.text_content().split()).endswith(", as checked on 19 December 2025")
    assert stage.xpath(".//time/@datetime")[-1] == "2025-12-19"
    assert "as checked on" not in text_of(site, "ny/2019/S1413")


def test_the_publishers_position_is_theirs(site: Path) -> None:
    """It stands on the page of its bill, under their name, and on no other."""
    assert "Our position Support high priority Ends reverse-location warrants." in text_of(site, "ny/2025/S404")
    assert "Our position" not in text_of(site, "ny/2025/S929")


def test_each_source_says_how_it_is(site: Path) -> None:
    """Well, failing, silent or partly; and what nobody covers."""
    states = [
        " ".join(p.text_content().split()) for p in tree(site / "sources/index.html").xpath("//p[@class='state']")
    ]
    assert states == [
        "Answered, but not for every bill",
        "Silent for too long",
        "Answering",
        "Failing since 17 December 2025, 09:00 UTC",
    ]
    assert "What we do not cover" in text_of(site, "sources")


def test_what_a_source_was_asked_stands_in_rows(site: Path) -> None:
    """One number, one name for it."""
    rows = dict(cells_of(tree(site / "sources/index.html").xpath("(//ul[@class='sources']/li)[1]//dl/div")))
    assert {"Asked", "Answered", "Failed"} < set(rows) and all(rows[name].isdigit() for name in ("Asked", "Failed"))


def test_who_finds_no_page_is_told_how_to_find_a_bill(site: Path) -> None:
    """By its number or a word of its title, where one can look for it."""
    page = tree(site / "404.html")
    assert "search for its number, in any spelling" in words_of(page)
    assert {"/billwatch/search/", "/billwatch/bills/"} <= set(page.xpath("//main//a/@href"))


def test_titles_of_pages_differ(site: Path) -> None:
    """Two tabs can be told apart."""
    titles = [tree(page).findtext(".//title") for page in pages(site)]
    assert len(set(titles)) == len(titles)


def test_robots_and_map(site: Path) -> None:
    """Every page but the one for what is not there is on the map, under the site's own address."""
    mapped = html.fromstring((site / "sitemap.xml").read_bytes()).xpath("//loc/text()")
    built = {p.relative_to(site).as_posix().removesuffix("index.html") for p in pages(site)} - {"404.html"}
    assert {address.removeprefix("https://bills.example.org/billwatch/") for address in mapped} == built
    assert "Sitemap: https://bills.example.org/billwatch/sitemap.xml" in (site / "robots.txt").read_text()


@pytest.mark.parametrize(
    ("path", "root"), [("", "./"), ("bills/", "../"), ("ny/2017/S9191/", "../../../"), ("404.html", "./")]
)
def test_the_way_back_to_the_root(path: str, root: str) -> None:
    """Links are relative to the page, so that a site can stand under any path."""
    assert root_of(path) == root


def test_a_legislature_we_do_not_know_gets_no_guessed_links() -> None:
    """Its code is its name, its bills have no official page."""
    link = bill_link("zz/2025/H1", (), "./")
    assert (link.number, link.session, link.href) == ("H1", "2025", "")
    assert official.legislature("zz").name == "ZZ"


def test_what_is_in_doubt_stands_for_review(site: Path) -> None:
    """Highest doubt first, with the words that speak for it and the lines that settle it."""
    rows = tree(site / "review" / "index.html").xpath("//tbody/tr")
    texts = [" ".join(row.text_content().split()) for row in rows]
    assert len(rows) == 2 and "60 of 100" in texts[1] and "technology? Title: 'body cameras' (a hint)." in texts[0]
    assert 'id = "ny/2025/A9000" topics = ["police-technology"] reason = ""' in texts[0]
    assert "Not one of ours, decided by hand: Of cattle." in text_of(site, "ny/2025/A10402")
    assert "review/" in (site / "about" / "index.html").read_text()


def test_no_sentence_counts_nothing(site: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """There are never "0 bills", before anything came in neither; but nobody may have voted nay, and 0 is a score."""
    migrations.apply(db := Database(tmp_path / "empty.db"))
    db.close()
    build(tmp_path / "empty.db", tmp_path / "public", settings, now)
    for page in (*pages(site), *pages((tmp_path / "public").resolve())):
        texts = [e.text_content() for e in tree(page).xpath("//p | //li | //h1 | //h2 | //h3 | //summary")]
        told = " / ".join((*texts, *tree(page).xpath("//title/text() | //meta/@content | //@aria-label")))
        assert not re.search(r"(?<![\w,.-])0 (?!aye|nay|to |where )[a-z]+", told), page


def test_a_sponsor_joined_by_the_day_on_which_we_looked(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Any
) -> None:
    """The record dates no sponsorship: somebody found after a month between two looks had joined by then, not then."""
    db = Database(store)
    db.table("changes").insert(new_change("ny/2025/S4505", "cosponsor-added", "Leroy Comrie"))
    db.table("changes").insert(new_change("ny/2025/S4505", "cosponsor-removed", "", "Latrice Walker"))
    db.close()
    build(store, tmp_path / "public", settings, now)
    told, by = text_of(tmp_path / "public", "ny/2025/S4505/"), f"by {now.day} {now:%b %Y}"
    assert f"Leroy Comrie joined {by}" in told and f"Latrice Walker gone {by}" in told
