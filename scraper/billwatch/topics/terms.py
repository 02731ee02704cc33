"""A term of the taxonomy, and where a bill meets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from billwatch.topics.phrases import Hit, plain
from billwatch.topics.taxonomy import Subtopic

Rule = Literal["term", "hint", "law"]
Place = tuple[Hit, ...]  # one hit for each part of the term
_NEAR = 400  # letters between the parts of a term: about a title, or three clauses of a summary
_ENOUGH = 200  # places of each part that are held against each other: a long text may name it a thousand times


class Term(NamedTuple):
    """One way to meet a term: a phrase, or several that must stand near each other; `written` as in the taxonomy."""

    slug: str
    rule: Rule
    written: str
    parts: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The letters that must stand somewhere beside the first part: asked before any place is looked for."""
        return tuple(plain(part).removesuffix("*") for part in self.parts[1:])

    def places(self, hits: Mapping[str, Sequence[Hit]]) -> Iterator[Place]:
        """Where the bill has all parts near the first one."""
        first, *others = self.parts
        for hit in hits.get(first, ())[: _ENOUGH if others else None]:
            place = [hit]
            for part in others:
                nearest = min(hits.get(part, ())[:_ENOUGH], key=hit.apart, default=None)
                if nearest is None or hit.apart(nearest) > _NEAR:
                    break
                place.append(nearest)
            else:
                yield tuple(place)


def terms_of(subtopic: Subtopic) -> Iterator[Term]:
    """The ways to meet what stands in the taxonomy: "a + b | c" is met by "a + b" and by "a + c"."""
    rules: dict[Rule, tuple[str, ...]] = {"term": subtopic.terms, "hint": subtopic.hints, "law": subtopic.laws}
    for rule, written in rules.items():
        for phrase in written:
            for parts in product(*(some.split(" | ") for some in phrase.split(" + "))):
                yield Term(subtopic.slug, rule, phrase, parts)
