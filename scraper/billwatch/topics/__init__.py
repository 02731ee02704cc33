"""Is a bill ours, how sure is that, and which words say so?

`classified(title, abstract, law)` gives the topics of a bill by the project's taxonomy, which anyone can edit:
`taxonomy.toml` beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from billwatch.topics.classifier import Classifier
from billwatch.topics.decisions import Decision
from billwatch.topics.scores import Reason, Topic
from billwatch.topics.taxonomy import Subtopic, Taxonomy

__all__ = ["Classifier", "Decision", "Reason", "Subtopic", "Taxonomy", "Topic", "classified", "followed"]


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
