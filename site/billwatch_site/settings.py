"""What the publisher says about the site: all that a build needs besides the store."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

import msgspec


class Stance(msgspec.Struct, frozen=True):
    """What the publisher thinks of one bill: shown on its page, and as theirs."""

    position: str = "watch"
    priority: str = "normal"
    note: str = ""


class OwnCorrection(msgspec.Struct, frozen=True):
    """A mistake of the publisher's own, and the day on which it was put right; `bill` is "" where it is about none."""

    on: date
    text: str
    bill: str = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`url` is where the site will stand, or "" while that is not known; `stances` is by bill id. With `cards` a
    picture of each followed bill is drawn, where the extra for it is installed.

    A source counts as silent when its last good answer is older than `stale_after_hours`.
    `search` "pagefind" adds a search of the full text to that of numbers, titles, sponsors and topics.
    `service_url` is where people sign up for mail, or "" where there is no such service.
    """

    title: str = "Online speech and privacy bills"
    url: str = ""
    contact: str = ""
    stances: dict[str, Stance] = {}
    corrections: tuple[OwnCorrection, ...] = ()
    stale_after_hours: int = 48
    cards: bool = True
    search: Literal["built-in", "pagefind"] = "built-in"
    service_url: str = ""

    @property
    def base_path(self) -> str:
        """The path the site stands under, with a slash at both ends: "/" or "/billwatch/"."""
        path = urlsplit(self.url).path.strip("/")
        return f"/{path}/" if path else "/"

    @property
    def sign_up(self) -> str:
        """Where a form of the site goes; "" where there is no sign-up service."""
        return f"{self.service_url.rstrip('/')}/preview" if self.service_url else ""

    @property
    def host(self) -> str:
        """Whose site this is, as permanent ids of feed entries need it."""
        return _host(self.url)

    def address(self, path: str) -> str:
        """The full address of a path of the site; the path alone where the site's own address is not known."""
        return f"{self.url.rstrip('/')}/{path}" if self.url else path


@lru_cache(maxsize=8)
def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"
