"""Tables as files: CSV for spreadsheets, JSON lines for programs.

A text that comes from a source may begin like a formula, and a spreadsheet would run it. In CSV such a cell gets an
apostrophe in front, also where the formula begins after spaces, in a later line of the cell, or behind a sign at which
a spreadsheet might cut it in two. JSON stays as the record has it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import msgspec

from billwatch_site.downloads.columns import Column, Value
from billwatch_site.settings import Settings

BETWEEN = " | "  # between the values of a list in one cell
_BEGINS = re.compile(r"(?=\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_LATER = re.compile(r"(?<=[\n\r\t;,|])(?=[^\S\n\r\t]*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_encoder = msgspec.json.Encoder()


def as_csv(columns: Sequence[Column], things: Iterable[Any], settings: Settings) -> bytes:
    """A heading and a row for each thing, as RFC 4180 and Excel want them (with a mark that says UTF-8)."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([column.name for column in columns])
    values = [column.value for column in columns]
    rows.writerows([cell(value(thing, settings)) for value in values] for thing in things)
    return written.getvalue().encode("utf-8-sig")


def as_json_lines(columns: Sequence[Column], things: Iterable[Any], settings: Settings) -> bytes:
    """An object in each line, with the same names as in CSV; lists are lists, flags true or false."""
    pairs = [(column.name, column.value) for column in columns]
    return _encoder.encode_lines({name: value(thing, settings) for name, value in pairs} for thing in things)


def cell(value: Value) -> str | int:
    """A value as a cell that no spreadsheet takes for a formula; flags are 1 and 0."""
    if isinstance(value, list):
        value = BETWEEN.join(value)
    return harmless(value) if isinstance(value, str) else int(value)


def harmless(text: str) -> str:
    """Text with an apostrophe wherever a formula could begin."""
    if _BEGINS.match(text):
        text = f"'{text}"
    return _LATER.sub("'", text)
