"""A bill's fields as one plain text, so that all of them are searched in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from billwatch.topics.phrases import Hit, Phrases, plain

TITLE, SUMMARY, LAW, ACT_CLAUSE, TEXT = range(5)
FIELDS = ("title", "summary", "law", "act clause", "text")
_BETWEEN = "\n"  # stands in no plain text
# Letters. What a bill is about stands at the beginning; what a summary mentions later, and the title does not, is often
# beside the matter: of the bills that only their summary made ours, most were with such words in the first 150 letters,
# and few with later ones. An act clause begins with the laws that it amends.
_OPENING = {TITLE: 600, SUMMARY: 150, ACT_CLAUSE: 400}
_FEW_LAWS = 150  # letters of the list of laws: a bill that amends more is about none of them alone


class Words:
    """The plain text of title, summary, law, act clause and full text, one after the other."""

    def __init__(self, fields: Iterable[str]) -> None:
        plains = [plain(field) for field in fields]
        self.all = _BETWEEN.join(plains)
        self._lengths = [len(field) for field in plains]

    def field(self, hit: Hit) -> int:
        """The number of the field in which a hit stands."""
        end = -len(_BETWEEN)
        for number, length in enumerate(self._lengths):
            end += len(_BETWEEN) + length
            if hit.start < end:
                return number
        raise IndexError(hit)

    def said(self, hit: Hit) -> str:
        """The words of a hit as the bill has them."""
        return self.all[hit.start : hit.end]

    def is_passing(self, field: int, hit: Hit) -> bool:
        """Whether the words of a field are mentioned in passing, by where they stand."""
        if field == LAW:
            return self._lengths[LAW] > _FEW_LAWS
        return hit.start - self._start(field) > _OPENING[field]

    def _start(self, field: int) -> int:
        return sum(self._lengths[:field]) + field * len(_BETWEEN)

    @property
    def text_length(self) -> int:
        """How many letters the full text has."""
        return self._lengths[TEXT] if len(self._lengths) > TEXT else 0

    def found(self, phrases: Phrases) -> dict[str, list[Hit]]:
        """Which phrases stand here, and where."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for hit in phrases.hits(self.all):
            found[hit.phrase].append(hit)
        return found
