"""By other people's rules: the HTML checker finds no error on any page of the service."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from alerts.signup.desk import FORM, Desk

CHECKER = Path(os.environ.get("BILLWATCH_NODE", "node_modules")) / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_no_page_breaks_the_rules_of_html(desk: Desk, tmp_path: Path) -> None:
    """Every kind of page, with what somebody hostile typed standing on it."""
    if not CHECKER.is_file() or not shutil.which("java"):
        pytest.skip("the HTML checker is not installed (npm install vnu-jar, with Java)")
    hostile = FORM | {"words": "<b>\"'&amp; {{ 7*7 }}", "bills": "S4505, 9191, A1", "address": "<i>@\"'"}
    eva = desk.confirmed("eva@example.org", words="<b>\"'&", follow=["topic:privacy", "family:ny/2025/S4505"])
    token = desk.tokens.token("form", "sign-up")
    desk.sign_up("adam@example.org", words="<b>\"'&")
    desk.attend()
    (confirm, *_) = desk.links()
    replies = [desk.get("/"), desk.post("/preview", hostile), desk.post("/preview", {"bills": "A1"})]
    replies += [desk.post("/subscribe", hostile | {"token": token}), desk.sign_up("eva@example.org"), desk.get(confirm)]
    replies += [desk.post(confirm), desk.post(confirm), desk.get(f"/manage/{desk.tokens.token('manage', eva)}")]
    replies += [
        desk.get(f"/unsubscribe/{desk.tokens.token('unsubscribe', eva)}"),
        desk.get("/manage/x"),
        desk.get("/x"),
    ]
    for number, reply in enumerate(replies):
        (tmp_path / f"{number}.html").write_bytes(reply.body)
    command = ["java", "-jar", str(CHECKER), "--format", "gnu", *map(str, sorted(tmp_path.glob("*.html")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if ": error" in line or ": warning" in line] == []
