"""The crew: benches that work at the same time, each in a process of its own; for a small site one bench, here.

Every bench sees the same state of the store. They are told what to do, and hand back what comes of it; nothing depends
on which of them did it, or when.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from billwatch.errors import StoreError

What = Callable[..., Any]  # a method of the benches' class; it goes to other processes by its name
Job = tuple[What, tuple[Any, ...]]  # what to do, and what it is given


class Crew(Protocol):
    """Benches, and how to tell them what to do."""

    def each(self, what: What, *given: Any) -> list[Any]:
        """Have every bench do the same; what came of it, in no order."""

    def all(self, jobs: Iterable[Job]) -> Iterator[Any]:
        """Have each of these done by one of them; what came of it, as it comes."""

    def close(self) -> None:
        """Send them home."""


class Alone:
    """One bench, in this process."""

    def __init__(self, bench: object) -> None:
        self._bench = bench

    def each(self, what: What, *given: Any) -> list[Any]:
        return [what(self._bench, *given)]

    def all(self, jobs: Iterable[Job]) -> Iterator[Any]:
        return (what(self._bench, *given) for what, given in jobs)

    def close(self) -> None:
        pass


class Together:
    """Benches in processes of their own, made there by `bench`, which has to be picklable.

    They are new interpreters and no forks: SQLite's locks do not survive a fork, nor do threads, and multiprocessing's
    own way to start anew would run an unguarded main module again.
    """

    def __init__(self, size: int, bench: Callable[[], object]) -> None:
        self._lines: list[Connection] = []
        self._workers: list[subprocess.Popen[bytes]] = []
        for _ in range(size):
            ours, theirs = Pipe()
            self._workers.append(_started(theirs.fileno()))
            theirs.close()
            ours.send(bench)
            self._lines.append(ours)

    def each(self, what: What, *given: Any) -> list[Any]:
        for line in self._lines:
            line.send((what, given))
        return [_heard(line) for line in self._lines]

    def all(self, jobs: Iterable[Job]) -> Iterator[Any]:
        todo = iter(jobs)
        busy = [line for line in self._lines if _sent(line, todo)]
        while busy:
            for line in wait(busy):
                assert isinstance(line, Connection)
                done = _heard(line)
                if not _sent(line, todo):
                    busy.remove(line)
                yield done

    def close(self) -> None:
        for line in self._lines:
            line.close()
        for worker in self._workers:
            worker.wait()


def _sent(line: Connection, todo: Iterator[Job]) -> bool:
    job = next(todo, None)
    if job:
        line.send(job)
    return bool(job)


def _heard(line: Connection) -> Any:
    try:
        done, what = line.recv()
    except (EOFError, ConnectionResetError):
        raise StoreError("a process that was building the site died; the old site stands; build again") from None
    if not done:
        raise what
    return what


def _started(line: int) -> subprocess.Popen[bytes]:
    """A process that works for whoever is at the other end of this line."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from billwatch_site.building.crew import work; work({line})"
    return subprocess.Popen([sys.executable, "-c", code], pass_fds=[line], stdin=subprocess.DEVNULL)


def work(number: int) -> None:
    """A process's life: do as told until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever told us to begin will end, and the line with them
    line = Connection(number)
    bench = line.recv()()
    while True:
        try:
            what, given = line.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            line.send((True, what(bench, *given)))
        except BrokenPipeError:
            return
        except Exception as error:  # what goes wrong here is told there
            line.send((False, error))


def size_for(bills: int) -> int:
    """How many processes are worth their start; 0: none but this one."""
    return min(os.cpu_count() or 1, bills // 250) if bills >= 500 else 0
