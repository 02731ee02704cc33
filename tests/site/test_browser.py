"""In a real browser: nothing acts, nothing is fetched from elsewhere, nothing stands in anybody's way."""

from __future__ import annotations

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

PAGES = ("", "bills/", "changes/", "changes/2025-06/", "sources/", "about/", "404.html", "ny/S9191/", "ny/2017/S9191/")
PAGES += ("data/", "ny/", "ny/sponsors/", "ny/sponsors/andrew-gounardes/", "topics/", "topics/privacy/")
PAGES += ("topics/net-neutrality/", "calendar/", "corrections/", "method/", "subscribe/", "review/")
PAGES += ("search/", "search/?q=social", "search/?q=S1", "my/", "my/#ny/2025/S4505")
PAGES += tuple(f"ny/2025/{bill}/" for bill in ("S4505", "S8000", "S3591", "S404", "A9000", "A10402", "S6666"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_stands_in_anybodys_way(browser: Any, address: str, scheme: str) -> None:
    """axe finds nothing, best practice included, with everything unfolded, at the width of a small telephone."""
    # axe works by a script of its own, which our policy would keep out.
    page = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True).new_page()
    found = {}
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        result = axe.Axe().run(page)
        if result.violations_count:
            found[path] = result.generate_report()
    assert found == {}


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nobody_scrolls_sideways(browser: Any, address: str, width: int) -> None:
    """Long names, 150 sponsors and a hostile title stay within the page."""
    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    wide = []
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []


def test_nothing_acts_and_nothing_leaves(browser: Any, address: str) -> None:
    """No dialog, no report of the policy, no failed or foreign request, on any page."""
    page = browser.new_context().new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("request", lambda request: request.url.startswith(address) or seen.append(f"request {request.url}"))
    page.on("response", lambda answer: answer.status < 400 or seen.append(f"missing {answer.url}"))
    for path in PAGES:
        page.goto(address + path)
    assert seen == []
    assert page.context.cookies() == []
