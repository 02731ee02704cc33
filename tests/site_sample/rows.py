"""How rows of the store's tables are written down, with the columns that have no default."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from billwatch.legislatures.new_york.actions import classified

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202etfosorciM\u202c </title>{{ 7*7 }}\x0b & done"
Row = dict[str, Any]


def bill_row(bill: str, title: str | None, **more: Any) -> Row:
    """A row of `bills` with the columns that have no default."""
    legislature, session, identifier = bill.split("/")
    row: Row = {"id": bill, "legislature": legislature, "session": session, "identifier": identifier, "title": title}
    row |= {"first_seen_at": "2025-06-03T09:00:00+00:00", "changed_at": "2025-12-19T15:00:00+00:00", "followed": 1}
    return row | {name: json.dumps(value) if name in ("steps", "marks") else value for name, value in more.items()}


def way(*steps: tuple[Any, ...]) -> list[list[Any]]:
    """Steps as the store holds them: [name, chamber, state, on], and the turns where there are any."""
    return [list(step) for step in steps]


def history(bill: str, *lines: tuple[str, str, str]) -> list[Row]:
    """Rows of `actions`: (date, chamber, text), oldest first."""
    return [
        {"bill": bill, "position": i, "date": d, "chamber": c, "text": t, "classification": json.dumps(classified(t))}
        for i, (d, c, t) in enumerate(lines)
    ]


def sponsored(bill: str, *names: str) -> list[Row]:
    """Rows of `sponsorships`: the first is the sponsor."""
    return [
        {"bill": bill, "position": i, "name": n, "short": "", "role": "cosponsor" if i else "primary"}
        for i, n in enumerate(names)
    ]


def change_row(bill: str, kind: str, now: str = "", was: str = "", **more: Any) -> Row:
    """A row of `changes`; a cause of its own unless one is given."""
    seen = more.pop("seen_at", "2025-12-19T15:00:00+00:00")
    name = hashlib.sha256(f"{bill}{kind}{was}{now}{seen}".encode()).hexdigest()[:20]
    row: Row = {"id": name, "bill": bill, "kind": kind, "was": was, "now": now, "happened_on": now[:10], "cause": name}
    if not now[:4].isdigit():
        row["happened_on"] = ""
    row |= {"seen_at": seen, "severity": "detail", "backfill": 0, "source": "open-legislation", "receipt": "r1"}
    return row | {"url": f"https://legislation.nysenate.gov/api/3/bills/{bill[3:]}"} | more
