"""New York's recorded history behind loopback addresses: started on a free port, its clock moved by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import msgspec

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".." / "shared"
SCRIPT = SHARED / "replay" / "replay.py"
YEAR = SHARED / "data" / "ny" / "replay-2025.jsonl.xz"  # the one recording in which anything changes


class TruthRow(msgspec.Struct):
    """What became different of one bill, as the recording has it; `bill` is "2025/S9191"."""

    bill: str
    new: bool
    fields: dict[str, tuple[Any, Any]]  # name: was, now
    actions: list[tuple[str, tuple[str, str, str] | None, tuple[str, str, str] | None]]


class Clock(msgspec.Struct):
    """Where the server stands in time, and how far its recording goes."""

    at: datetime
    first: datetime
    last: datetime


class Replay:
    """A running replay at `url`; closing it ends the process, if it is ours."""

    def __init__(self, url: str, process: subprocess.Popen[str] | None = None) -> None:
        self.url, self._process = url, process
        self._bills: dict[tuple[str, datetime], dict[str, Any]] = {}

    @classmethod
    def start(cls, recordings: Iterable[Path] = (), port: int = 0) -> Self:
        """Start the server with these recordings (all there are, if none is named); port 0 is any free one."""
        data = ["--data", *map(str, recordings)] if recordings else []
        command = [sys.executable, str(SCRIPT), "--port", str(port), *data]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise SystemExit(f"the replay did not start: {' '.join(command)}")
        return cls(line.split()[-1], process)

    def close(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def syncs(self) -> list[datetime]:
        """The times at which anything changed, in order."""
        return msgspec.json.decode(self._asked("__syncs"), type=list[datetime])

    def truth(self, after: datetime, until: datetime) -> list[TruthRow]:
        """What changed at after < t <= until."""
        span = urlencode({"from": after.isoformat(), "to": until.isoformat()})
        return msgspec.json.decode(self._asked(f"__truth?{span}"), type=list[TruthRow])

    def clock(self) -> Clock:
        return msgspec.json.decode(self._asked("__clock"), type=Clock)

    def move(self, at: datetime) -> None:
        self._asked(f"__clock?{urlencode({'at': at.isoformat()})}", "POST")

    def lag(self, surface: str, seconds: int) -> None:
        """Let one surface (api, leg, lbdc, senate) show the bills as they stood that long ago."""
        self._asked(f"__lag?{urlencode({'surface': surface, 'seconds': seconds})}", "POST")

    def lines(self, bill: str, at: datetime) -> list[str]:
        """The history of a bill ("ny/2025/S9191") as it stood then, each line as billwatch words it."""
        actions = self._bill(bill, at)["actions"]["items"]
        return [f"{a['date']} {a['chamber'].capitalize()}: {' '.join(a['text'].upper().split())}" for a in actions]

    def substitute(self, bill: str, at: datetime) -> str:
        """Which bill stood in for this one then (both "ny/2025/S9191"); "" if none did."""
        other = self._bill(bill, at)["substitutedBy"]
        return f"ny/{other['session']}/{other['basePrintNo']}" if other else ""

    def _bill(self, bill: str, at: datetime) -> dict[str, Any]:
        """The raw answer of the interface, asked in passing: the clock stands afterwards where it stood."""
        if (bill, at) not in self._bills:
            now = self.clock().at
            self.move(at)
            answer = self._asked(f"api/3/bills/{bill.removeprefix('ny/')}?view=info&key=any")
            self.move(now)
            self._bills[bill, at] = dict(msgspec.json.decode(answer)["result"])
        return self._bills[bill, at]

    def _asked(self, path: str, method: str = "GET") -> bytes:
        with urlopen(Request(f"{self.url}/{path}", method=method), timeout=600) as answer:
            return bytes(answer.read())
