"""Posts: a bulletin as text, for services that each show so many characters. A link is never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from billwatch_site.alerts.bulletins import Bulletin, Note
from billwatch_site.words.sentences import counted

# What a service would take for a call to everybody in the room: a title never calls anybody.
_CALL = re.compile(r"@(?=\w)|<(?=[!@#])")


class Post(NamedTuple):
    """What a service shows; the title is "" where it has no place for one."""

    title: str
    body: str


def post_of(bulletin: Bulletin, longest_body: int, longest_title: int) -> Post:
    """The bulletin for a service that shows so many characters. Links are whole, whatever else has to be cut."""
    groups = bulletin.stories
    if len(groups) == 1:
        return _single(groups[0], longest_body, longest_title)
    title = f"{bulletin.title}: {counted(len(groups), 'story', 'stories')}"
    room = longest_body if longest_title else longest_body - len(title) - 2
    told = _as_many([_line(group) for group in groups], room, bulletin.site)
    return Post(cut(title, longest_title), told) if longest_title else Post("", f"{title}\n\n{told}")


def _single(notes: Sequence[Note], longest_body: int, longest_title: int) -> Post:
    """Which bill, what happened, what it is called, where to read on."""
    first = notes[0]
    name = f"{first.number} ({first.place})"
    said = _harmless(" ".join(note.told for note in notes))
    title = cut(name, longest_title) if longest_title else ""
    before = "" if longest_title else f"{name}: "
    room = longest_body - len(first.link) - 1
    told = cut(f"{before}{said}", room)
    about = cut(_harmless(first.headline), room - len(told) - 1)
    return Post(title, "\n".join(part for part in (told, about, first.link) if part))


def _line(notes: Sequence[Note]) -> str:
    first = notes[0]
    return _harmless(f"{first.called}: {' '.join(note.told for note in notes)}") + f"\n{first.link}"


def _as_many(lines: Sequence[str], room: int, more_at: str) -> str:
    """As many lines as there is room for, and how many more there are; none is cut in the middle."""
    for shown in range(len(lines), -1, -1):
        left = len(lines) - shown
        more = [f"And {left:,} more: {more_at}".removesuffix(": ")] if left else []
        text = "\n\n".join([*lines[:shown], *more])
        if len(text) <= room:
            return text
    return cut(f"{len(lines):,} stories", room)


def _harmless(text: str) -> str:
    """One line that calls nobody."""
    return _CALL.sub(lambda call: call[0] + "\N{WORD JOINER}", " ".join(text.split()))


def cut(text: str, longest: int) -> str:
    """The text in at most so many characters, at the end of a word and with "…" where it had to be cut."""
    if len(text) <= longest:
        return text
    if longest < 2:
        return ""
    kept = text[: longest - 1]
    whole = kept.rsplit(" ", 1)[0]
    return (whole if len(whole) > longest // 2 else kept).rstrip(" ,;:") + "…"
