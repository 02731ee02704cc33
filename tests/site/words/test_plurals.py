"""What changes on several bills have in common."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from billwatch.compare.changes import KINDS
from billwatch_site.records import Change
from billwatch_site.words.plurals import gist_of, in_common


def change(bill: int, kind: str, now: str = "x", severity: str = "notable") -> Change:
    seen = datetime(2025, 6, 12, 18, tzinfo=UTC)
    return Change(
        f"{bill}{kind}{now}", f"ny/2025/S{bill}", kind, "", now, "", seen, severity, "x", False, "lbdc", "", ""
    )


def line(bill: int, text: str, severity: str = "notable") -> Change:
    return change(bill, "action", f"2025-06-12 Senate: {text}", severity)


def test_what_is_true_of_all_is_said_of_all() -> None:
    """One sentence where every bill has the same; without the particulars where what they say differs."""
    assert in_common([change(1, "print-added", "S1A"), change(2, "print-added", "S1A")]) == "New print: S1A"
    assert in_common([change(1, "print-added", "S1A"), change(2, "print-added", "S2A")]) == "New prints"
    assert in_common([line(1, "SIGNED CHAP.5"), line(2, "SIGNED CHAP.6")]) == "Signed into law"


def test_what_weighs_most_is_said_first() -> None:
    """Then what happened most often; of more than three, how many others there are."""
    votes = [change(n, "vote-added") for n in (1, 2, 3)]
    moved = [line(n, f"REFERRED TO {name}") for n, name in ((1, "CODES"), (2, "RULES"))]
    vetoed = line(4, "VETOED MEMO.12", "milestone")
    assert in_common([*moved, *votes]) == "Votes published and referred to committees"
    assert in_common([*moved, *votes, vetoed]) == "Vetoed, votes published and referred to committees"
    more = [*moved, *votes, vetoed, change(1, "title"), change(2, "topic-added")]
    assert in_common(more) == "Vetoed, votes published and 4 more changes"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_words(kind: str) -> None:
    """No kind of change falls to what is said of one that nobody knows."""
    assert not gist_of(change(1, kind, "2025-06-12 Senate: REPORTED")).endswith(": changes")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_differs_is_told_without_a_verb(kind: str) -> None:
    """ "Votes published, advanced to third reading and 4 more changes": no clause stands among participles."""
    words = gist_of(change(1, kind, "2025-06-12 Senate: REPORTED")).split()
    assert not {"was", "were", "is", "are", "has", "have", "would"} & {*words}
