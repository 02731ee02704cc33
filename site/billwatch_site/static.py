"""The files that are not pages: style and favicon, under names that change with what they hold.

A host may let browsers keep them for ever, and a new build is never shown in the old dress.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files

import msgspec

_NAMES = ("style.css", "forms.css", "favicon.svg")


class Static(msgspec.Struct, frozen=True):
    """`names` gives the published name of each file, `contents` its bytes under that name."""

    names: dict[str, str]
    contents: dict[str, bytes]


def static_files() -> Static:
    """Everything in `static/`."""
    found = {name: (files("billwatch_site") / "static" / name).read_bytes() for name in _NAMES}
    names = {name: _hashed(name, content) for name, content in found.items()}
    return Static(names, {names[name]: content for name, content in found.items()})


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{kind}"
