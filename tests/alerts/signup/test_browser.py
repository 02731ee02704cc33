"""The whole way in a real browser and through a real mail server: from the static site to the last letter."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from aiosmtpd.controller import Controller

from billwatch_site import Settings, build
from billwatch_site.serving import server

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ROOT = Path(__file__).resolve().parents[3]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"
SHOTS = os.environ.get("BILLWATCH_SHOTS", "")  # a folder for pictures of the pages, to be looked at
CONFIG = """
[site]
title = "Online speech and privacy bills"
contact = "mailto:editor@example.org"
[mail]
host = "127.0.0.1"
port = {mail}
security = "none"
sender = "alerts@bills.example.org"
service_url = "http://127.0.0.1:{port}"
"""


class Post:
    """A mail server of this machine that keeps what it gets."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Place(NamedTuple):
    """Where the service and the site stand, and what the mail server got."""

    service: str
    site: str
    post: Post
    log: Path

    def links(self, seconds: float = 20) -> list[str]:
        """The links of the next letter."""
        end = time.monotonic() + seconds
        while not self.post.letters and time.monotonic() < end:
            time.sleep(0.1)
        assert self.post.letters, self.log.read_text()
        return re.findall(rf"{self.service}\S+", self.post.letters.pop().get_content())


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def place(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """`billwatch signup` in a process of its own, and the site that leads to it."""
    folder, port, post = tmp_path_factory.mktemp("place"), free_port(), Post()
    shutil.copy(demonstration / "bills.db", folder / "bills.db")
    mail = Controller(post, hostname="127.0.0.1", port=free_port())
    mail.start()
    (folder / "billwatch.toml").write_text(CONFIG.format(mail=mail.port, port=port))
    service = f"http://127.0.0.1:{port}"
    build(folder / "bills.db", folder / "public", Settings(service_url=service), _now())
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(str(ROOT / half) for half in ("scraper", "site"))}
    command = [sys.executable, "-c", "from billwatch.cli import main; main()", "--config", "billwatch.toml"]
    command += ["--data", ".", "signup", "--port", str(port)]
    with open(folder / "log", "w") as log, server(folder / "public") as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        started = subprocess.Popen(
            command, cwd=folder, env=environ | {"BILLWATCH_NOW": _now().isoformat()}, stdout=log, stderr=log
        )
        _wait_for(port)
        yield Place(service, f"http://127.0.0.1:{serving.server_address[1]}", post, folder / "log")
        started.terminate()
        started.wait(20)
        serving.shutdown()
    mail.stop()


def _now() -> Any:
    from alerts.signup.desk import NOON

    return NOON


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the service did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield found
        found.close()


def looked_at(page: Any, name: str) -> None:
    """A picture where pictures are wanted; axe finds nothing, and nobody scrolls sideways, folded or not."""
    for unfolded in (False, True):
        page.evaluate(f"document.querySelectorAll('details').forEach(d => d.open = d.open || {str(unfolded).lower()})")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}{'-open' if unfolded else ''}.png", full_page=True)
        result = axe.Axe().run(page)
        assert result.violations_count == 0, f"{name}: {result.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], name


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 390), ("light", 1100)])
def test_from_the_site_to_the_last_letter(browser: Any, place: Place, scheme: str, width: int) -> None:
    """A bill's page, the preview, the letter, the button, a change, the end: nothing stands in anybody's way."""
    # axe works by a script of its own, which our policy would keep out; the next test goes without.
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page, name = context.new_page(), f"{width}-{scheme}"
    page.goto(f"{place.site}/subscribe/")
    looked_at(page, f"{name}-0-site")
    page.goto(f"{place.service}/")
    looked_at(page, f"{name}-1-form")
    page.fill("#bills", "S4505, 9191, A 1")
    page.get_by_text("topics").first.click()
    page.get_by_role("button", name="Show me what would come").click()
    looked_at(page, f"{name}-2-preview")
    assert "In the last month you would have got" in page.inner_text("h1")
    page.fill("#address", "eva@example")
    page.get_by_role("button", name="Send me the letter").click()
    looked_at(page, f"{name}-3-mistake")
    address = f"eva-{scheme}-{width}@example.org"
    page.fill("#address", address)
    page.get_by_role("button", name="Send me the letter").click()
    looked_at(page, f"{name}-4-sent")
    (confirm,) = place.links()
    page.goto(confirm)
    looked_at(page, f"{name}-5-confirm")
    page.get_by_role("button", name="Yes, begin").click()
    looked_at(page, f"{name}-6-begun")
    page.get_by_role("link", name="See and change").click()
    looked_at(page, f"{name}-7-manage")
    page.get_by_label("On Mondays").check()
    page.get_by_role("button", name="Save").click()
    looked_at(page, f"{name}-8-saved")
    assert page.get_by_label("On Mondays").is_checked()
    page.get_by_role("button", name="End all mail").click()
    looked_at(page, f"{name}-9-ended")
    assert page.inner_text("h1") == "No more letters"
    assert context.cookies() == []
    log = place.log.read_text()
    assert address not in log and "GET /" not in log and "POST /" not in log


def test_our_own_policy_lets_the_form_through_and_nothing_else(browser: Any, place: Place) -> None:
    """From the static page's form to the service with each page's policy in force: no report, no foreign request."""
    page = browser.new_context(java_script_enabled=False).new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("request", lambda r: r.url.startswith((place.site, place.service)) or seen.append(f"request {r.url}"))
    page.on("response", lambda answer: answer.status < 400 or seen.append(f"missing {answer.url}"))
    page.goto(f"{place.site}/ny/2025/S4505/")
    page.get_by_role("button", name="Tell me by mail").click()
    assert page.url == f"{place.service}/preview" and "In the last month" in page.inner_text("h1")
    page.goto(f"{place.site}/subscribe/")
    page.fill("#bills", "S404")
    page.get_by_role("button", name="Show me what would come").click()
    assert "S404 of 2025–2026" in page.inner_text("main")
    page.keyboard.press("Enter")
    page.fill("#address", "adam@example.org")
    page.keyboard.press("Enter")  # looks again, and does not send
    assert page.url == f"{place.service}/preview" and page.input_value("#address") == "adam@example.org"
    page.get_by_role("button", name="Send me the letter").click()
    assert page.inner_text("h1") == "Look into your mailbox"
    assert seen == []


def test_the_web_server_in_front_says_who_asks(place: Place) -> None:
    """Each network by itself has its few forms an hour; nothing tells which server this is."""
    with urlopen(f"{place.service}/preview", b"follow=topic%3Aprivacy", timeout=30) as preview:
        token = re.findall(r'name="token" value="([^"]+)"', preview.read().decode())[0]
        assert preview.headers["Server"] is None and preview.headers["Set-Cookie"] is None

    def asked(network: str, number: int) -> int:
        fields = {"follow": "topic:privacy", "token": token, "address": f"a{number}@{network}.example.org"}
        forwarded = {"X-Forwarded-For": f"8.8.8.8, {network}"}
        request = Request(f"{place.service}/subscribe", urlencode(fields).encode(), forwarded)
        try:
            with urlopen(request, timeout=30) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code

    assert [asked("203.0.113.4", n) for n in range(6)] == [200] * 5 + [429]
    assert asked("198.51.100.4", 7) == 200
