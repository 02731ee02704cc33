"""New York's recorded bills of four sessions in a store, with what the topic finder says of them."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from billwatch.bill import Bill
from billwatch.follow.inheriting import inherit
from billwatch.store import Store
from billwatch.store.rows import BILL_COLUMNS, bill_row
from billwatch.topics import Classifier

FILES = ("history-2019-2024.jsonl.xz", "replay-2025.jsonl.xz")
_WHEN = "2025-01-01T00:00:00+00:00"
_NUMBER = re.compile(r"([AS]\d+)[A-Z]?-(\d{4})")


def recorded(folder: Path) -> list[Bill]:
    """Every bill of the sessions 2019 to 2025, each as it stood last; resolutions are left out."""
    last: dict[tuple[int, str], tuple[int, dict[str, Any]]] = {}
    for name in FILES:
        with lzma.open(folder / name) as lines:
            for line in lines:
                row = msgspec.json.decode(line)
                at, facts = row.get("t", 0), row.get("d", row)
                if facts and facts["PrintNo"][0] in "AS":
                    key = facts["Session"], facts["PrintNo"]
                    last[key] = max(last.get(key, (at, facts)), (at, facts), key=lambda known: known[0])
    return [_bill(facts) for _, facts in last.values()]


def _bill(facts: dict[str, Any]) -> Bill:
    session = str(facts["Session"])
    replaced = [a["Text"] for a in facts.get("Actions", ()) if a["Text"].startswith("SUBSTITUTED BY ")]
    substitute = re.search(r"[AS]\d+", replaced[-1]) if replaced else None
    return Bill(
        legislature="ny",
        session=session,
        identifier=facts["PrintNo"],
        title=facts.get("Title") or "",
        abstract=facts.get("Summary") or "",
        law_code=facts.get("LawCode") or "",
        act_clause=facts.get("ActClause") or "",
        same_as=tuple(_ids([facts.get("SameAsPrintNo") or ""])),
        previous_versions=tuple(_ids(facts.get("PreviousVersions") or ())),
        substituted_by=f"ny/{session}/{substitute[0]}" if substitute else "",
    )


def _ids(numbers: Iterable[str]) -> Iterator[str]:
    for number in numbers:
        if found := _NUMBER.match(number):
            yield f"ny/{found[2]}/{found[1]}"


def filled(bills: Iterable[Bill], classifier: Classifier) -> Store:
    """A store in memory that holds the bills, their relations, what they are about and what they inherit."""
    store = Store(":memory:")
    bills = list(bills)
    with store.atomic():
        store._many(
            f"insert into bills ({', '.join(BILL_COLUMNS)})", len(BILL_COLUMNS), (bill_row(b, _WHEN) for b in bills)
        )
        store._put_children(bills, ())
        store.put_topics({bill.id: found for bill in bills if (found := classifier.labels_of(bill))})
        inherit(store, "ny", classifier.decisions, _WHEN, None)
    return store


def flagged(store: Store, inherited: bool = True) -> set[str]:
    """What is ours, as session/number."""
    sql = "select distinct bill from topics" + ("" if inherited else " where inherited_from = ''")
    return {bill.removeprefix("ny/") for bill in store.column(sql)}
