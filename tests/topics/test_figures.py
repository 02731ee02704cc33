"""The topic finder on the judged sets: it must reach what ../shared/topics.md asks, or somebody has to know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from billwatch.topics import Classifier
from topics.figures import Figures, congress, scored
from topics.recorded import filled, flagged, recorded


@pytest.fixture(scope="module")
def found(shared: Path, classifier: Classifier) -> tuple[Figures, Counter[str]]:
    """The figures over all recorded bills with what they inherit, and the flags of each session."""
    bills = recorded(shared / "data" / "ny")
    store = filled(bills, classifier)
    ours = flagged(store)
    store.close()
    return scored(ours, (bill.id.removeprefix("ny/") for bill in bills), shared), Counter(bill[:4] for bill in ours)


def test_what_the_judged_bills_ask(found: tuple[Figures, Counter[str]]) -> None:
    """Strict F1 and precision at least 0.75; 0.85 without the borderline; experts' bills found at least 85 in 100."""
    figures, _ = found
    assert figures.f1 >= 0.75 and figures.precision >= 0.75, figures.text
    assert figures.precision_without_borderline >= 0.85 and figures.experts >= 0.85, figures.text


def test_not_everything_is_flagged(found: tuple[Figures, Counter[str]]) -> None:
    """Fewer than 1,200 of the 40,921 bills of 2023 and 2025, where about 860 are ours."""
    _, flags = found
    assert 500 < flags["2023"] + flags["2025"] < 1200


def test_congress_agrees(shared: Path, classifier: Classifier) -> None:
    """Of the bills of Congress that we find ours, most have one of its own subjects for the matter."""
    from topics.figures import CORE

    hits = [subjects for subjects, is_ours in congress(classifier, shared) if is_ours]
    assert sum(not subjects.isdisjoint(CORE) for subjects in hits) > 0.7 * len(hits) > 70
