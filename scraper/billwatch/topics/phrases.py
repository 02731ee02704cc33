"""Finding many phrases in a text at once, whole words only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick

_SAME = str.maketrans("‐‑–\xa0’‘", "    ''")  # what is written in more than one way: one letter for one


class Hit(NamedTuple):
    """A phrase that was found, and from where to where in the plain text it stands."""

    phrase: str
    start: int
    end: int

    def inside(self, other: Hit) -> bool:
        """Whether this hit lies within the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Hit) -> bool:
        """Whether the two have a letter in common."""
        return self.start < other.end and other.start < self.end

    def apart(self, other: Hit) -> int:
        """How many letters lie between the two."""
        return max(self.start - other.end, other.start - self.end, 0)


def plain(text: str) -> str:
    """Text as it is compared: lower case, single spaces, no hyphens, one kind of apostrophe."""
    if not text.isascii():
        text = text.translate(_SAME)
    if "\n" in text or "\t" in text or "  " in text:
        text = " ".join(text.split())
    return text.replace("-", " ").lower()


class Phrases:
    """A set of phrases, ready to be found. A phrase that ends in * is found in longer words as well."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for phrase in sorted(set(phrases)):
            letters, is_open = plain(phrase).removesuffix("*"), phrase.endswith("*")
            same = self._automaton.get(letters, ())
            self._automaton.add_word(letters, (*same, (phrase, len(letters), is_open)))
        self._automaton.make_automaton()

    def hits(self, text: str) -> Iterator[Hit]:
        """Every phrase in `text`, which is already plain, in the order in which they end. Each is made of whole words,
        the last one taken to its end where the phrase has a *.
        """
        if not len(self._automaton):
            return
        for last, phrases in self._automaton.iter(text):
            for phrase, length, is_open in phrases:
                start, end = last + 1 - length, last + 1
                if start and text[start - 1].isalnum():
                    continue
                rest = _rest(text, end)
                if is_open or not rest:
                    yield Hit(phrase, start, end + rest)


def _rest(text: str, end: int) -> int:
    """How many letters of the same word follow."""
    rest = 0
    while end + rest < len(text) and text[end + rest].isalnum():
        rest += 1
    return rest
