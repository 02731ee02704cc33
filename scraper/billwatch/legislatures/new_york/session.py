"""New York's sessions: two years each, named for the first, which is odd."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from billwatch.bill import Bill
from billwatch.errors import UsageError
from billwatch.legislatures.new_york.actions import chapter_in, committee_in, committee_named, substitute_in, veto_in
from billwatch.legislatures.new_york.numbers import chamber_of, session_of_year
from billwatch.stages.course import Official, SessionRules
from billwatch.stages.days import after_days

_SESSION = re.compile(r"(?:19|20)[0-9][13579]")  # the centuries in which numbers.py reads a year
_AMENDMENTS = "Constitution, Concurrent Resolutions to Amend"
CHAMBERS = ("Senate", "Assembly")

# The codes of Open Legislation (BillStatusType). It never gives SUBSTITUTED, and DEFEATED, HELD, RECALLED,
# DIED and TABLED do not change it; POCKET_APPROVAL is what it calls a chapter without a signature.
STATUSES = {
    "INTRODUCED": Official("Introduced", "introduced"),
    "IN_SENATE_COMM": Official("In Senate Committee", "committee", "Senate"),
    "IN_ASSEMBLY_COMM": Official("In Assembly Committee", "committee", "Assembly"),
    "SENATE_FLOOR": Official("Senate Floor Calendar", "floor", "Senate"),
    "ASSEMBLY_FLOOR": Official("Assembly Floor Calendar", "floor", "Assembly"),
    "PASSED_SENATE": Official("Passed Senate", "passed", "Senate"),
    "PASSED_ASSEMBLY": Official("Passed Assembly", "passed", "Assembly"),
    "DELIVERED_TO_GOV": Official("Delivered to Governor", "executive"),
    "SIGNED_BY_GOV": Official("Signed by Governor", "law"),
    "POCKET_APPROVAL": Official("Pocket Approval", "law"),
    "VETOED": Official("Vetoed by Governor", "vetoed"),
    "STRICKEN": Official("Stricken", "withdrawn"),
    "LOST": Official("Lost", "failed"),
    "SUBSTITUTED": Official("Substituted", "substituted"),
    "ADOPTED": Official("Adopted", "adopted"),
}


def session_of(day: date) -> str:
    """The session that a day falls in: "2025" for any day of 2025 and 2026."""
    return session_of_year(day.year)


def session_start(session: str) -> date:
    """The first day of a session: 1 January of the odd year."""
    return date(_year(session), 1, 1)


def session_end(session: str) -> date:
    """The last day of a session: 31 December of the even year."""
    return date(_year(session) + 1, 12, 31)


def bills_return_on(session: str) -> date:
    """The day in the even year on which a bill that only one house has passed goes back to that house.

    The legislature assembles on the first Wednesday after the first Monday of January (Constitution, article XIII,
    section 4). On that day of 2020, 2022 and 2024, 2,391 of the 2,405 bills that lay in the other house died there;
    the others have no line after it.
    """
    january = date(_year(session) + 1, 1, 1)
    first_monday = january + timedelta(days=-january.weekday() % 7)
    return first_monday + timedelta(days=2)


def unsigned_is_law(delivered: date) -> bool:
    """Whether a bill delivered on that day becomes law where the Governor neither signs nor vetoes it.

    It does where the ten days, Sundays excepted, end while the legislature sits; once it has adjourned for good, which
    it is supposed to do on 31 December, no bill becomes law unsigned (Constitution, article IV, section 7).
    """
    return after_days(delivered, 10, without_sundays=True).year == delivered.year


def session_name(session: str) -> str:
    """The session as people write it: "2025–2026"."""
    return _name(_year(session))


@lru_cache(maxsize=64)
def rules(session: str) -> SessionRules:
    """What stages need to know of a session."""
    return SessionRules(
        chambers=CHAMBERS,
        executive="Governor",
        session_name=session_name(session),
        session_end=session_end(session),
        next_session_name=_name(_year(session) + 2),
        next_session_end=date(_year(session) + 3, 12, 31),
        bills_return_on=bills_return_on(session),
        unsigned_is_law=unsigned_is_law,
        statuses=STATUSES,
        amends_constitution=amends_constitution,
        origin=chamber_of,
        committee_in=committee_in,
        committee_named=committee_named,
        substitute_in=substitute_in,
        citation_in=citation_in,
    )


def amends_constitution(bill: Bill) -> bool:
    """Whether it is a concurrent resolution to amend New York's constitution, by its law section or its act clause.

    It goes from both houses to the next legislature, and from that one to the voters; never to the Governor
    (Constitution, article XIX, section 1). Those that ratify an amendment of another constitution are none.
    """
    clause = (bill.act_clause or "").casefold()
    if re.match(r"concurrent resolution of the senate and assembly (ratifying|providing that)\b", clause):
        return False
    return (bill.law_section or "").startswith(_AMENDMENTS) or clause.startswith("concurrent resolution")


def citation_in(text: str) -> str:
    """The number under which an end is filed: "chapter 689", "veto 91"; "" for none."""
    if chapter := chapter_in(text):
        return f"chapter {chapter}"
    return f"veto {veto}" if (veto := veto_in(text)) else ""


def _name(year: int) -> str:
    return f"{year}–{year + 1}"


def _year(session: str) -> int:
    if not _SESSION.fullmatch(session):
        raise UsageError(f"'{session}' is not a New York session; they are named for their odd year, as 2025")
    return int(session)
