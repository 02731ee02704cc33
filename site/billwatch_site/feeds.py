"""Atom feeds (RFC 4287): one for everything, one for each bill.

An entry's id is made from the first change of its cause and stays for ever. A correction updates the entry that it
corrects, where we had announced one, so that nobody is told twice; `updated` only ever rises. Times come from the
store alone: a feed in which nothing changed is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import msgspec
from feedgenerator import Atom1Feed
from markupsafe import Markup

from billwatch_site import links, stories
from billwatch_site.official import legislature
from billwatch_site.press import BillPress, Page, Press, SitePress
from billwatch_site.records import BillRecord, Change
from billwatch_site.sentences import bill_words, counted, day, moment, sentence_of
from billwatch_site.settings import Settings

LIMIT = 100
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Entry(msgspec.Struct, frozen=True):
    """One entry: an item, and the corrections of it that came later."""

    item: stories.Item
    corrections: tuple[Change, ...] = ()

    @property
    def updated(self) -> datetime:
        return max(self.item.seen_at, *(c.seen_at for c in self.corrections), _BEGINNING)


def feed_of_everything(press: SitePress) -> Iterator[Page]:
    """The latest of every bill."""
    yield _feed(press, "", press.settings.title, _entries(press.news.latest(LIMIT)))


def feed_of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """What changed about one bill."""
    title = f"{record.identifier} of {record.session}: {record.headline or 'no title yet'}"
    yield _feed(press, links.bill_path(record.id), title, _entries(press.items), record)


def _entries(items: Sequence[stories.Item]) -> list[Entry]:
    """Items as entries, the latest updated first; a correction joins what it corrects."""
    ids = {change.id: item.id for item in items for change in item.changes}
    corrections: dict[str, list[Change]] = {}
    for item in items:
        for change in item.changes:
            if item.correction and change.corrects in ids and ids[change.corrects] != item.id:
                corrections.setdefault(ids[change.corrects], []).append(change)
    joined = {change.id for group in corrections.values() for change in group}
    entries = [
        Entry(item, tuple(sorted(corrections.get(item.id, ()), key=lambda c: (c.seen_at, c.id))))
        for item in items
        if not joined.issuperset(change.id for change in item.changes)
    ]
    return sorted(entries, key=lambda e: (e.updated, e.item.id), reverse=True)[:LIMIT]


class _Atom(Atom1Feed):  # type: ignore[misc] # feedgenerator ships no type information
    """Atom with a link to ourselves, and `updated` from the entries instead of from the clock."""

    def latest_post_date(self) -> datetime:
        dates: list[datetime] = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["empty_since"])


def _feed(press: Press, path: str, title: str, entries: list[Entry], record: BillRecord | None = None) -> Page:
    settings = press.settings
    feed = _Atom(
        title=title,
        link=settings.address(path) or "./",
        description="",
        language="en",
        author_name=settings.title,
        feed_url=settings.address(f"{path}feed.xml"),
        feed_guid=_tag(settings, f"feed:{path}"),
        empty_since=record.first_seen_at if record else _BEGINNING,
    )
    for entry in entries:
        feed.add_item(**_entry(press, entry))
    written = StringIO()
    feed.write(written, "utf-8")
    return Page(f"{path}feed.xml", written.getvalue().encode())


def _tag(settings: Settings, name: str) -> str:
    """A permanent id (RFC 4151); the year is when the scheme was made, and never changes."""
    return f"tag:{settings.host},2025:{name}"


def _entry(press: Press, entry: Entry) -> dict[str, Any]:
    item = entry.item
    return {
        "title": _title(press, entry),
        "link": press.settings.address(f"{links.bill_path(item.lead.bill)}#{links.anchor(item.id)}"),
        "description": "".join(_body(press, entry)),
        "unique_id": _tag(press.settings, f"change:{item.id}"),
        "pubdate": item.lead.seen_at,
        "updateddate": entry.updated,
        "categories": [item.lead.severity],
    }


def _title(press: Press, entry: Entry) -> str:
    item = entry.item
    mark = "Correction: " if item.correction or entry.corrections else ""
    late = "Earlier, seen now: " if item.backfill and not mark else ""
    if item.folded:
        return f"{mark}{late}{item.sentence}"
    record = press.bills[item.lead.bill]
    return f"{mark}{late}{record.identifier}: {item.sentence} {record.headline}".strip()


def _body(press: Press, entry: Entry) -> Iterator[Markup]:
    """What was and is now, on which bills, from where, and when it was checked."""
    for change in entry.corrections:
        yield _paragraph(f"Correction: {sentence_of(change)} Seen on {moment(change.seen_at)}.")
    yield _paragraph(entry.item.sentence)
    if entry.item.folded:
        yield _bills(press, entry.item)
    else:
        yield from _was_and_now(entry.item.lead)
    yield _paragraph(_provenance(press, entry.item))


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _bills(press: Press, item: stories.Item) -> Markup:
    lines = (f"{bill_words(bill)}: {press.bills[bill].headline}" for bill in item.bills)
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(line) for line in lines))


def _was_and_now(change: Change) -> Iterator[Markup]:
    now = "On the record" if change.kind == "action" else "Now"
    for label, text in (("Was", change.was), (now, change.now)):
        if text:
            yield Markup("<p><strong>{}:</strong> {}</p>").format(label, bill_words(text))


def _provenance(press: Press, item: stories.Item) -> str:
    """ "From Open Legislation, seen on 12 June 2025, 14:05 UTC; checked 14 times, last on ..."."""
    lead = item.lead
    source = legislature(lead.bill.split("/")[0]).source_label(lead.source)
    happened = f" It happened on {day(lead.happened_on)}." if lead.happened_on else ""
    more = f", on {counted(len(item.bills), 'bill')}" if item.folded else ""
    return f"From {source}{more}; seen on {moment(lead.seen_at)}.{happened}"
