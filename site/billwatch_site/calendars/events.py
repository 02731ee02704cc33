"""What a calendar holds about a bill: the end of its session, the day on which what only one chamber has passed goes
back to it, and the executive's deadline for each delivery.

Nothing is remembered between builds. An event's name comes from what it is about; what overtook it is read from the
history, and then it is cancelled, never dropped, because only so a calendar takes it back. Its number of revision is
the number of changes of the history that we saw, which only grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from billwatch_site.calendars.ical import Event
from billwatch_site.records import BillRecord, Brief
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.deadlines import Deadline
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import day
from billwatch_site.words.waiting import Wait, wait_for_return, wait_for_session_end, waits_for_executive


def events_of(record: Brief, settings: Settings) -> list[Event]:
    """The bill's events: the end of its session first; none where the rules of its legislature are not known."""
    end = wait_for_session_end(record)
    if not end:
        return []
    return [_session_end(record, end, settings), *_executive(record, settings)]


def return_of(record: BillRecord, settings: Settings) -> Iterator[Event]:
    """The day on which the bill goes back to its own chamber unless the other one has passed it, if there is one."""
    if wait := wait_for_return(record):
        house = legislature(record.legislature)
        own = house.chamber_of(record.identifier)
        other = next(chamber for chamber in house.chambers if chamber != own)
        what = f"{record.identifier}: goes back to the {own} unless the {other} has passed it"
        yield _event(record, settings, "bills-return", wait, what, f"Passed the {own} on {day(wait.since)}.")


def session_dates(code: str, session: str, settings: Settings) -> Iterator[Event]:
    """The days of a session that concern all its bills, for calendars about many."""
    house = legislature(code)
    if returns := house.bills_return(session):
        what = f"{house.name}: bills that only one house has passed go back to it"
        yield _of_a_session(f"bills-return/{code}/{session}", what, returns, code, settings)
    if end := house.session_end(session):
        what = f"{house.name}: the session {house.session(session)} ends"
        yield _of_a_session(f"session-end/{code}/{session}", what, end, code, settings)


def _of_a_session(name: str, what: str, deadline: Deadline, code: str, settings: Settings) -> Event:
    return Event(
        uid=f"{name}@{settings.host}",
        on=deadline.on,
        summary=what,
        description=_explained(deadline, ""),
        url=settings.address(f"{code}/") if settings.url else "",
        stamp=datetime(deadline.on.year, 1, 1, tzinfo=UTC),
        sure=deadline.sure,
    )


def _session_end(record: Brief, wait: Wait, settings: Settings) -> Event:
    bound = "the bill with it unless both houses have passed it"
    if record.stage == "vetoed":
        bound = "with it the chance to override the veto"
    return _event(record, settings, "session-end", wait, f"{record.identifier}: the session ends, and {bound}")


def _executive(record: Brief, settings: Settings) -> Iterator[Event]:
    """A deadline for each time the bill was delivered to the executive."""
    executive = legislature(record.legislature).executive
    what = f"{record.identifier}: last day for the {executive} to sign or veto"
    for number, wait in enumerate(waits_for_executive(record), start=1):
        since = f"Delivered to the {executive} on {day(wait.since)}."
        yield _event(record, settings, f"executive-{number}", wait, what, since)


def _event(record: Brief, settings: Settings, name: str, wait: Wait, what: str, since: str = "") -> Event:
    deadline = wait.deadline
    over = f"No longer waited for: {wait.over}." if wait.over else ""
    return Event(
        uid=f"{name}/{record.id}@{settings.host}",
        on=deadline.on,
        summary=what if deadline.sure else f"{what} (estimate)",
        description=_explained(deadline, f"{over} {record.headline}. {since}".strip()),
        url=settings.address(links.bill_path(record.id)) if settings.url else "",
        stamp=record.changed_at,
        sure=deadline.sure,
        cancelled=bool(wait.over),
        revision=record.revision,
    )


def _explained(deadline: Deadline, before: str) -> str:
    """What goes before, and by which rule the date is, marked as rule or estimate."""
    return f"{before} {'Rule' if deadline.sure else 'Estimate'}: {deadline.why}".strip()
