"""What can be configured for New York: `[legislatures.ny]`. Every address can point at a mirror."""

from __future__ import annotations

from datetime import date
from typing import Literal

from billwatch.config import Address, LegislatureSettings
from billwatch.legislatures.new_york.session import session_of

SourceName = Literal["open-legislation", "assembly-index", "lbdc", "assembly", "senate"]


class Settings(LegislatureSettings, frozen=True, kw_only=True):
    """New York's sources: Open Legislation wants a free key, the others none."""

    sources: tuple[SourceName, ...] = ()
    open_legislation_key: str = ""  # or BILLWATCH_NY_KEY
    open_legislation_url: Address = "https://legislation.nysenate.gov/api/3"
    assembly_url: Address = "https://nyassembly.gov/leg/"
    lbdc_url: Address = "http://public.leginfo.state.ny.us/navigate.cgi"
    senate_url: Address = "https://www.nysenate.gov"
    assembly_ca: str = ""  # a PEM file, should the site omit its intermediate certificate again

    def sessions_on(self, day: date) -> list[str]:
        """The sessions to read: those configured, else the one that the day falls in."""
        return list(self.sessions) or [session_of(day)]
