"""Words that somebody follows, and which texts have them.

Every word must be there, in any order, whole: capitals, accents and a plural's s make no difference. Words in quotes
stand together: "gun license" police. A star ends a word that may go on: surveil*. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?")
Phrase = tuple[str, ...]


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word as it is compared: "Licenses" and "license's" as "license"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if plain.endswith("*"):
        return plain
    plain = plain.replace("’", "'").removesuffix("'s").rstrip("'")
    if plain.endswith("ies") and len(plain) > 4:
        return f"{plain[:-3]}y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 3 else plain


def words_of(text: str) -> list[str]:
    """The words of a text, folded; a star that ends one is no part of it."""
    return [folded(word.rstrip("*")) for word in _WORD.findall(text)]


def phrases_of(query: str) -> tuple[Phrase, ...]:
    """What a query asks for: each a run of words that stand together."""
    terms = (quoted or bare for quoted, bare in _TERM.findall(query.replace("“", '"').replace("”", '"')))
    found = (tuple(map(folded, _WORD.findall(term))) for term in terms)
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def has(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the words hold this phrase somewhere."""
    starts = range(len(words) - len(phrase) + 1)
    return any(all(_is(words[at + i], term) for i, term in enumerate(phrase)) for at in starts)


def _is(word: str, term: str) -> bool:
    return word.startswith(term[:-1]) if term.endswith("*") else word == term


class Concordance:
    """Texts by their words, so that a query is answered without reading them all. Texts are numbered from 0."""

    def __init__(self, texts: Iterable[Sequence[Sequence[str]]]) -> None:
        """Each text is a list of passages; a phrase stands within one of them."""
        self._texts = list(texts)
        self._places: dict[str, set[int]] = defaultdict(set)
        for number, passages in enumerate(self._texts):
            for word in {word for passage in passages for word in passage}:
                self._places[word].add(number)
        self._sorted = sorted(self._places)

    def find(self, query: str) -> list[int]:
        """The texts that have every phrase of the query, in order; none for a query without words."""
        phrases = phrases_of(query)
        if not phrases:
            return []
        found = set.intersection(*(self._with(term) for phrase in phrases for term in phrase))
        long = [phrase for phrase in phrases if len(phrase) > 1]
        return sorted(n for n in found if all(any(has(p, phrase) for p in self._texts[n]) for phrase in long))

    def _with(self, term: str) -> set[int]:
        if not term.endswith("*"):
            return self._places.get(term, set())
        beginning = term[:-1]
        fitting = takewhile(lambda w: w.startswith(beginning), self._sorted[bisect_left(self._sorted, beginning) :])
        return set().union(*(self._places[word] for word in fitting))
