"""How often somebody may ask: counted in memory, by network, and forgotten with the process.

What is counted is kept under a keyed hash: the memory of the service does not list who came.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta

# A household, a phone, an office: what one customer of a network usually holds.
_PREFIX = {4: 24, 6: 56}
_MOST_KEYS = 20_000


class Limit:
    """At most `times` in any `per`, for each key. The longest idle key goes first when there are too many."""

    def __init__(self, times: int, per: timedelta) -> None:
        self.times, self.per = times, per
        self._key = secrets.token_bytes(16)
        self._seen: OrderedDict[bytes, list[datetime]] = OrderedDict()

    def allows(self, key: str, now: datetime) -> bool:
        """Whether this is still within the limit; if so, it is counted."""
        name = hashlib.blake2b(key.encode(), key=self._key, digest_size=16).digest()
        recent = [at for at in self._seen.pop(name, []) if now - self.per < at <= now]
        allowed = len(recent) < self.times
        self._seen[name] = [*recent, now] if allowed else recent
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return allowed


def network_of(peer: str, forwarded: str = "") -> str:
    """The client's network: of the peer, or, where that is this machine's own web server, of whom it names last.

    Only a server on this machine is believed, and only the last name, which is the one that this server wrote.
    """
    address = _address(peer)
    if address and address.is_loopback and forwarded:
        address = _address(forwarded.rpartition(",")[2].strip()) or address
    if not address:
        return "unknown"
    return str(ipaddress.ip_network((address, _PREFIX[address.version]), strict=False))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
