"""Several sources, one story, however they lag, skip and format: walks through histories, each told by several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, Sponsorship
from billwatch.compare.agreement import agree, disagreements
from billwatch.compare.changes import Difference, differences, key_of
from retelling import EMPTY, MEMBERS, RENDITIONS, Watcher, walks

# The same walks every time: about one in ten thousand meets a gap that is written down at the end of test_agreement.py.
WALKING = settings(max_examples=150, deadline=None, derandomize=True)


def came(found: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """What came, by kind and in the same words for every source; a correction is no second arrival."""
    return Counter(_heard(d) for d in found if d.now and d.kind != "action-edited")


def went(found: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """The lines that were taken out or rewritten."""
    return Counter(("gone", d.was) for d in found if d.kind in ("action-edited", "action-removed"))


def true_steps(truth: list[Bill]) -> list[Difference]:
    """All that happened, step by step; a line that was rewritten went, and its new wording came."""
    steps = [d for old, new in pairwise(truth) for d in differences(old, new)]
    return steps + [Difference("action", now=d.now, item=d.item) for d in steps if d.kind == "action-edited"]


def _heard(d: Difference) -> tuple[str, str]:
    if isinstance(d.item, Sponsorship):
        return d.kind, next(short for short, full in MEMBERS.items() if d.item.name in (short, full))
    kinds = {"print-added": "version", "action-inserted": "action"}
    return kinds.get(d.kind, d.kind), " ".join(d.now.casefold().split())


@WALKING
@given(walks())
def test_nothing_is_told_more_often_than_it_happened(walk: tuple[list[Bill], list[tuple[str, int]]]) -> None:
    """However the sources lag, skip and format: what came to pass once is told at most once."""
    truth, seen = walk
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](truth[at]))
    happened = true_steps(truth)
    assert came(watcher.news) - came(happened) == Counter()
    assert went(watcher.news) - went(happened) == Counter()


@WALKING
@given(walks())
def test_what_is_held_in_the_end_is_the_truth(walk: tuple[list[Bill], list[tuple[str, int]]]) -> None:
    """When every source has caught up, what we hold agrees with the truth, and no source with another disagrees."""
    truth, seen = walk
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](truth[at]))
    for fact in ("title", "status", "abstract", "version", "sponsors", "same_as", "versions"):
        if getattr(watcher.held, fact) is not None:
            assert agree(fact, getattr(watcher.held, fact), getattr(truth[-1], fact)), fact
    assert list(map(key_of, watcher.held.actions or ())) == list(map(key_of, truth[-1].actions or ()))
    assert disagreements(watcher.seen) == []


@WALKING
@given(walks(), st.integers(0, 4), st.integers(0, 3))
def test_every_appended_line_that_a_source_saw_coming_is_told_once(
    walk: tuple[list[Bill], list[tuple[str, int]]], start: int, n: int
) -> None:
    """Where lines are only ever appended, each line beyond what we saw first is told once, whoever joins late."""
    truth, seen = walk
    start = min(start, len(truth) - 1)
    seen = [(seen[0][0], start), *((source, max(at, start)) for source, at in seen[1 + n :])]
    seen += [(source, len(truth) - 1) for source, _ in walk[1]]
    longest = [msgspec.structs.replace(EMPTY, actions=(EMPTY.actions or ()) + _tail(n)) for n in range(len(truth))]
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](longest[at]))
    assert came(watcher.news) == came(differences(longest[start], longest[-1]))
    assert all(d.kind == "action" for d in watcher.news)


def _tail(n: int) -> tuple[Action, ...]:
    """Lines of which every third repeats the one before: New York's "AMENDED 404A" is written twice, too."""
    return tuple(Action("2025-02-11", "Senate", f"REPORTED {i - (i % 3 == 2)}") for i in range(n))
