"""Put a finished site in place at once: nobody ever sees half of one.

`public` is a symbolic link to `public.<id>`, where the id is made from the site's manifest. A new site is written
beside the old one, with hard links to the files that stayed the same, and then takes over the link in one rename.
Killed anywhere, the old site still stands whole; the next build clears away what was left.

The manifest is written last, so whatever in the site is younger than it was changed by somebody else; that, and the
sizes it tells, is how a site that was changed by hand is known without reading it. Who gives a file of the same size
an older time on purpose is not found out.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from billwatch.database import held
from billwatch.errors import StoreError, UsageError
from billwatch_site.building.looking import all_intact
from billwatch_site.building.manifest import MARKER, Unit, above, clocked, entries_of, files_of
from billwatch_site.building.report import BuildReport
from billwatch_site.building.stamp import Kept, Stamp, read, write


class Standing(msgspec.Struct, frozen=True):
    """The site that stands: where, what it is made of, and when its last file was written (ns)."""

    folder: Path
    entries: dict[str, Unit]
    since: int


@contextmanager
def place_at(out: Path) -> Iterator[Place]:
    """The place of a site, for one build alone: two at once would clear away each other's work.

    Raises `Busy` where another is building there, `UsageError` where `out` holds something that is not ours.
    """
    if out.name in ("", ".."):
        raise UsageError(f"{out} has no name that a new site could take over; name a folder of its own with --out")
    try:
        handle = held(_beside(out, "lock"), f"another build is writing {out}; wait for it to end")
    except OSError as error:
        raise StoreError(f"cannot write the site to {out}: {error.strerror or error}") from error
    try:
        yield Place(out)
    finally:
        os.close(handle)


class Place:
    """Where a site stands, or will."""

    def __init__(self, out: Path) -> None:
        """Raises `UsageError` where `out` holds something that is not ours."""
        self.out = out.parent.resolve() / out.name  # the folder it stands in, but never through the link itself
        self.part = self.out.with_name(f"{self.out.name}.{os.getpid():012x}.part")
        self.standing = _standing(self.out)

    @property
    def folder(self) -> str:
        """Where the site that stands is; "" for none."""
        return str(self.standing.folder) if self.standing else ""

    @property
    def entries(self) -> dict[str, Unit]:
        return self.standing.entries if self.standing else {}

    @property
    def since(self) -> int:
        return self.standing.since if self.standing else 0

    @property
    def _stamp(self) -> Path:
        return _beside(self.out, "stamp")

    def as_made(self, stamp: Stamp) -> BuildReport | None:
        """What the last build told, where this one would make the same and all its files are as we left them."""
        kept = read(self._stamp)
        if not kept or kept.stamp != stamp or kept.site != Path(self.folder).name:
            return None
        whole = self.holds(len(self.entries)) and self.intact(self.entries.values())
        return msgspec.structs.replace(kept.report, written=0, removed=0, changed=False) if whole else None

    def keep(self, stamp: Stamp, report: BuildReport) -> None:
        """Keep the stamp of the site that stands now, where a later write to the store would be seen."""
        if stamp.settled():
            write(self._stamp, Kept(stamp, self.out.resolve().name, report))

    def fresh(self, unit: str, mark: str, now: datetime) -> Unit | None:
        """The unit as it stands, where it is as it would be made now and its files are as we left them."""
        entry = self.entries.get(unit)
        if not entry or entry.fingerprint != (clocked(mark, now) if entry.clock else mark):
            return None
        return entry if self.intact([entry]) else None

    def intact(self, entries: Iterable[Unit]) -> bool:
        """Whether the files of these units are as we left them."""
        return all_intact(self.folder, list(entries), self.since)

    def holds(self, units: int) -> bool:
        """Whether what stands is a whole site of ours, with so many units and nothing else."""
        folders = above(folder for entry in self.entries.values() for folder in files_of(entry.files))
        return self.out.is_symlink() and len(self.entries) == units and self._untouched(folders)

    def _untouched(self, folders: Iterable[str]) -> bool:
        """Whether nothing was added to these folders, or taken out of them."""
        try:
            return all(os.stat(f"{self.folder}/{folder}").st_mtime_ns <= self.since for folder in folders)
        except OSError:
            return False

    @contextmanager
    def begun(self) -> Iterator[Path]:
        """An empty folder for a new site; nothing is left of it when something goes wrong."""
        try:
            self.clear()
            self.part.mkdir()
            yield self.part
        except OSError as error:
            raise StoreError(
                f"cannot write the site to {self.out}: {error.strerror or error}; the old one stands"
            ) from error
        finally:
            shutil.rmtree(self.part, ignore_errors=True)

    def publish(self, manifest: Iterable[bytes]) -> None:
        """Put what was written in place of what stands."""
        digest = _written(self.part / MARKER, manifest)
        new = self.out.with_name(f"{self.out.name}.{digest[:12]}")
        if self.standing and self.standing.folder == new:
            # Somebody changed the site that stands: it is put right in another folder, never under the readers' feet.
            new = self.out.with_name(f"{self.out.name}.{digest[12:24]}")
        shutil.rmtree(new, ignore_errors=True)
        self.part.rename(new)
        _swap(self.out, new)
        self.clear()

    def clear(self) -> None:
        """Remove the sites that stood here before, and what a killed build left."""
        ours = re.compile(re.escape(self.out.name) + r"\.[0-9a-f]{12}(\.part)?")
        stands = self.out.resolve()
        for folder in self.out.parent.iterdir():
            if ours.fullmatch(folder.name) and folder != stands and folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)


def _beside(out: Path, kind: str) -> Path:
    """A hidden file of ours beside the site."""
    return out.parent.resolve() / f".{out.name}.{kind}"


def _standing(out: Path) -> Standing | None:
    """The site that stands at `out` now, if any."""
    if not out.is_symlink() and not out.exists():
        return None
    if not out.is_dir():
        # A link that leads nowhere is ours to replace if it leads to where we would put a site.
        if out.is_symlink() and Path(os.readlink(out)).name.startswith(f"{out.name}."):
            return None
        raise UsageError(f"{out} is not a folder; choose another place with --out")
    marker = out / MARKER
    if marker.is_file():
        return Standing(out.resolve(), entries_of(marker.read_bytes()), marker.stat().st_mtime_ns)
    if any(out.iterdir()):
        raise UsageError(
            f"{out} holds files that are not a billwatch site; empty it or choose another place with --out"
        )
    return None


def _written(file: Path, lines: Iterable[bytes]) -> str:
    """The digest of what was written, of which no more than a line is held."""
    digest = hashlib.sha256()
    with file.open("wb") as opened:
        for line in lines:
            opened.write(line)
            digest.update(line)
    return digest.hexdigest()


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
            for kind in ("stamp", "lock"):
                _beside(out, kind).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"cannot put the site at {out}: {error.strerror or error}; it is in {site}") from error
