"""A bill on somebody else's page: the HTML to copy, and oEmbed for programs that ask for it (https://oembed.com).

Neither holds a script, and neither lets us know who reads: the text needs nothing from here, and the badge is one
picture that whoever embeds it may as well copy.
"""

from __future__ import annotations

import msgspec

from billwatch_site.embeds.badge import HEIGHT
from billwatch_site.records import BillRecord
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import stage_words
from billwatch_site.words.xml import text

_WIDTH, _TALL = 480, 140


def badge_html(record: BillRecord, settings: Settings) -> str:
    """The badge with a link to the bill's page."""
    page = text(settings.address(links.bill_path(record.id)))
    words = text(f"{_name(record)}: {stage_words(record.stage)}")
    return f'<a href="{page}"><img src="{page}badge.svg" alt="{words}" height="{HEIGHT}"></a>'


def quote_html(record: BillRecord, settings: Settings) -> str:
    """The bill as a quotation: its name with a link, its title, and where it stands."""
    page = text(settings.address(links.bill_path(record.id)))
    title = text(record.headline or "A bill without a title yet")
    stands = text(record.sentence or stage_words(record.stage))
    return (
        f'<blockquote cite="{page}"><p><a href="{page}">{text(_name(record))}</a>: {title}</p>'
        f"<p>{stands}</p></blockquote>"
    )


def oembed(record: BillRecord, settings: Settings, *, card: bool) -> bytes:
    """The answer that an oEmbed provider gives for the bill's page, with the card as its thumbnail."""
    page = settings.address(links.bill_path(record.id))
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": f"{_name(record)}: {record.headline or 'no title yet'}",
        "provider_name": settings.title,
        "provider_url": settings.address(""),
        "cache_age": 21600,
        "html": quote_html(record, settings),
        "width": _WIDTH,
        "height": _TALL,
    }
    if card:
        answer |= {"thumbnail_url": f"{page}card.png", "thumbnail_width": 1200, "thumbnail_height": 630}
    return msgspec.json.encode(answer)


def _name(record: BillRecord) -> str:
    house = legislature(record.legislature)
    return f"{house.name} {record.identifier} ({house.session(record.session)})"
