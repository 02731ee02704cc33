"""Are the sources well? One question to each, about a bill that cannot change any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from billwatch.answer import Fetcher
from billwatch.errors import SourceError
from billwatch.legislatures import Legislature


class Health(msgspec.Struct, frozen=True):
    """How one source answered."""

    source: str
    label: str
    well: bool
    said: str


def healths(place: Legislature, settings: Any, fetcher: Fetcher) -> Iterator[Health]:
    """How each of a legislature's sources is, one after the other."""
    for source in place.sources(settings):
        try:
            said = source.probe(fetcher)
            yield Health(source.name, source.label, True, said)
        except SourceError as error:
            yield Health(source.name, source.label, False, str(error))
