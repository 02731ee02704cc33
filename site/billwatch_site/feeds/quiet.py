"""Quiet, not broken: an entry for a week in which nothing changed, and one for a source that does not answer.

Both are made from what the store tells of the runs, never from the clock: the same store gives the same entries. Quiet
weeks are details, so who wants milestones only is left in peace; that a source is down concerns everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, timedelta

from billwatch_site.feeds.entry import Entry
from billwatch_site.reading.health import Outage, Week
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import beginning, counted, day, moment
from billwatch_site.words.xml import text

_SHOWN = 4  # quiet weeks that a feed shows: a long silence must not push the last news out


def quiet_weeks(weeks: Iterable[Week], busy: Set[date], path: str) -> list[Entry]:
    """An entry for each of the last weeks that were watched to their end and are not `busy` (by their Mondays)."""
    found = sorted((week for week in weeks if week.monday not in busy), key=lambda week: week.monday)
    return [_quiet_week(week, path) for week in found[-_SHOWN:]]


def _quiet_week(week: Week, path: str) -> Entry:
    sunday = week.monday + timedelta(days=6)
    told = (
        f"Nothing changed in the week to {day(sunday.isoformat())}. The sources were checked "
        f"{counted(week.checks, 'time') + ', last' if week.checks > 1 else 'once,'} on {moment(week.last_at)}."
    )
    return Entry(
        key=f"quiet-{week.monday.isoformat()}",
        path=path,
        title=f"Nothing changed in the week to {day(sunday.isoformat())}",
        told=f"<p>{told}</p>",
        published=week.last_at,
        updated=week.last_at,
        weight=2,
        tags=("detail", "quiet"),
    )


def outages(found: Iterable[Outage], path: str) -> Iterator[Entry]:
    """An entry for each outage that lasted long enough to be told; put right when the source is back."""
    for outage in found:
        assert outage.told_at, "see `health.watch_of`"
        yield Entry(
            key=f"outage-{outage.legislature}-{outage.source or 'all'}-{outage.since:%Y%m%dT%H%M%SZ}",
            path=path,
            title=_headline(outage),
            told=f"<p>{text(_explained(outage))}</p>",
            published=outage.told_at,
            updated=outage.until or outage.told_at,
            weight=0,
            tags=("outage",),
        )


def _headline(outage: Outage) -> str:
    who = beginning(_who(outage))
    if outage.until:
        return f"{who} {'answer' if not outage.source else 'answers'} again"
    return f"{who} {'have' if not outage.source else 'has'} not answered since {_day(outage.since)}"


def _who(outage: Outage) -> str:
    house = legislature(outage.legislature)
    return house.source_label(outage.source) if outage.source else f"the sources for {house.name}"


def _explained(outage: Outage) -> str:
    span = f"from {moment(outage.since)}"
    if outage.until:
        return f"No answer came {span} until {moment(outage.until)}. What changed meanwhile is told as it is found."
    others = "The other sources are still read." if outage.source else "Nobody has read the record since."
    why = f" The reason given: {outage.error}" if outage.error else ""
    return f"No answer has come {span} on. {others} Silence here may not mean that nothing happened.{why}"


def _day(instant: datetime) -> str:
    return day(instant.date().isoformat())
