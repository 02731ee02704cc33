"""Which sections of which law a bill touches, read from the list of laws affected as New York writes it."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"§|[A-Za-z]+|\d[\w.:-]*")
_ASIDE = re.compile(r"\([^)]*\)|,\s*generally\b")
_VERB = re.compile(r"^(?:add|amd|rpld|ren|redes|redesig|desig|rel)\s+", re.IGNORECASE)


@lru_cache(maxsize=100_000)  # each bill of a session is held against many others
def sections_of(law_code: str) -> dict[str, tuple[str, ...]]:
    """The sections by law; a law that is named without sections has none.

    >>> sections_of("Amd §§400.00 & 265.01 sub 3, add §400.20, Pen L; add Art 24-A §666, Exec L")
    {'Pen L': ('400.00', '265.01', '400.20'), 'Exec L': ('666',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for clause in _ASIDE.sub("", law_code).split(";"):
        numbers, _, law = clause.strip().rpartition(",")
        if law := _VERB.sub("", law.strip()):
            found[law] = (*found.get(law, ()), *_numbers(numbers))
    return found


def _numbers(text: str) -> list[str]:
    """What follows a § until a word says that it is something else: a subdivision, an article."""
    found, is_section = [], False
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            found += [token] if is_section else []
        else:
            is_section = token == "§"
    return found
