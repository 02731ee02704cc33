"""My bills: with any eyes, by the keyboard, and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from my_bills import STATES, Visitor, indexed, kept, opened, put, stored


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
