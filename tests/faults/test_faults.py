"""Faults never become facts: ten kinds of broken answers, at each of New York's four sources, through a fortnight.

A watch goes through the stops while answers break: one in three with no second try, one in three with tries left, and
at one stop every single one. What it holds after each stop is held against what the source itself had shown by then,
and what it told in the end against the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from billwatch.store import Store
from billwatch.topics import Classifier
from billwatch.update import Report
from faults.fortnight import (
    AFTERWARDS,
    BILLS,
    STOPS,
    States,
    Watching,
    assert_as_recorded,
    facts,
    known_by,
    undisturbed,
)
from faults.ledger import retold, state_of
from faults.past import KINDS, SURFACES, Past

OUTAGE = 4  # the stop at which nothing works at all
ABSENT = "not listed"  # how the reason begins where a source itself says that it has no such bill


class Undisturbed(NamedTuple):
    """A watch that met no fault: what the source showed at each stop, and the store that saw it."""

    seen: list[States]
    watching: Watching


@pytest.fixture(scope="module")
def undisturbed_at(past: Past, classifier: Classifier) -> Callable[[str], Undisturbed]:
    """The watch without faults at a source, made once."""
    made: dict[str, Undisturbed] = {}

    def at(source: str) -> Undisturbed:
        if source not in made:
            past.healed()
            made[source] = Undisturbed(*undisturbed(past, source, classifier))
        return made[source]

    return at


@pytest.mark.parametrize("source", SURFACES)
def test_undisturbed(past: Past, undisturbed_at: Callable[[str], Undisturbed], source: str) -> None:
    """The measure is right: without faults the source shows what the record says, and is asked once for each bill."""
    seen, watching = undisturbed_at(source)
    for run, states in zip(watching.store.rows("select * from runs"), [*seen, seen[-1]], strict=True):
        assert (run["asked"], run["answered"], run["failed"]) == (len(BILLS), len(states), 0)
    for stop, states in zip(STOPS, seen, strict=True):
        past.move(stop)
        for text in states.values():
            assert_as_recorded(past, text)
    assert set(seen[-1]) == set(BILLS), "all twelve bills exist at the end"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", SURFACES)
def test_fault(
    breakable: Past, undisturbed_at: Callable[[str], Undisturbed], classifier: Classifier, source: str, kind: str
) -> None:
    """Whatever breaks, no wrong fact is stored, the failure is seen, and once healed all is known and told once."""
    past, seen = breakable, undisturbed_at(source).seen
    watching, before = Watching(past, source, classifier), past.fired()
    for n, stop in enumerate(STOPS):
        every, tries, patience = manner(kind, n)
        past.broken(kind, every)
        report = watching.run(stop, tries=tries, patience=patience)
        past.healed()
        assert_no_wrong_fact(watching, seen[: n + 1])
        assert_failures_are_seen(watching, report, stop.isoformat(timespec="seconds"))
        if n == OUTAGE:
            assert_outage_is_seen(watching)
    surface = SURFACES[source]
    times = past.fired().get(f"{kind} {surface}", 0) - before.get(f"{kind} {surface}", 0)
    assert times >= 20, f"the fault fired {times} times at {surface}: nothing was tried"
    watching.run(AFTERWARDS)
    assert_caught_up(watching, seen)


def manner(kind: str, n: int) -> tuple[int, int, float]:
    """At the n-th stop: every how manieth answer breaks, how often we try, how long we wait in seconds."""
    if kind == "slow":  # waiting costs time: some twenty answers are slow, and each is waited for once
        return (1 if n == OUTAGE else 4), 1, 0.15
    return (1, 1, 20.0) if n == OUTAGE else (3, 1 + n % 2, 20.0)


def assert_no_wrong_fact(watching: Watching, seen: list[States]) -> None:
    """Each bill is as the source itself has shown it, now or earlier: no other bill's facts, and none emptied."""
    for bill, text in watching.states().items():
        assert text in known_by(seen, bill), f"{bill} was never like this: {text}"
        shown, store = facts(text), watching.store
        row = store.rows("select title, abstract, status, version, law_code from bills where id = ?", (bill,))[0]
        assert tuple(row) == (shown.title, shown.abstract, shown.status, shown.version, shown.law_code)
        lines = store.rows("select date, chamber, text from actions where bill = ? order by position", (bill,))
        assert [tuple(line) for line in lines] == [(a.date, a.chamber, a.text) for a in shown.actions or ()]
    assert rows_about_no_bill(watching.store) == []


def rows_about_no_bill(store: Store) -> list[str]:
    return store.column("select id from bills where id not in (select bill from observations)")


def assert_failures_are_seen(watching: Watching, report: Report, stamp: str) -> None:
    """A bill is answered for at this stop, or its failure or the source's denial stands in the table."""
    answered = {bill for bill, at in watching.asked_at().items() if at == stamp}
    failed = {bill: why for bill, (at, why) in watching.failures().items() if at == stamp}
    missing = {bill for bill, why in failed.items() if why.startswith(ABSENT)}
    answered -= missing  # a source that says "no such bill" has answered, but brought nothing
    assert answered | set(failed) == set(BILLS) and not answered & set(failed)
    assert set(report.unanswered) == set(failed) - missing
    (run,) = watching.store.rows("select * from runs where started_at = ?", (stamp,))
    assert (run["answered"], run["failed"]) == (len(answered), len(set(failed) - missing))


def assert_outage_is_seen(watching: Watching) -> None:
    """Where nothing works, or every page is said to be none, the source is shown as failing since then."""
    run = watching.store.rows("select * from runs order by id desc limit 1")[0]
    assert run["answered"] == 0
    assert run["failing_since"] == run["started_at"] and run["last_good_at"] < run["started_at"]
    assert len(watching.failures()) == len(BILLS)


def assert_caught_up(watching: Watching, seen: list[States]) -> None:
    """One run after healing: the last truth everywhere, nothing failing, every change told once and only once."""
    assert watching.states() == seen[-1]
    assert watching.failures() == {}
    run = watching.store.rows("select * from runs order by id desc limit 1")[0]
    assert (run["error"], run["failing_since"], run["failed"]) == ("", "", 0)
    for bill, text in seen[-1].items():
        changes = [dict(row) for row in watching.store.rows(_TOLD, (bill,))]
        (listed,) = [change for change in changes if change["kind"] == "listed"]
        stop = [s.isoformat(timespec="seconds") for s in (*STOPS, AFTERWARDS)].index(listed["seen_at"])
        first = facts(seen[min(stop, len(STOPS) - 1)][bill])
        assert retold(first, changes) == state_of(facts(text))


_TOLD = "select * from changes where bill = ? order by seen_at, id"
