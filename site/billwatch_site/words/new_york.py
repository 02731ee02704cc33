"""New York for readers: its official pages, its sources by name, and the rules behind its days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from billwatch.bill import BillId
from billwatch_site.words.deadlines import Deadline, new_york_governor
from billwatch_site.words.legislature import Legislature, Official


class NewYork(Legislature):
    """What is said of New York to readers."""

    sources: ClassVar[Mapping[str, Official]] = {
        "open-legislation": Official("Open Legislation", "https://legislation.nysenate.gov/"),
        "assembly-index": Official("the Assembly’s index of bills", "https://nyassembly.gov/leg/?sh=advanced"),
        "lbdc": Official("the Legislative Bill Drafting Commission", "http://public.leginfo.state.ny.us/navigate.cgi"),
        "assembly": Official("the Assembly’s site", "https://nyassembly.gov/leg/"),
        "senate": Official("the Senate’s site", "https://www.nysenate.gov/legislation"),
    }
    representatives = (
        Official("Find your senator", "https://www.nysenate.gov/find-my-senator"),
        Official("Find your Assembly member", "https://nyassembly.gov/mem/search/"),
    )
    not_covered = (
        "Resolutions, unless one is named in the configuration.",
        "Hearings, committee agendas and floor calendars: what a committee is about to take up is not foreseen here.",
        "Votes of the Assembly where only the Senate’s sources answered: they leave them out.",
        "Votes by voice, of which the record keeps no roll.",
        "What an amendment changed in the text: each print is linked at the legislature instead.",
        "Speeches, testimony and transcripts.",
        "Regulations, executive orders and court cases about a law.",
        "The day on which the legislature adjourns for good, and whether a veto will be overridden.",
    )
    why_it_ends = (
        "New York’s legislature is elected for two years and sits as one session from an odd year’s January to the end "
        "of the even one. What has not passed both houses by then has to be introduced anew."
    )
    why_bills_return = (
        "New York’s legislature assembles each year on the first Wednesday after the first Monday of January "
        "(Constitution of New York, article XIII, section 4). In the second year of a session a bill that only one "
        "house has passed goes back to that house, which must pass it again."
    )

    def pages(self, bill: BillId) -> tuple[Official, ...]:
        return (
            Official("New York State Senate", _senate(bill)),
            Official("New York State Assembly", _assembly(bill, "")),
        )

    def texts(self, bill: BillId, letter: str) -> tuple[Official, ...]:
        """The text as printed, and the page with text and sponsor's memo, of one print."""
        pdf = f"https://legislation.nysenate.gov/pdf/bills/{bill.session}/{bill.identifier}{letter}"
        if bill.identifier.startswith("S"):
            page = f"{_senate(bill)}/amendment/{letter or 'original'}"
        else:
            page = _assembly(bill, letter)
        return Official("Text (PDF)", pdf), Official("Text and sponsor’s memo", page)

    def member(self, chamber: str, name: str) -> Official | None:
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

    def committee(self, chamber: str, name: str) -> Official | None:
        """A committee's page; the Assembly's are numbered, so there it is the list of them."""
        if chamber == "Senate" and name:
            return Official(f"Senate {name} Committee", f"https://www.nysenate.gov/committees/{_slug(name)}")
        return Official("The Assembly’s committees", "https://nyassembly.gov/comm/") if chamber == "Assembly" else None

    def executive_deadline(self, delivered: date) -> Deadline:
        return new_york_governor(delivered)


def _slug(name: str, *, lower: bool = True) -> str:
    """A name as both houses' sites put it into addresses: "Joseph P. Addabbo Jr." as joseph-p-addabbo-jr."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain.replace("'", "").replace(".", "")).strip("-")
    return slug.lower() if lower else slug


def _senate(bill: BillId) -> str:
    return f"https://www.nysenate.gov/legislation/bills/{bill.session}/{bill.identifier}"


def _assembly(bill: BillId, letter: str) -> str:
    # Without `term` the Assembly answers with this year's bill of that number.
    number = f"{bill.identifier[0]}{bill.identifier[1:].zfill(5)}{letter}"
    return (
        f"https://nyassembly.gov/leg/?default_fld=&leg_video=&bn={number}&term={bill.session}"
        "&Summary=Y&Actions=Y&Text=Y&Memo=Y"
    )
