"""The taxonomy: areas, subtopics and what makes a bill ours, read from `taxonomy.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import msgspec

from billwatch.errors import UsageError

OWN = Path(__file__).with_name("taxonomy.toml")


class Subtopic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the taxonomy; `exceptions` stand in the file as `not`."""

    slug: str
    area: str
    name: str
    explanation: str
    terms: tuple[str, ...]
    hints: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = msgspec.field(name="not", default=())
    examples: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that is looked for."""
        written = (*self.terms, *self.hints, *self.laws, *self.exceptions)
        return tuple(phrase for term in written for part in term.split(" + ") for phrase in part.split(" | "))


class Taxonomy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The areas (slug to name) and the subtopics, in the order of the file.

    `omnibus`: how bills begin that hold something of everything.
    """

    areas: dict[str, str]
    topic: tuple[Subtopic, ...]
    omnibus: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path | None = None) -> Taxonomy:
        """The taxonomy in `path`, or the project's own."""
        file = path or OWN
        try:
            taxonomy = msgspec.convert(tomllib.loads(file.read_text("utf-8")), cls)
        except (OSError, ValueError) as error:
            raise UsageError(f"{file}: not a taxonomy ({error}); compare it with the project's own") from None
        for subtopic in taxonomy.topic:
            if subtopic.area not in taxonomy.areas:
                raise UsageError(f"{file}: {subtopic.slug}: no area '{subtopic.area}'; add it under [areas]")
            for phrase in subtopic.phrases:
                if "*" in phrase[:-1] or not phrase.strip("* "):
                    raise UsageError(f"{file}: {subtopic.slug}: '{phrase}'; write words, with a * at their end at most")
        return taxonomy

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everything that may stand under `topics` in the configuration: areas, then subtopics."""
        return (*self.areas, *self.area_of)

    @cached_property
    def area_of(self) -> dict[str, str]:
        """The area of each subtopic."""
        return {subtopic.slug: subtopic.area for subtopic in self.topic}

    def under(self, names: Collection[str]) -> set[str]:
        """The subtopics among these areas and subtopics."""
        return {slug for slug, area in self.area_of.items() if slug in names or area in names}
