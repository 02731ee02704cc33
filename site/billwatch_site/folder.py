"""Put a finished site in place at once: nobody ever sees half of one.

`public` is a symbolic link to `public.<id>`, where the id is made from all that the site holds. A new site is written
beside the old one, with hard links to the files that stayed the same, and then takes over the link in one rename.
Killed anywhere, the old site still stands whole; the next build clears away what was left.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from billwatch.errors import StoreError, UsageError

MARKER = ".billwatch-site"
_MARK = b"This folder is written by billwatch. What is put here by hand will be lost.\n"


class Placed(msgspec.Struct, frozen=True):
    """What came of placing a site: how many files it has, and how many of them had to be written."""

    files: int
    written: int
    removed: int
    changed: bool  # False: the same site stood there already, and nothing was touched


def place(files: Mapping[str, bytes], out: Path) -> Placed:
    """Make `out` hold exactly these files (paths with "/", relative to it).

    Raises `UsageError` where `out` holds something that is not ours, `StoreError` where it cannot be written.
    """
    files = {**files, MARKER: _MARK}
    out = out.parent.resolve() / out.name  # the folder it stands in, but never through the link itself
    old = _standing(out)
    new = out.with_name(f"{out.name}.{_identity(files)}")
    try:
        if out.is_symlink() and old == new:
            if _same(files, new):
                _clear(out, new)
                return Placed(len(files), 0, 0, False)
            # Somebody changed the site that stands: it is put right in another folder, never under the readers' feet.
            new = out.with_name(f"{out.name}.{_identity({**files, '': b''})}")
        written = _write(files, new, old)
        removed = len(set(_paths(old)) - set(files)) if old else 0
        _swap(out, new)
        _clear(out, new)
    except OSError as error:
        raise StoreError(f"cannot write the site to {out}: {error.strerror or error}; the old one stands") from error
    return Placed(len(files), written, removed, True)


def _standing(out: Path) -> Path | None:
    """The folder of the site that stands at `out` now, if any."""
    if not out.is_symlink() and not out.exists():
        return None
    if not out.is_dir():
        # A link that leads nowhere is ours to replace if it leads to where we would put a site.
        if out.is_symlink() and Path(os.readlink(out)).name.startswith(f"{out.name}."):
            return None
        raise UsageError(f"{out} is not a folder; choose another place with --out")
    if any(out.iterdir()) and not (out / MARKER).is_file():
        raise UsageError(
            f"{out} holds files that are not a billwatch site; empty it or choose another place with --out"
        )
    return out.resolve()


def _identity(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:12]


def _same(files: Mapping[str, bytes], folder: Path) -> bool:
    return _paths(folder) == sorted(files) and all(_holds(folder / path, files[path]) for path in files)


def _paths(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


def _write(files: Mapping[str, bytes], new: Path, old: Path | None) -> int:
    """Write the site to `new`, completely or not at all; say how many files were not simply linked."""
    part = new.with_name(f"{new.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        written = sum(_put(part, path, content, old) for path, content in files.items())
        shutil.rmtree(new, ignore_errors=True)
        part.rename(new)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return written


def _put(folder: Path, path: str, content: bytes, old: Path | None) -> bool:
    """Put one file in place, linked from the old site where it is the same; True if it was written."""
    file = inside(folder, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if old is not None and _holds(old / path, content):
        try:
            os.link(old / path, file)
            return False
        except OSError:
            pass  # another file system, or one without hard links: write it
    file.write_bytes(content)
    return True


def inside(folder: Path, path: str) -> Path:
    """The place of a file of the site; a `StoreError` for a path that leads out of it."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or "\0" in path or not parts.name:
        raise StoreError(f"'{path}' is not a path inside the site; nothing was written")
    return folder / parts


def _swap(out: Path, new: Path) -> None:
    """Let `out` lead to `new`. Only a real folder has to step aside first; a link is replaced in one rename."""
    link = out.with_name(f"{out.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(new.name)
    if out.is_dir() and not out.is_symlink():
        aside = out.with_name(f"{out.name}.{'0' * 12}")
        shutil.rmtree(aside, ignore_errors=True)
        out.rename(aside)
    link.rename(out)


def settle(out: Path) -> None:
    """Let the site stand at `out` itself instead of behind a link: for one that nobody reads while it is written."""
    if out.is_symlink():
        site = out.resolve()
        try:
            out.unlink()
            site.rename(out)
        except OSError as error:
            raise StoreError(f"cannot put the site at {out}: {error.strerror or error}; it is in {site}") from error


def _clear(out: Path, new: Path) -> None:
    """Remove the sites that stood here before, and what a killed build left."""
    ours = re.compile(re.escape(out.name) + r"\.[0-9a-f]{12}(\.part)?")
    for folder in out.parent.iterdir():
        if ours.fullmatch(folder.name) and folder != new and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
