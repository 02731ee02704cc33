"""Where in its legislature a bill lies: the committee that has it, or the floor that it is on. Pure."""

from __future__ import annotations

from billwatch_site.records import Brief
from billwatch_site.words.wording import name_case, small_words

_IN_COMMITTEE = ("in-committee", "passed-one-chamber")


def committee_of(bill: Brief) -> str:
    """The committee that has a bill now, "Internet and Technology"; "" for one that is in none."""
    return small_words(name_case(bill.committee)) if bill.committee and bill.stage in _IN_COMMITTEE else ""


def whereabouts(bill: Brief) -> str:
    """ "Senate Codes" of a bill in committee, "Senate floor" of one on a floor; "" where the stage says enough."""
    place = "floor" if bill.stage == "on-floor" and bill.chamber else committee_of(bill)
    return f"{bill.chamber} {place}".strip() if place else ""
