"""My bills: the index, and in a browser the list as people use it; nobody else ever learns of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site import Settings, build
from billwatch_site.pages.mine import Told, index
from billwatch_site.records import Change
from my_bills import SEEN, Visitor, indexed, kept, opened, put, stored, texts

PASSED = Change(
    id="x", bill="ny/2025/S1", kind="action", was="", now="2025-06-12 Senate: PASSED SENATE", happened_on="2025-06-12",
    seen_at=datetime(2025, 6, 12, 21, tzinfo=UTC), severity="milestone", cause="", backfill=False, source="", url="",
    corrects="",
)  # fmt: skip


def lines(site: Path, bill: str) -> tuple[int, list[tuple[int, int, str, str]]]:
    """How many changes a bill has in the index, and its lines: age, weight, day, sentence."""
    told = indexed(site)
    session, _, number = bill.rpartition("/")
    changes, *flat = told["bills"][session][number]
    rows = [flat[i : i + 4] for i in range(0, len(flat), 4)]
    return changes, [(age, weight, told["days"][day], told["said"][said]) for age, weight, day, said in rows]


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


def test_a_passage_is_told_with_its_count() -> None:
    """As on every page, where the record has one; nothing else is told with it."""
    signed = msgspec.structs.replace(PASSED, id="y", now="2025-06-12 Senate: SIGNED CHAP.5")
    tallies = {("ny/2025/S1", "2025-06-12", "Senate floor"): "58 to 3"}
    found = index({"ny/2025/S1": Told(2, list(enumerate((signed, PASSED))))}, tallies=tallies)
    assert json.loads(found)["said"] == ["Signed into law as chapter 5.", "Passed the Senate, 58 to 3."]


def test_a_correction_is_not_cut_out_of_its_own_sentence() -> None:
    """What the record says now is told whole, and what it said before is left to the bill's page."""
    text = f"HELD FOR CONSIDERATION IN {'CONSUMER AFFAIRS AND PROTECTION ' * 3}".strip()
    edited = msgspec.structs.replace(
        PASSED, kind="action-edited", was="2025-05-19 Assembly: REPORTED", now=f"2025-05-20 Assembly: {text}"
    )
    (told,) = json.loads(index({"ny/2025/S1": Told(1, [(0, edited)])}))["said"]
    assert len(told) > 110 and told.endswith("” of 20 May 2025.") and "it read" not in told


def test_the_last_change_is_the_weightiest_of_its_day(visitor: Visitor, address: str) -> None:
    """Signed into law, and not the memorandum of the same day that came after."""
    page = visitor()
    put(page, address, stored(("ny/2025/S4505", 99)))
    opened(page, address)
    assert texts(page, "#rest td.last") == ["Signed into law as chapter 689. 19 December 2025"]


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
    told = "On your list, in this browser. Nothing is sent: look at My bills, or get alerts."
    assert page.locator("#follow [role=status]").text_content() == told
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
    assert texts(page, "#news h3")[0] == "Passed the Senate."
    assert texts(page, "#news .kicker")[0].endswith("20 December")  # of the year that it is
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


def test_a_bill_that_is_new_here_is_told_by_its_title(visitor: Visitor, moving: Any, changed: Any,
                                                      new_change: Any) -> None:  # fmt: skip
    """As on the front page: that it was added says nothing of it, so that is a mark beside its number."""
    page = visitor()
    page.goto(f"{moving.address}ny/2025/S8000/")
    page.get_by_role("button", name="Follow here").click()
    later = {"seen_at": "2025-12-20T09:00:00+00:00", "severity": "notable"}
    changed("changes", new_change("ny/2025/S8000", "listed", "", **later))
    moving()
    opened(page, moving.address)
    title = page.locator("#news h3").text_content()
    assert title and title in page.context.request.get(f"{moving.address}ny/2025/S8000/").text()
    assert texts(page, "#news .kicker .mark") == ["New here"] and not page.locator("#news .about").count()


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
