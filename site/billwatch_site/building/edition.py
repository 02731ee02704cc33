"""The edition: a digest of all that makes pages what they are, besides the store and the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from billwatch_site.settings import Settings

_PACKAGES = ("billwatch_site", "billwatch.compare", "billwatch.legislatures", "billwatch.stages", "billwatch.topics")
_LIBRARIES = ("jinja2", "markupsafe", "lxml", "msgspec")
_EXTRAS = ("pillow", "font-source-sans-pro", "font-source-serif-pro")  # with which cards are drawn, and how


def edition_of(settings: Settings, rooms: Iterable[Traversable] | None = None) -> bytes:
    """Another digest for other code, templates, static files, libraries or settings: then every page is made again.

    `rooms` are the folders of code, those of this project where nothing is said.
    """
    digest = hashlib.blake2b(msgspec.json.encode(settings), digest_size=16)
    digest.update(" ".join([*map(version, _LIBRARIES), *map(_version, _EXTRAS)]).encode())
    for room in rooms if rooms is not None else map(files, _PACKAGES):
        for path, file in sorted(_sources(room, room.name)):
            digest.update(f"\0{path}\0".encode() + file.read_bytes())
    return digest.digest()


def _version(name: str) -> str:
    """The version of a library that may not be there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", entry
