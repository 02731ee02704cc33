"""`bill.json` in the folder of each bill: everything that its page tells, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from billwatch_site.downloads.dictionary import meaning, tables
from billwatch_site.printing.press import BillPress, Page
from billwatch_site.records import BillRecord
from billwatch_site.words import links

_encode = msgspec.json.Encoder().encode
# What a bill holds beyond the columns of the table `bills`, and the table that says what is inside.
_LISTS = {
    "steps": "",
    "actions": "actions",
    "sponsors": "sponsorships",
    "prints": "versions",
    "votes": "votes",
    "relations": "relations",
    "topics": "topics",
    "checks": "observations",
    "failures": "failures",
    "disagreements": "disagreements",
    "changes": "changes",
}


# What a record holds for our pages alone: other bills, what is told elsewhere in the file in full, what we work with.
WITHHELD = {"kin", "namesakes", "called", "seen", "moves", "executive", "revision"}
_FIELDS = tuple(name for name in BillRecord.__struct_fields__ if name not in WITHHELD)
# What is in no column of the store, or in another table.
_OURS = {
    "family": "the bills that sources link with each other go by the id of one of them; empty for a bill alone",
    "set_aside": "why the publisher decided that it is not about our topics; empty where nobody did",
}


def of_a_bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """The bill with its actions, sponsors, prints, votes, relations, topics, sources and changes."""
    folder = links.bill_path(record.id)
    facts = {"page": press.settings.address(folder)} | {name: _plain(getattr(record, name)) for name in _FIELDS}
    yield Page(f"{folder}bill.json", _encode(facts))


def _plain(value: Any) -> Any:
    """A record by the names of its fields; it is an array only on the way from the store."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value)
        return {name: _plain(field) if isinstance(field, tuple) else field for name, field in fields.items()}
    return value


def fields() -> dict[str, str]:
    """What each field of the file means."""
    found = {"page": "the page of the bill on this site"}
    for name in _FIELDS:
        table = _LISTS.get(name)
        found[name] = f"{tables()[table].about} As in the table `{table}`." if table else _one(name)
    return found


def _one(name: str) -> str:
    return _OURS.get(name) or meaning("bills", name)
