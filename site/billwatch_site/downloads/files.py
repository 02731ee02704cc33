"""The downloads about everything. Rows are written as they are read: no table is ever held but as its files."""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site.downloads.columns import BILLS, CHANGES, rows
from billwatch_site.downloads.page import data_page
from billwatch_site.downloads.tables import written
from billwatch_site.press import Page, SitePress


def of_the_site(press: SitePress) -> Iterator[Page]:
    """The downloads, and the page about them."""
    sizes = {}
    for file in _files(press):
        sizes[file.path.removeprefix("data/")] = len(file.content)
        yield file
    yield data_page(press, sizes)


def _files(press: SitePress) -> Iterator[Page]:
    for name, columns, things in (("bills", BILLS, press.lines), ("changes", CHANGES, press.every_change)):
        for kind, content in written(columns, rows(columns, things(), press.settings)):
            yield Page(f"data/{name}.{kind}", content)
    yield Page("data/bills.db", press.database())
