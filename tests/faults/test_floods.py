"""Floods never flood: the largest of 2025, as somebody meets it who follows everything on speech and privacy.

`python tests/faults/floods.py` goes through all of them; the first fill in mid-year is in test_lists.py as well.
"""

from __future__ import annotations

from billwatch.topics import Classifier
from faults.floods import FLOODS, flooded, watched
from faults.past import Past


def test_largest_flood(past: Past, classifier: Classifier) -> None:
    """10,702 updates in a day make one notice a cause, fewer than the record has causes, and the back-fill only one."""
    past.healed()
    flood, most = flooded(watched(past, classifier), *FLOODS["2025-03-04, 10,702 updates"])
    print(f"{flood}; the record holds {most} causes")
    assert flood.changes > 10_000 and flood.backfill > 100, "this is the flood that was meant"
    assert flood.notices < flood.bills, "fewer notices than bills: people are told of causes"
