"""When something happened, by the legislature's date, and when we saw it, in its local time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from billwatch_site.records import Change
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import day, sentence_of
from billwatch_site.words.stories import Item

_INTRODUCED = ("listed", "topic-added")  # kinds whose date is that of the bill


def when(item: Item) -> str:
    """When it happened, by the legislature's date, and when we saw it, in its local time."""
    first = happened(item)
    return f"{first[:-1]}; {_seen(item)}." if first else sentence_from(_seen(item))


def happened(item: Item, sentence: str = "") -> str:
    """When it happened; "" where we do not know, or where the sentence says so."""
    lead = item.lead
    same = len({change.happened_on for change in item.changes}) == 1
    if not (same and lead.happened_on) or item.correction or day(lead.happened_on) in sentence:
        return ""
    what = "Introduced" if lead.kind in _INTRODUCED else "Happened"
    return f"{what} {day(lead.happened_on)}."


def sentence_with_date(change: Change) -> str:
    """What happened, with its date: "Passed the Assembly (22 January 2025)."."""
    sentence = sentence_of(change).rstrip(".")
    known = not change.happened_on or day(change.happened_on) in sentence
    return f"{sentence}{'' if known else date_of(change)}."


def date_of(change: Change) -> str:
    """The date behind something that stands in a list; "" where we do not know."""
    what = "introduced " if change.kind in _INTRODUCED else ""
    return f" ({what}{day(change.happened_on)})" if change.happened_on else ""


def _seen(item: Item) -> str:
    """ "seen 13 December 2025, 07:00 EST"; of what several days brought: "seen 13 to 27 December 2025"."""
    zone = legislature(item.lead.bill.split("/")[0]).timezone
    first, last = item.lead.seen_at.astimezone(zone), item.seen_at.astimezone(zone)
    if first.date() != last.date():
        return f"seen {_days(first.date(), last.date())}"
    clock = f"{last:%H:%M}" if first == last else f"{first:%H:%M} to {last:%H:%M}"
    return f"seen {day(last.date().isoformat())}, {clock} {last.tzname()}"


def _days(first: date, last: date) -> str:
    """From one day to another, as short as it is clear."""
    begin = day(first.isoformat())
    if first.year == last.year:
        begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begin} to {day(last.isoformat())}"


def seen_together(items: Sequence[Item]) -> str:
    """When we saw all of them; "" for one alone, or where they were not seen together."""
    moments = {_seen(item) for item in items}
    return moments.pop() if len(items) > 1 and len(moments) == 1 else ""


def sentence_from(words: str) -> str:
    """These words as a sentence; nothing of nothing."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""
