"""What is told without an answer that brings it: put on record under who says it, and counted."""

from __future__ import annotations

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
