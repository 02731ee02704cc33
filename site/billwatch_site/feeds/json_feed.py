"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): the same entries for those who would rather not read XML."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from billwatch_site.feeds.entry import Entry
from billwatch_site.feeds.names import Names
from billwatch_site.words.xml import text

_encoded = msgspec.json.Encoder().encode


def feed(title: str, mark: str, items: Sequence[bytes], names: Names) -> bytes:
    """The document. `mark` tells the strength; `items` are written already, the latest updated first."""
    return _encoded(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": names.home,
            "feed_url": names.file(mark, "json"),
            "language": "en",
            "authors": [{"name": names.author}],
            "items": [msgspec.Raw(item) for item in items],
        }
    )


def item(written: Entry, why: str, names: Names) -> bytes:
    """One item; `_billwatch` is ours, for programs: the bills and changes inside."""
    return _encoded(
        {
            "id": names.entry_id(written.key),
            "url": names.address(written.path),
            "title": written.title,
            "content_html": f"{written.told}<p>{text(why)}</p>",
            "date_published": written.published.isoformat(),
            "date_modified": written.updated.isoformat(),
            "tags": written.tags,
            "_billwatch": {"bills": written.bills, "changes": written.changes},
        }
    )
