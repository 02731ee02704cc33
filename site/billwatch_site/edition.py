"""The edition: a digest of all that makes pages what they are, besides the store and the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from billwatch_site.settings import Settings

_PACKAGES = ("billwatch_site", "billwatch.stages", "billwatch.topics")
_LIBRARIES = ("jinja2", "markupsafe", "lxml", "msgspec")


def edition_of(settings: Settings) -> bytes:
    """Another digest for other code, templates, static files, libraries or settings: then every page is made again."""
    digest = hashlib.blake2b(msgspec.json.encode(settings), digest_size=16)
    digest.update("".join(version(name) for name in _LIBRARIES).encode())
    for package in _PACKAGES:
        for path, file in sorted(_sources(files(package), package)):
            digest.update(f"\0{path}\0".encode() + file.read_bytes())
    return digest.digest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", entry
