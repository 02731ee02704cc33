"""Events as iCalendar (RFC 5545, with the names of RFC 7986): whole days only, so no time zone is needed.

Written as text: icalendar takes hundreds of microseconds an event, and a build has tens of thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import msgspec

from billwatch_site.printing.press import Page
from billwatch_site.settings import Settings

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # TEXT holds none; a line end is written \n
_SPECIAL = re.compile(r"\r\n?|[\n\\;,]")
_WIDTH = 75  # octets a line, its end not counted (section 3.1)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A day. `sure` tells a rule from an estimate; `revision` may only grow."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    stamp: datetime
    sure: bool = True
    cancelled: bool = False
    revision: int = 0


def page(settings: Settings, path: str, name: str, events: Iterable[Event]) -> Page:
    """The file `calendar.ics` in the folder `path`."""
    file = f"{path}calendar.ics"
    source = settings.address(file) if settings.url else ""
    return Page(file, calendar(f"tag:{settings.host},2025:{file}", name, source, events))


def calendar(uid: str, name: str, source: str, events: Iterable[Event]) -> bytes:
    """A calendar of at least one event. `source` is where it stands, if that is known."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//billwatch//billwatch//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"UID:{_text(uid)}", f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"]
    lines += [f"SOURCE;VALUE=URI:{source}"] if source else []
    for event in events:
        lines += _event(event)
    return "".join([*map(_folded, lines), "END:VCALENDAR\r\n"]).encode()


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{event.stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED' if event.sure else 'TENTATIVE'}"
    yield f"SEQUENCE:{event.revision}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """A value of type TEXT (section 3.3.11)."""
    return _SPECIAL.sub(lambda m: r"\n" if m[0][0] in "\r\n" else f"\\{m[0]}", _CONTROL.sub("", words))


def _folded(line: str) -> str:
    """A line with its end; a longer one goes on in the next, after a blank. No letter is cut in two."""
    octets = line.encode()
    if len(octets) <= _WIDTH:
        return f"{line}\r\n"
    parts, at, width = [], 0, _WIDTH
    while at < len(octets):
        end = at + width
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # inside a letter
            end -= 1
        parts.append(octets[at:end])
        at, width = end, _WIDTH - 1  # the blank counts
    return b"\r\n ".join(parts).decode() + "\r\n"
