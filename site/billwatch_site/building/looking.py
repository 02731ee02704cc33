"""Look at the files of a site: whether they are as we left them, which their sizes and times tell without reading them.

A site may have a million files, and of each something has to be asked. So two processes share them: one is a fork of
this one, which does nothing but look, and ends with its answer. Where other threads run, which no fork would take
along, one process looks at all.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import NoReturn

from billwatch_site.building.manifest import Files, Unit, files_of

WORTH_A_FORK = 1_000  # units


def intact(site: str, files: Files, since: int) -> bool:
    """Whether these files are as we left them, and alone in their folders: of the same size, and nothing changed since
    that moment (ns)."""
    try:
        return all(_as_left(f"{site}/{folder}", names, since) for folder, names in files.items())
    except OSError:
        return False


def all_intact(site: str, units: Sequence[Unit], since: int, worth: int = WORTH_A_FORK) -> bool:
    """The same for all files of many units; `worth` are as many as are worth a fork."""
    if len(units) < worth or threading.active_count() > 1 or os.cpu_count() == 1:
        return _all(site, units, since)
    half = len(units) // 2
    other = os.fork()
    if not other:
        _end_with(site, units[half:], since)
    found = _all(site, units[:half], since)
    return os.waitpid(other, 0)[1] == 0 and found


def _all(site: str, units: Sequence[Unit], since: int) -> bool:
    return all(intact(site, files_of(unit.files), since) for unit in units)


def _end_with(site: str, units: Sequence[Unit], since: int) -> NoReturn:
    """End this process at once, and well only if they are intact."""
    found = False
    try:
        found = _all(site, units, since)
    finally:
        os._exit(not found)


def _as_left(folder: str, names: dict[str, int], since: int) -> bool:
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if os.stat(place).st_mtime_ns > since:
            return False
        for name, size in names.items():
            found = os.stat(name, dir_fd=place)
            if found.st_size != size or found.st_mtime_ns > since:
                return False
        return True
    finally:
        os.close(place)
