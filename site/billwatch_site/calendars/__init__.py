"""Calendars to subscribe to (RFC 5545): of everything, each legislature, topic and area, and each bill.

events.py        what of that concerns a bill, and what of it no longer holds
ical.py          events as a calendar file
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from billwatch_site.calendars import ical
from billwatch_site.calendars.events import events_of, return_of, session_dates
from billwatch_site.printing.press import BillPress, Group, Page, SitePress
from billwatch_site.records import BillRecord, Brief
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import topic_name

__all__ = ["is_kept", "legislatures_with", "of_a_bill", "of_a_legislature", "of_a_topic", "of_everything"]

_KEPT = timedelta(days=180)  # a calendar of many bills lets go of what was decided half a year before its latest news


def of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """The bill's calendar, if its legislature's dates are known."""
    events = [*events_of(record, press.settings), *return_of(record, press.settings)]
    if events:
        name = f"{record.identifier} of {legislature(record.legislature).session(record.session)}"
        yield ical.page(press.settings, links.bill_path(record.id), name, events)


def of_everything(press: SitePress) -> Iterator[Page]:
    """The calendar of every bill here."""
    return _of_many(press.settings, "", press.settings.title, press.bills.values())


def of_a_legislature(press: SitePress, group: Group) -> Iterator[Page]:
    """The calendar of a legislature."""
    name = f"{press.settings.title}: {legislature(group.name).name}"
    return _of_many(press.settings, f"{group.name}/", name, group.bills)


def of_a_topic(press: SitePress, group: Group) -> Iterator[Page]:
    """The calendar of a topic or an area."""
    name = f"{press.settings.title}: {topic_name(group.name)}"
    return _of_many(press.settings, links.topic_path(group.name), name, group.bills)


def is_kept(bills: Iterable[Brief]) -> bool:
    """Whether there is a calendar of these bills: where the end of their latest session is known."""
    return bool(legislatures_with(bills))


def legislatures_with(bills: Iterable[Brief]) -> list[str]:
    """The codes of those that have a calendar; where there is none, there is none of everything either."""
    return [code for code, session in _latest(bills) if legislature(code).session_end(session)]


def _of_many(settings: Settings, path: str, name: str, bills: Collection[Brief]) -> Iterator[Page]:
    if is_kept(bills):
        yield ical.page(settings, path, name, [*_of_sessions(settings, bills), *_deadlines(settings, bills)])


def _of_sessions(settings: Settings, bills: Iterable[Brief]) -> list[ical.Event]:
    """The days of the latest session of each legislature."""
    return [event for code, session in _latest(bills) for event in session_dates(code, session, settings)]


def _latest(bills: Iterable[Brief]) -> list[tuple[str, str]]:
    """The latest session of each legislature."""
    latest: dict[str, str] = {}
    for bill in bills:
        latest[bill.legislature] = max(bill.session, latest.get(bill.legislature, ""))
    return sorted(latest.items())


def _deadlines(settings: Settings, bills: Collection[Brief]) -> Iterator[ical.Event]:
    """The executive's deadlines of the bills; the end of a session is there once for all of them."""
    since = max((bill.changed_at.date() for bill in bills), default=None)
    for bill in bills:
        if since and bill.executive:
            yield from (event for event in events_of(bill, settings)[1:] if event.on >= since - _KEPT)
