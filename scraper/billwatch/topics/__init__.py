"""Is a bill ours, and which words say so? A first plain version: an expert's phrases, found in the bill's own text.

`classified(title, abstract, law)` gives the topics of a bill by the project's taxonomy, which anyone can edit:
`taxonomy.toml` beside this module.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

import msgspec

from billwatch.topics.phrases import Hit, Phrases, plain
from billwatch.topics.taxonomy import Subtopic, Taxonomy

__all__ = ["Classifier", "Subtopic", "Taxonomy", "Topic", "classified", "followed"]

Parts = tuple[str, ...]  # the phrases of one term, all of which must be there
Found = list[tuple[str, str, list[Hit]]]  # for each field its name, its plain text, the hits there


class Topic(msgspec.Struct, frozen=True):
    """One reason why a bill is ours: `evidence` reads "title: 'social media'; summary: 'search history'"."""

    topic: str  # the subtopic's slug
    area: str
    evidence: str


class Classifier:
    """A taxonomy made ready: all its phrases are looked for in one pass over the text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._terms = {s.slug: [_parts(term) for term in s.terms] for s in taxonomy.topic}
        self._exceptions = {s.slug: Phrases(s.exceptions) for s in taxonomy.topic}
        self._phrases = Phrases(p for terms in self._terms.values() for parts in terms for p in parts)
        self._by_first: dict[str, list[tuple[str, Parts]]] = defaultdict(list)
        for slug, terms in self._terms.items():
            for parts in terms:
                self._by_first[parts[0]].append((slug, parts))

    @cached_property
    def edition(self) -> str:
        """Changes when the taxonomy does."""
        return hashlib.sha256(msgspec.json.encode(self.taxonomy)).hexdigest()[:16]

    def topics(self, title: str, abstract: str = "", law: str = "") -> list[Topic]:
        """The topics of a bill, in the order of the taxonomy."""
        fields = [("title", plain(title)), ("summary", plain(abstract)), ("law", plain(law))]
        found = [(field, text, list(self._phrases.hits(text))) for field, text in fields]
        here = _here(found)
        terms = (term for phrase in here for term in self._by_first.get(phrase, ()))
        slugs = {slug for slug, parts in terms if here.issuperset(parts)}
        topics = (self._topic(subtopic, found) for subtopic in self.taxonomy.topic if subtopic.slug in slugs)
        return [topic for topic in topics if topic]

    def _topic(self, subtopic: Subtopic, found: Found) -> Topic | None:
        """The topic, if one of its terms is there with all its parts and outside the exceptions."""
        counting = self._counting(subtopic, found)
        here = _here(counting)
        met = {p for parts in self._terms[subtopic.slug] if here.issuperset(parts) for p in parts}
        if not met:
            return None
        places = [(field, text, [hit for hit in hits if hit.phrase in met]) for field, text, hits in counting]
        return Topic(subtopic.slug, subtopic.area, _evidence(places))

    def _counting(self, subtopic: Subtopic, found: Found) -> Found:
        """The hits that do not lie inside an exception of this subtopic."""
        if not subtopic.exceptions:
            return found
        counting = []
        for field, text, hits in found:
            off = list(self._exceptions[subtopic.slug].hits(text))
            counting.append((field, text, [hit for hit in hits if not any(map(hit.inside, off))]))
        return counting


def classified(title: str, abstract: str = "", law: str = "") -> list[Topic]:
    """The topics of a bill by the project's own taxonomy."""
    return _own().topics(title, abstract, law)


def followed(topics: Iterable[Topic], names: Iterable[str]) -> list[Topic]:
    """Those among `topics` that are named, by subtopic or by area."""
    wanted = set(names)
    return [topic for topic in topics if wanted & {topic.topic, topic.area}]


@cache
def _own() -> Classifier:
    return Classifier(Taxonomy.load())


def _parts(term: str) -> Parts:
    """The phrases of a term: "social media + minor*" wants both."""
    return tuple(part.strip() for part in term.split(" + "))


def _here(found: Found) -> set[str]:
    return {hit.phrase for _, _, hits in found for hit in hits}


def _evidence(found: Found) -> str:
    """Where which words stand, each once, without those that lie inside longer ones."""
    places = []
    for field, text, hits in found:
        spans = {(hit.start, hit.end): hit for hit in hits}.values()
        outer = [h for h in spans if not any(h.inside(other) for other in spans if other is not h)]
        words = dict.fromkeys(text[h.start : h.end] for h in sorted(outer, key=lambda h: h.start))
        if words:
            places.append(f"{field}: " + ", ".join(f"'{word}'" for word in words))
    return "; ".join(places)
