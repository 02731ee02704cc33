"""With JavaScript off everything can be read and reached, and nothing is offered that would do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from site_visits import UNFOLDED

CONTROLS = "button, input:not([type=hidden]), select, textarea, [role=button], [contenteditable]"
WORKING = "form[method=post][action^='https://'] *"  # a form that is sent to a service needs no script
OF_SCRIPTS = "#follow, #search, #spellings, #my"  # tools that need one: to follow, to search, to keep a list
INSTEAD = "#without"  # what is told in their place, which the scripts take over
AGO = re.compile(r", (less than an hour|\d+ \w+) ago")


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(visits: list[str]) -> list[str]:
    """Every kind of page; what stands behind # and ? is read by scripts alone."""
    return [address for address in visits if "#" not in address and "?" not in address]


def told(page: Any, address: str, but: str = OF_SCRIPTS) -> list[str]:
    """What a page says to whoever looks at it, line by line, less what scripts add to it."""
    page.goto(address)
    page.evaluate(f"document.querySelectorAll('{but}').forEach(part => part.remove())")
    return [AGO.sub("", line) for line in page.locator("main").inner_text().split("\n") if line.strip()]


def test_nothing_is_told_by_scripts_alone(browser: Any, plain: Any, opened: list[str]) -> None:
    """Each line that stands on a page with scripts stands there without, and more than its heading does."""
    context = browser.new_context()
    page = context.new_page()
    lost = {}
    for address in opened:
        without = told(plain, address)
        missing = [line for line in told(page, address, f"{OF_SCRIPTS}, {INSTEAD}") if line not in without]
        if missing or len(without) < 3:
            lost[address] = missing
    context.close()
    assert lost == {}


def test_nothing_is_offered_that_does_nothing(plain: Any, opened: list[str]) -> None:
    """No button, field or choice is seen but in a form that a service answers; no link is without a place."""
    dead, working = {}, 0
    for address in opened:
        plain.goto(address)
        plain.evaluate(UNFOLDED)
        controls = [found for found in plain.locator(CONTROLS).all() if found.is_visible()]
        idle = [found for found in controls if not found.evaluate("(found, form) => found.matches(form)", WORKING)]
        idle += [link for link in plain.locator("a:not([href]), a[href='#']").all() if link.is_visible()]
        if idle:
            dead[address] = [found.evaluate("found => found.outerHTML") for found in idle]
        working += len(controls) - len(idle)
    assert dead == {} and working > 24  # the forms for mail are there


def test_every_page_leads_on(plain: Any, opened: list[str]) -> None:
    """To places on it that are there to be seen, and to pages and files that are answered."""
    astray = []
    for address in opened:
        plain.goto(address)
        plain.evaluate(UNFOLDED)
        for link in plain.locator("main a[href^='#']").all():
            if not plain.locator(f"[id='{link.get_attribute('href')[1:]}']").is_visible():
                astray.append((address, link.get_attribute("href")))
        ours = plain.locator("main a:visible:not([href^='#'], [href*=':'])")
        leads = ours.evaluate_all("links => links.map(link => new URL(link.getAttribute('href'), location).href)")
        astray += [(address, there) for there in dict.fromkeys(leads[:5]) or [""] if not plain.request.get(there).ok]
    assert astray == []
