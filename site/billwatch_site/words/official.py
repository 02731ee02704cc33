"""The legislatures, as readers see them, by their codes.

Every one that `billwatch.legislatures` knows is here. To give one its official links and explanations, write its class
as in `new_york.py`, and name it in `GUIDES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from billwatch_site.words.legislature import Legislature
from billwatch_site.words.new_york import NewYork

GUIDES: Mapping[str, type[Legislature]] = {"ny": NewYork}


@lru_cache(maxsize=256)
def legislature(code: str) -> Legislature:
    """The legislature with this code; a bare one for a code we know nothing about."""
    return GUIDES.get(code, Legislature)(code)
