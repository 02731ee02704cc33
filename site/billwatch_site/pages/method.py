"""The page about the method: how everything is decided, in plain words, with figures counted at this build."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from billwatch.stages import STAGES
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.reading import lag
from billwatch_site.reading.measures import Measures, PastRate, Session
from billwatch_site.records import Rate
from billwatch_site.words.followed import why_followed
from billwatch_site.words.official import legislature
from billwatch_site.words.rates import summed

# What base rates are shown of, and on which days of a session: (month, day) of its first and of its second year.
PLACES = (
    ("on-floor", "Floor", "On the {} floor calendar"),
    ("in-committee", "Committee", "In a committee of the {}"),
    ("passed-one-chamber", "Committee", "Passed by one chamber, in a committee of the {}"),
)
DAYS = ((2, 1), (4, 1), (5, 1), (6, 1), (6, 10))


class Figure(msgspec.Struct, frozen=True):
    """Something measured on recorded data."""

    what: str
    result: str
    on: date
    how: str


class Table(msgspec.Struct, frozen=True):
    """Base rates of one place: a row for each day, all sessions together. `days` are of the latest session."""

    title: str
    chamber: str
    rows: tuple[tuple[date, Rate], ...]


class Past(msgspec.Struct, frozen=True):
    """What a legislature's past sessions tell."""

    name: str
    sessions: tuple[Session, ...]
    tables: tuple[Table, ...]


def method_page(press: SitePress) -> Iterator[Page]:
    """How stages, topics, changes, corrections, families and base rates are decided."""
    measures = press.measures
    days = lag.in_days(measures.sightings)
    yield press.page(
        "method.html",
        "method/",
        measures=measures,
        counted_at=press.checked_at,
        followed=len(press.followed),
        reasons=why_followed(press.followed),
        held=sum(session.bills for session in measures.sessions),
        runs=len(measures.runs),
        since=measures.runs[0].started_at if measures.runs else None,
        found=sum(run.changes for run in measures.runs),
        stages=STAGES,
        lags=sorted((legislature(code).source_label(name), lag) for (code, name), lag in days.items()),
        past=past_of(measures),
        sessions=measures.sessions,
        figures=figures(),
    )


@cache
def figures() -> tuple[Figure, ...]:
    """What was measured on recorded data, from `measured.toml`."""
    text = (files("billwatch_site") / "measured.toml").read_text("utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["figure"], list[Figure]))


def past_of(measures: Measures) -> list[Past]:
    """Each legislature with a session that we hold whole."""
    codes = sorted({session.legislature for session in measures.sessions if session.counted_at})
    return [_past(code, measures) for code in codes]


def _past(code: str, measures: Measures) -> Past:
    whole = tuple(s for s in measures.sessions if s.legislature == code and s.counted_at)
    rates = [rate for rate in measures.rates if rate.legislature == code]
    chambers = dict.fromkeys(rate.chamber for rate in rates if rate.chamber)
    tables = (
        _table(
            title.format(chamber),
            chamber,
            [r for r in rates if (r.stage, r.step, r.chamber) == (stage, step, chamber)],
            whole,
        )
        for stage, step, title in PLACES
        for chamber in sorted(chambers, reverse=True)
    )
    return Past(legislature(code).name, whole, tuple(table for table in tables if table.rows))


def _table(title: str, chamber: str, rates: Sequence[PastRate], sessions: Sequence[Session]) -> Table:
    """The rows in which any session had a bill at this place."""
    found = [(on, _on(day, rates, sessions)) for on, day in _days(sessions)]
    return Table(title, chamber, tuple((on, rate) for on, rate in found if rate.bills))


def _days(sessions: Sequence[Session]) -> Iterator[tuple[date, int]]:
    """The days shown, as dates of the latest session and as days of any."""
    latest = max(sessions, key=lambda s: s.begins_on)
    begins = date.fromisoformat(latest.begins_on)
    for year in range(begins.year, date.fromisoformat(latest.ends_on).year + 1):
        for month, day in DAYS:
            on = date(year, month, day)
            yield on, (on - begins).days + 1


def _on(day: int, rates: Sequence[PastRate], sessions: Sequence[Session]) -> Rate:
    """All sessions together on one of their days."""
    found = []
    for session in sessions:
        rows = [rate for rate in rates if rate.session == session.session and rate.day <= day]
        if rows:
            on = (date.fromisoformat(session.begins_on) + timedelta(days=day - 1)).isoformat()
            last = rows[-1]
            counts = (last.bills, last.passed, last.passed_both, last.law, last.vetoed, last.open)
            found.append(Rate(session.session, on, *counts))
    return summed(found)
