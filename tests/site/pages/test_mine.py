"""My bills: the index, and in a browser the list as people use it; nobody else ever learns of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from billwatch_site import Settings, build
from billwatch_site.pages.mine import Told, index
from billwatch_site.records import Change

Visitor = Callable[..., Any]
KEY = "billwatch.my"
SEEN = "2025-06-03T09:00:00+00:00"
PASSED = Change(
    id="x", bill="ny/2025/S1", kind="action", was="", now="2025-06-12 Senate: PASSED SENATE", happened_on="2025-06-12",
    seen_at=datetime(2025, 6, 12, 21, tzinfo=UTC), severity="milestone", cause="", backfill=False, source="", url="",
    corrects="",
)  # fmt: skip
STATES = ("my/", "my/#ny/2025/S4505,ny/2017/S9191,ny/2025/S6666")


def indexed(site: Path) -> Any:
    return json.loads((site / "my/index.json").read_bytes())


def lines(site: Path, bill: str) -> tuple[int, list[tuple[int, int, str, str]]]:
    """How many changes a bill has in the index, and its lines: age, weight, day, sentence."""
    told = indexed(site)
    session, _, number = bill.rpartition("/")
    changes, *flat = told["bills"][session][number]
    rows = [flat[i : i + 4] for i in range(0, len(flat), 4)]
    return changes, [(age, weight, told["days"][day], told["said"][said]) for age, weight, day, said in rows]


def stored(*bills: tuple[str, int | None]) -> str:
    """A list as the browser keeps it, last looked at on 1 June 2025."""
    rows = [{"id": bill, "seen": seen, "at": "2025-06-01T08:00:00.000Z"} for bill, seen in bills]
    return json.dumps({"billwatch": "my bills", "version": 1, "bills": rows})


def put(page: Any, address: str, text: str) -> None:
    """Put a list into the browser."""
    page.goto(f"{address}about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def kept(page: Any) -> dict[str, int | None]:
    """The list in the browser: each bill with what was seen of it."""
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return {bill["id"]: bill["seen"] for bill in json.loads(text or '{"bills": []}')["bills"]}


def opened(page: Any, address: str, fragment: str = "") -> Any:
    """The page of my bills, ready."""
    page.goto(f"{address}my/{fragment}")
    page.locator("#my").wait_for()
    return page


def texts(page: Any, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]


# --- the index -------------------------------------------------------------------------------------------------------


def test_the_index_holds_every_bill_and_the_same_for_everybody(site: Path) -> None:
    """Each with the number of its changes, and the lines that tell the newest: whoever reads it asks for no bill."""
    told = indexed(site)
    ids = {f"{session}/{number}" for session, rows in told["bills"].items() for number in rows}
    assert ids == {p.parent.relative_to(site).as_posix() for p in site.glob("ny/[0-9]*/*/index.html")}
    assert told["ours"] == ["ny/2025/S404"]
    changes, told_lines = lines(site, "ny/2025/S4505")
    assert changes == 11
    assert sorted(line[1:] for line in told_lines[:2]) == [
        (0, "2025-12-19", "Signed into law as chapter 689."),
        (2, "2025-12-19", "Approved, with memorandum 68."),
    ]
    assert lines(site, "ny/2025/A9000")[1][0][3] == "Latrice Walker is no longer a co-sponsor."


def test_a_milestone_is_told_beneath_newer_details(store: Path, settings: Settings, now: datetime, tmp_path: Path,
                                                    changed: Any, new_change: Any) -> None:  # fmt: skip
    """However many small things came after it; of what is older than sixty days only what outweighs all since."""
    for i in range(8):
        later = f"2025-12-19T16:0{i}:00+00:00"
        changed("changes", new_change("ny/2025/S929", "cosponsor-added", f"Member {i}", seen_at=later))
    build(store, tmp_path / "public", settings, now)
    changes, told = lines(tmp_path / "public", "ny/2025/S929")
    assert changes == 9 and [age for age, *_ in told] == [0, 1, 2, 8]
    assert told[-1][1:] == (0, "2025-12-19", "Vetoed (memorandum 135).")
    assert [weight for _, weight, *_ in lines(tmp_path / "public", "ny/2025/A5346")[1]] == [1, 0]
    assert len(lines(tmp_path / "public", "ny/2025/S3591")[1]) == 1


def test_what_outweighs_all_since_is_told_however_old(store: Path, settings: Settings, now: datetime, tmp_path: Path,
                                                       changed: Any, new_change: Any) -> None:  # fmt: skip
    """Who was away for half a year gets the milestone and what was notable, not only the small things of late."""
    for day, severity in (("01-09", "notable"), ("02-11", "milestone"), ("03-01", "detail"), ("03-10", "notable")):
        seen = f"2025-{day}T16:00:00+00:00"
        changed("changes", new_change("ny/2025/A9000", "cosponsor-added", day, seen_at=seen, severity=severity))
    changed("changes", new_change("ny/2025/A9000", "cosponsor-added", "today", seen_at="2025-12-19T16:00:00+00:00"))
    build(store, tmp_path / "public", settings, now)
    changes, told = lines(tmp_path / "public", "ny/2025/A9000")
    assert changes == 6 and [(age, weight) for age, weight, *_ in told] == [(0, 2), (1, 1), (4, 0)]
    assert told[-1][3] == "02-11 joined as a co-sponsor."


@given(st.lists(st.sampled_from(["milestone", "notable", "detail"]), min_size=1, max_size=12), st.integers(0, 100))
def test_the_weightiest_of_what_is_new_is_always_in_the_index(severities: list[str], days: int) -> None:
    """Whatever somebody has seen of a bill: the newest of the weightiest changes since is among its lines."""
    since = [msgspec.structs.replace(PASSED, severity=severity, seen_at=PASSED.seen_at - i * timedelta(days=days))
             for i, severity in enumerate(severities)]  # fmt: skip
    _, *flat = json.loads(index({"ny/2025/S1": Told(len(since), list(enumerate(since)))}))["bills"]["ny/2025"]["S1"]
    told = {(weight, age) for age, weight in zip(flat[::4], flat[1::4], strict=True)}
    weights = [("milestone", "notable", "detail").index(severity) for severity in severities]
    for fresh in range(1, len(since) + 1):
        assert min((weight, age) for age, weight in enumerate(weights[:fresh])) in told


def test_the_index_of_nothing_is_an_index() -> None:
    """Before the first bill there is one to read."""
    assert json.loads(index({})) == {"days": [], "said": [], "ours": [], "bills": {}}


def test_two_thousand_bills_weigh_less_than_100_kilobytes() -> None:
    """Uncompressed, in the busiest week there could be: each bill moved ten times lately, in words of its own. Details
    go first, and where they do what was notable is still told, and then the milestone."""

    def busy(i: int, spread: int) -> Told:
        """Ten changes of late and a milestone beneath them; `spread` makes the words of bills differ."""
        now = [f"2025-06-12 Senate: REPORTED AND COMMITTED TO NUMBER {(i * 10 + k) % spread}" for k in range(10)]
        rest = [msgspec.structs.replace(PASSED, now=text, severity="detail") for text in now]
        rest[4] = msgspec.structs.replace(PASSED, severity="notable")
        return Told(11, list(enumerate((*rest, PASSED))))

    for spread, ages in ((40, {0, 4, 10}), (1000, {0, 4, 10}), (20_000, {4, 10})):
        found = index({f"ny/2025/S{i + 1}": busy(i, spread) for i in range(2000)})
        assert len(found) < 100_000
        told = json.loads(found)["bills"]["ny/2025"]
        assert len(told) == 2000 and {row[0] for row in told.values()} == {11}
        assert all(ages <= {*row[1::4]} for row in told.values())
    few = json.loads(index({"ny/2025/S1": busy(1, 40)}))
    assert few["bills"]["ny/2025"]["S1"][1::4] == [0, 1, 2, 4, 10]


# --- in a browser: following -----------------------------------------------------------------------------------------


def test_a_bill_is_followed_on_its_page(visitor: Visitor, address: str) -> None:
    """The button puts it on the list and takes it off again; the list is the browser's, and every tab's."""
    page = visitor()
    page.goto(f"{address}ny/2025/S4505/")
    button = page.get_by_role("button", name="Follow here")
    assert button.get_attribute("aria-pressed") == "false"
    other = page.context.new_page()
    opened(other, address)
    assert other.locator("#begin").is_visible()
    button.click()
    assert button.get_attribute("aria-pressed") == "true" and kept(page) == {"ny/2025/S4505": 11}
    other.locator("#rest tbody tr").wait_for()
    assert "S4505" in texts(other, "#rest tbody th")[0]
    other.get_by_role("button", name="Remove S4505").click()
    page.wait_for_timeout(100)
    assert button.get_attribute("aria-pressed") == "false" and kept(page) == {}
    other.get_by_role("button", name="Put it back").click()
    assert kept(page) == {"ny/2025/S4505": 11}


@pytest.fixture
def moving(store: Path, settings: Settings, now: datetime, tmp_path: Path, served: Any) -> Iterator[Any]:
    """A site that moves on: `moving()` builds it again; its address is `moving.address`."""

    def again() -> None:
        build(store, tmp_path / "public", settings, now + timedelta(hours=1))

    again()
    with served(tmp_path / "public") as found:
        again.address = found  # type: ignore[attr-defined]
        yield again


def test_what_changed_since_the_last_visit(visitor: Visitor, moving: Any, changed: Any, new_change: Any) -> None:
    """Followed today; tomorrow the page says what is new, milestones first, whatever the clocks say."""
    page = visitor()
    for bill in ("S929", "S404", "S8000"):
        page.goto(f"{moving.address}ny/2025/{bill}/")
        page.get_by_role("button", name="Follow here").click()
    assert "Nothing has changed on your bills." in opened(page, moving.address).locator("#news").text_content()

    # The store moves on; one change even bears a time before the visit, as a slow source's does.
    later = {"seen_at": "2025-12-20T09:00:00+00:00"}
    changed("changes", new_change("ny/2025/S404", "cosponsor-added", "Leroy Comrie", severity="notable", **later))
    changed("changes", new_change("ny/2025/S404", "cosponsor-added", "Robert Jackson", severity="notable", **later))
    changed("changes", new_change("ny/2025/S929", "cosponsor-added", "Leroy Comrie", **later))
    passed = "2025-12-20 Senate: PASSED SENATE"
    changed("changes", new_change("ny/2025/S8000", "action", passed, severity="milestone", **later))
    moving()
    opened(page, moving.address)
    assert "4 changes on 3 of your 3 bills." in page.locator("#news").text_content()
    assert [text.split()[0] for text in texts(page, "#news .kicker")] == ["S8000", "S404", "S929"]
    assert texts(page, "#news h3")[0].startswith("Passed the Senate. 20 December 2025")
    assert "2 changes since" in texts(page, "#news li.entry")[1]

    page.reload()
    page.locator("#news li.entry").first.wait_for()
    assert page.locator("#news li.entry").count() == 3  # a reload is no reading: nothing is lost by it
    page.get_by_role("button", name="Seen: S404").click()
    assert page.locator("#news li.entry").count() == 2
    page.goto(f"{moving.address}ny/2025/S8000/")
    assert "1 change since you last looked" in page.locator("#follow").text_content()
    opened(page, moving.address)
    assert [text.split()[0] for text in texts(page, "#news .kicker")] == ["S929"]  # its page was read
    page.get_by_role("button", name="Mark all as seen").click()
    assert "Nothing has changed on your bills." in page.locator("#news").text_content()
    page.reload()
    page.locator("#rest tbody tr").first.wait_for()
    assert page.locator("#news li.entry").count() == 0 and page.locator("#rest tbody tr").count() == 3


def test_the_weightiest_of_what_is_new_is_the_headline(visitor: Visitor, moving: Any, changed: Any,
                                                        new_change: Any) -> None:  # fmt: skip
    """Not the newest: a milestone before what is notable before details, and of equal ones the newest."""
    page = visitor()
    for bill in ("S404", "S929", "S8000"):
        page.goto(f"{moving.address}ny/2025/{bill}/")
        page.get_by_role("button", name="Follow here").click()

    def then(bill: str, minute: int, severity: str) -> None:
        seen = f"2025-12-20T09:{minute:02}:00+00:00"
        changed("changes", new_change(bill, "cosponsor-added", f"Member {minute}", seen_at=seen, severity=severity))

    for bill in ("ny/2025/S404", "ny/2025/S929"):
        for minute in (2, 3):
            then(bill, minute, "notable")
        for minute in range(10, 18):
            then(bill, minute, "detail")
    then("ny/2025/S929", 1, "milestone")
    then("ny/2025/S8000", 20, "detail")
    moving()
    opened(page, moving.address)
    assert [text.split()[0] for text in texts(page, "#news .kicker")] == ["S929", "S404", "S8000"]
    heads = [text.partition(".")[0] for text in texts(page, "#news h3")]
    assert heads == [f"Member {minute} joined as a co-sponsor" for minute in (1, 3, 20)]
    assert "11 changes since" in texts(page, "#news li.entry")[0]


def test_an_old_page_takes_nothing_back(visitor: Visitor, address: str) -> None:
    """A bill's page from before (a cache, another tab) has fewer changes than were seen: what was seen stays seen."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 99)))
    page.goto(f"{address}ny/2025/S4505/")
    page.locator("#follow").wait_for()
    assert kept(page) == {"ny/2025/S4505": 99}
    assert opened(page, address).locator("#news li.entry").count() == 0


