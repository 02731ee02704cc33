"""A bill on other people's pages: badge, quotation, oEmbed, schema.org and a card. All without scripts.

badge.py    a small SVG         snippet.py  HTML to copy, and oEmbed
card.py     a picture (PNG)     json_ld.py  schema.org/Legislation, in the page itself
"""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site import links
from billwatch_site.embeds.badge import badge
from billwatch_site.embeds.card import available, card_of, drawn
from billwatch_site.embeds.snippet import oembed
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord
from billwatch_site.settings import Settings

__all__ = ["has_card", "of_a_bill"]


def of_a_bill(press: Press, record: BillRecord) -> Iterator[Page]:
    """The badge; the rest where the site's address is known, for it is of no use without."""
    folder = links.bill_path(record.id)
    yield Page(f"{folder}badge.svg", badge(record))
    if press.settings.url:
        card = has_card(record, press.settings)
        yield Page(f"{folder}oembed.json", oembed(record, press.settings, card=card))
        if card:
            yield Page(f"{folder}card.png", drawn(card_of(record, press.settings.title)))


def has_card(record: BillRecord, settings: Settings) -> bool:
    """Whether a card is drawn: for followed bills, where it can be, and where it has an address."""
    return bool(settings.url and settings.cards and record.followed and available())
