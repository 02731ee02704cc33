"""What robots.txt allows, read once for each host and run (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from billwatch.errors import Refused
from billwatch.fetch.reply import Passing, Reply, retry_after

AGENT = "billwatch"
LONGEST_DELAY = 120.0  # seconds; a run that honoured more would never end, and one that did not would be rude
_READ = 512 * 1024  # bytes; RFC 9309 2.5 asks for at least 500 KiB


class Robots:
    """The rules of every host we ask.

    `ask` gives the `readable` reply for an address. A host that cannot be connected to is `Unreachable`, not
    remembered here: the next question finds out anew.
    """

    def __init__(self, ask: Callable[[str], Reply]) -> None:
        self._ask = ask
        self._rules: dict[str, Protego | Refused] = {}

    def delay(self, url: str) -> float:
        """Seconds to leave between two requests, by the host's rules; `Refused` where they forbid the address."""
        rules = self._rules_for(url)
        if isinstance(rules, Refused):
            raise Refused(str(rules))
        if not rules.can_fetch(url, AGENT):
            raise Refused("robots.txt does not allow this address: it is not asked", url)
        delay = float(rules.crawl_delay(AGENT) or 0.0)
        if delay > LONGEST_DELAY:
            raise Refused(f"robots.txt wants {delay:g} seconds between requests, longer than a run can wait", url)
        return delay

    def _rules_for(self, url: str) -> Protego | Refused:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            try:
                self._rules[origin] = _rules_in(self._ask(f"{origin}/robots.txt"))
            except Refused as refused:
                self._rules[origin] = refused
        return self._rules[origin]


def readable(reply: Reply, url: str) -> Reply:
    """The reply, unless the file exists but cannot be read now: that forbids everything (RFC 9309, 2.3.1.4)."""
    if reply.status >= 500 or reply.status == 429:
        text = f"robots.txt answers HTTP {reply.status}: until it can be read nothing may be asked (RFC 9309)"
        raise Passing(Refused(text, url), retry_after(reply))
    return reply


def _rules_in(reply: Reply) -> Protego:
    """No file (any other status) allows everything (RFC 9309, 2.3.1.3)."""
    return Protego.parse(reply.body[:_READ].decode("utf-8", errors="replace") if reply.status == 200 else "")
