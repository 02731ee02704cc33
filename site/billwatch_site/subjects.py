"""What topics are called: the taxonomy's words for areas and subtopics."""

from __future__ import annotations

from functools import cache

from billwatch.topics.taxonomy import Subtopic, Taxonomy


@cache
def taxonomy() -> Taxonomy:
    """The project's own taxonomy: areas and subtopics in their order."""
    return Taxonomy.load()


def subtopics_of(area: str) -> tuple[Subtopic, ...]:
    return tuple(subtopic for subtopic in taxonomy().topic if subtopic.area == area)


def topic_name(slug: str) -> str:
    """A topic's name; a slug that the taxonomy does not know, in words: "age-verification" as "Age verification"."""
    return _names().get(slug) or slug.replace("-", " ").capitalize()


def is_topic(slug: str) -> bool:
    """Whether there is a page for it."""
    return slug in _names()


@cache
def _names() -> dict[str, str]:
    return taxonomy().areas | {subtopic.slug: subtopic.name for subtopic in taxonomy().topic}
