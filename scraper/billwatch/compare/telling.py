"""From a difference to a change: how much it matters, what caused it, and the id it has for ever. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from billwatch.bill import Action, Change
from billwatch.compare.changes import CORRECTIONS, Difference, change_id

BACKFILL = timedelta(days=7)  # what happened longer before we saw it is told once, in a digest, marked so

Severity = Callable[[tuple[str, ...], str, str], str]  # classification, text and date of an action
Pattern = Callable[[str], str]  # an action's text without numbers and committees

_SEVERITY = {
    "reintroduced": "milestone",
    **dict.fromkeys(("probably-reintroduced", "not-reintroduced", "chapter-amendment"), "notable"),  # our own reading
    **dict.fromkeys(("listed", "committee", "sponsor", "version", "substituted-by", "vote-added"), "notable"),
    **dict.fromkeys(("same-as-added", "unlisted", "relisted", "topic-added", "topic-removed"), "notable"),
}


class Moment(msgspec.Struct, frozen=True):
    """When and where something was seen: what the changes of one answer have in common."""

    today: date  # in the legislature's time zone
    seen_at: str  # ISO, UTC
    source: str
    url: str = ""
    receipt: str = ""


def change_of(
    bill: str,
    found: Difference,
    moment: Moment,
    ordinal: int,
    *,
    severity: str,
    cause: str,
    position: int = 0,
    corrects: str = "",
) -> Change:
    """The change that a difference makes in the bill's story."""
    late = is_backfill(found, moment.today)
    return Change(
        id=change_id(bill, found.kind, found.was, found.now, ordinal),
        bill=bill,
        kind=found.kind,
        was=found.was,
        now=found.now,
        happened_on=found.happened_on,
        seen_at=moment.seen_at,
        severity=severity,
        cause=f"earlier, seen {moment.seen_at}" if late else cause,
        backfill=late,
        source=moment.source,
        url=moment.url,
        receipt=moment.receipt,
        position=position,
        corrects=corrects,
    )


def is_backfill(found: Difference, today: date) -> bool:
    """Whether it happened more than a week before we saw it, or is a fact of the past set right that long after."""
    return bool(found.happened_on) and today - date.fromisoformat(found.happened_on) > BACKFILL


def severity_of(found: Difference, actions: Severity, *, acted: bool) -> str:
    """milestone, notable or detail. `acted`: the same answer also brought a line that tells of it.

    That another bill took its place is as much as the line that says so, where no line does.
    """
    line = found.item
    if found.fact == "actions" and isinstance(line, Action):
        weight = actions(line.classification, line.text, line.date)
        return weight if found.kind == "action" or _is_new_fact(found, weight) else "detail"
    if found.kind == "status":
        return "detail" if acted else "notable"
    if found.kind == "substituted-by" and found.now and not acted:
        return "milestone"
    return _SEVERITY.get(found.kind, "detail")


def _is_new_fact(found: Difference, weight: str) -> bool:
    """A rewritten line that now says something of another kind is more than a correction of its wording."""
    if found.kind == "action-removed" or weight != "milestone":
        return False
    before = getattr(found.before, "classification", None)
    return before != getattr(found.item, "classification", None)


def cause_of(found: Difference, seen_at: str, pattern: Pattern) -> str:
    """Changes of one cause make one notice: the same action on one day, the same member in one run."""
    if found.kind == "action" and isinstance(found.item, Action):
        return f"{found.happened_on} {pattern(found.item.text)}"
    if found.kind in CORRECTIONS:
        return f"correction, seen {seen_at}"
    if found.fact == "sponsors":
        return f"{found.kind} {found.now or found.was}, seen {seen_at}"
    if found.kind == "status":
        return f"status {found.now}, seen {seen_at}"
    return f"{found.kind}, seen {seen_at}"
