"""The page /data/: each file, each field, the licence, and how to begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from markupsafe import Markup, escape

from billwatch.compare.changes import KINDS
from billwatch_site.downloads import bill_file
from billwatch_site.downloads.columns import BILLS, CHANGES
from billwatch_site.downloads.dictionary import Table, tables
from billwatch_site.downloads.files import DATA
from billwatch_site.printing.press import Contents, Page, SitePress
from billwatch_site.reading.database import TABLES, WITHHELD

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


class File(msgspec.Struct, frozen=True):
    """One download; `about` is a sentence."""

    name: str
    format: str
    about: str
    size: str


_FILES = (
    ("bills.csv", "CSV", "Every bill with a page here, one a row, for a spreadsheet."),
    ("bills.jsonl", "JSON lines", "The same for programs, one object a line; lists stay lists."),
    ("changes.csv", "CSV", "Every change that was seen, the newest first."),
    ("changes.jsonl", "JSON lines", "The same for programs."),
    ("bills.db", "SQLite", "All of it, with actions, sponsors, votes, sources and receipts, in tables."),
)


def data_page(press: SitePress, contents: Contents) -> Iterator[Page]:
    """What can be downloaded."""
    yield press.page(
        "data.html",
        DATA,
        files=[File(name, form, about, in_bytes(contents.downloads[name])) for name, form, about in _FILES],
        columns=(("bills", BILLS), ("changes", CHANGES)),
        tables=dict(published_tables()),
        fields=bill_file.fields(),
        kinds=KINDS,
        meant=meant,
        licence=LICENCE,
        example=next((bill.id for bill in press.bills.values() if bill.followed), ""),
    )


def published_tables() -> Iterator[tuple[str, Table]]:
    """The tables of the SQLite file, with the columns that it has."""
    for name in TABLES:
        table = tables()[name]
        hidden = WITHHELD.get(name, ())
        yield name, Table(table.about, {c: words for c, words in table.columns.items() if c not in hidden})


def in_bytes(size: int) -> str:
    """A size as people read it: "12 kB", "3.4 MB"."""
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    return f"{size / 1_000_000:.1f} MB"


def meant(words: str) -> Markup:
    """A meaning from the dictionary, its `code` and [links](...) made into HTML."""
    text = re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(words)))
    return Markup(re.sub(r"\[([^\]]*)\]\((https://[^)\s]*)\)", r'<a href="\2" rel="external">\1</a>', text))
