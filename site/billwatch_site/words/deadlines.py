"""When things must have happened: the rules of each legislature, as plain functions of dates.

A rule gives a date that follows from the law and from what the record tells. Where something that the law asks for is
not in the record, the date is an estimate, and says what it supposes.
"""

from __future__ import annotations

from datetime import date

import msgspec

from billwatch.stages import after_days


class Deadline(msgspec.Struct, frozen=True):
    """A day by which something happens. `sure`: by rule, not by estimate. `why` is a whole sentence or more."""

    on: date
    sure: bool
    why: str


def new_york_governor(delivered: date) -> Deadline:
    """By when the Governor must have signed or vetoed a bill (Constitution of New York, article IV, section 7).

    Ten days, Sundays excepted, after it was delivered; thirty days after the legislature's final adjournment where
    that comes first. It sits on through the year: of 5,463 bills delivered before 18 December and decided, from 2019
    to 2025, eleven took longer, most of them by a day. The day of adjournment is not in the record: at the turn of the
    year it is supposed to be 31 December; it was up to a week later.
    """
    on = after_days(delivered, 10, without_sundays=True)
    if on.year == delivered.year:
        why = "The Governor has ten days, Sundays excepted, after a bill is delivered while the legislature sits"
        return Deadline(on, True, f"{why} (Constitution of New York, article IV, section 7).")
    why = (
        "The ten days run past the end of the year. Once the legislature has adjourned for good, the Governor has "
        "thirty days (Constitution of New York, article IV, section 7); supposed is an adjournment on 31 December, "
        "which the record does not tell. A bill that is not signed by then is vetoed without a word."
    )
    return Deadline(after_days(date(delivered.year, 12, 31), 30), False, why)
