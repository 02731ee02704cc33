"""The shapes of single values. Each function says in plain words what is wrong with one, or "" where nothing is.

A type names its function, and `ConfigFile.record` asks it: what stands in a file is refused when the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

Flaw = Callable[[str], str]
_STRANGE = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")
_HOST = re.compile(r"[\w.:-]*\w[\w.:-]*")
_MAIL = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\".]+(\.[^\s@<>,;:\".]+)*")


def place(text: str) -> str:
    """Of an address under which a site or a source stands: whatever we ask there is written behind it."""
    if flaw := page(text):
        return flaw
    return "has a ? or a #, behind which nothing can stand" if re.search("[?#]", text) else ""


def page(text: str) -> str:
    """Of any web address."""
    if not text:
        return ""
    if not text.startswith(("https://", "http://")):
        return "does not begin with https:// or http://"
    if strange := _STRANGE.search(text):
        return f"holds {strange[0]!r}, which no address does"
    try:
        host, port = urlsplit(text).hostname, urlsplit(text).port
    except ValueError:
        return "has a host or a port that there cannot be"
    if not host or not _HOST.fullmatch(host):
        return "names no host"
    return "has a port that there cannot be" if port == 0 else ""


def mail(text: str) -> str:
    return "" if not text or _MAIL.fullmatch(text) else "is no mail address"


def contact(text: str) -> str:
    if text.startswith("mailto:"):
        return mail(text.removeprefix("mailto:").partition("?")[0] or "-")
    return page(text) and "is neither a mail address after mailto: nor a web address"


def line(text: str) -> str:
    """Of what may stand in a header."""
    return "is more than one line" if re.search(r"[\x00-\x1f]", text) else ""


def name(text: str) -> str:
    """Of what a channel is called."""
    fits = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", text)
    return "" if fits else "is not made of up to 40 small letters, digits and hyphens"


Address = Annotated[str, msgspec.Meta(extra={"flaw": place})]
Contact = Annotated[str, msgspec.Meta(extra={"flaw": contact})]
MailAddress = Annotated[str, msgspec.Meta(extra={"flaw": mail})]
Line = Annotated[str, msgspec.Meta(extra={"flaw": line})]
Name = Annotated[str, msgspec.Meta(extra={"flaw": name})]


def flaws_in(record: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """The fields of a record that cannot be meant, each with what is wrong with it."""
    for field in msgspec.structs.fields(record):
        for meta in getattr(field.type, "__metadata__", ()):
            check: Flaw = (meta.extra or {}).get("flaw", lambda text: "")
            if flaw := check(getattr(record, field.name)):
                yield field.name, flaw
