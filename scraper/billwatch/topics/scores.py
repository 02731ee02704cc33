"""From words to a score between 0 and 1: how sure the words make us that a bill is about a subtopic.

A score of 0.9 means that about nine in ten bills with such words are ours, as readers judged them. Each reason has a
weight, by its rule and by where it stands; reasons count as independent, so that a score is 1 - (1 - a)(1 - b)...:
two weak reasons make a better one, and no reason takes anything away. Hints alone are for a person, however many.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import msgspec

from billwatch.topics.words import ACT_CLAUSE, SUMMARY

OURS = 0.5  # from here a bill is ours
DOUBT = 0.15  # so near to that line a person should look
WEIGHTS = {"term": 0.9, "hint": 0.4, "law": 0.6, "text": 0.9, "by hand": 1.0}
_BESIDE = 0.7  # of the weight, where the summary or the act clause says it and not the title
_PASSING = 0.5  # of the weight, in an omnibus bill and in a summary that lists many things
_MENTIONS = 3  # a full text says it so often, or it mentions it in passing
_HINTED, _SUREST = 0.49, 0.99  # what hints alone reach, and what words reach
_SPARSE, _DENSE = 5000, 1500  # letters of full text for each mention, at most


class Reason(msgspec.Struct, frozen=True):
    """What made a bill count: the words, the fields in which they stand, the rule with its term, the weight."""

    places: tuple[tuple[str, tuple[str, ...]], ...]  # (("title", ("app store",)), ("summary", ("minors",)))
    rule: str  # "term", "hint", "law", "text", "by hand"
    term: str
    weight: float

    def __str__(self) -> str:
        said = "; ".join(f"{field}: " + ", ".join(f"'{word}'" for word in words) for field, words in self.places)
        return f"{said} (a hint)" if self.rule == "hint" else said


class Topic(msgspec.Struct, frozen=True):
    """One subtopic that a bill is about, or may be: `evidence` reads "title: 'social media'"."""

    topic: str  # the subtopic's slug
    area: str
    evidence: str
    score: float = 1.0
    inherited_from: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether the words suffice."""
        return self.score >= OURS

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return is_doubtful(self.score)


def is_doubtful(score: float) -> bool:
    """Whether a score is so near to the line that a person should look."""
    return abs(score - OURS) < DOUBT


def weight_at(rule: str, field: int, *, passing: bool) -> float:
    """What a rule weighs in a field."""
    if passing:
        return WEIGHTS[rule] * _PASSING
    return WEIGHTS[rule] * (_BESIDE if field in (SUMMARY, ACT_CLAUSE) else 1)


def weight_in_text(mentions: int, length: int) -> float:
    """What a full text of so many letters weighs that says it so often."""
    if mentions < _MENTIONS or mentions * _SPARSE < length:
        return 0
    return WEIGHTS["text"] * (_BESIDE if mentions * _DENSE >= length else _PASSING)


def together(reasons: Sequence[Reason]) -> float:
    """The score that independent reasons make; never quite sure, for words never are."""
    most = _HINTED if all(reason.rule == "hint" for reason in reasons) else _SUREST
    return round(min(1 - prod(1 - reason.weight for reason in reasons), most), 2)
