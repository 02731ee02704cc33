"""A legislature as readers see it: what `billwatch.legislatures` knows of it, and what only readers are told.

One that says no more than that is shown with its name, its sessions and their days, and without official links, rather
than with guessed ones. One that is not known at all is shown under its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import msgspec

from billwatch.bill import BillId
from billwatch.errors import UsageError
from billwatch.legislatures import all_codes
from billwatch.legislatures import legislature as known
from billwatch.stages import SessionRules
from billwatch_site.words.deadlines import Deadline

OURSELVES = "billwatch"  # the source of what no source says, and we infer


class Official(msgspec.Struct, frozen=True):
    """A page outside: who publishes it, and its address."""

    label: str
    url: str


class Legislature:
    """One legislature. What differs for readers is said by a class of its own, as `new_york.py` does."""

    executive = "Governor"
    sources: ClassVar[Mapping[str, Official]] = {}  # name in the store -> label in sentences, and its home page
    representatives: tuple[Official, ...] = ()  # how readers find their own
    not_covered: tuple[str, ...] = ()  # whole sentences
    # Why a session ends on its day, and bills go back on theirs: a whole sentence or more.
    why_it_ends = "It is the last day of the session."
    why_bills_return = "From that day a bill that only one chamber has passed is back in that chamber."

    def __init__(self, code: str) -> None:
        self._known = known(code) if code in all_codes() else None
        self.name = self._known.NAME if self._known else code.upper()
        self.timezone = ZoneInfo(self._known.TIMEZONE if self._known else "UTC")
        self.chambers = self._known.CHAMBERS if self._known else ()

    # -- what is known of it

    def chamber_of(self, identifier: str) -> str:
        """The chamber that a number belongs to, or one that begins so; "" where numbers do not tell."""
        try:
            return self._known.chamber_of(identifier) if self._known else ""
        except UsageError:
            return ""

    def day_of(self, moment: datetime) -> date:
        """The day of a moment in its own calendar: nine in the evening in Albany is the next day in UTC."""
        return moment.astimezone(self.timezone).date()

    def session(self, session: str) -> str:
        """A session as people write it: "2025–2026"; its name in the store where it is none that is known."""
        rules = self._rules(session)
        return rules.session_name if rules else session

    def term(self, day: date) -> tuple[str, date, date] | None:
        """The session that a day falls in, with its first and last day."""
        if not self._known:
            return None
        session = self._known.session_of(day)
        return session, self._known.session_start(session), self._known.session_end(session)

    def session_end(self, session: str) -> Deadline | None:
        """The last day of a session; None where it is none that is known."""
        rules = self._rules(session)
        return Deadline(rules.session_end, True, self.why_it_ends) if rules else None

    def bills_return(self, session: str) -> Deadline | None:
        """The day on which what only one chamber has passed goes back to it; None where there is no such day."""
        rules = self._rules(session)
        return Deadline(rules.bills_return_on, True, self.why_bills_return) if rules and rules.bills_return_on else None

    def weight_of_line(self, classification: tuple[str, ...], text: str, on: str) -> str:
        """What a line of the history weighs: "milestone", "notable" or "detail"; notable where no rule is known."""
        return self._known.severity_of(classification, text, on) if self._known else "notable"

    def _rules(self, session: str) -> SessionRules | None:
        try:
            return self._known.rules(session) if self._known else None
        except UsageError:
            return None

    # -- what only readers are told

    def source_label(self, source: str) -> str:
        """A source in a sentence; its name in the store where we have no better."""
        if source == OURSELVES:
            return "our own comparison of bills"
        return self.sources[source].label if source in self.sources else source

    def pages(self, bill: BillId) -> tuple[Official, ...]:
        """Where a bill stands officially."""
        return ()

    def texts(self, bill: BillId, letter: str) -> tuple[Official, ...]:
        """Where the text of one print stands; the letter "" is the original."""
        return ()

    def member(self, chamber: str, name: str) -> Official | None:
        """Whom to write to."""
        return None

    def committee(self, chamber: str, name: str) -> Official | None:
        """A committee's page."""
        return None

    def executive_deadline(self, delivered: date) -> Deadline | None:
        """By when the executive must have answered what was delivered on this day; None where no rule is known."""
        return None
