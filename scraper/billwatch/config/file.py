"""A configuration file on its way to records, and the one line that each mistake in it gets.

The remedies quote `example.toml`, which holds every key once and stands in the README.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from billwatch.config.shapes import flaws_in
from billwatch.errors import UsageError

Record = TypeVar("Record", bound=msgspec.Struct)


class ConfigFile(msgspec.Struct, frozen=True):
    """A file's tables; it knows its path, so that each mistake can say where it is."""

    path: Path
    table: dict[str, Any]
    env: Mapping[str, str] = {}

    @classmethod
    def read(cls, path: Path, env: Mapping[str, str]) -> ConfigFile:
        """The tables in `path`; a file that is missing or not TOML is a `UsageError`."""
        try:
            return cls(path, tomllib.loads(path.read_text("utf-8")), env)
        except OSError as error:
            remedy = "check where this link leads" if path.is_symlink() else "check the path after --config"
            problem = f"cannot be read ({error.strerror})"
        except UnicodeDecodeError:
            problem, remedy = "is not UTF-8 text", "save it as UTF-8"
        except tomllib.TOMLDecodeError as error:
            problem, remedy = str(error), "see https://toml.io for how to write it"
        raise UsageError(f"{path}: {problem}; {remedy}")

    def mistake(self, key: str, problem: str, remedy: str) -> UsageError:
        """The one line about a mistake, to be raised."""
        return UsageError(f"{self.path}: {key}: {problem}; {remedy}")

    def record(self, kind: type[Record], table: object, where: str) -> Record:
        """`table` as a `kind`; `where` is its name in the file, "site" or "legislatures.ny"."""
        if not isinstance(table, dict):
            raise self.mistake(where, "is not a table", f"write [{where}] on its own line, the keys below it")
        self.only(table, kind.__struct_fields__, where)
        try:
            record = msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            name, problem = _plainly(str(error))
            raise self.mistake(f"{where}.{name}".rstrip("."), problem, example(name)) from None
        for name, problem in flaws_in(record):
            raise self.mistake(f"{where}.{name}", problem, example(name))
        return record

    def only(self, words: Iterable[str], known: Iterable[str], where: str = "") -> None:
        """Refuse a word that is not known: a misspelt key would be a setting silently ignored."""
        known = list(known)
        for word in words:
            if word not in known:
                raise self.mistake(f"{where}.{word}".lstrip("."), "no such name here", _nearest(word, known))


def _plainly(error: str) -> tuple[str, str]:
    """Which key msgspec is not content with, and why; it says `$.key` and, of one that is not there, its name alone."""
    if missing := re.search(r"missing required field `(\w+)`", error):
        return missing[1], "is missing"
    problem, _, place = error.partition(" - at `$.")
    key = re.match(r"\w*", place)
    return key[0] if key else "", problem


def example(key: str) -> str:
    """The remedy: the line of the example that shows how this key is written."""
    lines = _example_lines()
    return f"write it like {lines[key]}" if key in lines else "see the example in the README"


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"


@cache
def _example_lines() -> dict[str, str]:
    text = (files("billwatch.config") / "example.toml").read_text("utf-8")
    lines = re.findall(r"^(\w+) = (.*?) *(?:#.*)?$", text, re.MULTILINE)
    return {key: f"{key} = {value}" for key, value in reversed(lines)}  # the first one, where a key stands twice
