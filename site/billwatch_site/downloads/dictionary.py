"""The data dictionary: what each table and column means. One text for the data page and for the downloads."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Table(msgspec.Struct, frozen=True):
    """A table of the store, and its columns in their order with what they mean."""

    about: str
    columns: dict[str, str]


@cache
def tables() -> dict[str, Table]:
    """Every table of the store."""
    text = (files("billwatch_site") / "downloads/dictionary.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Table])


def meaning(table: str, column: str) -> str:
    """What a column of the store means."""
    return tables()[table].columns[column]
