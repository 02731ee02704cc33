"""New York."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from billwatch.legislatures.new_york.actions import classified, pattern_of, severity_of
from billwatch.legislatures.new_york.numbers import chamber_of, numbers_in
from billwatch.legislatures.new_york.session import (
    CHAMBERS,
    rules,
    session_end,
    session_name,
    session_of,
    session_start,
)

if TYPE_CHECKING:
    from billwatch.legislatures.new_york.settings import Settings
    from billwatch.source import Publisher, Source

CODE = "ny"
NAME = "New York"
TIMEZONE = "America/New_York"

__all__ = ["CHAMBERS", "CODE", "NAME", "TIMEZONE", "chamber_of", "classified", "numbers_in", "pattern_of", "rules"]
__all__ += ["session_end", "session_name", "session_of", "session_start", "severity_of", "source", "sources"]


def sources(settings: Settings) -> Sequence[Publisher]:
    """New York's sources in the order in which they lead (see publishers.py)."""
    from billwatch.legislatures.new_york import publishers  # the configuration needs CODE and NAME only

    return publishers.publishers(settings)


def source(name: str) -> Source:
    """One source at its own address, whether or not it is asked by default."""
    from billwatch.legislatures.new_york.settings import Settings

    return cast("Source", sources(msgspec.convert({"sources": [name]}, Settings))[0])
