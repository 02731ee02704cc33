"""The page about the sources: how each is now and was, how late it is, what is owed, and what nobody covers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec

from billwatch_site.pictures.strips import Strip, strip_of
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.reading import lag
from billwatch_site.reading.health import Outage, outages_of
from billwatch_site.reading.measures import Opinion, Run
from billwatch_site.records import SourceRun
from billwatch_site.words.legislature import Legislature
from billwatch_site.words.official import legislature


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """One source: its last run, its state now, its strip, its lag and its outages, the latest first."""

    legislature: str
    source: str
    run: Run
    state: str
    strip: Strip
    days: lag.Lag | None
    hours: lag.Lag | None
    outages: tuple[Outage, ...]


class Disagreement(msgspec.Struct, frozen=True):
    """What sources say differently of one fact. `until` is "" while that lasts."""

    bill: str
    fact: str
    says: tuple[tuple[str, str], ...]  # (source, what it says)
    since: str
    until: str


def sources_pages(press: SitePress) -> Iterator[Page]:
    """The page, and the same for machines."""
    found = health_of(press)
    codes = sorted({h.legislature for h in found} | {bill.legislature for bill in press.bills.values()})
    outages = [outage for outage in outages_of(press.measures.runs) if outage.source]
    differing = disagreements_of(press.measures.opinions)
    yield press.page(
        "sources.html",
        "sources/",
        health=found,
        codes=codes,
        outages=outages,
        quiet_days=days_without_outage(outages, press.now),
        first_run=min((run.started_at for run in press.measures.runs), default=None),
        owed=press.measures.owed,
        differing=differing,
    )
    yield Page("sources/health.json", _json(press, found, outages, differing))


def health_of(press: SitePress) -> list[Health]:
    """Every source that was ever asked, in the order in which its legislature's sources lead; those that are not asked
    any more stand as "dropped": their silence is nobody's failure."""
    measures = press.measures
    days, hours = lag.in_days(measures.sightings), lag.in_hours(measures.processed)
    outages = outages_of(measures.runs)
    runs: dict[lag.Source, list[Run]] = {}
    for run in measures.runs:
        runs.setdefault((run.legislature, run.source), []).append(run)
    return [
        Health(
            legislature=code,
            source=name,
            run=mine[-1],
            state="dropped" if mine[-1].dropped_at else state_of(mine[-1], press),
            strip=_strip(mine, legislature(code), press.now),
            days=days.get((code, name)),
            hours=hours.get((code, name)),
            outages=tuple(o for o in outages if (o.legislature, o.source) == (code, name)),
        )
        for (code, name), mine in sorted(runs.items(), key=lambda item: _place(item[0]))
    ]


def _place(source: lag.Source) -> tuple[str, int, str]:
    code, name = source
    order = list(legislature(code).sources)
    return code, order.index(name) if name in order else len(order), name


def _strip(runs: Sequence[Run], house: Legislature, now: datetime) -> Strip:
    return strip_of(runs, house.timezone, house.day_of(now))


def state_of(run: SourceRun | Run, press: SitePress) -> str:
    """How a source is: "failing", "silent" for too long, "idle" where it was asked nothing, "partly" where it failed
    for some bills, or "well"."""
    if run.failing_since and not run.idle:
        return "failing"
    heard = run.finished_at if run.idle else run.last_good_at
    if not heard or (press.now - heard).total_seconds() > press.settings.stale_after_hours * 3600:
        return "silent"
    if run.idle:
        return "idle"
    return "partly" if run.failed else "well"


def days_without_outage(outages: Sequence[Outage], now: datetime) -> int | None:
    """Whole days since the last outage of any source ended, be it that the source was given up; 0 while one lasts,
    None where there never was one."""
    ends = [outage.until or outage.dropped_at for outage in outages]
    if None in ends:
        return 0
    return min(((now - end).days for end in ends if end), default=None)


def disagreements_of(opinions: Sequence[Opinion]) -> list[Disagreement]:
    """Opinions on one fact put together; those that ended last first, else those that began last."""
    ordered = sorted(opinions, key=lambda o: (o.until, o.bill, o.fact, o.source))
    groups = groupby(ordered, key=lambda o: (o.until, o.bill, o.fact))
    found = []
    for (until, bill, fact), group in groups:
        says = list(group)
        since = min(o.since for o in says)
        found.append(Disagreement(bill, fact, tuple((o.source, o.says) for o in says), since, until))
    return sorted(found, key=lambda d: (d.until, d.since), reverse=True)


def _json(
    press: SitePress, found: Sequence[Health], outages: Sequence[Outage], differing: Sequence[Disagreement]
) -> bytes:
    """How everything is, for a program that watches this site."""
    told = {
        "built_at": press.now,
        "days_without_outage": days_without_outage(outages, press.now),
        "sources": [_told(health) for health in found],
        "bills_without_answer": [msgspec.structs.asdict(owed) for owed in press.measures.owed],
        "disagreements": [msgspec.structs.asdict(d) for d in differing],
        "not_covered": {code: legislature(code).not_covered for code in sorted({h.legislature for h in found})},
    }
    plain = msgspec.to_builtins(told, builtin_types=(datetime,))
    return json.dumps(plain, indent=1, ensure_ascii=False, default=datetime.isoformat).encode() + b"\n"


def _told(health: Health) -> dict[str, Any]:
    lags = {"lag_days": health.days, "lag_hours": health.hours}
    return {
        "legislature": health.legislature,
        "source": health.source,
        "state": health.state,
        "last_run": msgspec.structs.asdict(health.run),
        **{name: msgspec.structs.asdict(found) if found else None for name, found in lags.items()},
        "last_60_days": [{"from": s.first, "to": s.last, "state": s.state} for s in health.strip.spans],
        "outages": [
            {"since": o.since, "until": o.until, "dropped_at": o.dropped_at, "error": o.error} for o in health.outages
        ],
    }
