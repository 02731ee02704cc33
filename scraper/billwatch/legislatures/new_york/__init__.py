"""New York."""

from __future__ import annotations

from typing import Any

import msgspec

from billwatch.answer import Fetcher
from billwatch.legislatures.new_york.actions import classified, pattern_of, severity_of
from billwatch.legislatures.new_york.numbers import chamber_of, numbers_in
from billwatch.legislatures.new_york.session import rules, session_end, session_name, session_of, session_start

CODE = "ny"
NAME = "New York"
TIMEZONE = "America/New_York"
CHAMBERS = ("Senate", "Assembly")
INDEXES = ("assembly-index",)

__all__ = ["CHAMBERS", "CODE", "INDEXES", "NAME", "TIMEZONE", "chamber_of", "classified", "numbers_in", "pattern_of"]
__all__ += [
    "probe",
    "rules",
    "session_end",
    "session_name",
    "session_of",
    "session_start",
    "severity_of",
    "source",
    "sources",
    "watch",
]


def sources(settings: Any) -> list[Any]:
    """New York's sources in the order in which they lead (see watching.py)."""
    from billwatch.legislatures.new_york import watching  # the configuration needs CODE and NAME only

    return watching.sources(settings)


def source(name: str) -> Any:
    """One source at its own address, whether or not it is asked by default."""
    from billwatch.legislatures.new_york.settings import Settings

    return sources(msgspec.convert({"sources": [name]}, Settings))[0]


def watch(source: Any, desk: Any) -> Any:
    """What a source has to say in one run (see watching.py)."""
    from billwatch.legislatures.new_york import watching

    return watching.watch(source, desk)


def probe(source: Any, fetcher: Fetcher) -> str:
    """One question to a source, about something that cannot change any more, and what it answered."""
    from billwatch.legislatures.new_york import watching

    return watching.probe(source, fetcher)
