"""Feeds: valid by the letter of their standards, stable, and never telling anything twice."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sqlite_utils import Database

from billwatch_site import Settings, build
from billwatch_site.feeds.entry import Entry
from billwatch_site.feeds.feed import Feed, pages
from billwatch_site.serving import server
from rfc4287 import ATOM, faults
from site_pages import entries, feeds

ADDRESS = "https://bills.example.org/billwatch/"
STRENGTHS = ("", "-notable", "-milestones")
SCHEMA = json.loads((Path(__file__).parent / "schemas/json-feed-1.1.json").read_text())
Row = dict[str, Any]


def body(entry: etree._Element) -> str:
    return entry.findtext(f"{ATOM}content") or ""


def ids(file: Path) -> list[str]:
    return [e.findtext(f"{ATOM}id") or "" for e in etree.parse(file).getroot().iter(f"{ATOM}entry")]


def items(file: Path) -> list[Row]:
    return list(json.loads(file.read_bytes())["items"])


# --- by the letter ---------------------------------------------------------------------------------------------------


def test_what_can_be_followed_has_six_feeds(site: Path) -> None:
    """Everything, a legislature, an area, a topic, a sponsor, a bill, a family: three strengths in two forms each."""
    folders = ("", "ny/", "topics/speech/", "topics/government-reading/", "ny/sponsors/kevin-s-parker/")
    for folder in (*folders, "ny/2017/S9191/"):
        for strength in STRENGTHS:
            assert (site / f"{folder}feed{strength}.xml").is_file(), folder
            assert (site / f"{folder}feed{strength}.json").is_file(), folder
    assert (site / "ny/2017/S9191/family-milestones.json").is_file()
    assert not (site / "ny/2025/A9000/family.xml").exists()  # it has no relatives


def test_every_feed_is_atom_by_the_letter(site: Path) -> None:
    """RFC 4287, by our reading of its sections; and every feed links to itself."""
    found = {file.relative_to(site).as_posix(): faults(etree.parse(file).getroot()) for file in feeds(site)}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    for path in found:
        links = etree.parse(site / path).getroot().findall(f"{ATOM}link[@rel='self']")
        assert [link.get("href") for link in links] == [ADDRESS + path]


def test_a_fault_would_be_seen(site: Path) -> None:
    """The reading of the standard finds what it forbids."""
    good = (site / "feed.xml").read_text()
    for old, new in (
        ("<updated>", "<updated>on "),
        ("<id>tag:", "<id>/tag:"),
        ('<content type="html">', '<content type="html"><b/>'),
        ("<author><name>", "<author><nick>x</nick><name>"),
        ('rel="self"', 'rel="next"'),
        ("<entry>", "<entry>news"),
        ('term="', 'name="'),
        ("</entry>", "<published>2025-01-01T00:00:00Z</published></entry>"),
    ):
        assert old in good
        assert faults(etree.fromstring(good.replace(old, new, 1).encode())), old


def test_every_json_feed_keeps_to_its_standard(site: Path) -> None:
    """JSON Feed 1.1, and the same entries in the same order as in Atom."""
    check = jsonschema.Draft202012Validator(SCHEMA)
    for file in feeds(site):
        found = json.loads(file.with_suffix(".json").read_bytes())
        assert [error.message for error in check.iter_errors(found)] == []
        assert [item["id"] for item in found["items"]] == ids(file)
        assert found["feed_url"] == ADDRESS + file.with_suffix(".json").relative_to(site).as_posix()


def test_feedparser_reads_them(site: Path) -> None:
    """It finds nothing wrong, and every entry."""
    for file in feeds(site):
        parsed = feedparser.parse(file.read_bytes())
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert len(parsed.entries) == len(ids(file))


def test_newsboat_reads_them(site_at_root: Path, tmp_path: Path) -> None:
    """Each feed has all its entries, though newsboat knows an entry by its id alone, whatever feed it came in."""
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed")
    paths = ("feed.xml", "ny/feed.xml", "ny/2025/S4505/feed.xml", "ny/2025/S4505/family.xml", "topics/speech/feed.xml")
    with server(site_at_root) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{serving.server_address[1]}/"
        (tmp_path / "urls").write_text("".join(f"{address}{path}\n" for path in paths))
        (tmp_path / "config").write_text("")
        command = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60, capture_output=True, env={"HOME": str(tmp_path)})
        serving.shutdown()
    rows = sqlite3.connect(tmp_path / "cache.db").execute("select feedurl, count(*) from rss_item group by 1")
    assert dict(rows) == {address + path: len(ids(site_at_root / path)) for path in paths}


@given(text=st.text(min_size=1), mark=st.sampled_from(("", "https://bills.example.org/")))
def test_any_text_makes_a_whole_feed(text: str, mark: str) -> None:
    """Whatever a source or a publisher writes: well-formed, valid, and read back but for what XML cannot hold."""
    moment = datetime.fromisoformat("2025-06-12T21:05:00+00:00")
    entry = Entry("k", "ny/2025/S1/", text, "<p>x</p>", moment, moment, 0, (text,))
    settings = Settings(title=text, url=mark)
    written = pages(Feed(path="ny/", title=text, entries=([entry],) * 3, why=lambda entry: text), settings)
    for page in written:
        if page.path.endswith(".xml"):
            root = etree.fromstring(page.content)
            assert faults(root) == []
            held = "".join(
                c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
            )
            told = (root.findtext(f"{ATOM}entry/{ATOM}title") or "").split()
            assert told == held.replace("\r\n", "\n").replace("\r", "\n").split()
        else:
            assert json.loads(page.content)["items"][0]["title"] == text


# --- what is told, and where -----------------------------------------------------------------------------------------


def test_ids_are_unique_and_order_is_by_update(site: Path) -> None:
    """An entry is in a feed once; the newest stands first; the feed is as new as its newest entry."""
    for file in feeds(site):
        root = etree.parse(file).getroot()
        updated = [e.findtext(f"{ATOM}updated") or "" for e in root.iter(f"{ATOM}entry")]
        assert len(set(ids(file))) == len(ids(file))
        assert updated == sorted(updated, reverse=True)
        assert not updated or root.findtext(f"{ATOM}updated") == updated[0]


def test_the_strengths_hold_less_and_less(site: Path) -> None:
    """Milestones are among what is notable, and that among everything; the same entry has the same id in all three."""
    for file in site.rglob("feed.xml"):
        everything, notable, milestones = (ids(file.with_name(f"feed{strength}.xml")) for strength in STRENGTHS)
        assert [i for i in everything if i in notable] == notable
        assert [i for i in notable if i in milestones] == milestones
    assert len(ids(site / "feed.xml")) > len(ids(site / "feed-notable.xml")) > len(ids(site / "feed-milestones.xml"))


def test_two_subjects_never_share_an_id(site: Path) -> None:
    """What is in the feed of a bill and in that of its topic is two entries: no reader shows it in one of them only."""
    known: dict[str, Path] = {}
    for file in (*site.rglob("feed.xml"), *site.rglob("family.xml")):
        for name in ids(file):
            assert known.setdefault(name, file) == file
            assert name.startswith("tag:bills.example.org,2025:")


@pytest.mark.parametrize("path", ["ny/2025/S4505/feed.xml", "ny/2025/S4505/family-milestones.xml", "ny/feed.xml"])
def test_a_passage_is_told_with_its_count(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, path: str
) -> None:
    """Also where the roll call comes to light later: the entry keeps its id and its times, and gets the count."""
    db = Database(store)
    votes = list(db.table("votes").rows)
    db.table("votes").delete_where()
    build(store, tmp_path / "public", settings, now)
    (before,) = (e for title, e in entries(tmp_path / "public" / path).items() if "S4505: Passed the Senate." in title)
    db.table("votes").insert_all(votes)
    build(store, tmp_path / "public", settings, now)
    (after,) = (
        e for title, e in entries(tmp_path / "public" / path).items() if "S4505: Passed the Senate, 58" in title
    )
    assert "<p>Passed the Senate, 58 to 3.</p>" in body(after)
    for name in ("id", "published", "updated"):
        assert before.findtext(ATOM + name) == after.findtext(ATOM + name)


@pytest.mark.parametrize("path", ["ny/2025/S4505/feed.xml", "ny/2025/S4505/family.xml", "feed-milestones.xml"])
def test_the_newest_milestone_says_what_comes_next(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, path: str
) -> None:
    """As the home page does: with the last that the bill did, and with nothing before."""
    Database(store).table("bills").update("ny/2025/S4505", {"next": "The voters <decide>."})
    build(store, tmp_path / "public", settings, now)
    told = [title for title, e in entries(tmp_path / "public" / path).items() if "Next:</strong> The voters" in body(e)]
    assert [title.partition(".")[0] for title in told] == ["S4505: Signed into law as chapter 689"]


def test_a_correction_updates_what_it_corrects(site: Path) -> None:
    """One entry, marked, with both sentences, dated by the correction: nobody is alerted a second time."""
    told = [title for title in entries(site / "ny/2025/S4505/feed.xml") if "Passed the Senate" in title]
    assert told == ["Correction: S4505: Passed the Senate, 58 to 3. Warning labels on certain social media platforms"]
    entry = entries(site / "ny/2025/S4505/feed.xml")[told[0]]
    assert "Correction, seen on 14 June 2025, 10:00 UTC: The record now dates" in body(entry)
    assert "2025-06-12 Senate: PASSED SENATE" in body(entry)
    assert (entry.findtext(f"{ATOM}updated") or "").startswith("2025-06-14T10:00:00")
    assert (entry.findtext(f"{ATOM}published") or "").startswith("2025-06-12T21:05:00")


def test_a_correction_of_what_was_never_told_is_a_detail(
    store: Path, settings: Settings, now: datetime, tmp_path: Path,
    changed: Callable[[str, Row], None], new_change: Callable[..., Row],
) -> None:  # fmt: skip
    """An entry of its own, in the feed of every change only."""
    lines = ("2025-01-09 Senate: REFERRED TO CODES", "2025-01-08 Senate: REFERRED TO CODES")
    row = new_change("ny/2025/S404", "action-edited", *lines, corrects="long-ago", severity="milestone")
    changed("changes", row)
    build(store, tmp_path / "public", settings, now)
    found = [
        [title for title in entries(tmp_path / f"public/ny/2025/S404/feed{strength}.xml") if "now dates" in title]
        for strength in STRENGTHS
    ]
    assert [len(titles) for titles in found] == [1, 0, 0]
    assert found[0][0].startswith("Correction: S404: The record now dates")


def test_one_cause_is_one_entry(site: Path) -> None:
    """With the bills inside; in the feed of one of them it is that bill's own news."""
    (entry,) = (e for title, e in entries(site / "feed.xml").items() if "Latrice Walker" in title)
    assert all(name in body(entry) for name in ("A9000 of 2025", "S8000 of 2025", "A5346 of 2025"))
    own = [title for title in entries(site / "ny/2025/S8000/feed.xml") if "Latrice Walker" in title]
    assert own == ["S8000: Latrice Walker is no longer a co-sponsor. Relates to the retention of data of automatic "
                   "license plate readers and to its disclosure"]  # fmt: skip


