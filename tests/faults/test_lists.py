"""Faults in lists: the pages of a session, the windows of updates, and the Assembly's index of every bill.

What a list names in part is kept, what it did not get to is asked for again, and a list that breaks is never an end.
"""

from __future__ import annotations

from typing import Any

from billwatch.topics import Classifier
from faults.floods import assert_one_notice_a_cause
from faults.fortnight import STOPS, States, Watching, assert_as_recorded, facts
from faults.ledger import plain, retold, state_of
from faults.past import KINDS, Past, moment

FILLED_AT = moment("2025-06-01T12:00Z")
WINDOWS = {  # a minute past the record's own moves, each of fewer than 200 bills, and what breaks in them
    moment("2025-06-02T17:43Z"): ("503", "429", "reset", "truncate"),
    moment("2025-06-03T17:43Z"): ("challenge", "empty", "404html"),
    moment("2025-06-04T17:46Z"): ("wrongbill", "badjson", "slow"),
}
TOPIC = ("age-verification",)  # a small one: what is followed beyond the lists is not the matter here
HALFWAY = ("truncate", "503")  # these break the list of the session after its first thousand bills, others at once
PATIENCE = 0.3  # seconds for which a slow answer is waited for


def broken_run(watching: Watching, kind: str, every: int) -> int:
    """A run in which answers break so; how often the fault fired at the source's surface."""
    past, before = watching.past, watching.past.fired()
    past.broken(kind, every, seconds=2 * PATIENCE)
    watching.run(past.clock().at, tries=1, patience=PATIENCE if kind == "slow" else 60)
    past.healed()
    return sum(times - before.get(name, 0) for name, times in past.fired().items() if name.startswith(f"{kind} "))


def last_run(watching: Watching) -> dict[str, Any]:
    return dict(watching.store.rows("select * from runs order by id desc limit 1")[0])


def test_api_lists(breakable: Past, classifier: Classifier) -> None:
    """A session filled and followed through broken lists and bills ends as the record has it, each change told once."""
    past = breakable
    watching = Watching(past, "open-legislation", classifier, bills=(), topics=TOPIC)
    past.move(FILLED_AT)
    for kind in [kind for kind in KINDS if kind != "wrongbill"]:  # a list is of no one bill
        every = 2 if kind in HALFWAY else 1
        assert broken_run(watching, kind, every) > 0, f"{kind} never fired"
        run = last_run(watching)
        assert run["error"] and run["failing_since"], f"{kind} in the list of the session was not seen"
    watching.run(FILLED_AT)
    assert last_run(watching)["error"] == last_run(watching)["failing_since"] == ""
    filled = watching.states()
    assert len(filled) == 15_850, "so many bills of both houses the record has by then"
    assert_one_notice_a_cause(watching.store, FILLED_AT)
    for text in list(filled.values())[::200]:
        assert_as_recorded(past, text)
    for stop, kinds in WINDOWS.items():
        past.move(stop)
        for kind in kinds:
            follow_through(watching, kind, filled)
        watching.run(stop)
        assert not [why for _, why in watching.failures().values() if not why.startswith("not listed")]
    assert_told_once(watching, filled)


def follow_through(watching: Watching, kind: str, filled: States) -> None:
    """A window in which every third answer breaks: it is seen, and whatever is new is as the record has it."""
    before = watching.states()
    assert broken_run(watching, kind, 3) > 0, f"{kind} never fired"
    run = last_run(watching)
    assert run["error"] or run["failed"], f"{kind} in a window was not seen"
    for bill, text in watching.states().items():
        if text != before.get(bill):
            assert_as_recorded(watching.past, text)


def assert_told_once(watching: Watching, filled: States) -> None:
    """Every bill that the record moved is as it says, and its changes, told again, make it so."""
    stops = list(WINDOWS)
    moved = [f"ny/{row.bill}" for row in watching.past.truth(FILLED_AT, stops[-1])]
    assert len(moved) > 400
    states = watching.states()
    for bill in moved:
        assert_as_recorded(watching.past, states[bill])
        changes = [dict(row) for row in watching.store.rows(_TOLD, (bill,))]
        assert [c["kind"] for c in changes].count("listed") == 1
        if bill in filled:
            assert retold(facts(filled[bill]), changes) == state_of(facts(states[bill]))


def test_index(breakable: Past, classifier: Classifier) -> None:
    """A broken index is seen and changes nothing; whole again, it gives every number and title, each change once."""
    past = breakable
    watching = Watching(past, "assembly-index", classifier, bills=(), topics=TOPIC)
    watching.run(STOPS[0])
    before, told = watching.states(), watching.store.column("select id from changes order by id")
    past.move(STOPS[1])
    for kind in [kind for kind in KINDS if kind != "wrongbill"]:
        assert broken_run(watching, kind, 1) > 0, f"{kind} never fired"
        assert last_run(watching)["error"] and last_run(watching)["last_good_at"] == moment_of(watching, 0)
        assert watching.states() == before
        assert watching.store.column("select id from changes order by id") == told
    watching.run(STOPS[1])
    assert last_run(watching)["error"] == last_run(watching)["failing_since"] == ""
    after, moves = watching.states(), past.truth(STOPS[0], STOPS[1])
    assert set(after) - set(before) == {f"ny/{row.bill}" for row in moves if row.new}
    for bill in [row.bill for row in moves]:
        shown = facts(after[f"ny/{bill}"])
        assert plain(shown.title or "") == plain(past.bill(shown.id)["title"])
        first = facts(before.get(shown.id, after[shown.id]))
        changes = [dict(row) for row in watching.store.rows(_TOLD, (shown.id,))]
        assert retold(first, changes) == state_of(shown)


def moment_of(watching: Watching, run: int) -> str:
    return watching.store.column("select started_at from runs order by id")[run]


_TOLD = "select * from changes where bill = ? order by seen_at, id"
