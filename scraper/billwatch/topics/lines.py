"""Bills as lines of JSON in, their topics as lines of JSON out: for anyone's own lists of bills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from billwatch.answer import clean
from billwatch.topics.classifier import Classifier
from billwatch.topics.scores import Topic

LONGEST = 1_000_000  # letters of a field: the longest acts of Congress have a few million, and say it at the beginning
_FEW, _SHARE = 8, 0.1  # too few words to tell a language by; of English, so much at least are its commonest words
_ENGLISH = frozenset(re.findall(r"\w+", "the of to and in for a an or by relates relating with on that be is from as"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Line(msgspec.Struct):
    """What a line may say of a bill; all but the id may be missing."""

    id: str
    title: str | None = None
    abstract: str | None = None
    law: str | None = None
    act_clause: str | None = None
    text: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What is searched, in the order in which a classifier takes it."""
        return tuple(field or "" for field in (self.title, self.abstract, self.law, self.act_clause, self.text))


def classified_lines(lines: Iterable[bytes], classifier: Classifier) -> Iterator[tuple[str, str]]:
    """(a line of JSON, what is odd about line n) for each bill; either may be "". The rest goes on."""
    read = msgspec.json.Decoder(Line).decode
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            bill = read(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield "", f'line {number}: {error}; write it as {{"id": ..., "title": ...}}'
            continue
        odd = "; ".join(_oddities(bill.fields))
        found = classifier.judged(bill.id, classifier.labels(*(clean(field[:LONGEST]) for field in bill.fields)))
        yield _line(bill.id, found), f"line {number}: {bill.id}: {odd}" if odd else ""


def _line(bill: str, labels: list[Topic]) -> str:
    """What we found: also the score of what is too weak to make a bill ours."""
    topics = [label for label in labels if label.ours]
    out = {
        "id": bill,
        "areas": sorted({topic.area for topic in topics}),
        "topics": [topic.topic for topic in topics],
        "score": max((label.score for label in labels), default=0.0),
        "evidence": [{"topic": label.topic, "score": label.score, "reasons": label.reasons} for label in labels],
    }
    return msgspec.json.encode(out).decode()


def _oddities(fields: tuple[str, ...]) -> Iterator[str]:
    """What makes a bill's topics less than sure, each with what was done."""
    if (longest := max(map(len, fields))) > LONGEST:
        yield f"{longest / 1e6:.1f} million letters in a field; the first million was read"
    if any(map(_CONTROL.search, fields)):
        yield "control characters were left out"
    if not _is_english(" ".join(field[:2000] for field in fields)):
        yield "this does not read as English, and the taxonomy is; its topics are not to be relied on"


def _is_english(text: str) -> bool:
    """Whether enough of the words are English's commonest, where there are words enough."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) < _FEW or sum(word in _ENGLISH for word in words) >= _SHARE * len(words)
