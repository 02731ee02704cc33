"""The legislatures we know: one module or folder each, found by its `CODE`; nothing to register.

A legislature's package offers

    CODE, NAME, TIMEZONE, CHAMBERS      "ny", "New York", "America/New_York", ("Senate", "Assembly")
    INDEXES                             names of sources that only list bills: no answer about any of them
    sources(settings)                   its sources in the order in which they lead
    numbers_in(text)                    the bill numbers somebody typed, in any spelling
    classified(action text, chamber)    Open States terms of one action
    session_of(day), session_end(s)     the session that a day falls in; a session's last day
    watch(...)                          what to ask in this run, in which order (see new_york/watching.py)
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId
from billwatch.errors import UsageError


class Source(Protocol):
    """One place that publishes facts about bills, and how to read it."""

    @property
    def name(self) -> str:
        """ "assembly": in the store, in reports, in addresses."""

    @property
    def label(self) -> str:
        """ "the Assembly's site": in sentences."""

    @property
    def kind(self) -> str:
        """What an answer is: "html" or "json"."""

    def address(self, bill: BillId) -> str:
        """What to ask for this bill."""
        ...

    def read(self, answer: Answer, asked: BillId) -> Bill:
        """The facts of the answer, or a `SourceError`: never a guess."""
        ...

    def page(self, bill: BillId) -> str:
        """The address of the page a person reads; "" where there is none."""
        ...


def all_codes() -> dict[str, str]:
    """Code of each legislature with the name of its module, in the order of their names."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        package = importlib.import_module(f"{__name__}.{module.name}")
        if code := getattr(package, "CODE", None):
            found[code] = module.name
    return found


def legislature(code: str) -> ModuleType:
    """The package of the legislature with this code."""
    codes = all_codes()
    if code not in codes:
        raise UsageError(f"no legislature '{code}'; there are: {', '.join(codes)}")
    return importlib.import_module(f"{__name__}.{codes[code]}")
