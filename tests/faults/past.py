"""New York's sources on loopback, as they were in 2025, with faults: the replay's server, made to break."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from replay.server import Replay

KINDS = ("503", "429", "reset", "slow", "truncate", "challenge", "empty", "wrongbill", "404html", "badjson")
SURFACES = {"open-legislation": "api", "lbdc": "lbdc", "assembly": "leg", "senate": "senate"}  # of our sources


def moment(text: str) -> datetime:
    """An instant, written as 2025-06-03T17:43Z."""
    return datetime.fromisoformat(text)


class Past(Replay):
    """The four sources at `url`; answers break while a fault is set."""

    def broken(self, kind: str, every: int, seconds: float = 0.3) -> None:
        """Let every so many answers show this fault."""
        self._asked(f"__fault?kind={kind}&every={every}&seconds={seconds}", "POST")

    def close(self) -> None:
        super().close()
        if self._process and self._process.stdout:
            self._process.stdout.close()

    def healed(self) -> None:
        self.broken("", 0)

    def fired(self) -> dict[str, int]:
        """How often each fault has fired on each surface: {"503 leg": 4}."""
        log = json.loads(self._asked("__log"))
        return {name.removeprefix("fault "): times for name, times in log.items() if name.startswith("fault ")}

    def bill(self, bill: str) -> dict[str, Any]:
        """A bill (ny/2025/S404) as the record has it now, in the words of the Senate's interface."""
        _, session, number = bill.split("/")
        found: dict[str, Any] = json.loads(self._asked(f"api/3/bills/{session}/{number}?key=k"))["result"]
        return found

    def toml(
        self, *, sources: tuple[str, ...] = (), topics: tuple[str, ...] = (), bills: tuple[str, ...] = (), **more: Any
    ) -> str:
        """A configuration that follows bills of 2025 at this server."""
        settings = {
            "sessions": [2025],
            "open_legislation_key": "k",
            "sources": list(sources),
            "open_legislation_url": f"{self.url}/api/3",
            "assembly_url": f"{self.url}/leg/",
            "lbdc_url": f"{self.url}/navigate.cgi",
            "senate_url": self.url,
            "requests_per_second": 1000,
            "requests_per_run": 5000,
            **more,
        }
        lines = ["[follow]", f"topics = {json.dumps(topics)}", f"bills = {json.dumps(bills)}", "[legislatures.ny]"]
        return "\n".join([*lines, *(f"{name} = {json.dumps(value)}" for name, value in settings.items()), ""])
