"""The downloads about everything. Rows are written as they are read: no table is ever held but as its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from billwatch_site.downloads.columns import BILLS, CHANGES, rows
from billwatch_site.downloads.tables import write
from billwatch_site.printing.press import Page, SitePress

DATA = "data/"  # their folder


def all_bills(press: SitePress) -> Iterator[Page]:
    """Every bill as a row of both tables."""
    with _folder(press) as folder:
        yield from map(_page, write(folder / "bills", BILLS, rows(BILLS, press.lines(), press.settings)))


def all_changes(press: SitePress) -> Iterator[Page]:
    """Every change as a row of both tables."""
    with _folder(press) as folder:
        yield from map(_page, write(folder / "changes", CHANGES, rows(CHANGES, press.every_change(), press.settings)))


def database(press: SitePress) -> Iterator[Page]:
    """The SQLite file for others."""
    with _folder(press) as folder:
        press.write_database(folder / "bills.db")
        yield _page(folder / "bills.db")


@contextmanager
def _folder(press: SitePress) -> Iterator[Path]:
    """Where a file is written before it has its place."""
    with TemporaryDirectory(dir=press.scratch) as folder:
        yield Path(folder)


def _page(file: Path) -> Page:
    return Page(f"{DATA}{file.name}", b"", file)
