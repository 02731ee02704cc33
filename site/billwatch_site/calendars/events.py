"""What a calendar holds about a bill: the end of its session, and the executive's deadline for each delivery.

Nothing is remembered between builds. An event's name comes from what it is about; what overtook it is read from the
history, and then it is cancelled, never dropped, because only so a calendar takes it back. Its number of revision is
the number of changes of the history that we saw, which only grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from billwatch_site.calendars.ical import Event
from billwatch_site.records import Brief
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.deadlines import Deadline
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import day
from billwatch_site.words.waiting import Wait, wait_for_session_end, waits_for_executive


def events_of(record: Brief, settings: Settings) -> list[Event]:
    """The bill's events: the end of its session first; none where the rules of its legislature are not known."""
    end = wait_for_session_end(record)
    if not end:
        return []
    return [_session_end(record, end, settings), *_executive(record, settings)]


def session_ends(code: str, session: str, settings: Settings) -> Iterator[Event]:
    """The end of a session, for calendars about many bills."""
    house = legislature(code)
    if end := house.session_end(session):
        yield Event(
            uid=f"session-end/{code}/{session}@{settings.host}",
            on=end.on,
            summary=f"{house.name}: the session {house.session(session)} ends",
            description=_explained(end, ""),
            url=settings.address(f"{code}/") if settings.url else "",
            stamp=datetime(end.on.year, 1, 1, tzinfo=UTC),
            sure=end.sure,
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
