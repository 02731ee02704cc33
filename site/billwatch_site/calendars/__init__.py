"""Calendars to subscribe to (RFC 5545): of everything, each legislature, topic and area, and each bill.

deadlines.py     when a session ends and the executive must have acted, by rule or estimate
events.py        what of that concerns a bill, and what of it no longer holds
ical.py          events as a calendar file
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from billwatch_site import links
from billwatch_site.calendars import ical
from billwatch_site.calendars.events import events_of, session_ends
from billwatch_site.official import legislature
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord
from billwatch_site.sentences import topic_words

__all__ = ["of_a_bill", "of_the_site"]

_KEPT = timedelta(days=180)  # a calendar of many bills lets go of what was decided half a year ago


def of_a_bill(press: Press, record: BillRecord) -> Iterator[Page]:
    """The bill's calendar, if its legislature's dates are known."""
    events = events_of(record, press.settings)
    if events:
        name = f"{record.identifier} of {legislature(record.legislature).session(record.session)}"
        yield ical.page(press.settings, links.bill_path(record.id), name, events)


def of_the_site(press: Press) -> Iterator[Page]:
    """The calendars about many bills."""
    groups: dict[tuple[str, str], list[BillRecord]] = defaultdict(list)
    for record in press.contents.bills.values():
        for key in _subjects(press, record):
            groups[key].append(record)
    for (path, name), bills in sorted(groups.items()):
        events = [*_ends(press, bills), *_deadlines(press, bills)]
        if events:
            yield ical.page(press.settings, path, name, events)


def _subjects(press: Press, record: BillRecord) -> Iterable[tuple[str, str]]:
    """Path and name of each calendar that a bill stands in."""
    title = press.settings.title
    found = {("", title), (f"{record.legislature}/", f"{title}: {legislature(record.legislature).name}")}
    for topic in record.topics:
        found |= {(links.topic_path(slug), f"{title}: {topic_words(slug)}") for slug in (topic.topic, topic.area)}
    return found


def _ends(press: Press, bills: Iterable[BillRecord]) -> list[ical.Event]:
    """The end of the latest session of each legislature."""
    latest: dict[str, str] = {}
    for record in bills:
        latest[record.legislature] = max(record.session, latest.get(record.legislature, ""))
    return [event for code, session in sorted(latest.items()) for event in session_ends(code, session, press.settings)]


def _deadlines(press: Press, bills: Iterable[BillRecord]) -> Iterator[ical.Event]:
    """The executive's deadlines of the bills; the end of a session is there once for all of them."""
    since = press.now.date() - _KEPT
    for record in bills:
        if any(action.means("executive-receipt") for action in record.actions):
            yield from (event for event in events_of(record, press.settings)[1:] if event.on >= since)
