"""When somebody's mail is due: at once, or in the morning of the legislature's day or week. Pure.

A morning has a name, its date. A digest is due when the last morning is another one than that of the last digest: not
when it is later, for a clock that was wrong for a day must not keep anybody waiting for a year.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from billwatch_site.alerts.subscriptions import Rhythm
from billwatch_site.records import Change

MORNING = time(7)


def slot_of(now: datetime, zone: str, rhythm: Rhythm) -> str:
    """The last morning on which a digest of this rhythm was due, as its date; weeks begin on Monday."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)
    return (day - timedelta(days=day.weekday()) if rhythm == "weekly" else day).isoformat()


def at_once(change: Change, rhythm: Rhythm, urgent: bool) -> bool:
    """Whether a change does not wait for the morning. What happened long before does, whoever it is for."""
    if change.backfill:
        return False
    return rhythm == "at-once" or (urgent and change.severity == "milestone")
