"""The data for others: everything published here as files, and a page that says what is in them.

dictionary.toml   what every table and column means     columns.py    the columns of bills and changes
tables.py         CSV and JSON lines                    database.py   the SQLite file
bill_file.py      bill.json in each bill's folder       page.py       the page /data/
"""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site.downloads import bill_file, page
from billwatch_site.downloads.columns import BILLS, CHANGES, rows
from billwatch_site.downloads.tables import as_csv, as_json_lines
from billwatch_site.press import Page, Press

__all__ = ["of_a_bill", "of_the_site"]

of_a_bill = bill_file.of_a_bill


def of_the_site(press: Press) -> Iterator[Page]:
    """The downloads, and the page about them."""
    files = list(_files(press))
    yield from files
    yield page.data_page(press, {file.path.removeprefix("data/"): len(file.content) for file in files})


def _files(press: Press) -> Iterator[Page]:
    bills = list(press.contents.bills.values())
    changes = press.contents.changes
    for name, columns, things in (("bills", BILLS, bills), ("changes", CHANGES, changes)):
        table = list(rows(columns, things, press.settings))
        yield Page(f"data/{name}.csv", as_csv(columns, table))
        yield Page(f"data/{name}.jsonl", as_json_lines(columns, table))
    yield Page("data/bills.db", press.contents.database)
