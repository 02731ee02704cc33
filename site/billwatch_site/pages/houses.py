"""A page for each legislature: how far its session is, where bills of our topics stand, and who has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import msgspec

from billwatch.legislatures import all_codes
from billwatch.stages import UNDECIDED
from billwatch_site import calendars
from billwatch_site.feeds.subjects import of_an_empty_legislature
from billwatch_site.pages import shelves
from billwatch_site.pages.gone_back import note_of
from billwatch_site.pages.lists import FEW
from billwatch_site.pages.sponsors import members_of
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.records import Brief
from billwatch_site.words.legislature import Legislature
from billwatch_site.words.official import legislature

# Stages at which something can still come of a bill, also after its session.
ALIVE = (*UNDECIDED, "awaited", "to-next-legislature")


class Clock(msgspec.Struct, frozen=True):
    """How far a session is. `share` of its days has passed, between 0 and 1."""

    session: str
    begins: date
    ends: date
    today: date
    returns: date | None = None  # when what only one chamber has passed goes back to it

    @property
    def share(self) -> float:
        return self.share_at(self.today)

    def share_at(self, day: date) -> float:
        """The share of its days before this one."""
        days = (self.ends - self.begins).days + 1
        return min(max((day - self.begins).days / days, 0.0), 1.0)

    @property
    def days_left(self) -> int:
        """Days until the last one, 0 when it is over."""
        return max((self.ends - self.today).days, 0)


def houses(press: SitePress) -> Iterator[Page]:
    """A page for every legislature that we know, and for any other of which a bill is published."""
    for code in sorted({*all_codes(), *(bill.legislature for bill in press.bills.values())}):
        bills = [bill for bill in press.bills.values() if bill.legislature == code]
        yield _house(press, code, bills)
        if not bills:
            yield from of_an_empty_legislature(press, code)


def _house(press: SitePress, code: str, bills: list[Brief]) -> Page:
    """One legislature: its session, its committees, its people."""
    house = legislature(code)
    followed = [bill for bill in bills if bill.followed]
    current = [bill for bill in followed if not bill.ended]
    sessions = [(session, some, shelves.counts_by_stage(some)) for session, some in shelves.by_session(followed)]
    return press.page(
        "house.html",
        f"{code}/",
        code=code,
        house=house,
        clock=clock_of(house, house.day_of(press.now)),
        sessions=sessions,
        few=len(press.bills) <= FEW,
        by_stage=partial(shelves.by_stage, note=partial(note_of, press.checks, press.checked_at)),
        alive=sum(bill.stage in ALIVE for bill in current),
        committees=shelves.by_committee(current),
        people=members_of(bills)[:12],
        dates=calendars.is_kept(bills),
    )


def clock_of(house: Legislature, today: date) -> Clock | None:
    """The clock of the session that `today` falls into, if the legislature's terms are known."""
    if not (term := house.term(today)):
        return None
    session, begins, ends = term
    returns = house.bills_return(session)
    return Clock(session, begins, ends, today, returns.on if returns else None)
