"""Finding many phrases in a text at once, whole words only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick

# What is written in more than one way: one letter for one.
_SAME = str.maketrans("-‐‑–\n\t\xa0’‘", "       ''")


class Hit(NamedTuple):
    """A phrase that was found, and from where to where in the plain text it stands."""

    phrase: str
    start: int
    end: int

    def inside(self, other: Hit) -> bool:
        """Whether this hit lies within the other."""
        return other.start <= self.start and self.end <= other.end


def plain(text: str) -> str:
    """Text as it is compared: lower case, no hyphens, one kind of apostrophe."""
    return text.translate(_SAME).lower()


class Phrases:
    """A set of phrases, ready to be found. A phrase that ends in * is found in longer words as well."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for phrase in sorted(set(phrases)):
            letters = plain(phrase).removesuffix("*")
            self._automaton.add_word(letters, [*self._automaton.get(letters, []), phrase])
        self._automaton.make_automaton()

    def hits(self, text: str) -> Iterator[Hit]:
        """Every phrase in `text`, which is already plain, in the order in which they end."""
        if not len(self._automaton):
            return
        for last, phrases in self._automaton.iter(text):
            for phrase in phrases:
                if hit := _whole(text, phrase, last + 1):
                    yield hit


def _whole(text: str, phrase: str, end: int) -> Hit | None:
    """The hit if it is made of whole words, its last word to the end where the phrase has a *."""
    start = end - len(phrase.removesuffix("*"))
    if start and text[start - 1].isalnum():
        return None
    if phrase.endswith("*"):
        while end < len(text) and text[end].isalnum():
            end += 1
    elif end < len(text) and text[end].isalnum():
        return None
    return Hit(phrase, start, end)
