"""Changes as a ledger: told again over the first state of a bill they must give its last, line by line.

Every entry must fit what stands when it is applied: a change told twice, skipped or made up cannot be booked. Case and
white space are no change, so they are no part of a state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from billwatch.bill import Bill
from billwatch.compare.changes import FACT_OF, line_of, vote_line

TEXTS = ("title", "abstract", "status", "committee", "law_section", "law_code", "act_clause", "substituted_by")
LISTS = ("actions", "sponsors", "votes", "same_as", "previous_versions")
ASIDE = (
    "listed",
    "unlisted",
    "relisted",
    "topic-added",
    "topic-removed",
    "reintroduced",
    "probably-reintroduced",
    "not-reintroduced",
    "chapter-amendment",
    "print-added",
    "print-removed",
)
State = dict[str, Any]


class Unbookable(AssertionError):
    """A change does not fit the state it is told of."""


def state_of(bill: Bill) -> State:
    """The facts as the ledger books them: texts, the prime sponsor, and counted lines."""
    sponsors = bill.sponsors or ()
    return {
        **{fact: plain(getattr(bill, fact) or "") for fact in TEXTS},
        "version": plain(bill.identifier + (bill.version or "")),
        "sponsor": plain(next((s.name for s in sponsors if s.role == "primary"), "")),
        "sponsors": Counter({plain(s.name) for s in sponsors if s.role != "primary"}),
        "actions": Counter(plain(line_of(a)) for a in bill.actions or ()),
        "votes": Counter(plain(vote_line(v)) for v in bill.votes or ()),
        "same_as": Counter(map(plain, bill.same_as or ())),
        "previous_versions": Counter(map(plain, bill.previous_versions or ())),
    }


def retold(first: Bill, changes: Iterable[Mapping[str, str]]) -> State:
    """The state that these changes of one bill (rows of `changes`, oldest first) make of its first one."""
    state = state_of(first)
    for _, told in groupby(changes, lambda change: change["seen_at"]):
        for change in told:
            if change["kind"] not in ASIDE:
                _book(state, change)
        for fact in LISTS:
            if left := {line: n for line, n in state[fact].items() if n < 0}:
                raise Unbookable(f"{first.id}: taken from {fact}, where it did not stand: {left}")
            state[fact] = +state[fact]
    return state


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _book(state: State, change: Mapping[str, str]) -> None:
    kind, was, now = change["kind"], plain(change["was"]), plain(change["now"])
    fact = FACT_OF.get(kind, kind.replace("-", "_"))
    if kind == "vote-edited":
        was, now = was.split("; ")[0], now.split("; ")[0]
    if fact in LISTS and kind != "sponsor":
        state[fact][was] -= bool(was)
        state[fact][now] += bool(now)
        return
    fact = "sponsor" if kind == "sponsor" else fact
    if state[fact] != was or was == now:
        raise Unbookable(f"{change['bill']}: {kind} told as {was!r} -> {now!r}, but {state[fact]!r} stood there")
    state[fact] = now
    if kind == "sponsor":
        state["sponsors"].pop(now, None)  # who moves up to lead has not left
