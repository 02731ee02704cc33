"""What was wrong and when it was put right: the legislature's record apart from our own mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from billwatch.bill import parts_of
from billwatch_site.pages.sources import disagreements_of
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.reading.measures import Correction
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import beginning, day
from billwatch_site.words.wording import plain_action, small_words

AT_ONCE = 100  # corrections on the first page; when there are more, each month has a page of its own
SETTLED_AT_ONCE = 50
_WHAT = {
    "action-edited": "A line was rewritten",
    "action-inserted": "A line was put into the past",
    "action-removed": "A line was taken out",
    "vote-edited": "A vote was edited",
    "vote-removed": "A vote was taken out",
}


class Told(msgspec.Struct, frozen=True):
    """A correction in words. `was` or `now` is "" where the record had or has nothing."""

    it: Correction
    what: str
    was: str
    now: str


def corrections_pages(press: SitePress) -> Iterator[Page]:
    """The page; and one for each month, where there are more than one page holds."""
    told = _told_of(press)
    paged = by_month(told) if len(told) > AT_ONCE else []
    settled = disagreements_of(press.measures.settled)
    yield press.page(
        "corrections.html",
        "corrections/",
        total=len(told),
        months=by_month(told[:AT_ONCE]),
        all_months=[(month, len(group)) for month, group in paged],
        ours=sorted(press.settings.corrections, key=lambda c: c.on, reverse=True),
        settled=settled[:SETTLED_AT_ONCE],
        settled_more=max(len(settled) - SETTLED_AT_ONCE, 0),
    )
    for month, group in paged:
        yield press.page("corrections_month.html", f"corrections/{month}/", month=month, told=group)


def _told_of(press: SitePress) -> list[Told]:
    return [_told(it) for it in press.measures.corrections if it.bill in press.bills]


def by_month(told: Sequence[Told]) -> list[tuple[str, list[Told]]]:
    """Corrections by the month in which they were seen, "2025-06", newest first as they come."""
    return [(month, list(group)) for month, group in groupby(told, key=_month)]


def _month(told: Told) -> str:
    zone = legislature(told.it.bill.split("/")[0]).timezone
    return f"{told.it.seen_at.astimezone(zone):%Y-%m}"


def _told(it: Correction) -> Told:
    said = _line if it.kind.startswith("action") else _vote
    if it.doubled:
        line = said(it.was)
        return Told(it, "The record had a line more than once and took one out", f"{line}, more than once", line)
    what = (
        "The record changed the date of a line"
        if _only_dated(it)
        else _WHAT.get(it.kind, beginning(it.kind.replace("-", " ")))
    )
    return Told(it, what, said(it.was), said(it.now))


def _only_dated(it: Correction) -> bool:
    """Whether a line says what it said, of another day."""
    return it.kind == "action-edited" and parts_of(it.was)[1:] == parts_of(it.now)[1:]


def _line(line: str) -> str:
    """ "Passed the Senate, 12 June 2025 (Senate)"."""
    on, chamber, text = parts_of(line)
    told = plain_action(text) if text else ""
    return f"{told}{f', {day(on)}' if on else ''}{f' ({chamber})' if chamber and told else ''}"


def _vote(line: str) -> str:
    on, where, counts = parts_of(line)
    return f"{beginning(small_words(where))}: {counts}{f' ({day(on)})' if on else ''}" if line else ""
