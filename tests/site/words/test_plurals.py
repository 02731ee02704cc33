"""What changes on several bills have in common."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from billwatch.compare.changes import KINDS
from billwatch_site.records import Change
from billwatch_site.words.plurals import in_common, plural_of


def change(bill: int, kind: str, now: str = "x") -> Change:
    seen = datetime(2025, 6, 12, 18, tzinfo=UTC)
    id = f"{bill}{kind}{now}"
    return Change(id, f"ny/2025/S{bill}", kind, "", now, "", seen, "notable", "x", False, "lbdc", "", "")


def test_what_is_true_of_all_is_said_of_all() -> None:
    """One sentence where every bill has the same; the kind where what they say differs."""
    assert in_common([change(1, "print-added", "S1A"), change(2, "print-added", "S1A")]) == "New print: S1A"
    assert in_common([change(1, "print-added", "S1A"), change(2, "print-added", "S2A")]) == "New prints"


def test_many_kinds_are_named_by_what_they_are_about() -> None:
    """That of most bills first, no more than three, and each once however many kinds it has."""
    links = [change(n, kind) for n in (1, 2, 3) for kind in ("same-as-added", "previous-version-added")]
    votes = [change(n, "vote-added") for n in (1, 2)]
    assert in_common([*votes, *links]) == "News of links between bills and votes"
    assert in_common([*votes, *links, change(1, "topic-added")]) == "News of links between bills, votes and topics"
    many = [*votes, *links, change(1, "topic-added"), change(1, "version")]
    assert in_common(many) == "News of links between bills, votes, amendments and more"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_words(kind: str) -> None:
    """No kind of change falls to what is said of one that nobody knows."""
    assert "other facts" not in in_common([change(1, kind), change(2, "vote-added" if kind[:4] != "vote" else "title")])
    assert kind in ("listed", "unlisted", "relisted", "action-edited", "action-inserted", "action-removed") or (
        not plural_of(kind).endswith(": changes")
    )
