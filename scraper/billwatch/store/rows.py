"""A bill as rows of the store's tables: pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from billwatch.bill import Bill
from billwatch.effect import takes_effect
from billwatch.stages import Standing

Row = tuple[object, ...]

BILL_COLUMNS = (
    *("id", "legislature", "session", "identifier", "title", "abstract", "status", "version"),
    *("introduced_on", "law_section", "law_code", "act_clause", "sponsor", "substituted_by"),
    *("last_action_on", "last_action", "takes_effect", "first_seen_at", "changed_at"),
)
STANDING_COLUMNS = (
    "stage",
    "stage_since",
    "chamber",
    "committee",
    "sentence",
    "next",
    "official",
    "marks",
    "steps",
    "ended",
    "disagreement",
)
CHILDREN = {
    "actions": ("bill", "position", "date", "chamber", "text", "classification"),
    "sponsorships": ("bill", "position", "name", "short", "role"),
    "versions": ("bill", "letter", "published_on", "text", "memo"),
    "votes": ("bill", "position", "date", "chamber", "kind", "committee", "motion", "version", "counts", "roll"),
    "relations": ("bill", "kind", "other", "by", "evidence"),
}

_encode = msgspec.json.Encoder().encode


def json_text(value: object) -> str:
    return _encode(value).decode()


@cache  # some forty classifications stand on all lines of all bills
def _terms(classification: tuple[str, ...]) -> str:
    return json_text(classification)


def with_substitute(bill: Bill, standing: Standing) -> Bill:
    """The bill with the one that replaced it: as its source states it, else as its history says."""
    if bill.substituted_by is not None or not standing.substitute:
        return bill
    return msgspec.structs.replace(bill, substituted_by=standing.substitute)


def bill_row(bill: Bill, now: str) -> Row:
    """The facts, in the order of BILL_COLUMNS."""
    last = bill.actions[-1] if bill.actions else None
    lead = next((s.name for s in bill.sponsors or () if s.role == "primary"), None)
    return (
        *(bill.id, bill.legislature, bill.session, bill.identifier, bill.title, bill.abstract, bill.status),
        *(bill.version, bill.introduced_on, bill.law_section, bill.law_code, bill.act_clause),
        *(lead, bill.substituted_by or None, last.date if last else "", last.text if last else ""),
        *(takes_effect(bill), now, now),
    )


def standing_row(standing: Standing) -> Row:
    """Where it stands, in the order of STANDING_COLUMNS."""
    return (
        *(standing.stage, standing.since, standing.chamber, standing.committee),
        *(standing.sentence, standing.next, standing.official),
        *(
            json_text(standing.marks),
            json_text(standing.steps),
            int(standing.ended),
            standing.disagreement,
        ),
    )


def child_rows(bill: Bill) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything that hangs on the bill."""
    key = bill.id
    for n, a in enumerate(bill.actions or ()):
        yield "actions", (key, n + 1, a.date, a.chamber, a.text, _terms(a.classification))
    for n, s in enumerate(bill.sponsors or ()):
        yield "sponsorships", (key, n + 1, s.name, s.short, s.role)
    for v in bill.versions or ():
        yield "versions", (key, v.letter, v.published_on, v.text, v.memo)
    for n, vote in enumerate(bill.votes or ()):
        where = (vote.date, vote.chamber, vote.kind, vote.committee, vote.motion, vote.version)
        yield "votes", (key, n + 1, *where, json_text(vote.counts), json_text(vote.roll))
    for row in _relation_rows(bill):
        yield "relations", row


def _relation_rows(bill: Bill) -> Iterator[Row]:
    """What the source says of other bills."""
    for other in bill.same_as or ():
        yield bill.id, "same-as", other, "source", ""
    for other in bill.previous_versions or ():
        yield bill.id, "previous-version", other, "source", ""
    if bill.substituted_by:
        yield bill.id, "substituted-by", bill.substituted_by, "source", ""
