"""What topics are called: the taxonomy's words for areas and subtopics."""

from __future__ import annotations

from functools import cache

import msgspec

from billwatch.topics.taxonomy import Taxonomy


class Words(msgspec.Struct, frozen=True):
    """An area or a subtopic. `area` is "" for an area, which has its `subtopics`."""

    slug: str
    name: str
    explanation: str
    area: str = ""
    subtopics: tuple[Words, ...] = ()


@cache
def areas() -> tuple[Words, ...]:
    """The areas in their order, each with its subtopics."""
    taxonomy = Taxonomy.load()
    subtopics = tuple(Words(s.slug, s.name, s.explanation, s.area) for s in taxonomy.topic)
    return tuple(
        Words(
            slug,
            name,
            f"All bills on {name[:1].lower()}{name[1:]}.",
            subtopics=tuple(s for s in subtopics if s.area == slug),
        )
        for slug, name in taxonomy.areas.items()
    )


def words_of(slug: str) -> Words:
    """The words for a topic; for a slug that the taxonomy does not know, the slug: "age-check" as "Age check"."""
    return _all().get(slug) or Words(slug, slug.replace("-", " ").capitalize(), "")


def topic_name(slug: str) -> str:
    """What an area or subtopic is called."""
    return words_of(slug).name


def area_of(slug: str) -> str:
    """The area of a subtopic; "" for an area, and for what the taxonomy does not know."""
    return words_of(slug).area


def is_topic(slug: str) -> bool:
    """Whether there is a page for it."""
    return slug in _all()


@cache
def _all() -> dict[str, Words]:
    return {words.slug: words for area in areas() for words in (area, *area.subtopics)}