def test_no_server_learns_the_list(visitor: Visitor, address: str) -> None:
    """With a list, without one, with another: the same requests, and none of them names a bill or a session of one."""
    page = visitor()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    seen = []
    for text in (stored(), stored(("ny/2025/S4505", 1)), stored(("ny/2017/S9191", 0), ("ny/2025/S929", 1))):
        put(page, address, text)
        asked.clear()
        opened(page, address)
        page.wait_for_load_state("networkidle")
        # A browser asks for the site's icon once, when it pleases.
        seen.append(sorted(url for url in asked if "/favicon." not in url))
    assert seen[0] == seen[1] == seen[2]
    assert not [url for url in seen[0] if "S4505" in url or "/2017/" in url]


def test_the_first_visit_offers_the_sites_own_lists(visitor: Visitor, address: str) -> None:
    """Nothing is followed yet: the publisher's bills, what moves, and topics, one press each."""
    page = opened(visitor(), address)
    offered = texts(page, "#begin li")
    assert offered[0] == "The bills this site takes a position on (1)" and "On the floor (1)" in offered
    assert "Age verification (1)" in offered and not page.locator("#news").is_visible()
    page.get_by_role("button", name="On the floor (1)").click()
    assert kept(page) == {"ny/2025/S8000": 2} and not page.locator("#begin").is_visible()
    assert "Nothing has changed" in page.locator("#news").text_content()  # its past is no news


