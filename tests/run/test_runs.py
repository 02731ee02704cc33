"""How each source did: since when it fails, and for which bills; silence is never mistaken for news."""

from __future__ import annotations

from collections import Counter

from billwatch.errors import NotListed, Unreachable
from billwatch.run.runs import Run, Tally, put_failure, put_run, unlisted
from billwatch.store import Store
from saying import bill, says


def run(at: str, answered: int = 0, failed: int = 0, error: str = "", source: str = "lbdc") -> Run:
    return Run("ny", source, at, asked=3, failed=failed, error=error, tally=Tally(answered=answered))


def test_a_source_is_well_when_it_answered_or_had_nothing_to_answer() -> None:
    """Some failures among answers are not a failing source; nothing but failures is, and so is its own error."""
    assert run("1").healthy and run("1", answered=1, failed=5).healthy
    assert not run("1", failed=5).healthy and not run("1", answered=5, error="no connection").healthy


def test_a_source_fails_since_its_first_failure(store: Store) -> None:
    """The beginning stays through a row of failures, ends with an answer, and each source has its own."""
    for made in (
        run("1", answered=1),
        run("2", failed=1),
        run("3", error="gone"),
        run("4", answered=2),
        run("5", failed=1),
    ):
        put_run(store, made)
        put_run(store, run(made.started_at, answered=1, source="senate"))
    found = store.rows("select started_at, last_good_at, failing_since from runs where source = 'lbdc' order by id")
    assert [tuple(row) for row in found] == [
        ("1", "1", ""),
        ("2", "1", "2"),
        ("3", "1", "2"),
        ("4", "4", ""),
        ("5", "4", "5"),
    ]
    assert set(store.column("select failing_since from runs where source = 'senate'")) == {""}


def test_a_run_is_written_with_all_its_numbers(store: Store) -> None:
    """Asked, answered, unchanged, failed, changes, texts without a rule, waiting, and the error."""
    tally = Tally(answered=7, unchanged=4, changes=Counter(action=2, title=1), unclassified=Counter({"X": 3, "Y": 1}))
    put_run(store, Run("ny", "lbdc", "1", asked=9, failed=2, waiting=5, error="cut", tally=tally))
    (row,) = store.rows("select * from runs")
    assert {k: row[k] for k in ("asked", "answered", "unchanged", "failed", "changes", "unclassified", "waiting")} == {
        **{"asked": 9, "answered": 7, "unchanged": 4, "failed": 2, "changes": 3, "unclassified": 2, "waiting": 5}
    }
    assert (row["legislature"], row["source"], row["error"]) == ("ny", "lbdc", "cut")


def test_a_failure_is_remembered_until_an_answer_ends_it(store: Store) -> None:
    """Since when and how often, for each bill and source by itself."""
    for at in ("1", "2", "3"):
        put_failure(store, run(at), ["ny/2025/S404", ""], Unreachable("no connection"))
    put_failure(store, run("3", source="senate"), ["ny/2025/S404"], Unreachable("no connection"))
    (lbdc, _) = store.rows("select * from failures order by source")
    assert tuple(lbdc) == ("ny/2025/S404", "lbdc", "1", "3", 3, "no connection")
    put_failure(store, run("4"), ["ny/2025/S404"], None)
    assert store.column("select source from failures") == ["senate"]


def test_no_such_bill_is_an_answer_not_a_failure(store: Store) -> None:
    """A relative that a source has said three times it does not have is let go; a bill that we hold never is."""
    says(store, "lbdc", bill("ny/2025/S404"))
    for at in ("1", "2", "3"):
        assert unlisted(store) == set()
        put_failure(store, run(at), ["ny/2025/S404", "ny/1999/S1"], NotListed("no such bill"))
        put_failure(store, run(at), ["ny/1999/S2"], Unreachable("no connection"))
    assert unlisted(store) == {"ny/1999/S1"}


def test_errors_of_another_kind_are_counted_anew(store: Store) -> None:
    """Two time-outs and one denial are one denial."""
    for at, error in (("1", Unreachable("slow")), ("2", Unreachable("slow")), ("3", NotListed("no such bill"))):
        put_failure(store, run(at), ["ny/1999/S1"], error)
    assert store.column("select times from failures") == [1]
    assert unlisted(store) == set()


def test_a_source_that_lost_everything_is_not_well() -> None:
    """Denying every bill that it once showed is a failing source; denying one among answers is not."""
    assert not Run("ny", "lbdc", "1", lost=3).healthy
    assert Run("ny", "lbdc", "1", lost=1, tally=Tally(answered=2)).healthy


def test_a_source_that_is_asked_nothing_is_neither_well_nor_failing(store: Store) -> None:
    """Only an answer is a good one and ends a failure; that a source has no such bill is an answer."""
    for made in (Run("ny", "lbdc", "1"), run("2"), Run("ny", "lbdc", "3"), run("4", failed=1), Run("ny", "lbdc", "5")):
        put_run(store, made)
    found = store.rows("select started_at, last_good_at, failing_since from runs order by id")
    assert [tuple(row) for row in found] == [
        *(("1", "", ""), ("2", "2", ""), ("3", "2", ""), ("4", "2", "4"), ("5", "2", "4"))
    ]


def test_what_another_source_answers_ends_the_failure_of_one_that_is_asked_nothing(store: Store) -> None:
    """What it owed is known then, and it may never be asked again; a list of bills is no such answer, nor is one from
    before the failure, nor one of another legislature; when it was last well stays as it was."""
    elsewhere = Run("nj", "senate", "3", tally=Tally(answered=9))
    before = [run("1", answered=1), run("2", answered=5, source="assembly"), run("2", failed=1)]
    for made in (*before, elsewhere, run("3", source="senate"), Run("ny", "lbdc", "3")):
        put_run(store, made)
    for made in (run("4", answered=1, source="assembly"), Run("ny", "lbdc", "4"), Run("ny", "lbdc", "5")):
        put_run(store, made)
    found = store.rows("select started_at, last_good_at, failing_since from runs where source = 'lbdc' order by id")
    assert [tuple(row) for row in found[1:]] == [("2", "1", "2"), ("3", "1", "2"), ("4", "1", ""), ("5", "1", "")]
