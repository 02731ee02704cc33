"""One number in the terminal: each session's bill apart."""

from __future__ import annotations

import json

import pytest

from answers import NOON
from billwatch.bill import Sponsorship
from billwatch.follow.following import compare_sources
from billwatch.reports.show import shown
from billwatch.store import Store
from saying import ORDER, bill, says

TITLE = "Relates to requiring social media and search engine reviews"


@pytest.fixture
def told(store: Store) -> Store:
    parker = (Sponsorship("Kevin S. Parker", "PARKER", "primary"),)
    says(store, "lbdc", bill("ny/2017/S9191", "2018-11-14 REFERRED TO RULES", title=TITLE, sponsors=parker))
    says(
        store, "lbdc", bill("ny/2019/S1413", title=TITLE, previous_versions=("ny/2017/S9191",), same_as=("ny/2019/A1",))
    )
    pharmacy = bill(
        "ny/2025/S9191", "2026-01-07 REFERRED TO INSURANCE", "2026-02-12 REFERRED TO JUDICIARY", title="Of pharmacies"
    )
    says(store, "lbdc", pharmacy, bill("ny/2025/S91910"))
    return store


def text(store: Store, *numbers: str, session: str | None = None) -> str:
    return "\n".join(shown(store, "ny", list(numbers), session))


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        (["2025-12-05 VETOED MEMO.1"], []),
        (["2025-12-05 SIGNED CHAP.1", "2025-12-05 LINE VETO MEMO.1"], ["line veto"]),
        (["2025-12-05 SUBSTITUTED BY A1"], []),
        (["2025-12-05 DEFEATED IN CODES"], ["defeated in committee"]),
    ],
)
def test_a_mark_does_not_repeat_the_stage(store: Store, lines: list[str], marks: list[str]) -> None:
    """A vetoed bill is not marked "vetoed" besides; what the stage does not say stays."""
    says(store, "lbdc", bill("ny/2025/S1", *lines))
    assert [line for line in text(store, "S1").splitlines() if "Mark:" in line] == [f"  Mark: {m}." for m in marks]


def test_each_session_stands_apart(told: Store) -> None:
    """Two bills, one number: the older first, an empty line between them, and no other number."""
    first, second = text(told, "S9191").split("\n\n")
    assert first.startswith(f"ny/2017/S9191  {TITLE}\n  Kevin S. Parker · no law section named")
    assert second.startswith("ny/2025/S9191  Of pharmacies\n  no sponsor named")
    assert "S91910" not in text(told, "S9191")


def test_one_session(told: Store) -> None:
    """Asked with its session, a number is one bill; of a session without it, none."""
    assert text(told, "S9191", session="2025").startswith("ny/2025/S9191")
    assert text(told, "S9191", session="2019") == text(told, "S1") == ""


def test_actions_stand_newest_first(told: Store) -> None:
    """Date, chamber, text."""
    lines = text(told, "S9191", session="2025").split("\n")
    at = lines.index("  Actions, newest first:")
    assert lines[at + 1 : at + 3] == [
        *("    2026-02-12  Senate    REFERRED TO JUDICIARY", "    2026-01-07  Senate    REFERRED TO INSURANCE")
    ]


def test_the_family_in_both_directions(told: Store) -> None:
    """What came back, what it came back from, and relatives that we do not hold."""
    assert f"Family: came back as ny/2019/S1413  {TITLE}" in text(told, "S9191")
    later = text(told, "S1413")
    assert f"Family: earlier version ny/2017/S9191  {TITLE}" in later and "Family: same as ny/2019/A1" in later


def test_what_sources_say(told: Store) -> None:
    """When each was checked, and where they differ."""
    says(told, "senate", bill("ny/2017/S9191", "2018-11-14 REFERRED TO RULES", title="Another title"))
    compare_sources(told, ["ny/2017/S9191"], ORDER, "now")
    found = text(told, "S9191")
    assert f"Checked {NOON:%Y-%m-%d %H:%M} UTC at senate" in found
    assert "Sources differ on title: senate says Another title" in found and "merged" not in found


def test_marks_are_shown(told: Store) -> None:
    """What happened on the way and can be undone."""
    told.db.conn.execute("update bills set marks = ? where id = 'ny/2017/S9191'", (json.dumps(["held in committee"]),))
    assert "  Mark: held in committee." in text(told, "S9191")


def test_why_it_is_followed_is_shown(told: Store) -> None:
    """Also that it was ours once; and that a bill is not followed."""
    reason = "was about biometrics until 2025-06-03"
    told.db.conn.execute("update bills set follow_reason = ? where id = 'ny/2017/S9191'", (reason,))
    assert f"  Followed: {reason}\n" in text(told, "S9191") and "  Followed: no\n" in text(told, "S1413")
