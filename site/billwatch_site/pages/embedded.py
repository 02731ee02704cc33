"""What stands in a bill's folder for other people's pages."""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site.embeds.badge import badge
from billwatch_site.embeds.card import card_of, drawn, has_card
from billwatch_site.embeds.snippet import oembed
from billwatch_site.printing.press import BillPress, Page
from billwatch_site.records import BillRecord
from billwatch_site.words import links


def of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """The badge; the rest where the site's address is known, for it is of no use without."""
    folder = links.bill_path(record.id)
    yield Page(f"{folder}badge.svg", badge(record))
    if press.settings.url:
        card = has_card(record, press.settings)
        yield Page(f"{folder}oembed.json", oembed(record, press.settings, card=card))
        if card:
            yield Page(f"{folder}card.png", drawn(card_of(record, press.settings.title)))