def test_bodies_say_was_and_now_from_where_and_why(site: Path) -> None:
    """What it was, what it is, the source with a link, when it was checked, and why it is in this feed."""
    (entry,) = (e for title, e in entries(site / "ny/2025/S3591/feed.xml").items() if "title was edited" in title)
    assert "<strong>Was:</strong> Requires age verification for websites" in body(entry)
    assert "<strong>Now:</strong> Requires age verification for internet pornography websites" in body(entry)
    assert 'From <a href="https://legislation.nysenate.gov/api/3/bills/2025/S3591">Open Legislation</a>' in body(entry)
    assert "checked on 7 November 2025, 12:00 UTC." in body(entry)
    assert body(entry).endswith("<p>You get this because you follow S3591 of 2025.</p>")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("feed.xml", "this site follows S3591 of 2025"),
        ("ny/feed.xml", "you follow New York, where S3591 of 2025 is followed"),
        ("ny/2025/S4505/family.xml", "you follow the family of S4505 of 2025, to which A5346 of 2025 belongs"),
        (
            "topics/government-reading/feed.xml",
            "you follow “Government reading of social media”, and S9191 of 2017 is about it",
        ),
        ("ny/sponsors/kevin-s-parker/feed.xml", "you follow Kevin S. Parker, who sponsors S9191 of 2017"),
    ],
)
def test_each_feed_says_why(site: Path, path: str, reason: str) -> None:
    """In words of its own."""
    assert any(
        body(entry).endswith(f"<p>You get this because {reason}.</p>") for entry in entries(site / path).values()
    )


