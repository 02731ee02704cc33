"""New York's sources on loopback, as they were in 2025: started on a free port, with a clock, faults and a log.

`Past.started(shared)` runs the recorded history's own server with the year 2025 only, which takes some five seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

KINDS = ("503", "429", "reset", "slow", "truncate", "challenge", "empty", "wrongbill", "404html", "badjson")
SURFACES = {"open-legislation": "api", "lbdc": "lbdc", "assembly": "leg", "senate": "senate"}  # of our sources


def moment(text: str) -> datetime:
    """An instant, written as 2025-06-03T17:43Z."""
    return datetime.fromisoformat(text)


class Past:
    """The four sources at `address`; whoever starts it ends it with `close`."""

    def __init__(self, server: subprocess.Popen[str], address: str) -> None:
        self._server, self.address = server, address

    @classmethod
    def started(cls, shared: Path) -> Past:
        script, year = shared / "replay" / "replay.py", shared / "data" / "ny" / "replay-2025.jsonl.xz"
        command = [sys.executable, str(script), "--port", "0", "--data", str(year)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert server.stdout is not None
        said = server.stdout.readline()
        assert "http://" in said, f"the replay did not start: {said!r}"
        return cls(server, said.split()[-1])

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()

    def at(self, now: datetime) -> None:
        """Set the clock."""
        self._asked(f"/__clock?at={quote(now.isoformat())}", post=True)

    def broken(self, kind: str, every: int, seconds: float = 0.3) -> None:
        """Let every so many answers show this fault; counted from here on, whatever was asked before."""
        self._asked(f"/__fault?kind={kind}&every={every}&seconds={seconds}", post=True)

    def healed(self) -> None:
        self.broken("", 0)

    def fired(self) -> dict[str, int]:
        """How often each fault has fired on each surface: {"503 leg": 4}."""
        log = self._asked("/__log")
        return {name.removeprefix("fault "): times for name, times in log.items() if name.startswith("fault ")}

    def bill(self, bill: str) -> dict[str, Any]:
        """A bill (ny/2025/S404) as the record has it now, in the words of the Senate's interface."""
        _, session, number = bill.split("/")
        found: dict[str, Any] = self._asked(f"/api/3/bills/{session}/{number}?key=k")["result"]
        return found

    def truth(self, start: datetime, stop: datetime) -> list[dict[str, Any]]:
        """What the record says changed in start < t <= stop."""
        found: list[dict[str, Any]] = self._asked(
            f"/__truth?from={quote(start.isoformat())}&to={quote(stop.isoformat())}"
        )
        return found

    def toml(
        self, *, sources: tuple[str, ...] = (), topics: tuple[str, ...] = (), bills: tuple[str, ...] = (), **more: Any
    ) -> str:
        """A configuration that follows 2025's bills at this server."""
        settings = {
            "sessions": [2025],
            "open_legislation_key": "k",
            "sources": list(sources),
            "open_legislation_url": f"{self.address}/api/3",
            "assembly_url": f"{self.address}/leg/",
            "lbdc_url": f"{self.address}/navigate.cgi",
            "senate_url": self.address,
            "requests_per_second": 1000,
            "requests_per_run": 5000,
            **more,
        }
        lines = ["[follow]", f"topics = {json.dumps(topics)}", f"bills = {json.dumps(bills)}", "[legislatures.ny]"]
        return "\n".join([*lines, *(f"{name} = {json.dumps(value)}" for name, value in settings.items()), ""])

    def _asked(self, path: str, *, post: bool = False) -> Any:
        with urlopen(Request(self.address + path, method="POST" if post else "GET"), timeout=60) as answer:
            return json.load(answer)
