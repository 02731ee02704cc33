"""`bill.json` in the folder of each bill: everything that its page tells, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, get_args

import msgspec
from msgspec.structs import FieldInfo

from billwatch_site.downloads.dictionary import meaning, tables
from billwatch_site.printing.press import BillPress, Page
from billwatch_site.records import (
    Action,
    BillRecord,
    Brief,
    Change,
    Check,
    Disagreement,
    Failure,
    Print,
    Rate,
    Relation,
    Sponsor,
    Step,
    Topic,
    Turn,
    Vote,
)
from billwatch_site.words import links

_encode = msgspec.json.Encoder().encode
# What a record holds for our pages alone: other bills, what is told elsewhere in the file in full, what we work with.
WITHHELD = {"kin", "namesakes", "called", "seen", "moves", "executive", "revision"}
_FIELDS = tuple(field for field in msgspec.structs.fields(BillRecord) if field.name not in WITHHELD)
# Which table of the store says what stands in a record.
_TABLES: dict[type, str] = {
    Brief: "bills",
    Action: "actions",
    Sponsor: "sponsorships",
    Print: "versions",
    Vote: "votes",
    Relation: "relations",
    Topic: "topics",
    Check: "observations",
    Failure: "failures",
    Disagreement: "disagreements",
    Change: "changes",
    Rate: "base_rates",
}
# What is in no column of the store, or not as it is there.
_OURS = {
    "page": "the page of the bill on this site",
    "family": "the bills that sources link with each other go by the id of one of them; empty for a bill alone",
    "set_aside": "why the publisher decided that it is not about our topics; empty where nobody did",
    "rates": "what became of earlier bills that stood where it stands, on this day of past sessions",
    "rates[].on": "that day",
    "steps": "the picture of its way, from the first station to the last",
    "steps[].name": "what the station is called",
    "steps[].chamber": "the chamber that has it there; empty where none has",
    "steps[].state": "`done`, `here`, `ahead`, `undone` (was reached, then taken back) or `ended` (no further)",
    "steps[].on": "date at which it came there; empty where none is known",
    "steps[].turns": "the times that it went back from there, the earliest first",
    "steps[].turns[].to": "the place in `steps` that it came back to, 0 for the first",
    "steps[].turns[].on": "date of that",
    "relations[].sure": "true as a source states it; false as we infer it, unconfirmed",
    "relations[].incoming": "true when it is the other bill that names this one",
    "checks[].missing": "true when the source last said that it has no such bill",
    "checks[].sha256": "SHA-256 of the answer that these facts are from; empty where none is kept",
    "checks[].fetched_at": "when that answer was fetched; null where none is kept",
    "changes[].context": "what its sentence needs besides, as the motion of a vote; empty for most",
    "changes[].corrected_by": "the change that corrects this one; empty where none does",
}


def of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """The bill with its actions, sponsors, prints, votes, relations, topics, sources and changes."""
    folder = links.bill_path(record.id)
    facts = {"page": press.settings.address(folder)} | {f.name: _plain(getattr(record, f.name)) for f in _FIELDS}
    yield Page(f"{folder}bill.json", _encode(facts))


def _plain(value: Any) -> Any:
    """A record by the names of its fields; it is an array only on the way from the store. Instants as there."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, msgspec.Struct):
        return {name: _plain(field) for name, field in msgspec.structs.asdict(value).items()}
    return value.isoformat() if isinstance(value, datetime) else value


def fields() -> dict[str, str]:
    """What each field of the file means; what the objects in a list have stands behind it, as `actions[].date`."""
    return {"page": _OURS["page"], **dict(_meanings(BillRecord, _FIELDS))}


def _meanings(record: type, fields: Iterable[FieldInfo], before: str = "") -> Iterator[tuple[str, str]]:
    for field in fields:
        path = f"{before}{field.name}"
        inside = next((one for one in get_args(field.type) if one in _TABLES or one in (Step, Turn)), None)
        if inside is None:
            yield path, _meaning(record, field, path)
            continue
        yield path, _OURS.get(path) or tables()[_TABLES[inside]].about
        yield from _meanings(inside, msgspec.structs.fields(inside), f"{path}[].")


def _meaning(record: type, field: FieldInfo, path: str) -> str:
    """What the store says of it; a flag is 1 there and true here."""
    if path in _OURS:
        return _OURS[path]
    table = next(_TABLES[kind] for kind in record.__mro__ if kind in _TABLES)
    said = meaning(table, field.name)
    return said.replace("1 when", "true when") if field.type is bool else said
