"""What the publisher says about the site: all that a build needs besides the store."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec


class Stance(msgspec.Struct, frozen=True):
    """What the publisher thinks of one bill: shown on its page, and as theirs."""

    position: str = "watch"
    priority: str = "normal"
    note: str = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`url` is where the site will stand, or "" while that is not known; `stances` is by bill id.

    A source counts as silent when its last good answer is older than `stale_after_hours`.
    `service_url` is where people sign up for mail, or "" where there is no such service.
    """

    title: str = "Online speech and privacy bills"
    url: str = ""
    contact: str = ""
    stances: dict[str, Stance] = {}
    stale_after_hours: int = 48
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
        return urlsplit(self.url).hostname or "localhost"

    def address(self, path: str) -> str:
        """The full address of a path of the site; the path alone where the site's own address is not known."""
        return f"{self.url.rstrip('/')}/{path}" if self.url else path
