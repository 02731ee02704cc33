"""What a run came to, for the person who started it."""

from __future__ import annotations

from collections import Counter

from billwatch.reports.run import Watching, report_lines
from billwatch.run.runs import Run, Tally
from billwatch.update import Report

TALLY = Tally(
    answered=12, unchanged=9, changes=Counter(action=3, title=2), unclassified=Counter({"SENT TO THE MOON": 4})
)


def test_each_source_says_what_came_of_it() -> None:
    """Asked, answered, unchanged, failed, changes; the error; the texts without a rule; what waits."""
    run = Run("ny", "lbdc", "now", asked=14, failed=2, waiting=7, error="no connection", tally=TALLY)
    said = "\n".join(report_lines(Report([run, Run("ny", "senate", "now")], [])))
    assert said.startswith(
        "ny/lbdc: 14 asked, 12 bills answered, 9 unchanged, 2 failed, 5 changes, 1 unclassified actions"
    )
    assert "failed: no connection" in said and "unclassified action, 4 times: SENT TO THE MOON" in said
    assert "7 bills wait for the next run" in said
    assert "ny/senate: 0 asked, 0 bills answered" in said


def test_a_quiet_run_says_nothing_while_it_goes_on() -> None:
    """Where nobody watches, showing is no error and prints nothing."""
    with Watching(quiet=True) as watching:
        watching.show(Run("ny", "lbdc", "now", asked=1))


def test_what_is_let_go_is_one_line() -> None:
    """How many bills, and the first by name: a configuration that was narrowed by mistake is noticed."""
    bills = [f"ny/2025/S{n}" for n in range(1, 6)]
    (one,), (many,) = (report_lines(Report([], [], let_go=some)) for some in (bills[:1], bills))
    assert one == "1 bill is no longer followed, and will be gone from the site: ny/2025/S1"
    assert many.startswith("5 bills are no longer followed, ") and many.endswith(
        "S1, ny/2025/S2, ny/2025/S3 and 2 more"
    )
