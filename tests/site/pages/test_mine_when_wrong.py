"""My bills: what cannot be read, kept or fetched loses nothing, and says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from my_bills import Visitor, kept, opened, put, stored, texts


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
