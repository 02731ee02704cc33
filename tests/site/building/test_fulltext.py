"""The search of the full text by pagefind, where a publisher switches it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from billwatch.errors import StoreError, UsageError
from billwatch_site import Settings, build
from billwatch_site.building import fulltext

Visitor = Callable[..., Any]


@pytest.fixture
def indexed(store: Path, settings: Settings, now: Any, tmp_path: Path) -> Path:
    """The sample store's site with its index."""
    pytest.importorskip("pagefind", reason="pagefind is not installed")
    build(store, tmp_path / "site", msgspec.structs.replace(settings, url="", search="pagefind"), now)
    fulltext.index_of((tmp_path / "site").resolve())
    return (tmp_path / "site").resolve()


def test_only_bills_are_marked_and_only_where_it_is_switched_on(site: Path, indexed: Path) -> None:
    """Lists would find everything twice; a site without pagefind carries no mark of it, nor the right to run it."""
    marked = {
        p.parent.relative_to(indexed).as_posix() for p in indexed.rglob("*.html") if "pagefind-body" in p.read_text()
    }
    assert marked == {p.parent.relative_to(indexed).as_posix() for p in indexed.glob("ny/[0-9]*/*/index.html")}
    assert not [page for page in site.rglob("*.html") if "pagefind" in page.read_text() or "wasm" in page.read_text()]
    rights = {p.relative_to(indexed).as_posix() for p in indexed.rglob("*.html") if "wasm-unsafe-eval" in p.read_text()}
    assert rights == {"search/index.html"}
    page = html.fromstring((indexed / "ny/2025/S4505/index.html").read_bytes())
    (filters,) = page.xpath("//main/@data-pagefind-filter")
    assert filters == "legislature:ny, session:2025, stage:law, topic:social-media-minors"
    assert not page.xpath("//h1//*[@data-pagefind-weight]")  # there it would leak into the title


def test_nothing_but_what_is_read_is_written(indexed: Path) -> None:
    """Pagefind's own pages and styles, which would want rights of their own, stay away."""
    assert {file.suffix for file in (indexed / "pagefind").iterdir() if file.is_file()} == {
        *(".js", ".json", ".pf_meta", ".pagefind"),
    }
    assert {file.name for file in (indexed / "pagefind").glob("*.js")} == {"pagefind.js", "pagefind-worker.js"}


def test_words_of_the_summary_are_found(visitor: Visitor, indexed: Path, served: Any) -> None:
    """What stands in the text only comes below what the titles have, with its passage, and under the same filters."""
    with served(indexed) as address:
        page = visitor()
        page.goto(f"{address}search/?q=infinite+scroll")
        page.locator("#texts li").first.wait_for()
        assert "S4505" in page.locator("#texts .kicker").first.text_content()
        assert page.locator("#texts mark").count() >= 2
        assert page.locator("#outcome").text_content() == "Found in the text of 1 bill, in no title."
        page.goto(f"{address}search/?q=infinite+scroll&session=2017")
        page.locator("#outcome:not(:empty)").wait_for()
        page.wait_for_load_state("networkidle")
        assert not page.locator("#texts").is_visible()


def test_a_hostile_text_is_quoted_as_text(visitor: Visitor, indexed: Path, served: Any) -> None:
    """Pagefind quotes pages as markup; here it is read as what it says."""
    with served(indexed) as address:
        page = visitor()
        page.goto(f"{address}search/?q=onerror")
        page.locator("#outcome:not(:empty)").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator("main img").count() == 0 and page.locator("main script").count() == 1


def test_what_is_missing_is_one_clear_line(tmp_path: Path) -> None:
    """Without the extra, the remedy; over what is no site, what pagefind says."""
    pytest.importorskip("pagefind", reason="pagefind is not installed")
    with pytest.raises(StoreError, match="pagefind could not index the site"):
        fulltext.index_of(tmp_path)
    with pytest.raises(UsageError, match=r"pip install .billwatch\[search\]."):
        fulltext.index_of(tmp_path, found=lambda name: None)
