"""The files that are not pages: style, favicon and scripts, under names that change with what they hold.

A host may let browsers keep them for ever, and a new build is never shown in the old dress. A script names the scripts
that it imports as they are called here; what is published names them as they are published.
"""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import msgspec

# Scripts stand after those they import: a name is made from what a file holds, and it holds their names.
_SCRIPTS = (
    *("numbers", "pieces", "bills", "matching", "search", "watchlist", "news", "carrying", "follow", "mine", "ago"),
)
_NAMES = ("style.css", "forms.css", "favicon.svg", *(f"{name}.js" for name in _SCRIPTS))
_IMPORT = re.compile(rb'(?<=from "\./)[a-z]+\.js(?=")')


class Static(msgspec.Struct, frozen=True):
    """`names` gives the published name of each file, `contents` its bytes under that name."""

    names: dict[str, str]
    contents: dict[str, bytes]


def static_files() -> Static:
    """Everything in `static/`."""
    names: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    for name in _NAMES:
        content = _linked((files("billwatch_site") / "static" / name).read_bytes(), names)
        names[name] = _hashed(name, content)
        contents[names[name]] = content
    return Static(names, contents)


def _linked(content: bytes, names: dict[str, str]) -> bytes:
    """A script with the published names of those it imports."""
    return _IMPORT.sub(lambda match: names[match[0].decode()].encode(), content)


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{kind}"
