"""The tables of `billwatch.toml`, with their defaults: good enough that no file is needed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from billwatch.config.shapes import Address, Contact, Line, MailAddress

Position = Literal["support", "support if amended", "oppose", "oppose unless amended", "watch"]


class Site(msgspec.Struct, frozen=True):
    """The published site. `url` is "" until it is known where the site stands.

    `search` "pagefind" also indexes the full text of the bill pages; it needs the extra `search`.
    `cards` draws a picture of each followed bill, where the extra `cards` is installed.
    """

    title: Line = "Online speech and privacy bills"
    url: Address = ""
    contact: Contact = ""
    search: Literal["built-in", "pagefind"] = "built-in"
    cards: bool = True


class Follow(msgspec.Struct, frozen=True):
    """What is watched: bills on these topics, and the bills named."""

    legislatures: tuple[str, ...] = ("ny",)
    topics: tuple[str, ...] = ("speech", "privacy")
    bills: tuple[str, ...] = ()


class LegislatureSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What every legislature has; a legislature with more has a `settings` module with its own `Settings`.

    `sources` empty means the legislature's own order; `sessions` empty means the current one.
    `requests_per_run` is how many requests one run may make; what is left over waits for the next.
    """

    sessions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    requests_per_second: Annotated[float, msgspec.Meta(ge=0.001)] = 1.0
    requests_per_run: Annotated[int, msgspec.Meta(ge=1)] = 900

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Fields and values; a key is never among them, for a repr ends up in logs."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return [(name, "(hidden)" if name.endswith("_key") and value else value) for name, value in values]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self.__rich_repr__())})"


class NamedBill(msgspec.Struct, frozen=True):
    """What the publisher says about one bill. `topics` or `not_ours` overrule what its words say, for a `reason`."""

    id: str
    position: Position = "watch"
    priority: Literal["high", "normal", "low"] = "normal"
    note: str = ""
    topics: tuple[str, ...] = ()
    not_ours: bool = False
    reason: Line = ""


class Correction(msgspec.Struct, frozen=True):
    """A mistake of the publisher's own, and when it was put right."""

    on: date
    text: Annotated[str, msgspec.Meta(min_length=1)]
    bill: str = ""


class Archive(msgspec.Struct, frozen=True):
    """How much of what was fetched is kept."""

    max_megabytes: Annotated[int, msgspec.Meta(ge=1)] = 500


class Mail(msgspec.Struct, frozen=True):
    """How alerts go out by mail; no `host`, no mail. The password is in the environment only.

    `bounces` is a mailbox for what comes back, at a server that keeps what follows a + in an address. `service_url` is
    where `billwatch signup` stands. `quiet_after_days` without news we say that all is well; 0 for never.
    """

    host: Line = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Line = ""
    sender: MailAddress = ""
    bounces: MailAddress = ""
    per_minute: Annotated[int, msgspec.Meta(ge=1)] = 300
    service_url: Address = ""
    quiet_after_days: Annotated[int, msgspec.Meta(ge=0)] = 30
