"""Which of New York's sources is asked for which bill in a run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from answers import KEY, NOON
from billwatch.bill import BillId
from billwatch.errors import UsageError
from billwatch.legislatures import legislature
from billwatch.legislatures.new_york import source as named_source
from billwatch.legislatures.new_york.settings import Settings
from billwatch.legislatures.new_york.watching import due
from billwatch.run.desk import Budget, Desk
from billwatch.store import Store
from saying import bill, desk, says

S404, S405, S1413 = (BillId.parse(f"ny/{it}") for it in ("2025/S404", "2025/S405", "2019/S1413"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEYED, KEYLESS = {"open_legislation_key": KEY}, dict[str, Any]()


def settings(**given: Any) -> Settings:
    return msgspec.convert(given, Settings)


def desk_of(store: Store, given: dict[str, Any], now: datetime = NOON, **more: Any) -> Desk:
    return desk(store, settings=settings(**given), now=now, **{"wanted": [S404, S405], **more})


def due_at(name: str, desk: Desk) -> list[str]:
    return [str(b) for b in due(named_source(name), desk)]


def test_a_bill_never_asked_for_is_due_everywhere_but_at_the_stand_in(store: Store) -> None:
    """With a key LBDC stands in for what nobody answered; the others give a second opinion at once."""
    desk = desk_of(store, KEYED, answered={str(S404), str(S405)})
    assert due_at("assembly", desk) == due_at("senate", desk) == [str(S404), str(S405)]
    assert due_at("lbdc", desk) == []
    desk.answered.discard(str(S405))
    assert due_at("lbdc", desk) == [str(S405)]


@pytest.mark.parametrize(
    ("given", "name", "patience"),
    [
        *((KEYED, "assembly", 7 * DAY), (KEYED, "senate", 7 * DAY), (KEYLESS, "senate", 7 * DAY)),
        *(
            (KEYLESS, "assembly", DAY),
            (KEYLESS, "lbdc", timedelta(0)),
            ({"sources": ["senate"]}, "senate", timedelta(0)),
        ),
    ],
)
def test_how_long_a_source_may_stay_unasked(
    store: Store, given: dict[str, Any], name: str, patience: timedelta
) -> None:
    """A second opinion is a week's, a lead's every run's; what moved is asked for at once."""
    says(store, name, bill(str(S404)), at=NOON)
    everyone = {"answered": {str(S404)}, "wanted": [S404]}
    before = desk_of(store, given, NOON + patience - HOUR, **everyone)
    assert due_at(name, before) == []
    before.moved.add(str(S404))
    assert due_at(name, before) == [str(S404)]
    assert due_at(name, desk_of(store, given, NOON + patience + HOUR, **everyone)) == [str(S404)]


@pytest.mark.parametrize("name", ["lbdc", "assembly", "senate"])
def test_what_no_source_answered_is_asked_of_the_next(store: Store, name: str) -> None:
    """However recently this one was asked: a bill without an answer in this run is due."""
    says(store, name, bill(str(S404)), at=NOON)
    for given in (KEYED, KEYLESS):
        assert due_at(name, desk_of(store, given, NOON + HOUR, wanted=[S404])) == [str(S404)]


def test_a_bill_whose_end_is_certain_is_asked_for_once_a_month(store: Store) -> None:
    """Sixty days past its session a bill of 2019 rests; until then its governor may still sign."""
    says(store, "assembly", bill(str(S1413)), at=NOON)
    old = {"wanted": [S1413], "answered": {str(S1413)}}
    assert due_at("assembly", desk_of(store, KEYLESS, NOON + 29 * DAY, **old)) == []
    assert due_at("assembly", desk_of(store, KEYLESS, NOON + 31 * DAY, **old)) == [str(S1413)]
    session_over = datetime.fromisoformat("2021-02-15T12:00:00+00:00")  # 46 days past 31 December 2020
    says(store, "senate", bill(str(S1413)), at=session_over - 8 * DAY)
    assert due_at("senate", desk_of(store, KEYLESS, session_over, **old)) == [str(S1413)]
    assert due_at("senate", desk_of(store, KEYLESS, session_over + 20 * DAY, **old)) == []


def test_the_longest_unasked_comes_first(store: Store) -> None:
    """When the budget ends early, it is never the same bills that wait."""
    says(store, "lbdc", bill(str(S404)), at=NOON)
    says(store, "lbdc", bill(str(S405)), at=NOON - DAY)
    desk = desk_of(store, KEYLESS, NOON + DAY, wanted=[S404, S405, S1413])
    assert due_at("lbdc", desk) == [str(S1413), str(S405), str(S404)]


def test_a_limited_run_asks_for_its_bills_only(store: Store) -> None:
    """`only` counts, whatever else would be due."""
    desk = desk_of(store, KEYLESS, only={"lbdc": frozenset({str(S1413)})})
    assert due_at("lbdc", desk) == [str(S1413)] and due_at("senate", desk) == []


def listed(store: Store, *numbers: int) -> None:
    says(store, "assembly-index", *(bill(f"ny/2025/S{n}", actions=None) for n in numbers))


def test_bills_known_by_title_are_read_as_far_as_the_budget_goes(store: Store) -> None:
    """Without a key a session is read over many runs: what is left over from the followed bills, the rest waits."""
    listed(store, 11, 12, 13, 14, 15)
    desk = desk_of(store, KEYLESS, topics=("speech",), wanted=[S404], budget=Budget(4))
    found = due_at("lbdc", desk)
    assert found[0] == str(S404) and len(found) == 3  # one request is kept for the next source
    assert desk.budget.waiting == 3
    says(store, "lbdc", bill("ny/2025/S15"))
    assert "ny/2025/S15" not in due_at("lbdc", desk_of(store, KEYLESS, topics=("speech",), wanted=[S404]))


def test_who_follows_many_still_reads_the_others(store: Store) -> None:
    """More followed bills than requests: the unread get their share, and in turn every followed bill is asked for."""
    listed(store, *range(500, 520))
    followed = [BillId.parse(f"ny/2025/S{n}") for n in range(1, 31)]
    asked: set[str] = set()
    for run in range(3):
        desk = desk_of(store, KEYLESS, NOON + run * HOUR, topics=("speech",), wanted=followed, budget=Budget(20))
        turn = due_at("lbdc", desk)[:20]
        assert len([b for b in turn if BillId.parse(b) not in followed]) == 5
        says(store, "lbdc", *map(bill, turn), at=NOON + run * HOUR)
        asked.update(turn)
    assert {str(b) for b in followed} <= asked and len(asked - {str(b) for b in followed}) == 15


def test_titles_are_read_only_where_bills_are_looked_for(store: Store) -> None:
    """Where only named bills are followed, and at the other sources, nothing else is asked for."""
    listed(store, 11)
    assert due_at("lbdc", desk_of(store, KEYLESS, wanted=[])) == []
    assert due_at("assembly", desk_of(store, KEYLESS, wanted=[], topics=("speech",))) == []


def test_no_such_legislature() -> None:
    """The codes that there are, in one line."""
    with pytest.raises(UsageError, match=r"no legislature 'xx'; there are: .*ny"):
        legislature("xx")
