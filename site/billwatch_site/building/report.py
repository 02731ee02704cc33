"""What a build did."""

from __future__ import annotations

import msgspec


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """`written` of `files` were new or different; `refused` are ids that cannot be a page."""

    bills: int
    changes: int
    files: int
    written: int
    removed: int
    changed: bool
    refused: tuple[str, ...] = ()
