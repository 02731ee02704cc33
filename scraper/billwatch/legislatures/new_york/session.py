"""New York's sessions: two years each, named for the first, which is odd."""

from __future__ import annotations

from datetime import date

from billwatch.errors import UsageError


def session_of(day: date) -> str:
    """The session that a day falls in: "2025" for any day of 2025 and 2026."""
    return str((day.year - 1) | 1)


def session_end(session: str) -> date:
    """The last day of a session: 31 December of the even year."""
    return date(_year(session) + 1, 12, 31)


def session_name(session: str) -> str:
    """The session as people write it: "2025–2026"."""
    return f"{_year(session)}–{_year(session) + 1}"


def _year(session: str) -> int:
    if not (session.isascii() and session.isdigit() and len(session) == 4 and int(session) % 2):
        raise UsageError(f"'{session}' is not a New York session; they are named for their odd year, as 2025")
    return int(session)
