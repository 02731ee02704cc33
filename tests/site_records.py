"""Bills as the site's pages get them, with nothing in them but what a test names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from billwatch_site.records import Action, BillRecord

SEEN = datetime(2025, 6, 13, 18, tzinfo=UTC)
_TEXTS = (
    *("title", "abstract", "committee", "version", "introduced_on", "law_section", "law_code", "sponsor", "stage"),
    *("stage_since", "chamber", "sentence", "next", "official", "disagreement", "last_action_on", "follow_reason"),
    *("unlisted_since", "called", "last_action"),
)


def bill_record(bill: str = "ny/2025/S1", **facts: Any) -> BillRecord:
    """A bill as the store would give it, followed, with empty texts but for `facts`."""
    legislature, session, identifier = bill.split("/")
    plain = {"id": bill, "legislature": legislature, "session": session, "identifier": identifier, "ended": False}
    return BillRecord(
        **{**dict.fromkeys(_TEXTS, ""), **plain, "followed": True, "first_seen_at": SEEN, "changed_at": SEEN, **facts}
    )


def delivered(on: str) -> tuple[Action, ...]:
    """What `executive` holds of a bill that was delivered on this day, and not answered yet."""
    return (Action(on, "Senate", "DELIVERED TO GOVERNOR", ("executive-receipt",)),)
