"""A taxonomy made ready: all its phrases are looked for in one pass over a bill's words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy

import msgspec

from billwatch.bill import Bill
from billwatch.topics.decisions import Decision, decided
from billwatch.topics.phrases import Hit, Phrases
from billwatch.topics.scores import DOUBT, OURS, Reason, Topic, together, weight_at, weight_in_text
from billwatch.topics.taxonomy import Taxonomy
from billwatch.topics.terms import Place, Term, terms_of
from billwatch.topics.words import FIELDS, LAW, SUMMARY, TEXT, TITLE, Words

_SHORT = 60  # letters of a title that says little, as "Relates to private information": then the act clause is read
Hits = Mapping[str, Sequence[Hit]]  # where each phrase stands
Met = tuple[float, Term, Place]  # what a term weighs at its best place


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
        parts = {part for terms in self._by_first.values() for term, _ in terms for part in term.parts[1:]}
        exceptions = {phrase for phrases in self._exceptions.values() for phrase in phrases}
        self._others = Phrases((parts | exceptions).union(taxonomy.omnibus) - self._by_first.keys())

    def deciding(self, decisions: Mapping[str, Decision]) -> Classifier:
        """The same, with what a person decided about some bills, by id."""
        other = copy(self)
        other.decisions = decisions
        return other

    @property
    def edition(self) -> str:
        """Changes when the taxonomy does, or a decision."""
        known = msgspec.json.encode(
            (self.taxonomy, self.decisions) if self.decisions else self.taxonomy, order="sorted"
        )
        return hashlib.sha256(known).hexdigest()[:16]

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
        if not hits:
            return []
        terms = [
            term
            for phrase in hits
            for term, others in self._by_first[phrase]
            if all(letters in words.all for letters in others)
        ]
        if not terms:
            return []
        hits |= words.found(self._others)
        reasons = self._reasons(words, hits, terms)
        scored = ((s, together(reasons[s.slug]), reasons[s.slug]) for s in self.taxonomy.topic if s.slug in reasons)
        return [
            Topic(s.slug, s.area, "; ".join(map(str, why)), score, reasons=tuple(why))
            for s, score, why in scored
            if score > OURS - DOUBT
        ]

    def _reasons(self, words: Words, hits: Hits, terms: Sequence[Term]) -> dict[str, list[Reason]]:
        """What speaks for each subtopic."""
        met, mentions = self._met(words, hits, terms)
        reasons: dict[str, list[Reason]] = defaultdict(list)
        for weight, term, place in _apart(met):
            reasons[term.slug].append(Reason(_places(words, place), term.rule, term.written, round(weight, 2)))
        for slug, places in mentions.items():
            if weight := weight_in_text(len({place[0].start for place in places}), words.text_length):
                reasons[slug].append(Reason(_places(words, places[0]), "text", f"{len(places)} mentions", weight))
        return reasons

    def _met(self, words: Words, hits: Hits, terms: Sequence[Term]) -> tuple[Iterable[Met], dict[str, list[Place]]]:
        """The terms that are met, each at its best place; and by subtopic what the full text mentions."""
        omnibus = any(words.field(hit) == TITLE for phrase in self.taxonomy.omnibus for hit in hits.get(phrase, ()))
        met: dict[tuple[str, str], Met] = {}
        mentions: dict[str, list[Place]] = defaultdict(list)
        for term in terms:
            key = term.slug, term.written
            best = met.get(key, (0, term, ()))
            for place in self._counting(term, hits):
                field = _field(words, place)
                if field is None or (field == LAW) != (term.rule == "law"):
                    continue
                if field == TEXT:
                    mentions[term.slug] += [place] if term.rule == "term" else []
                    continue
                weight = weight_at(term.rule, field, passing=omnibus or words.is_passing(field, place[-1]))
                best = max(best, (weight, term, place), key=lambda one: one[0])
            if best[0]:
                met[key] = best
        return met.values(), mentions

    def _counting(self, term: Term, hits: Hits) -> Iterator[Place]:
        """The places of a term that do not lie inside an exception of its subtopic."""
        off = [hit for phrase in self._exceptions.get(term.slug, ()) for hit in hits.get(phrase, ())]
        for place in term.places(hits):
            if not any(hit.inside(other) for hit in place for other in off):
                yield place


def _field(words: Words, place: Place) -> int | None:
    """The field in which all parts stand; what title and summary say together is said in the summary."""
    fields = {words.field(hit) for hit in place}
    if fields == {TITLE, SUMMARY}:
        return SUMMARY
    return fields.pop() if len(fields) == 1 else None


def _apart(found: Iterable[Met]) -> Iterator[Met]:
    """The terms that say it in words of their own, the weightiest first: for a subtopic the same words count once."""
    taken: dict[str, list[Hit]] = defaultdict(list)
    for weight, term, place in sorted(found, key=lambda one: (-one[0], -len(one[1].written), one[1].written)):
        if not any(hit.overlaps(other) for hit in place for other in taken[term.slug]):
            taken[term.slug] += place
            yield weight, term, place


def _places(words: Words, place: Place) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which words stand in which field."""
    said: dict[str, list[str]] = {}
    for hit in sorted(place, key=lambda hit: hit.start):
        said.setdefault(FIELDS[words.field(hit)], []).append(words.said(hit))
    return tuple((field, tuple(found)) for field, found in said.items())