@pytest.mark.parametrize(
    ("typed", "bills", "said"),
    [
        ("S.4505", ["ny/2025/S4505"], "S4505 of 2025–2026 is on your list now."),
        ("s09191 of 2018", ["ny/2017/S9191"], "S9191 of 2017–2018 is on your list now."),
        ("A. 5346/S. 4505", ["ny/2025/A5346", "ny/2025/S4505"], "A5346 of 2025–2026 is on your list now."),
        ("4505", ["ny/2025/S4505"], "S4505 of 2025–2026 is on your list now."),
        ("S1234", [], "S1234 has no page here."),
        ("gun bill", [], "That is no bill number."),
    ],
)
def test_a_bill_is_added_by_its_number(visitor: Visitor, address: str, typed: str, bills: list[str], said: str) -> None:
    """In any spelling; what is not known is said to be so."""
    page = opened(visitor(), address)
    page.get_by_label("Its number, in any spelling").fill(typed)
    page.keyboard.press("Enter")
    assert said in page.locator("#added").text_content()
    assert list(kept(page)) == bills


def test_a_number_of_several_bills_is_a_choice(visitor: Visitor, moving: Any, changed: Any) -> None:
    """None is followed by guessing."""
    row = {"id": "ny/2025/S9191", "legislature": "ny", "session": "2025", "identifier": "S9191", "followed": 1}
    changed("bills", row | {"title": "Pharmacies", "first_seen_at": SEEN, "changed_at": SEEN})
    moving()
    page = opened(visitor(), moving.address)
    page.get_by_label("Its number, in any spelling").fill("S9191")
    page.keyboard.press("Enter")
    assert "S9191 is 2 bills. Which one?" in page.locator("#added").text_content() and kept(page) == {}
    page.get_by_role("button", name="Add S9191 of 2017–2018").click()
    assert list(kept(page)) == ["ny/2017/S9191"]


