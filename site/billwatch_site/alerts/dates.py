"""Dates as somebody wants them written: 12 June 2025, June 12, 2025, or 2025-06-12. Pure."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec

from billwatch_site.alerts.letter import Letter
from billwatch_site.alerts.subscriptions import Dates

_MONTHS = tuple(f"{date(2000, month, 1):%B}" for month in range(1, 13))
_DAY = re.compile(rf"\b([1-9]|[12][0-9]|3[01]) ({'|'.join(_MONTHS)}) ([12][0-9]{{3}})\b")


def dated(letter: Letter, dates: Dates) -> Letter:
    """The letter with every date of our own writing in this form; official words and addresses have other forms."""
    if dates == "day-first":
        return letter
    return msgspec.convert(_everywhere(msgspec.to_builtins(letter), dates), Letter)


def _everywhere(value: Any, dates: Dates) -> Any:
    if isinstance(value, str):
        return in_words(value, dates)
    if isinstance(value, dict):
        return {key: _everywhere(part, dates) for key, part in value.items()}
    return [_everywhere(part, dates) for part in value] if isinstance(value, list | tuple) else value


def in_words(text: str, dates: Dates) -> str:
    """One text with its dates in this form."""
    return _DAY.sub(lambda found: _written(found, dates), text)


def _written(found: re.Match[str], dates: Dates) -> str:
    if dates == "month-first":
        return f"{found[2]} {found[1]}, {found[3]}"
    with suppress(ValueError):  # the thirty-first of June stays as it is
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])).isoformat()
    return found[0]
