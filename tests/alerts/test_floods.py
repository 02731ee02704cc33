"""The floods of 2025, and one that is to come: each is one message with a few lines, whoever follows everything."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from alerts.june import Week
from alerts.news import NOW, add_changes, change, record, subscriber
from alerts.scene import Scene, plan, text_of
from billwatch.topics import Classifier
from billwatch_site.alerts.alert import decide
from faults.fortnight import config_of
from faults.past import Past, moment

FLOODS = {
    "the fourth of March": ("2025-03-03T12:00Z", "2025-03-05T12:05Z"),
    "a January without answers": ("2024-12-31T12:00Z", "2025-02-01T12:05Z"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_recorded(past: Past, classifier: Classifier, tmp_path: Path, flood: str) -> None:
    """Thousands of bills moved, or a source came back after a month: one message each, which says what is old."""
    before, after = map(moment, FLOODS[flood])
    config = config_of(past.toml(sources=("open-legislation",), topics=("speech", "privacy")))
    week = Week(past, config, tmp_path, classifier)
    week.update(before)
    decide(week.people, week.path, plan(now=before), before)
    week.noted()
    for rhythm in ("at-once", "daily"):
        subscriber(week.people, rhythm, ("legislature", "ny", "all"), now=before, rhythm=rhythm)
    week.update(after)
    decided = decide(week.people, week.path, plan(now=after), after)
    assert decided.messages == {"digest": 2}
    changes = len(week.noted())
    for (blob,) in week.people.db.conn.execute("select message from outbox").fetchall():
        message = message_from_bytes(blob, policy=default)
        text = text_of(message)  # type: ignore[arg-type] # the policy's kind
        stories = text.count("Why you get this")
        assert stories < 40 < changes, f"{stories} stories of {changes} changes"
        assert len(blob) < 200_000
    assert decide(week.people, week.path, plan(now=after), after).messages == {}


def test_a_second_january(tmp_path: Path) -> None:
    """Every bill of a session is referred to its committee again on one day: one line, not two thousand."""
    bills = [f"ny/2025/S{number}" for number in range(1, 2001)]
    scene = Scene(tmp_path, *(record(bill) for bill in bills), record("ny/2025/A1", change("ny/2025/A1")))
    scene.first_look()
    subscriber(scene.people, "all", ("legislature", "ny", "all"), rhythm="at-once")
    subscriber(scene.people, "one", ("bill", bills[7], "all"), rhythm="at-once")
    line = {"now": "2026-01-07 Senate: REFERRED TO CODES", "happened_on": "2026-01-07", "severity": "notable"}
    add_changes(scene.store, *(change(bill, cause="2026-01-07 REFERRED TO", **line) for bill in bills))
    assert scene.decide(NOW).messages == {"digest": 2}
    found = {str(m["To"]).split("@")[0]: m for m in scene.waiting()}
    assert str(found["all"]["Subject"]) == "Referred to Codes (Senate): 2,000 bills"
    assert text_of(found["all"]).count("Why you get this") == 1 and len(text_of(found["all"])) < 5000
    assert "https://bills.example.org/changes/2025-06/12/" in text_of(found["all"]), "where all are named"
    assert str(found["one"]["Subject"]) == "S8 referred to Codes (Senate)", "and who follows one bill hears of that one"


@pytest.mark.parametrize(("bills", "page"), [(400, "changes/2025-06/"), (401, "changes/2025-06/12/")])
def test_every_bill_of_a_milestone_is_named(tmp_path: Path, bills: int, page: str) -> None:
    """Which laws were signed is the news, however many they are; beside them is the page on which all of them stand:
    the month's, or the day's where so much happened that each day has its own."""
    names = [f"ny/2025/S{number}" for number in range(1, bills + 1)]
    scene = Scene(
        tmp_path, *map(record, names), record("ny/2025/A1", change("ny/2025/A1", seen_at=NOW - timedelta(days=40)))
    )
    scene.first_look()
    subscriber(scene.people, "all", ("legislature", "ny", "milestones"), rhythm="at-once")
    signed = {"now": "2025-06-12 Senate: SIGNED CHAP.1", "cause": "2025-06-12 SIGNED CHAP.#"}
    add_changes(scene.store, *(change(name, **signed) for name in names))
    scene.decide(NOW)
    (letter,) = scene.waiting()
    assert str(letter["Subject"]) == f"Signed into law as chapter 1: {bills} bills"
    text = text_of(letter)
    assert all(f"S{number}:" in text or f"S{number} " in text for number in range(1, bills + 1))
    assert "more bill" not in text and f"https://bills.example.org/{page}\n" in text
