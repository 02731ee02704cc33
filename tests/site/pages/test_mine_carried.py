"""My bills go from one browser to another: by a link, by a file, and never unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from my_bills import Visitor, kept, opened, put, stored, texts


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