# --- in a browser: carrying ------------------------------------------------------------------------------------------


def test_a_shared_list_is_offered_and_never_taken(visitor: Visitor, address: str) -> None:
    """Opening the link changes nothing; adding keeps one's own, replacing does not; what was seen stays seen."""
    page = visitor()
    put(page, address, stored(("ny/2025/S929", 0), ("ny/2025/S4505", 5)))
    link = "#ny/2025/S4505,ny/2017/S9191,javascript:alert(1),ny/../x,<img src=x>"
    opened(page, address, link)
    assert "names 2 bills: S4505 of 2025–2026 and S9191 of 2017–2018." in page.locator("#offer").text_content()
    assert kept(page) == {"ny/2025/S929": 0, "ny/2025/S4505": 5}
    page.get_by_role("button", name="Add them to mine").click()
    assert kept(page) == {"ny/2025/S929": 0, "ny/2025/S4505": 5, "ny/2017/S9191": 1}
    assert page.url == f"{address}my/" and not page.locator("#offer").is_visible()
    page.evaluate("location.hash = '#ny/2025/S4505'")
    page.get_by_role("button", name="Follow these instead of mine").click()
    assert kept(page) == {"ny/2025/S4505": 5}
    page.evaluate("location.hash = '#ny/2025/S8000'")
    page.get_by_role("button", name="Leave my list as it is").click()
    assert kept(page) == {"ny/2025/S4505": 5} and page.url == f"{address}my/"


