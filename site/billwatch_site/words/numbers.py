"""The order in which people look for a bill's number: S9 before S10."""

from __future__ import annotations


def number_parts(identifier: str) -> tuple[str, int]:
    """The letters of a number, and what they count: "S9191" as ("S", 9191); 0 where no digits follow."""
    letters = identifier.rstrip("0123456789")
    return letters, int(identifier[len(letters) :] or 0)
