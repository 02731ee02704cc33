"""The taxonomy: areas, subtopics and the phrases that make a bill ours, read from `taxonomy.toml`."""

from __future__ import annotations

import tomllib
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
    exceptions: tuple[str, ...] = msgspec.field(name="not", default=())


class Taxonomy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The areas (slug to name) and the subtopics, in the order of the file."""

    areas: dict[str, str]
    topic: tuple[Subtopic, ...]

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
        return taxonomy

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everything that may stand under `topics` in the configuration: areas, then subtopics."""
        return (*self.areas, *(subtopic.slug for subtopic in self.topic))
