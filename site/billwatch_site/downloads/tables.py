"""Tables as files: CSV for spreadsheets, JSON lines for programs.

A text that comes from a source may begin like a formula, and a spreadsheet would run it. In CSV such a cell gets an
apostrophe in front, also where the formula begins after spaces, in a later line of the cell, or behind a sign at which
a spreadsheet might cut it in two. JSON stays as the record has it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from billwatch_site.downloads.columns import Column, Value

BETWEEN = " | "  # between the values of a list in one cell
_FIRST = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEGINS = re.compile(rf"(?=\s*[{_FIRST}]|[\t\r])")
_LATER = re.compile(rf"(?<=[\n\r\t;,|])(?=[^\S\n\r\t]*[{_FIRST}])")
_RISKY = re.compile(rf"[\n\r\t;,|]\s*[{_FIRST}\t\r]")  # in a row with its cells on lines of their own
_encoder = msgspec.json.Encoder()


def write(stem: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> tuple[Path, Path]:
    """Both files, `stem`.csv and `stem`.jsonl, from one reading of the rows.

    CSV is as RFC 4180 and Excel want it, with a heading and a mark that says UTF-8. JSON lines are an object in each
    line, with the same names; lists are lists, flags true or false.
    """
    names = [column.name for column in columns]
    text, lines = stem.with_suffix(".csv"), stem.with_suffix(".jsonl")
    with text.open("w", encoding="utf-8-sig", newline="") as cell_file, lines.open("wb") as line_file:
        table = csv.writer(cell_file, lineterminator="\r\n")
        table.writerow(names)
        for row in rows:
            table.writerow(cells(row))
            line_file.write(_encoder.encode(dict(zip(names, row, strict=True))) + b"\n")
    return text, lines


def cells(row: Sequence[Value]) -> list[str]:
    """A row of cells that no spreadsheet takes for a formula: lists in one cell, flags as 1 and 0."""
    found = [value if isinstance(value, str) else _plain(value) for value in row]
    # Rows in which something could be one are few: a look at the whole row spares one at each cell.
    return [harmless(text) for text in found] if _RISKY.search("\n" + "\n".join(found)) else found


def _plain(value: Value) -> str:
    return BETWEEN.join(value) if isinstance(value, list | tuple) else str(int(value))


def harmless(text: str) -> str:
    """Text with an apostrophe wherever a formula could begin."""
    if _BEGINS.match(text):
        text = f"'{text}"
    return _LATER.sub("'", text)