def test_the_link_carries_the_list_to_another_browser(visitor: Visitor, address: str) -> None:
    """What one browser shows as its link, another opens."""
    page = visitor()
    put(page, address, stored(("ny/2025/S929", 0), ("ny/2017/S9191", 1)))
    link = opened(page, address).get_by_label("A link that carries the list").input_value()
    assert link == f"{address}my/#ny/2025/S929,ny/2017/S9191"
    other = visitor()
    other.goto(link)
    other.get_by_role("button", name="Follow them").click()
    assert set(kept(other)) == {"ny/2025/S929", "ny/2017/S9191"}


def saved(page: Any, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path())


def read_back(page: Any, file: Path, name: str) -> None:
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": file.read_bytes()})
    page.locator("#carried:not(:empty)").wait_for()


def test_json_comes_back_as_it_went(visitor: Visitor, address: str) -> None:
    """With what was seen, so that the other browser goes on where this one was."""
    page, other = visitor(), visitor()
    bills = {"ny/2025/S4505": 5, "ny/2017/S9191": 0, "ny/2025/S6666": 1}
    put(page, address, stored(*bills.items()))
    file = saved(opened(page, address), "Save the list (JSON)")
    assert [bill["id"] for bill in json.loads(file.read_text())["bills"]] == list(bills)
    read_back(opened(other, address), file, "my-bills.json")
    assert kept(other) == bills
    assert "3 bills in my-bills.json, 3 of them new to your list." in other.locator("#carried").text_content()
    assert texts(other, "#news .kicker") == texts(opened(page, address), "#news .kicker") != []