def test_what_happened_earlier_says_so(site: Path) -> None:
    """Back-fill is marked in the title."""
    assert any(title.startswith("Earlier, seen now: S8000: Recalled") for title in entries(site / "feed.xml"))


def test_markup_of_sources_is_text_in_feeds(site: Path) -> None:
    """A reader that shows the body as HTML shows the hostile title as letters; no link leads to a script."""
    for file in feeds(site):
        for entry in feedparser.parse(file.read_bytes(), sanitize_html=False).entries:
            assert "<script" not in entry.content[0].value and "<img" not in entry.content[0].value
            assert 'href="javascript' not in entry.content[0].value
    told = (site / "ny/2025/S6666/feed.json").read_text()
    assert "&lt;script&gt;alert(1)" in told and "\\u202e" not in told and "\u202e" not in told


def test_links_lead_to_the_change_on_its_page(site: Path) -> None:
    """Each entry's link is a page of the site and a place on it; that of an outage is the page of the sources."""
    for entry in etree.parse(site / "feed.xml").getroot().iter(f"{ATOM}entry"):
        address = entry.find(f"{ATOM}link").get("href").removeprefix(ADDRESS)
        path, _, fragment = address.partition("#")
        page = (site / path / "index.html").read_text()
        assert f'id="{fragment}"' in page if fragment else path == "sources/"


