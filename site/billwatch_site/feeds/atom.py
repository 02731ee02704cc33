"""Atom (RFC 4287), written as text: a feed of one entry costs microseconds, and there are tens of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from billwatch_site.feeds.entry import Entry
from billwatch_site.feeds.names import Names
from billwatch_site.words.xml import text


def feed(title: str, mark: str, updated: datetime, entries: Sequence[str], names: Names) -> bytes:
    """The document. `mark` tells the strength; `entries` are written already, the latest updated first."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{text(names.feed_id(mark))}</id>\n<title>{text(title)}</title>\n"
        f"<updated>{updated.isoformat()}</updated>\n<author><name>{text(names.author)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{text(names.file(mark, "xml"))}"/>\n'
        f'<link rel="alternate" type="text/html" href="{text(names.home)}"/>\n'
    )
    return f"{head}{''.join(entries)}</feed>\n".encode()


def entry(written: Entry, why: str, names: Names) -> str:
    """One entry; `why` closes its body. The body is HTML inside XML, so it is escaped once more."""
    tags = "".join([f'<category term="{text(tag)}"/>' for tag in written.tags])
    return (
        f"<entry>\n<id>{text(names.entry_id(written.key))}</id>\n<title>{text(written.title)}</title>\n"
        f"<published>{written.published.isoformat()}</published>\n<updated>{written.updated.isoformat()}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{text(names.address(written.path))}"/>\n{tags}\n'
        f'<content type="html">{text(f"{written.told}<p>{text(why)}</p>")}</content>\n</entry>\n'
    )
