"""A taxonomy made ready: all its phrases are looked for in one pass over a bill's words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

import msgspec

from billwatch.bill import Bill
from billwatch.topics.decisions import Decision, decided
from billwatch.topics.phrases import Phrases
from billwatch.topics.reasons import reasons_for
from billwatch.topics.scores import DOUBT, OURS, Topic, together
from billwatch.topics.taxonomy import Taxonomy
from billwatch.topics.terms import Term, terms_of
from billwatch.topics.words import TITLE, Words

_SHORT = 60  # letters of a title that says little, as "Relates to private information": then the act clause is read


class Classifier:
    """Says which subtopics a bill is about, how sure that is, and which words say so."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.decisions: Mapping[str, Decision] = {}
        self._exceptions = {s.slug: s.exceptions for s in taxonomy.topic if s.exceptions}
        self._by_first: dict[str, list[tuple[Term, tuple[str, ...]]]] = defaultdict(list)
        for subtopic in taxonomy.topic:
            for term in terms_of(subtopic):
                self._by_first[term.parts[0]].append((term, term.others))
        self._firsts = Phrases(self._by_first)
        others = {part for terms in self._by_first.values() for term, _ in terms for part in term.parts[1:]}
        exceptions = {phrase for phrases in self._exceptions.values() for phrase in phrases}
        self._others = Phrases((others | exceptions).union(taxonomy.omnibus) - self._by_first.keys())

    def deciding(self, decisions: Mapping[str, Decision]) -> Classifier:
        """The same, with what a person decided about some bills, by id."""
        other = copy(self)
        other.decisions = decisions
        return other

    @property
    def edition(self) -> str:
        """Changes when the taxonomy does, or a decision."""
        known = (self.taxonomy, self.decisions) if self.decisions else self.taxonomy
        return hashlib.sha256(msgspec.json.encode(known, order="sorted")).hexdigest()[:16]

    def labels_of(self, bill: Bill) -> list[Topic]:
        """What a bill is about or may be, as a person decided or its words say."""
        text = next((v.text for v in bill.versions or () if v.text and v.letter == bill.version), None)
        fields = (bill.title, bill.abstract, bill.law_code, bill.act_clause, text)
        return self.judged(bill.id, self.labels(*(field or "" for field in fields)))

    def judged(self, bill: str, labels: Sequence[Topic]) -> list[Topic]:
        """What the words say of a bill, or what a person decided."""
        return decided(labels, self.decisions.get(bill), self.taxonomy.area_of)

    def topics(
        self, title: str, abstract: str = "", law: str = "", act_clause: str = "", text: str = ""
    ) -> list[Topic]:
        """What a bill is about, in the order of the taxonomy."""
        return [topic for topic in self.labels(title, abstract, law, act_clause, text) if topic.ours]

    def labels(
        self, title: str, abstract: str = "", law: str = "", act_clause: str = "", text: str = ""
    ) -> list[Topic]:
        """What a bill is about or may be: also what is just too weak, for a person to look at."""
        title = title or abstract.partition(";")[0]  # some sources carry no title; a summary begins with it
        words = Words((title, abstract, law, act_clause if len(title) < _SHORT else "", text))
        hits = words.found(self._firsts)
        terms = self._terms(words, hits) if hits else []
        if not terms:
            return []
        hits |= words.found(self._others)
        omnibus = any(words.field(hit) == TITLE for phrase in self.taxonomy.omnibus for hit in hits.get(phrase, ()))
        reasons = reasons_for(words, hits, terms, self._exceptions, omnibus=omnibus)
        found = ((s, together(reasons[s.slug]), reasons[s.slug]) for s in self.taxonomy.topic if s.slug in reasons)
        return [
            Topic(s.slug, s.area, "; ".join(map(str, why)), score, reasons=tuple(why))
            for s, score, why in found
            if score > OURS - DOUBT
        ]

    def _terms(self, words: Words, phrases: Iterable[str]) -> list[Term]:
        """The terms that begin with one of these phrases, if the letters of their other parts stand here as well."""
        terms = (pair for phrase in phrases for pair in self._by_first[phrase])
        return [term for term, others in terms if all(letters in words.all for letters in others)]
