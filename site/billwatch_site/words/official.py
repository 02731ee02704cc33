"""What differs between legislatures when facts go out: names, time zone, and the official pages to link to.

To add a legislature, add one `Legislature` to `LEGISLATURES`. One that is not there yet is shown under its code and
without official links, rather than with guessed ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from billwatch.bill import BillId
from billwatch_site.words.deadlines import Deadline, new_york_bills_return, new_york_governor, new_york_session_end

OURSELVES = "billwatch"  # the source of what no source says, and we infer


class Official(msgspec.Struct, frozen=True):
    """A page outside: who publishes it, and its address."""

    label: str
    url: str


class Legislature(msgspec.Struct, frozen=True, kw_only=True):
    """One legislature as readers see it. `not_covered` are whole sentences."""

    name: str
    timezone: ZoneInfo
    executive: str = "Governor"
    chambers: dict[str, str] = {}  # first letter of a number -> chamber of origin
    sources: dict[str, Official] = {}  # name in the store -> label in sentences, and its home page
    session: Callable[[str], str] = str
    term: Callable[[date], tuple[str, date, date]] | None = None  # a day -> its session, that one's first and last day
    pages: Callable[[BillId], tuple[Official, ...]] = lambda bill: ()
    texts: Callable[[BillId, str], tuple[Official, ...]] = lambda bill, letter: ()
    member: Callable[[str, str], Official | None] = lambda chamber, name: None  # whom to write to
    committee: Callable[[str, str], Official | None] = lambda chamber, name: None
    representatives: tuple[Official, ...] = ()  # how readers find their own
    not_covered: tuple[str, ...] = ()
    session_end: Callable[[str], Deadline | None] = lambda session: None
    bills_return: Callable[[str], Deadline | None] = lambda session: None  # to the only chamber that passed them
    executive_deadline: Callable[[date], Deadline] | None = None  # from the day of delivery

    def chamber_of(self, identifier: str) -> str:
        """The chamber that a number belongs to; "" where numbers do not tell."""
        return self.chambers.get(identifier[:1], "")

    def day_of(self, moment: datetime) -> date:
        """The day of a moment in its own calendar: nine in the evening in Albany is the next day in UTC."""
        return moment.astimezone(self.timezone).date()

    def source_label(self, source: str) -> str:
        """A source in a sentence; its name in the store where we have no better."""
        if source == OURSELVES:
            return "our own comparison of bills"
        return self.sources[source].label if source in self.sources else source


def _ny_session(session: str) -> str:
    """Sessions of New York are two years and named for the first."""
    return f"{session}–{int(session) + 1}" if session.isdigit() else session


def _ny_term(day: date) -> tuple[str, date, date]:
    """New York's sessions are two calendar years, from an odd one on."""
    first = (day.year - 1) | 1
    return str(first), date(first, 1, 1), date(first + 1, 12, 31)


def _ny_pages(bill: BillId) -> tuple[Official, ...]:
    return (
        Official("New York State Senate", _ny_senate(bill)),
        Official("New York State Assembly", _ny_assembly(bill, "")),
    )


def _ny_texts(bill: BillId, letter: str) -> tuple[Official, ...]:
    """The text as printed, and the page with text and sponsor's memo, of one print."""
    pdf = f"https://legislation.nysenate.gov/pdf/bills/{bill.session}/{bill.identifier}{letter}"
    if bill.identifier.startswith("S"):
        page = f"{_ny_senate(bill)}/amendment/{letter or 'original'}"
    else:
        page = _ny_assembly(bill, letter)
    return Official("Text (PDF)", pdf), Official("Text and sponsor’s memo", page)


def _ny_member(chamber: str, name: str) -> Official | None:
    """A member's own page where we have the full name that its address is made of; else the list of members."""
    full = " " in name.strip() and not name.isupper()
    if chamber == "Senate":
        page = (
            f"https://www.nysenate.gov/senators/{_slug(name)}"
            if full
            else "https://www.nysenate.gov/senators-committees"
        )
        return Official(f"Senator {name}" if full else "The senators", page)
    if chamber == "Assembly":
        page = f"https://nyassembly.gov/mem/{_slug(name, lower=False)}" if full else "https://nyassembly.gov/mem/"
        return Official(f"Assembly member {name}" if full else "The members of the Assembly", page)
    return None


def _ny_committee(chamber: str, name: str) -> Official | None:
    """A committee's page; the Assembly's are numbered, so there it is the list of them."""
    if chamber == "Senate" and name:
        return Official(f"Senate {name} Committee", f"https://www.nysenate.gov/committees/{_slug(name)}")
    return Official("The Assembly’s committees", "https://nyassembly.gov/comm/") if chamber == "Assembly" else None


def _slug(name: str, *, lower: bool = True) -> str:
    """A name as both houses' sites put it into addresses: "Joseph P. Addabbo Jr." as joseph-p-addabbo-jr."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain.replace("'", "").replace(".", "")).strip("-")
    return slug.lower() if lower else slug


def _ny_senate(bill: BillId) -> str:
    return f"https://www.nysenate.gov/legislation/bills/{bill.session}/{bill.identifier}"


def _ny_assembly(bill: BillId, letter: str) -> str:
    # Without `term` the Assembly answers with this year's bill of that number.
    number = f"{bill.identifier[0]}{bill.identifier[1:].zfill(5)}{letter}"
    return (
        f"https://nyassembly.gov/leg/?default_fld=&leg_video=&bn={number}&term={bill.session}"
        "&Summary=Y&Actions=Y&Text=Y&Memo=Y"
    )


NEW_YORK = Legislature(
    name="New York",
    timezone=ZoneInfo("America/New_York"),
    chambers={"S": "Senate", "A": "Assembly"},
    sources={
        "open-legislation": Official("Open Legislation", "https://legislation.nysenate.gov/"),
        "assembly-index": Official("the Assembly’s index of bills", "https://nyassembly.gov/leg/?sh=advanced"),
        "lbdc": Official("the Legislative Bill Drafting Commission", "http://public.leginfo.state.ny.us/navigate.cgi"),
        "assembly": Official("the Assembly’s site", "https://nyassembly.gov/leg/"),
        "senate": Official("the Senate’s site", "https://www.nysenate.gov/legislation"),
    },
    session=_ny_session,
    term=_ny_term,
    session_end=new_york_session_end,
    bills_return=new_york_bills_return,
    executive_deadline=new_york_governor,
    pages=_ny_pages,
    texts=_ny_texts,
    member=_ny_member,
    committee=_ny_committee,
    representatives=(
        Official("Find your senator", "https://www.nysenate.gov/find-my-senator"),
        Official("Find your Assembly member", "https://nyassembly.gov/mem/search/"),
    ),
    not_covered=(
        "Resolutions, unless one is named in the configuration.",
        "Hearings, committee agendas and floor calendars: what a committee is about to take up is not foreseen here.",
        "Votes of the Assembly where only the Senate’s sources answered: they leave them out.",
        "Votes by voice, of which the record keeps no roll.",
        "What an amendment changed in the text: each print is linked at the legislature instead.",
        "Speeches, testimony and transcripts.",
        "Regulations, executive orders and court cases about a law.",
        "The day on which the legislature adjourns for good, and whether a veto will be overridden.",
    ),
)

LEGISLATURES = {"ny": NEW_YORK}


def legislature(code: str) -> Legislature:
    """The legislature with this code; a bare one for a code we know nothing about."""
    return LEGISLATURES.get(code) or Legislature(name=code.upper(), timezone=ZoneInfo("UTC"))
