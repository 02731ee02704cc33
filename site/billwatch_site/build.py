"""THE FLOW OUT: from the store to the site.

Read what the store holds about the bills we follow and their families, make every page, feed and file of them, and put
it all in place at once. The same store and the same clock give the same bytes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch_site.folder import place
from billwatch_site.links import bill_path
from billwatch_site.machines import sitemaps
from billwatch_site.pages import every_page
from billwatch_site.press import press
from billwatch_site.reading import contents_of
from billwatch_site.records import Contents
from billwatch_site.settings import Settings
from billwatch_site.static import static_files


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `written` of `files` were new or different; `refused` are ids that cannot be a page."""

    bills: int
    changes: int
    files: int
    written: int
    removed: int
    changed: bool
    refused: tuple[str, ...] = ()


def build(store: Path | str | Database, out: Path, settings: Settings, now: datetime) -> BuildReport:
    """Make `out` the site of this store as of `now` (with offset). See `folder.place` for what may stand there."""
    contents = _contents(store)
    static = static_files()
    printing = press(contents, settings, now, static)
    pages = list(every_page(printing))
    pages += sitemaps(settings, (page.path for page in pages), _dates(contents))
    placed = place(static.contents | {page.path: page.content for page in pages}, Path(out))
    return BuildReport(
        bills=len(contents.bills),
        changes=len(contents.changes),
        refused=contents.refused,
        **msgspec.structs.asdict(placed),
    )


def _dates(contents: Contents) -> dict[str, str]:
    """The day on which each bill's page last showed something new."""
    return {bill_path(bill.id): f"{bill.changed_at:%Y-%m-%d}" for bill in contents.bills.values()}


def _contents(store: Path | str | Database) -> Contents:
    if isinstance(store, Database):
        return contents_of(store)
    with closing(opened(Path(store))) as db:
        return contents_of(db)


def opened(path: Path) -> Database:
    """The store, opened so that nothing can be written to it."""
    try:
        return Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))
    except sqlite3.Error as error:
        raise StoreError(f"there is no store at {path} ({error}); run 'billwatch update' first") from error
