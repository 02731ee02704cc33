"""A page for each legislature: how far its session is, where bills of our topics stand, and who has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from billwatch_site import shelves
from billwatch_site.official import Legislature, legislature
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord
from billwatch_site.sponsors import sponsors_of


class Clock(msgspec.Struct, frozen=True):
    """How far a session is. `share` of its days has passed, between 0 and 1."""

    session: str
    begins: date
    ends: date
    today: date

    @property
    def share(self) -> float:
        days = (self.ends - self.begins).days + 1
        return min(max((self.today - self.begins).days / days, 0.0), 1.0)

    @property
    def days_left(self) -> int:
        """Days until the last one, 0 when it is over."""
        return max((self.ends - self.today).days, 0)


def house_pages(press: Press) -> Iterator[Page]:
    """A page for every legislature of which a bill is published."""
    for code in sorted({bill.legislature for bill in press.contents.bills.values()}):
        bills = [b for b in press.contents.bills.values() if b.legislature == code]
        yield _page(press, code, bills)


def _page(press: Press, code: str, bills: list[BillRecord]) -> Page:
    house = legislature(code)
    sessions = shelves.by_session(bill for bill in bills if bill.followed)
    current = [bill for bill in bills if bill.followed and not bill.ended]
    return press.page(
        "house.html",
        f"{code}/",
        code=code,
        house=house,
        clock=clock_of(house, press.now.astimezone(house.timezone).date()),
        sessions=[(session, group, shelves.counts_by_stage(group)) for session, group in sessions],
        current=current,
        committees=shelves.by_committee(current),
        people=sponsors_of(bills)[:12],
    )


def clock_of(house: Legislature, today: date) -> Clock | None:
    """The clock of the session that `today` falls into, if the legislature's terms are known."""
    if not house.term:
        return None
    session, begins, ends = house.term(today)
    return Clock(session, begins, ends, today)