def test_opml_is_read_by_others_and_comes_back(
    visitor: Visitor, address: str, site_at_root: Path, hostile: str
) -> None:
    """Each bill's feed under its title, hostile or not; every feed exists; and the list can be read from it."""
    page, other = visitor(), visitor()
    put(page, address, stored(("ny/2025/S4505", 5), ("ny/2025/S6666", 1), ("ny/2025/S1", 0)))
    file = saved(opened(page, address), "Feeds for a reader (OPML)")
    outlines = etree.fromstring(file.read_bytes()).xpath("/opml[@version='2.0']/body/outline")
    assert {o.get("type") for o in outlines} == {"rss"} and len(outlines) == 2
    for outline in outlines:
        path = outline.get("xmlUrl").removeprefix(address)
        assert (site_at_root / path).is_file() and outline.get("htmlUrl") + "feed.xml" == outline.get("xmlUrl")
    (title,) = (o.get("title") for o in outlines if "S6666" in o.get("xmlUrl"))
    assert "<script>alert(1)</script>" in title and title.startswith("S6666 (2025–2026): ")
    read_back(opened(other, address), file, "my-bills.opml")
    assert set(kept(other)) == {"ny/2025/S4505", "ny/2025/S6666"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "<opml", "<opml/>", '{"version": 1}', "<html><body/></html>", "\x00\xff"]
)
def test_a_file_that_is_no_list_is_refused(visitor: Visitor, address: str, text: str, tmp_path: Path) -> None:
    """In one line that says what it must be; the list stays as it is."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 11)))
    (tmp_path / "x.txt").write_text(text)
    read_back(opened(page, address), tmp_path / "x.txt", "x.txt")
    assert "x.txt holds no list of bills." in page.locator("#carried").text_content()
    assert kept(page) == {"ny/2025/S4505": 11}


def test_emptying_can_be_taken_back(visitor: Visitor, address: str) -> None:
    """A press too many loses nothing."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 5), ("ny/2025/S929", 1)))
    opened(page, address).get_by_role("button", name="Empty the list").click()
    assert kept(page) == {} and page.locator("#begin").is_visible()
    page.get_by_role("button", name="Put them back").click()
    assert kept(page) == {"ny/2025/S4505": 5, "ny/2025/S929": 1}


# --- in a browser: when something is wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["{", "null", "[]", '{"version": 2, "bills": []}', "\u202e", '{"version": 1, "bills": 7}']
)
def test_a_list_that_cannot_be_read_is_put_aside(visitor: Visitor, address: str, text: str) -> None:
    """It is kept, in its own words, under another name; one line says so; a new list begins and works."""
    page = visitor()
    put(page, address, text)
    opened(page, address)
    assert "The list in this browser could not be read." in page.locator("#trouble").text_content()
    assert page.evaluate("localStorage.getItem('billwatch.my.unreadable')") == text
    page.get_by_label("Its number, in any spelling").fill("S4505")
    page.keyboard.press("Enter")
    assert kept(page) == {"ny/2025/S4505": 11}


def test_entries_that_are_no_bills_are_left_out(visitor: Visitor, address: str) -> None:
    """Somebody's edits in the storage act on nothing: no address is made of them."""
    odd = [("ny/2025/S4505", -4), ("../../x", 1), ("javascript:alert(1)", 1), (None, 1), ("ny/2025/S929", "1")]
    rows = [{"id": id, "seen": seen, "at": 7} for id, seen in odd]
    page = visitor()
    put(page, address, json.dumps({"version": 1, "bills": [*rows, None, 5]}))
    opened(page, address)
    page.locator("#rest tbody tr").first.wait_for()
    assert {text.split()[0] for text in texts(page, "#rest tbody th")} == {"S4505", "S929"}
    assert kept(page) == {"ny/2025/S4505": 11, "ny/2025/S929": 1}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
         "This browser lets the site keep nothing"),
        ("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
         "This browser’s storage is full or closed"),
    ],
)  # fmt: skip
def test_storage_that_is_closed_or_full_says_so(visitor: Visitor, address: str, broken: str, said: str) -> None:
    """In one line; the list works until the page is left, on the page of a bill too."""
    page = visitor()
    page.add_init_script(broken)
    opened(page, address)
    page.get_by_label("Its number, in any spelling").fill("S4505")
    page.keyboard.press("Enter")
    page.locator("#rest tbody tr").wait_for()
    assert said in page.locator("#trouble").text_content()
    page.goto(f"{address}ny/2025/S4505/")
    page.get_by_role("button", name="Follow here").click()
    assert said in page.locator("#follow").text_content()
    assert page.get_by_role("button", name="Follow here").get_attribute("aria-pressed") == "true"


def test_a_bill_that_has_no_page_any_more_stays_on_the_list(visitor: Visitor, address: str) -> None:
    """It is named, and said to be gone from here; it leads nowhere."""
    page = visitor()
    put(page, address, stored(("ny/2025/S1", 4)))
    row = opened(page, address).locator("#rest tbody tr")
    assert "This site has no page of it now. It stays on your list." in row.text_content()
    assert row.get_by_role("link").count() == 0 and kept(page) == {"ny/2025/S1": 4}


