"""Channels from the configuration to the receiver: told once, tried again, and each only what it follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from alerts.receivers import Receiver, Room
from billwatch.cli import main
from billwatch_site.alerts.webhooks import signature

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
SECRET = "a-secret-that-both-ends-know"
CONFIG = """
[site]
url = "https://bills.example.org/"
[[channel]]
name = "program"
webhook = "${{BILLWATCH_HOOK}}"
secret = "${{BILLWATCH_HOOK_SECRET}}"
legislatures = ["ny"]
[[channel]]
name = "children"
url = "${{BILLWATCH_ROOM}}"
topics = ["social-media-minors"]
strength = "milestones"
{more}
"""
Alert = Callable[[datetime], int]


@pytest.fixture
def alert(
    tmp_path: Path, demonstration: Path, receiver: Receiver, room: Room, monkeypatch: pytest.MonkeyPatch
) -> Alert:
    """`billwatch alert` at a moment, on a store of its own; its exit status. The first look has been taken."""
    (tmp_path / "bills.db").write_bytes((demonstration / "bills.db").read_bytes())
    (tmp_path / "billwatch.toml").write_text(CONFIG.format(more=""))
    monkeypatch.setenv("BILLWATCH_HOOK", receiver.url)
    monkeypatch.setenv("BILLWATCH_HOOK_SECRET", SECRET)
    monkeypatch.setenv("BILLWATCH_ROOM", room.channel.url)

    def alerted(at: datetime) -> int:
        monkeypatch.setenv("BILLWATCH_NOW", at.isoformat())
        try:
            main(["--config", str(tmp_path / "billwatch.toml"), "--data", str(tmp_path), "alert"])
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    assert alerted(NOON) == 0
    return alerted


def happened(folder: Path, bill: str, line: str, severity: str = "milestone", at: datetime = NOON) -> None:
    """Something new in the store."""
    with closing(Database(folder / "bills.db")) as db:
        row: dict[str, Any] = {"bill": bill, "kind": "action", "was": "", "now": line, "happened_on": line[:10]}
        row |= {"id": f"{bill} {line}", "seen_at": at.isoformat(), "severity": severity, "cause": line}
        row |= {"source": "senate", "url": "https://www.nysenate.gov/x", "receipt": "", "backfill": 0, "corrects": ""}
        db.table("changes").insert(row)


def told(receiver: Receiver) -> list[str]:
    """The sentences that the webhook got."""
    bodies = [json.loads(body) for _, _, body in receiver.received]
    return [note["sentence"] for body in bodies for story in body["stories"] for note in story]


def test_a_first_run_is_quiet(alert: Alert, receiver: Receiver, room: Room) -> None:
    """A channel that is new hears nothing of what was before."""
    assert alert(NOON + timedelta(minutes=5)) == 0
    assert receiver.received == [] and room.posts == []


def test_each_channel_is_told_what_it_follows_once(
    alert: Alert, tmp_path: Path, receiver: Receiver, room: Room
) -> None:
    """The webhook all that is notable, signed; the room the milestones of its topic; a second run nothing."""
    happened(tmp_path, "ny/2025/S4505", "2026-03-02 Senate: PASSED SENATE")
    happened(tmp_path, "ny/2025/S404", "2026-03-02 Senate: REPORTED AND COMMITTED TO FINANCE", "notable")
    for minutes in (5, 10, 15):
        assert alert(NOON + timedelta(minutes=minutes)) == 0
    assert sorted(told(receiver)) == ["Passed the Senate.", "Reported, and committed to Finance (Senate)."]
    for _, headers, body in receiver.received:
        assert headers["X-Billwatch-Signature"] == signature(SECRET, headers["X-Billwatch-Timestamp"], body)
    (post,) = room.posts
    assert post["title"] == "S4505 (New York, 2025–2026)" and post["message"].startswith("Passed the Senate.")


def test_a_receiver_that_fails_is_told_later_and_once(
    alert: Alert, tmp_path: Path, receiver: Receiver, room: Room
) -> None:
    """503 with Retry-After, a dropped connection, then 200: not before the time, the same bytes, the same name."""
    receiver.script = [(503, {"Retry-After": "1800"}), "drop"]
    room.statuses = [500]
    happened(tmp_path, "ny/2025/S4505", "2026-03-02 Senate: PASSED SENATE")
    counts = []
    for minutes in (5, 10, 25, 34, 36, 40, 60, 120, 180):
        assert alert(NOON + timedelta(minutes=minutes)) == 0
        counts.append(len(receiver.received))
    assert counts == [1, 1, 1, 1, 2, 2, 3, 3, 3]
    assert len({(h["X-Billwatch-Delivery"], body) for _, h, body in receiver.received}) == 1
    assert len(room.posts) == 2 and room.posts[0]["message"] == room.posts[1]["message"]


def test_a_channel_without_its_secret_is_said_in_one_line(
    alert: Alert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is decided; and the line names the variable, not the address."""
    capsys.readouterr()
    monkeypatch.delenv("BILLWATCH_HOOK_SECRET")
    assert alert(NOON + timedelta(minutes=5)) == 2
    said = capsys.readouterr().err
    assert said == "billwatch: channel 'program': BILLWATCH_HOOK_SECRET is not in the environment; set it there\n"


def test_a_channel_that_is_not_configured_any_more_is_not_told(
    alert: Alert, tmp_path: Path, receiver: Receiver, room: Room
) -> None:
    """What waited for it is given up, and nobody else is held up by it."""
    receiver.script = [(503, {})]
    happened(tmp_path, "ny/2025/S4505", "2026-03-02 Senate: PASSED SENATE")
    alert(NOON + timedelta(minutes=5))
    config = (tmp_path / "billwatch.toml").read_text()
    (tmp_path / "billwatch.toml").write_text(
        config.split("[[channel]]")[0] + "[[channel]]" + config.split("[[channel]]")[2]
    )
    happened(tmp_path, "ny/2025/S4505", "2026-03-02 Assembly: PASSED ASSEMBLY")
    assert alert(NOON + timedelta(minutes=30)) == 0
    assert len(receiver.received) == 1 and len(room.posts) == 2
