"""Kill an update or a build at every system call that writes, and see that nothing is lost, halved or said twice.

    python tests/faults/kills.py          a few kills of each
    python tests/faults/kills.py --all    every write of an update of some fifty bills at two sources, and of a build;
                                          hours long, so `--every 10` takes one in ten

After each kill the store must be whole and as it was before or after one of the two sources; the next run must bring
it to where an undisturbed run brings it, every change told once. A reader of the site must find the old or the new one.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from billwatch.archive import ArchivedAnswers
from billwatch.config import Config
from billwatch.live import live_update
from faults.fortnight import config_of
from faults.past import Past, moment
from faults.strace import calls_of, injected, ran, was_killed
from replay.server import YEAR

BEFORE, AFTER = moment("2025-06-09T12:00Z"), moment("2025-06-10T23:59Z")
UPDATE_CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "mkdir", "flock")
BUILD_CALLS = ("write", "mkdir", "link", "symlink", "rename", "unlink", "unlinkat", "rmdir")
KILL = "signal=SIGKILL"
# What is ours alone or of the wall clock: receipts are dated by it, and a second look counts as one.
ASIDE = {"observations": {"receipt", "checks"}, "changes": {"receipt"}, "runs": {"id"}}
STEPS_ASIDE = ("fetches", "failures", "runs")  # what a run more or less makes different
Rows = Counter[tuple[str, ...]]
Kill = tuple[str, int]  # a system call, and which one of them is the last


class Broken(AssertionError):
    """A kill left something behind that must not be."""


class Scene:
    """A store that knows fifty bills as of BEFORE, and what an undisturbed update makes of it at AFTER."""

    def __init__(self, past: Past, folder: Path, bills: int = 50) -> None:
        self.past, self.folder = past, folder
        self.file, self.data, self.out = folder / "billwatch.toml", folder / "data", folder / "public"
        self.file.write_text(past.toml(sources=("open-legislation", "lbdc"), bills=moving_pairs(past, bills)))
        self.config: Config = config_of(self.file.read_text())
        self._prepare()

    def _prepare(self) -> None:
        """The store before and its site; then, from copies, every state an undisturbed update passes through."""
        self.past.move(BEFORE)
        for _ in range(2):  # the second time, what was found to be related is known as well
            live_update(self.config, self.data, BEFORE, {})
        self.built()
        shutil.copytree(self.data, self.folder / "before")
        self._site = self.out.resolve().name
        shutil.copytree(self.out.resolve(), self.folder / "site before")
        self.past.move(AFTER)
        self.states = [rows_of(self.data)]
        live_update(self.config, self.data, AFTER, {}, progress=lambda run: self._saw())
        self._saw()
        self.outcome = rows_of(self.data, *STEPS_ASIDE)
        self.built()
        self.sites = [files_of(self.folder / "site before"), files_of(self.out)]
        shutil.copytree(self.data, self.folder / "after")

    def _saw(self) -> None:
        """What another connection sees now: only what is committed."""
        if (state := rows_of(self.data)) not in self.states:
            self.states.append(state)

    def reset(self, data: str) -> None:
        """The store as it was, "before" or "after", and the site before."""
        for path in (self.data, *self.folder.glob("public*")):
            path.unlink() if path.is_symlink() else shutil.rmtree(path)
        shutil.copytree(self.folder / data, self.data)
        shutil.copytree(self.folder / "site before", self.folder / self._site)
        self.out.symlink_to(self._site)

    @property
    def update(self) -> list[str]:
        return ["--config", str(self.file), "--data", str(self.data), "--quiet", "update"]

    @property
    def build(self) -> list[str]:
        return ["--config", str(self.file), "--data", str(self.data), "--quiet", "build", "--out", str(self.out)]

    def env(self, now: datetime = AFTER) -> dict[str, str]:
        return {"BILLWATCH_NOW": now.isoformat()}

    def built(self) -> None:
        done = ran(self.build, env=self.env())
        if done.returncode:
            raise Broken(f"build ended with {done.returncode}: {done.stderr}")


def moving_pairs(past: Past, wanted: int) -> tuple[str, ...]:
    """Bills that change between the two moments, with their same-as bill and without a past in other sessions."""
    past.move(AFTER)
    found: list[str] = []
    for row in past.truth(BEFORE, AFTER):
        record = past.bill(f"ny/{row.bill}")
        same = [
            f"ny/2025/{b['basePrintNo']}" for a in record["amendments"]["items"].values() for b in a["sameAs"]["items"]
        ]
        if not row.new and not record["previousVersions"]["items"]:
            found += [b for b in (f"ny/{row.bill}", *same) if b not in found]
        if len(found) >= wanted:
            break
    return tuple(found)


def rows_of(data: Path, *aside: str) -> Rows:
    """Every row of the store, but for what the wall clock writes; its integrity is checked on the way."""
    rows: Rows = Counter()
    with closing(sqlite3.connect(data / "bills.db")) as db:
        if (said := db.execute("pragma integrity_check").fetchone()[0]) != "ok":
            raise Broken(f"the database is damaged: {said}")
        tables = db.execute("select name from sqlite_master where type = 'table' and name not like 'bills_fts%'")
        for (table,) in tables.fetchall():
            if table.startswith("sqlite_") or table in ("fetches", *aside):
                continue
            columns = [r[1] for r in db.execute(f'pragma table_info("{table}")') if r[1] not in ASIDE.get(table, ())]
            rows.update((table, *map(str, row)) for row in db.execute(f'select {", ".join(columns)} from "{table}"'))
    return rows


def files_of(out: Path) -> dict[str, str]:
    """The site as a reader finds it: each file with the digest of its bytes."""
    files = (p for p in out.rglob("*") if p.is_file())
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def kill_update(scene: Scene, kill: Kill) -> int | None:
    """Kill an update there, check what stands, let the next run finish. Which state stood; None: nothing was killed."""
    scene.reset("before")
    call, k = kill
    if not was_killed(ran(scene.update, under=injected(call, KILL, str(k)), env=scene.env())):
        return None
    state = rows_of(scene.data)
    if state not in scene.states:
        raise Broken(f"killed at {call} {k}: the store is as it never was in an undisturbed run")
    check_receipts(scene.data, kill)
    live_update(scene.config, scene.data, AFTER, {})
    if rows_of(scene.data, *STEPS_ASIDE) != scene.outcome:
        raise Broken(f"killed at {call} {k}: the next run came to another end than an undisturbed one")
    check_receipts(scene.data, kill)
    return scene.states.index(state)


def check_receipts(data: Path, kill: Kill) -> None:
    """Every receipt in the store has its answer in the archive, byte for byte."""
    archived = ArchivedAnswers(data / "archive")
    with closing(sqlite3.connect(data / "bills.db")) as db:
        for receipt, digest in db.execute("select id, sha256 from fetches where file != ''"):
            if archived.answer(receipt).sha256 != digest:
                raise Broken(f"killed at {kill}: the receipt {receipt} proves another answer")


def kill_build(scene: Scene, kill: Kill) -> int | None:
    """Kill a build there: a reader finds the old site (0) or the new one (1); the next build leaves nothing over."""
    scene.reset("after")
    call, k = kill
    if not was_killed(ran(scene.build, under=injected(call, KILL, str(k)), env=scene.env())):
        return None
    stands = files_of(scene.out)
    if stands not in scene.sites:
        raise Broken(f"killed at {call} {k}: the site is neither the old one nor the new one")
    scene.built()
    if files_of(scene.out) != scene.sites[1]:
        raise Broken(f"killed at {call} {k}: the next build made another site")
    if len(left := sorted(p.name for p in scene.folder.glob("public*"))) != 2:
        raise Broken(f"killed at {call} {k}: beside the site lie {left}")
    return scene.sites.index(stands)


def some(counts: Mapping[str, int], places: Mapping[str, Sequence[float]]) -> Iterator[Kill]:
    """Kills at these parts (0 to 1) of the calls that a whole run makes."""
    for call, parts in places.items():
        yield from ((call, 1 + round(part * (counts[call] - 1))) for part in parts if call in counts)


def every(counts: Mapping[str, int], step: int) -> Iterator[Kill]:
    for call, times in counts.items():
        yield from ((call, k) for k in range(1, times + 1, step))


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    places = {"pwrite64": (0, 0.25, 0.5, 0.75, 1), "rename": (0, 1), "link": (0.5,), "write": (0.5,)}
    with tempfile.TemporaryDirectory() as folder, Past.start([YEAR]) as past:
        scene = Scene(past, Path(folder), bills=50)
        for name, kill_at, command, calls in (
            ("update", kill_update, scene.update, UPDATE_CALLS),
            ("build", kill_build, scene.build, BUILD_CALLS),
        ):
            scene.reset("before" if name == "update" else "after")
            counts = calls_of(calls, command, scene.env())
            kills = list(every(counts, asked.every) if asked.all else some(counts, places))
            print(f"{name}: {counts}; {len(kills)} kills", flush=True)
            seen: Counter[int | None] = Counter()
            for kill in kills:
                seen[kill_at(scene, kill)] += 1
            print(f"{name}: states found after the kills (None: the call was not reached): {dict(seen)}", flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every call instead of a few")
    parser.add_argument("--every", type=int, default=1, help="with --all: one call in so many")
    return parser


if __name__ == "__main__":
    sys.exit(main())