def test_an_index_that_cannot_be_read_loses_nothing(browser: Any, address: str) -> None:
    """The list is shown by its numbers, and what is wrong in one line."""
    context = browser.new_context()
    page = context.new_page()
    put(page, address, stored(("ny/2025/S4505", 4)))
    page.route("**/my/index.json", lambda route: route.abort())
    page.goto(f"{address}my/")
    page.locator("#trouble").wait_for()
    assert "Your list is safe" in page.locator("#trouble").text_content()
    assert "S4505" in page.locator("#rest tbody th").text_content() and kept(page) == {"ny/2025/S4505": 4}
    context.close()


def test_hostile_titles_are_text(visitor: Visitor, address: str) -> None:
    """In the news, in the list and in the offer."""
    page = visitor()
    put(page, address, stored(("ny/2025/S6666", 0)))
    opened(page, address, "#ny/2025/S6666,ny/2025/S404")
    assert "<script>alert(1)</script>" in page.locator("#news .about").text_content()
    page.get_by_role("button", name="Mark all as seen").click()
    assert "<script>alert(1)</script>" in page.locator("#rest td").first.text_content()
    assert page.locator("main img").count() == 0 and page.locator("main script").count() == 1


def test_without_javascript_the_page_says_what_to_do(browser: Any, address: str) -> None:
    """Feeds and lists; no button that does nothing, there and on a bill's page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}my/")
    assert "has a feed of its own" in page.locator("#without").text_content()
    assert page.get_by_role("button").count() == 0
    page.goto(f"{address}ny/2025/S4505/")
    assert page.get_by_role("button").count() == 0
    context.close()


# --- in a browser: for everybody -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_page_stands_in_nobodys_way(browser: Any, address: str, scheme: str, site_at_root: Path) -> None:
    """axe finds nothing on a full list, an offer, what was added and what was removed; nobody scrolls sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    everything = [f"{s}/{n}" for s, rows in indexed(site_at_root)["bills"].items() for n in rows]
    put(page, address, stored(*((bill, i % 2) for i, bill in enumerate(everything)), ("ny/2025/S1", 0)))
    found = {}
    for state in STATES:
        page.goto(address + state)
        page.locator("#rest tbody tr").first.wait_for()
        page.get_by_label("Its number, in any spelling").fill("S9191 S1234")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Remove").last.click()
        result = axe.Axe().run(page)
        if result.violations_count:
            found[state] = result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    assert found == {}


def test_everything_can_be_done_with_the_keyboard(visitor: Visitor, address: str) -> None:
    """The focus never falls off the page when what was pressed goes away."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 5), ("ny/2025/S929", 0)))
    opened(page, address)
    page.get_by_role("button", name="Seen: S929").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "news-title"
    page.get_by_role("button", name="Remove S929").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Put it back"
    page.keyboard.press("Enter")
    assert set(kept(page)) == {"ny/2025/S4505", "ny/2025/S929"}
    assert page.evaluate("document.activeElement !== document.body")


def test_paper_has_the_list_and_no_buttons(visitor: Visitor, address: str) -> None:
    """What is printed is what there is to read."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 5), ("ny/2025/S929", 1)))
    opened(page, address)
    page.emulate_media(media="print")
    assert page.locator("#news li.entry").is_visible() and page.locator("#rest tbody tr").is_visible()
    assert not [b for b in page.locator("button").all() if b.is_visible()]


def test_times_are_the_readers_and_only_said(visitor: Visitor, moving: Any, changed: Any, new_change: Any) -> None:
    """A browser whose clock is years ahead or behind is told the same news."""
    told = []
    for at in (datetime(2019, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)):
        page = visitor()
        page.clock.set_fixed_time(at)
        page.goto(f"{moving.address}ny/2025/S404/")
        page.get_by_role("button", name="Follow here").click()
        told.append(page)
    changed("changes", new_change("ny/2025/S404", "cosponsor-added", "Leroy Comrie", severity="notable"))
    moving()
    assert [opened(page, moving.address).locator("#news li.entry").count() for page in told] == [1, 1]
