"""What a calendar holds about a bill: the end of its session, and the executive's deadline for each delivery.

Nothing is remembered between builds. An event's name comes from what it is about; what overtook it is read from the
history, and then it is cancelled, never dropped, because only so a calendar takes it back. Its number of revision is
the number of changes of the history that we saw, which only grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from billwatch_site.calendars.ical import Event
from billwatch_site.records import Action, Brief
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.deadlines import Deadline
from billwatch_site.words.official import Legislature, legislature
from billwatch_site.words.sentences import day
from billwatch_site.words.wording import plain_action

# What ends the wait for the executive: a decision, or the bill taken back.
_DECIDED = ("executive-signature", "became-law", "executive-veto", "executive-veto-line-item", "executive-recall")
_OVERTAKEN = {
    "law": "it has become law",
    "vetoed": "it was vetoed",
    "withdrawn": "it was withdrawn",
    "substituted": "another bill took its place",
    "to-next-legislature": "the next legislature decides",
}


def events_of(record: Brief, settings: Settings) -> list[Event]:
    """The bill's events: the end of its session first; none where the rules of its legislature are not known."""
    house = legislature(record.legislature)
    end = house.session_end(record.session)
    if not end:
        return []
    return [_session_end(record, end, settings), *_executive(record, house, settings)]


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


def _session_end(record: Brief, end: Deadline, settings: Settings) -> Event:
    reason = _OVERTAKEN.get(record.stage, "")
    what = f"{record.identifier}: the session ends, and the bill with it unless both houses have passed it"
    return _event(record, settings, "session-end", end, what, reason)


def _executive(record: Brief, house: Legislature, settings: Settings) -> Iterator[Event]:
    """A deadline for each time the bill was delivered to the executive."""
    deliveries = [i for i, action in enumerate(record.executive) if action.means("executive-receipt")]
    for number, i in enumerate(deliveries, start=1):
        delivered = _date(record.executive[i].date)
        if not house.executive_deadline or not delivered:
            continue
        deadline = house.executive_deadline(delivered)
        what = f"{record.identifier}: last day for the {house.executive} to sign or veto"
        reason = _decision(record.executive[i + 1 :], record.stage)
        since = f"Delivered to the {house.executive} on {day(record.executive[i].date)}."
        yield _event(record, settings, f"executive-{number}", deadline, what, reason, since)


def _decision(later: Sequence[Action], stage: str) -> str:
    """What ended the wait, in the record's words; "" while it lasts."""
    for action in later:
        if any(action.means(term) for term in _DECIDED):
            return f"{plain_action(action.text)} on {day(action.date)}"
    return _OVERTAKEN.get(stage, "")


def _event(
    record: Brief, settings: Settings, name: str, deadline: Deadline, what: str, reason: str, since: str = ""
) -> Event:
    over = f"No longer waited for: {reason}." if reason else ""
    return Event(
        uid=f"{name}/{record.id}@{settings.host}",
        on=deadline.on,
        summary=what if deadline.sure else f"{what} (estimate)",
        description=_explained(deadline, f"{over} {record.headline}. {since}".strip()),
        url=settings.address(links.bill_path(record.id)) if settings.url else "",
        stamp=record.changed_at,
        sure=deadline.sure,
        cancelled=bool(reason),
        revision=record.revision,
    )


def _explained(deadline: Deadline, before: str) -> str:
    """What goes before, and by which rule the date is, marked as rule or estimate."""
    return f"{before} {'Rule' if deadline.sure else 'Estimate'}: {deadline.why}".strip()


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
