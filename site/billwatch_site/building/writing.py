"""Files of a new site: written, or linked from the old one where they are the same.

A file that stays is the very same file, with its time of change, for whoever copies the site elsewhere.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from pathlib import Path

import msgspec

from billwatch.errors import StoreError
from billwatch_site.building.manifest import Files

_INSIDE = re.compile(r"(?:(?!\.\.?(?:/|\Z))[^/\\\0]+(?:/|\Z))*(?<!/)")


def inside(folder: Path | str, path: str) -> str:
    """The place of a file of the site; a `StoreError` for a path that leads out of it."""
    if not path or not _INSIDE.fullmatch(path):
        raise StoreError(f"'{path}' is not a path inside the site; nothing was written")
    return f"{folder}/{path}"


class Draft(msgspec.Struct, frozen=True):
    """A new site that is being written at `new`, and the site that stands, whose files may be taken over."""

    new: str
    old: str = ""  # "" where none stands

    def put(self, path: str, content: bytes, before: int | None) -> bool:
        """Put one file in place; True if it had to be written. `before`: its size in the old site, if it is there."""
        place = inside(self.new, path)
        if before == len(content) and self._same(path, content):
            self._take(path, place)
            return False
        _write(place, content)
        return True

    def move(self, path: str, file: Path, before: int | None) -> bool:
        """The same for a large file, which is compared and moved without being held."""
        place = inside(self.new, path)
        if before == file.stat().st_size and self._same_file(path, file):
            self._take(path, place)
            return False
        os.makedirs(os.path.dirname(place), exist_ok=True)
        shutil.move(file, place)
        os.chmod(place, 0o644)
        return True

    def keep(self, files: Files) -> None:
        """Take files over from the old site as they are."""
        for folder, names in files.items():
            os.makedirs(f"{self.new}/{folder}", exist_ok=True)
            for name in names:
                self._take(folder + name, f"{self.new}/{folder}{name}")

    def _same(self, path: str, content: bytes) -> bool:
        try:
            with open(f"{self.old}/{path}", "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def _same_file(self, path: str, file: Path) -> bool:
        try:
            return filecmp.cmp(f"{self.old}/{path}", file, shallow=False)
        except OSError:
            return False

    def _take(self, path: str, place: str) -> None:
        try:
            os.link(f"{self.old}/{path}", place)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.link(f"{self.old}/{path}", place)
        except OSError:  # another file system, or one without hard links
            shutil.copy2(f"{self.old}/{path}", place)


def _write(place: str, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        file = os.open(place, flags, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        file = os.open(place, flags, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
