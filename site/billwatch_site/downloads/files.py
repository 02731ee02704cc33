"""The downloads about everything. Rows are written as they are read: no table is ever held but as its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from billwatch_site.downloads.columns import BILLS, CHANGES, rows
from billwatch_site.downloads.page import data_page
from billwatch_site.downloads.tables import write
from billwatch_site.printing.press import Page, SitePress


def of_the_site(press: SitePress) -> Iterator[Page]:
    """The downloads, and the page about them."""
    sizes = {}
    with TemporaryDirectory(dir=press.scratch) as folder:
        for file in _files(press, Path(folder)):
            sizes[file.name] = file.stat().st_size
            yield Page(f"data/{file.name}", b"", file)
            file.unlink(missing_ok=True)
    yield data_page(press, sizes)


def _files(press: SitePress, folder: Path) -> Iterator[Path]:
    for name, columns, things in (("bills", BILLS, press.lines), ("changes", CHANGES, press.every_change)):
        yield from write(folder / name, columns, rows(columns, things(), press.settings))
    press.write_database(folder / "bills.db")
    yield folder / "bills.db"