def test_without_an_address_links_lead_from_the_feed(site_at_root: Path) -> None:
    """A site that does not know where it stands has links that work from the feed's own folder."""
    root = etree.parse(site_at_root / "ny/2025/S4505/feed.xml").getroot()
    assert [link.get("href") for link in root.findall(f"{ATOM}link")] == ["../../../ny/2025/S4505/feed.xml",
                                                                       "../../../ny/2025/S4505/"]  # fmt: skip


# --- quiet, not broken -----------------------------------------------------------------------------------------------


def run_row(at: str, source: str = "open-legislation", failing_since: str = "") -> Row:
    row: Row = dict.fromkeys(("asked", "answered", "unchanged", "failed", "changes"), 1)
    row |= {"legislature": "ny", "source": source, "started_at": at, "finished_at": at}
    return row | {"failing_since": failing_since, "last_good_at": "" if failing_since else at}


def test_a_quiet_week_is_told(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, changed: Callable[[str, Row], None]
) -> None:
    """Once the week is over: how often it was checked; and in the feed of every change only."""
    for at in ("2025-07-21", "2025-07-23", "2025-07-27"):
        changed("runs", run_row(f"{at}T12:00:00+00:00"))
    build(store, tmp_path / "public", settings, now)
    told = entries(tmp_path / "public/feed.xml")["Nothing changed in the week to 27 July 2025"]
    assert "The sources were checked 3 times, last on 27 July 2025, 12:00 UTC." in body(told)
    assert told.findtext(f"{ATOM}id") == "tag:bills.example.org,2025:feed:quiet-2025-07-21"
    assert not any("Nothing changed" in title for title in entries(tmp_path / "public/feed-notable.xml"))
    # 4505 moved in June: its topic's feed has no quiet week there, but the week of July.
    assert not any("15 June" in title for title in entries(tmp_path / "public/ny/feed.xml"))


def test_a_source_that_is_down_is_told_and_put_right(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, changed: Callable[[str, Row], None]
) -> None:
    """After a day, in every strength; the same entry tells when it is back."""
    down = "2025-12-17T09:00:00+00:00"
    changed("runs", run_row("2025-12-18T10:00:00+00:00", "senate", down))
    build(store, tmp_path / "public", settings, now)
    before = entries(tmp_path / "public/feed-milestones.xml")[
        "The Senate’s site has not answered since 17 December 2025"
    ]
    changed("runs", run_row("2025-12-20T08:00:00+00:00", "senate"))
    build(store, tmp_path / "public", settings, now)
    after = entries(tmp_path / "public/feed-milestones.xml")["The Senate’s site answers again"]
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert (after.findtext(f"{ATOM}updated") or "") > (before.findtext(f"{ATOM}updated") or "")
    assert "until 20 December 2025, 08:00 UTC" in body(after)
    # One of four sources: who follows one bill hears of it from the others.
    assert not any("Senate’s site" in title for title in entries(tmp_path / "public/ny/2025/S404/feed.xml"))


def test_who_follows_one_bill_hears_when_nobody_could_look(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, changed: Callable[[str, Row], None]
) -> None:
    """All sources down for a day: silence in the feed of a bill would mean nothing, and it says so."""
    for source in ("open-legislation", "assembly", "lbdc", "senate"):
        changed("runs", run_row("2025-12-21T12:00:00+00:00", source, "2025-12-20T08:00:00+00:00"))
    build(store, tmp_path / "public", settings, now)
    titles = entries(tmp_path / "public/ny/2025/S404/feed-milestones.xml")
    assert "The sources for New York have not answered since 20 December 2025" in titles


# --- stable ----------------------------------------------------------------------------------------------------------
