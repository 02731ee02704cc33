"""The legislatures we know: one module or folder each, found by its `CODE`; nothing to register.

A legislature's package offers what `Legislature` names; New York's is the model. It imports its sources when it is
asked for them, because the configuration needs the code and the name only.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

from billwatch.bill import BillId
from billwatch.errors import UsageError

if TYPE_CHECKING:
    from billwatch.source import Publisher, Source
    from billwatch.stages import SessionRules


class Number(Protocol):
    """A bill number that somebody typed; a session they did not name is None."""

    @property
    def identifier(self) -> str: ...

    @property
    def session(self) -> str | None: ...


class Legislature(Protocol):
    """What the package of a legislature offers."""

    __name__: str
    CODE: str  # "ny"
    NAME: str  # "New York"
    TIMEZONE: str  # "America/New_York"
    CHAMBERS: tuple[str, ...]  # ("Senate", "Assembly")

    def sources(self, settings: Any) -> Sequence[Publisher]:
        """Its publishers, in the order in which they lead."""

    def source(self, name: str) -> Source:
        """One source at its own address, whether or not it is asked by default."""

    def numbers_in(self, text: str) -> Sequence[Number]:
        """The bill numbers somebody typed, in any spelling."""

    def chamber_of(self, identifier: str) -> str:
        """The chamber in which a number was introduced, or any that begins so; `UsageError` where there is none."""

    def classified(self, text: str, chamber: str) -> tuple[str, ...]:
        """Open States terms of an action; none where no rule knows it."""

    def severity_of(self, classification: tuple[str, ...], text: str, date: str) -> str:
        """What an action weighs: "milestone", "notable" or "detail"."""

    def pattern_of(self, text: str) -> str:
        """An action's text without its numbers and committees: what equal actions on many bills have in common."""

    def session_of(self, day: date) -> str:
        """The session that a day falls in."""

    def session_start(self, session: str) -> date:
        """A session's first day; `UsageError` where there is no such session."""

    def session_end(self, session: str) -> date:
        """A session's last day; `UsageError` where there is no such session."""

    def rules(self, session: str) -> SessionRules:
        """What `stage_of` must know of a session."""


def all_codes() -> dict[str, str]:
    """Code of each legislature with the name of its module, in the order of their names."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        package = importlib.import_module(f"{__name__}.{module.name}")
        if code := getattr(package, "CODE", None):
            found[code] = module.name
    return found


def legislature(code: str) -> Legislature:
    """The package of the legislature with this code."""
    codes = all_codes()
    if code not in codes:
        raise UsageError(f"no legislature '{code}'; there are: {', '.join(codes)}")
    return cast(Legislature, importlib.import_module(f"{__name__}.{codes[code]}"))


def checked_bill(bill: BillId) -> BillId:
    """The bill, where its number and session can be; else a `UsageError`: it would be asked for in vain."""
    place = legislature(bill.legislature)
    if bill.identifier not in [number.identifier for number in place.numbers_in(bill.identifier)]:
        raise UsageError(f"'{bill.identifier}' is no bill number of {place.NAME}; write it as in ny/2017/S9191")
    try:
        place.session_end(bill.session)
    except UsageError as error:
        raise UsageError(f"{bill}: {error}") from None
    return bill
