"""What tests of the site share: the sample store and its site, and a browser that notices everything."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from billwatch_site import Settings, build
from billwatch_site.serving import server
from site_sample import NOW, SETTINGS, filled, many
from site_sample.rows import HOSTILE, Row, change_row
from site_visits import OF_FEW, OF_MANY, Printed, printed


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The sample store, one for each test: it may be written to."""
    return filled(tmp_path / "bills.db")


@pytest.fixture
def settings() -> Settings:
    return SETTINGS


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store's site, built once; tests only read it."""
    folder = tmp_path_factory.mktemp("site")
    build(filled(folder / "bills.db"), folder / "public", SETTINGS, NOW)
    return folder / "public"


@pytest.fixture(scope="session")
def prints() -> dict[Path, Printed]:
    """What the pages of the sites below were printed with."""
    return {}


@pytest.fixture(scope="session")
def site_at_root(tmp_path_factory: pytest.TempPathFactory, prints: dict[Path, Printed]) -> Path:
    """The same site for a host where it stands at the root."""
    public = tmp_path_factory.mktemp("root") / "public"
    settings = msgspec.structs.replace(SETTINGS, url="")
    prints[public] = printed(filled(public.with_name("bills.db")), public, settings, NOW)
    return public


@pytest.fixture(scope="session")
def large_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of many bills; tests only read it."""
    return many.many(tmp_path_factory.mktemp("large") / "bills.db")


@pytest.fixture(scope="session")
def large_site(large_store: Path, prints: dict[Path, Printed]) -> Path:
    """Its site, built once; tests only read it."""
    public = large_store.with_name("public")
    prints[public] = printed(large_store, public, many.SETTINGS, many.NOW)
    return public


@pytest.fixture(scope="session")
def hostile() -> str:
    """A text that tries to break every page."""
    return HOSTILE


@pytest.fixture
def changed(store: Path) -> Iterator[Callable[[str, Row], None]]:
    """Put one more row into the sample store: `changed("changes", row)`."""
    db = Database(store)
    yield lambda table, row: (db.table(table).insert(row, replace=True), None)[1]
    db.close()


@pytest.fixture(scope="session")
def new_change() -> Callable[..., Row]:
    """Makes a row of `changes`."""
    return change_row


# --- a browser -------------------------------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder that is served on the loopback address."""
    with server(folder) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_address[1]}/"
        found.shutdown()


@pytest.fixture(scope="session")
def served() -> Callable[[Path], Any]:
    """Serves a folder: `with served(folder) as address`."""
    return serving


@pytest.fixture(scope="session")
def address(site_at_root: Path) -> Iterator[str]:
    """The sample store's site, served."""
    with serving(site_at_root) as found:
        yield found


@pytest.fixture(scope="session")
def visits(address: str, large_site: Path) -> Iterator[list[str]]:
    """The addresses of pages of every kind."""
    with serving(large_site) as large:
        yield [*(address + path for path in OF_FEW), *(large + path for path in OF_MANY)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield found
        found.close()


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page in a browser of its own, `visitor(dark=True)`; at the end nothing has acted, left or complained."""
    seen: list[str] = []
    contexts = []

    def visit(**options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: seen.append(f"console {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error {error}"))
        page.on("request", lambda r: r.url.startswith(("http://127.0.0.1:", "blob:")) or seen.append(f"out {r.url}"))
        page.on("response", lambda answer: answer.status < 400 or seen.append(f"missing {answer.url}"))
        return page

    yield visit
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert (seen, cookies) == ([], [])
