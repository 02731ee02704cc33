"""What is told without an answer that brings it: put on record under who says it, and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answers import NOON
from billwatch.compare.changes import Difference
from billwatch.run.telling import Teller
from billwatch.store import Store
from saying import bill, desk, says

S404 = "ny/2025/S404"


def test_what_no_answer_brings_is_on_record_and_counted(store: Store) -> None:
    """Told twice it is two changes, each with its own id, of the one who speaks; the bill has moved."""
    says(store, "lbdc", bill(S404))
    teller = Teller(desk(store), "billwatch")
    for _ in range(2):
        teller.tell(S404, Difference("topic-added", now="privacy"), "https://example.org/")
    found = store.rows("select id, source, url from changes where kind = 'topic-added'")
    assert [tuple(row)[1:] for row in found] == [("billwatch", "https://example.org/")] * 2
    assert len({row["id"] for row in found}) == 2
    assert teller.tally.changes == {"topic-added": 2} and teller.tally.moved == {S404}


REPORTED, COMMITTED = "2025-06-09 REPORTED AND COMMITTED TO RULES", "2025-06-13 COMMITTED TO RULES"
SUBSTITUTED = "2025-06-10 SUBSTITUTED BY A4725"


@pytest.mark.parametrize(
    ("lines", "weights"),
    [
        ((REPORTED, SUBSTITUTED), {"action-edited": "milestone", "substituted-by": "notable"}),
        ((REPORTED, SUBSTITUTED, COMMITTED), {"action-inserted": "milestone", "substituted-by": "notable"}),
        (
            ("2025-06-09 REPORTED AND COMMITTED TO CODES", COMMITTED),
            {"action-edited": "detail", "substituted-by": "milestone"},
        ),
    ],
)
def test_a_substitution_is_a_milestone_once(store: Store, lines: tuple[str, ...], weights: dict[str, str]) -> None:
    """S2706: a line that the record put into its past tells of it as much as a new one; another correction does not."""
    says(store, "lbdc", bill(S404, REPORTED, COMMITTED, substituted_by=""))
    says(store, "lbdc", bill(S404, *lines, substituted_by="ny/2025/A4725"), at=NOON + timedelta(days=1))
    told = store.rows("select kind, severity from changes where kind not in ('listed', 'same-as-added')")
    assert {row["kind"]: row["severity"] for row in told} == weights
