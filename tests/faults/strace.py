"""Killing and starving a command at an exact system call, with strace: the k-th write dies, or finds the disk full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "from billwatch.cli import main; main()")
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed (apt-get install strace)")


def ran(
    arguments: Sequence[str], *, under: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`billwatch` with these arguments, perhaps under another command."""
    environment = {**os.environ, "NO_COLOR": "1", **(env or {})}
    return subprocess.run(
        [*under, *COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def injected(call: str, what: str, when: str, path: Path | None = None) -> list[str]:
    """The prefix that makes this system call fail (`what`: "signal=SIGKILL", "error=ENOSPC") from or at `when`.

    Not with --seccomp-bpf, which would be quicker: strace 6.1 then leaves signals out.
    """
    only = ["-P", str(path)] if path else []
    return ["strace", "-f", *only, "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}"]


def calls_of(calls: Sequence[str], arguments: Sequence[str], env: Mapping[str, str]) -> dict[str, int]:
    """How often a whole run makes each of these system calls."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "counts"
        under = ["strace", "-f", "--seccomp-bpf", "-c", "-U", "calls,name", "-e", f"trace={','.join(calls)}"]
        done = ran(arguments, under=[*under, "-o", str(table)], env=env)
        assert done.returncode == 0, done.stderr
        rows = [line.split() for line in table.read_text().splitlines()]
    return {row[1]: int(row[0]) for row in rows if len(row) == 2 and row[1] in calls}


def was_killed(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether the run died by SIGKILL; strace dies the death of what it runs."""
    return done.returncode in (-9, 137)
