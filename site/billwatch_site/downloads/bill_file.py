"""`bill.json` in the folder of each bill: everything that its page tells, for programs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billwatch_site import links
from billwatch_site.downloads.dictionary import meaning, tables
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord

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


def of_a_bill(press: Press, record: BillRecord) -> Iterator[Page]:
    """The bill with its actions, sponsors, prints, votes, relations, topics, sources and changes."""
    folder = links.bill_path(record.id)
    facts = {"page": press.settings.address(folder)} | msgspec.structs.asdict(record)
    yield Page(f"{folder}bill.json", _encode(facts))


def fields() -> dict[str, str]:
    """What each field of the file means."""
    found = {"page": "the page of the bill on this site"}
    for field in msgspec.structs.fields(BillRecord):
        table = _LISTS.get(field.name)
        found[field.name] = f"{tables()[table].about} As in the table `{table}`." if table else _one(field.name)
    return found


def _one(name: str) -> str:
    return meaning("bills", name)
