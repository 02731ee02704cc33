"""Why a bill may be about a subtopic: which terms it meets, where, and what each weighs there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from billwatch.topics.phrases import Hit
from billwatch.topics.scores import Reason, weight_at, weight_in_text
from billwatch.topics.terms import Place, Term
from billwatch.topics.words import FIELDS, LAW, SUMMARY, TEXT, TITLE, Words

Hits = Mapping[str, Sequence[Hit]]  # where each phrase stands
Met = tuple[float, Term, Place]  # what a term weighs at a place


def reasons_for(
    words: Words, hits: Hits, terms: Iterable[Term], exceptions: Mapping[str, Sequence[str]], *, omnibus: bool
) -> dict[str, list[Reason]]:
    """What speaks for each subtopic; `exceptions` by subtopic, `omnibus` where a bill holds something of everything."""
    met: dict[tuple[str, str], Met] = {}
    mentions: dict[str, list[Place]] = defaultdict(list)
    for term in terms:
        for place in _counting(term, hits, exceptions.get(term.slug, ())):
            field = _field(words, place)
            if field == TEXT and term.rule == "term":
                mentions[term.slug].append(place)
            elif field is not None and field != TEXT and (field == LAW) == (term.rule == "law"):
                passing = omnibus or words.is_passing(field, place[-1])
                one = weight_at(term.rule, field, passing=passing), term, place
                best = met.setdefault((term.slug, term.written), one)
                met[term.slug, term.written] = max(best, one, key=lambda it: it[0])
    return _reasons(words, met.values(), mentions)


def _counting(term: Term, hits: Hits, exceptions: Sequence[str]) -> Iterator[Place]:
    """The places of a term that do not lie inside an exception."""
    off = [hit for phrase in exceptions for hit in hits.get(phrase, ())]
    for place in term.places(hits):
        if not any(hit.inside(other) for hit in place for other in off):
            yield place


def _field(words: Words, place: Place) -> int | None:
    """The field in which all parts stand; what title and summary say together is said in the summary."""
    fields = {words.field(hit) for hit in place}
    if fields == {TITLE, SUMMARY}:
        return SUMMARY
    return fields.pop() if len(fields) == 1 else None


def _reasons(words: Words, met: Iterable[Met], mentions: Mapping[str, list[Place]]) -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = defaultdict(list)
    for weight, term, place in _apart(met):
        found[term.slug].append(Reason(_said(words, place), term.rule, term.written, round(weight, 2)))
    for slug, places in mentions.items():
        times = len({place[0].start for place in places})
        if weight := weight_in_text(times, words.text_length):
            found[slug].append(Reason(_said(words, places[0]), "text", f"{times} mentions", weight))
    return found


def _apart(met: Iterable[Met]) -> Iterator[Met]:
    """The terms that say it in words of their own, the weightiest first: for a subtopic the same words count once."""
    taken: dict[str, list[Hit]] = defaultdict(list)
    for weight, term, place in sorted(met, key=lambda one: (-one[0], -len(one[1].written), one[1].written)):
        if not any(hit.overlaps(other) for hit in place for other in taken[term.slug]):
            taken[term.slug] += place
            yield weight, term, place


def _said(words: Words, place: Place) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which words stand in which field."""
    said: dict[str, list[str]] = {}
    for hit in sorted(place, key=lambda hit: hit.start):
        said.setdefault(FIELDS[words.field(hit)], []).append(words.said(hit))
    return tuple((field, tuple(found)) for field, found in said.items())
