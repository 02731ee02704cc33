"""Sources that say what a test wants: one call is one run of one source, recorded as an update records it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from answers import NOON, Answers, answer
from billwatch.archive import Archive
from billwatch.bill import Action, Bill, BillId
from billwatch.legislatures import legislature
from billwatch.legislatures.new_york.settings import Settings
from billwatch.run.desk import Budget, Desk, Observed
from billwatch.run.record import Recorder
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy

ORDER = ("open-legislation", "lbdc", "assembly", "senate")
_CLASSIFIER = Classifier(Taxonomy.load())


def bill(id: str = "ny/2025/S404", *lines: str, **facts: Any) -> Bill:
    """A bill with Senate lines such as "2025-01-08 REFERRED TO CODES"."""
    legislature, session, identifier = BillId.parse(id)
    actions = tuple(Action(line[:10], "Senate", line[11:]) for line in lines)
    given = {"title": f"Relates to the matter of {identifier}", "actions": actions, **facts}
    return Bill(legislature=legislature, session=session, identifier=identifier, **given)


def observed(it: Bill) -> Observed:
    """The bill as a whole answer of its own."""
    body = msgspec.json.encode(it)
    url = f"https://example.org/{it.id}?{hashlib.sha256(body).hexdigest()[:6]}"
    return Observed(bill=it, answer=answer(body, url), digest=hashlib.sha256(body).hexdigest())


def desk(store: Store, **more: Any) -> Desk:
    """New York's desk at noon, with nothing to ask for yet and nobody who answers."""
    plain = {"place": legislature("ny"), "fetcher": Answers(), "settings": Settings(), "classifier": _CLASSIFIER}
    return Desk(store=store, **{**plain, "now": NOON, "order": ORDER, "budget": Budget(900), **more})


def recorder(
    store: Store, source: str, at: datetime = NOON, *, followed: Iterable[str] = (), archive: Archive | None = None
) -> Recorder:
    wanted = [BillId.parse(it) for it in followed]
    return Recorder(desk(store, now=at, wanted=wanted, archive=archive), source)


def says(store: Store, source: str, *bills: Bill, at: datetime = NOON, **more: Any) -> Recorder:
    """One run of one source that answered with these bills."""
    writing = recorder(store, source, at, **more)
    with store.atomic():
        writing.record([observed(it) for it in bills])
    return writing


def told(store: Store, bill: str = "ny/2025/S404") -> list[tuple[str, str, str]]:
    """The changes told of a bill, in the order of their time and kind."""
    sql = "select kind, was, now from changes where bill = ? order by seen_at, kind, now"
    return [tuple(row) for row in store.rows(sql, (bill,))]
