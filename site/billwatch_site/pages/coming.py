"""What is coming, and what the last weeks brought: ends of sessions, the executive's clock, laws that begin or end.

Every date says whether it is a rule, an estimate, or our reading of a law's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

import msgspec

from billwatch_site import calendars
from billwatch_site.pictures.months import MonthTable, months_with
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.reading.measures import Law
from billwatch_site.records import Brief
from billwatch_site.words.deadlines import Deadline
from billwatch_site.words.effect import effect_of, sunset_in
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import date_in
from billwatch_site.words.waiting import wait_for_session_end, waits_for_executive

LATELY = timedelta(days=30)
_LAW = "The day on which it became law is not counted itself."


class Happening(msgspec.Struct, frozen=True):
    """One day that matters. `sure` is "rule", "estimate" or "our reading"; `why` is whole sentences, or "".

    `bill` is "" for what concerns every bill of a legislature.
    """

    on: date
    kind: str  # "session-end", "bills-return", "executive", "effect", "sunset", "signed", "vetoed"
    legislature: str
    words: str  # what happens, without the bill's number
    sure: str
    why: str
    bill: str = ""


class Coming(msgspec.Struct, frozen=True):
    """What is ahead, what is overdue, and what the last weeks brought, each in the order of its days.

    What is past is told by each legislature's own calendar; `today` is the earliest of their days.
    """

    ahead: tuple[Happening, ...]
    overdue: tuple[Happening, ...]
    lately: tuple[Happening, ...]
    today: date

    @property
    def by_month(self) -> list[tuple[str, list[Happening]]]:
        """What is ahead under the first of its month: "2025-06-01"."""
        months = groupby(self.ahead, key=lambda event: f"{event.on:%Y-%m}-01")
        return [(month, list(events)) for month, events in months]


def calendar_page(press: SitePress) -> Iterator[Page]:
    """What is coming, day by day, with a small picture of the months."""
    coming = coming_of(press)
    codes = calendars.legislatures_with(press.bills.values())
    yield press.page("calendar.html", "calendar/", coming=coming, months=_months(coming), codes=codes)


def coming_of(press: SitePress) -> Coming:
    """Everything that has a date, as of this build."""
    days = {code: legislature(code).day_of(press.now) for code in {bill.legislature for bill in press.bills.values()}}
    today = min(days.values(), default=press.now.date())
    ends = [*_session_ends(press.bills.values()), *_returns(press.bills.values())]
    waits = list(_waits(press.bills.values()))
    laws = [event for law in press.measures.laws for event in _law(law, press)]
    decided = list(_decided(press.bills.values()))
    return Coming(
        ahead=_sorted(e for e in (*ends, *waits, *laws) if e.on >= days[e.legislature]),
        overdue=_sorted(e for e in waits if e.on < days[e.legislature]),
        lately=_sorted(
            e for e in (*ends, *laws, *decided) if days[e.legislature] - LATELY <= e.on < days[e.legislature]
        )[::-1],
        today=today,
    )


def _sorted(events: Iterable[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(events, key=lambda event: (event.on, event.kind != "session-end", event.bill)))


def _months(coming: Coming) -> list[MonthTable]:
    return months_with([event.on for event in coming.ahead], coming.today)


def _session_ends(bills: Iterable[Brief]) -> Iterator[Happening]:
    """The end of each session that decides something about a followed bill."""
    ends = {
        (bill.legislature, bill.session): wait.deadline
        for bill in bills
        if bill.followed and (wait := wait_for_session_end(bill)) and not wait.over
    }
    for (code, session), end in sorted(ends.items()):
        house = legislature(code)
        words = f"{house.name}: the {house.session(session)} session ends"
        yield Happening(end.on, "session-end", code, words, _sureness(end), end.why)


def _returns(bills: Iterable[Brief]) -> Iterator[Happening]:
    """The day on which bills go back to their own chamber, where the other one has a followed bill."""
    across = {(bill.legislature, bill.session) for bill in bills if bill.followed and _is_across(bill)}
    for code, session in sorted(across):
        house = legislature(code)
        if returns := house.bills_return(session):
            words = f"{house.name}: bills that only one house has passed go back to it"
            yield Happening(returns.on, "bills-return", code, words, _sureness(returns), returns.why)


def _is_across(bill: Brief) -> bool:
    own = legislature(bill.legislature).chamber_of(bill.identifier)
    return bill.stage == "passed-one-chamber" and bill.chamber not in ("", own)


def _waits(bills: Iterable[Brief]) -> Iterator[Happening]:
    """The executive's last day for each bill that waits for a signature or a veto."""
    for bill in bills:
        words = f"last day for the {legislature(bill.legislature).executive} to sign or veto it"
        for wait in waits_for_executive(bill):
            if not wait.over:
                end = wait.deadline
                yield Happening(end.on, "executive", bill.legislature, words, _sureness(end), end.why, bill.id)


def _law(law: Law, press: SitePress) -> Iterator[Happening]:
    """The days on which a law begins and ends, by its own words."""
    code = law.bill.split("/")[0]
    if law.bill not in press.bills:
        return
    said = f"The record’s words: “{law.clause}”"
    effect = effect_of("law", law.became_on, law.clause)
    if effect and effect.on:
        words = "takes effect, with exceptions" if effect.partly else "takes effect"
        yield Happening(effect.on, "effect", code, words, "our reading", f"{said} {_LAW}", law.bill)
    if sunset := sunset_in(law.clause):
        yield Happening(sunset, "sunset", code, "ends, unless it is extended", "our reading", said, law.bill)


def _decided(bills: Iterable[Brief]) -> Iterator[Happening]:
    """What the executive decided."""
    for bill in bills:
        on = date_in(bill.stage_since)
        if on and bill.stage in ("law", "vetoed"):
            kind, words = ("signed", "became law") if bill.stage == "law" else ("vetoed", "was vetoed")
            yield Happening(on, kind, bill.legislature, words, "", bill.sentence, bill.id)


def _sureness(end: Deadline) -> str:
    return "rule" if end.sure else "estimate"
