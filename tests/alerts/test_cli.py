"""The commands for subscribers and alerts: what they do, and the one line where they cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from alerts.news import NOW, add_changes, change, record
from alerts.scene import Scene
from answers import KEY, bill_json, envelope
from billwatch.cli import main
from faults.room import one_line
from faulty_server import FaultyServer
from faulty_server import json as json_said

BILL = "ny/2025/S4505"
CONFIG = '[mail]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nsender = "a@b.example"\n'
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on a data directory with one bill; its status, and what it printed."""
    Scene(tmp_path, record(BILL, change()))
    monkeypatch.setenv("BILLWATCH_NOW", NOW.isoformat())

    def ran(*arguments: str, config: str = "") -> tuple[int, str, str]:
        file = tmp_path / "billwatch.toml"
        file.write_text(config)
        status = 0
        try:
            main(["--config", str(file), "--data", str(tmp_path), *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        return (status, *capsys.readouterr())

    return ran


def test_add_list_remove_forget(run: Run, tmp_path: Path) -> None:
    """Entered, listed, changed, handed over, forgotten."""
    added = run("subscribers", "add", "ann@example.org", "--bill", BILL, "--topic", "privacy", "--rhythm", "weekly")
    assert added[0] == 0 and "ann@" not in added[1]
    listed = run("subscribers", "list")[1]
    assert "ann@example.org: confirmed, weekly, milestones at once" in listed and f"bill {BILL} (notable)" in listed
    assert run("subscribers", "remove", "ann@example.org", "--topic", "privacy")[1].startswith(
        "1 subscription ended, 1"
    )
    held = json.loads(run("subscribers", "export", "ANN@example.org")[1])
    assert held["subscribers"][0]["address"] == "ann@example.org" and len(held["subscriptions"]) == 1
    assert run("subscribers", "forget", "ann@example.org")[0] == 0
    assert run("subscribers", "list")[1] == run("subscribers", "export")[1] == ""
    assert b"ann@" not in b"".join(path.read_bytes() for path in tmp_path.glob("subscribers.db*"))


def test_forget_knows_an_address_in_any_spelling(run: Run) -> None:
    """Who signed up with the letters of another alphabet is entered and forgotten under them, and as xn-- too."""
    spellings = ("eva@bücher.example", "eva@xn--bcher-kva.example")
    for entered, asked in (spellings, spellings[::-1]):
        assert run("subscribers", "add", entered, "--bill", BILL)[0] == 0
        assert run("subscribers", "forget", asked)[:2] == (0, "forgotten\n")
        assert run("subscribers", "list")[1] == ""


def test_added_again_only_what_is_given_changes(run: Run) -> None:
    """Who follows one thing more keeps her rhythm, her dates and each strength; one option changes one choice."""

    def held() -> tuple[str, ...]:
        kept = json.loads(run("subscribers", "export", "ann@example.org")[1])
        (one,) = kept["subscribers"]
        strengths = [s["strength"] for s in sorted(kept["subscriptions"], key=lambda s: str(s["kind"]))]
        return (one["rhythm"], one["dates"], str(one["urgent"]), *strengths)

    ann = ("subscribers", "add", "ann@example.org")
    chosen = ("--strength", "all", "--rhythm", "weekly", "--dates", "iso", "--no-urgent")
    assert run(*ann, "--topic", "privacy", *chosen)[0] == 0
    assert held() == ("weekly", "iso", "0", "all")
    run(*ann, "--topic", "privacy", "--bill", BILL)
    assert held() == ("weekly", "iso", "0", "notable", "all")
    run(*ann, "--bill", BILL, "--strength", "milestones", "--urgent")
    assert held() == ("weekly", "iso", "1", "milestones", "all")


def test_a_rehearsal_shows_what_a_room_would_read(run: Run, tmp_path: Path) -> None:
    """A channel's post in words, not the JSON that waits for it; and nothing is sent."""
    config = '[[channel]]\nname = "room"\nwebhook = "http://localhost:1/"\nsecret = "sixteen letters or more"\n'
    assert run("alert", config=config)[0] == 0, "the first look has nothing to send"
    add_changes(tmp_path / "bills.db", change(now="2025-06-12 Senate: SIGNED CHAP.1"))
    status, said, wrong = run("alert", "--dry-run", config=config)
    assert (status, wrong) == (0, "") and "1 digest for 1 recipient, telling 1 change" in said
    assert said.startswith("To: channel room\nS4505 (New York, 2025–2026)\n") and "{" not in said and "None" not in said


def test_nothing_that_is_published_knows_them(run: Run, tmp_path: Path) -> None:
    """Neither the site with its downloads nor the dump of the store holds an address, an id or a secret."""
    run("subscribers", "add", "ann@example.org", "--words", "a very private search")
    held = json.loads(run("subscribers", "export", "ann@example.org")[1])["subscribers"][0]
    (tmp_path / "secret").write_text("the secret of the links")
    (tmp_path / "out").mkdir()
    assert run("build", "--out", str(tmp_path / "out" / "site"))[0] == 0
    assert run("dump", str(tmp_path / "out" / "dump"))[0] == 0
    published = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(published) > 20 and any(BILL.encode() in content for content in published)
    for trace in (b"ann@", held["id"].encode(), b"very private", b"secret of the links", b"subscribers"):
        assert not any(trace in content for content in published), trace


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "ann@example.org"), ("--bill",)),
        (("add", "ann", "--bill", BILL), ("name@example.org",)),
        (("add", "ann@example.org", "--bill", "S4505"), ("ny/2017/S9191",)),
        (("add", "ann@example.org", "--bill", "ny/2025/S1"), ("ny/2025/S1", "update")),
        (("add", "ann@example.org", "--topic", "nothing"), ("nothing", "privacy")),
        (("add", "ann@example.org", "--legislature", "xx"), ("xx", "[follow]")),
        (("remove", "ann@example.org"), ("list",)),
        (("forget", "ann@example.org"), ("list",)),
    ],
)
def test_what_cannot_be(run: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    """One line that says what to do, and does not repeat the address; nothing is entered."""
    status, _, wrong = run("subscribers", *arguments)
    assert status == 2 and "ann@" not in wrong
    one_line(wrong, *words)
    assert run("subscribers", "list")[1] == ""


def test_no_mail_configured(run: Run) -> None:
    """Without a server, `alert` says what to write; a sender and a password are asked for by name."""
    status, _, wrong = run("alert")
    assert status == 2
    one_line(wrong, "[mail]", "host", "sender")
    status, _, wrong = run("alert", config='[mail]\nhost = "127.0.0.1"')
    assert status == 2
    one_line(wrong, "mail.sender")
    status, _, wrong = run("alert", config='[mail]\nhost = "h.example"\nsender = "a@b.example"\nuser = "u"')
    assert status == 2
    one_line(wrong, "BILLWATCH_SMTP_PASSWORD")
    status, _, wrong = run("alert", config='[mail]\nhost = "127.0.0.1"\nsender = "a@b.example\\nBcc: x@y.z"')
    assert status == 2
    one_line(wrong, "mail.sender")
    status, _, wrong = run(
        "alert", config='[mail]\nhost = "h.example"\nsender = "a@b.example"\nuser = "u"\nsecurity = "none"'
    )
    assert status == 2
    one_line(wrong, "mail.security", "unencrypted")


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("css_inline", ("alert",)),
        ("itsdangerous", ("alert",)),
        ("email_validator", ("alert",)),
        ("email_validator", ("subscribers", "list")),
        ("email_validator", ("subscribers", "add", "ann@example.org", "--bill", BILL)),
        ("email_validator", ("subscribers", "forget", "ann@example.org")),
    ],
)
def test_without_the_extra(run: Run, tmp_path: Path, module: str, arguments: tuple[str, ...]) -> None:
    """Where the packages for letters and addresses are not installed, one line says how to install them."""
    run("subscribers", "list", config=CONFIG + 'service_url = "https://alerts.example.org/"')
    code = f"import sys; sys.modules['{module}'] = None; from billwatch.cli import main; main()"
    where = ("--config", str(tmp_path / "billwatch.toml"), "--data", str(tmp_path))
    command = [sys.executable, "-c", code, *where, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == 2
    one_line(done.stderr, "pip install 'billwatch[alerts]'")


def test_a_server_that_is_down(run: Run, tmp_path: Path) -> None:
    """Nothing listens: one line on stderr, exit status 1, and what was decided waits."""
    config = CONFIG
    assert run("alert", config=config)[0] == 0, "the first look has nothing to send"
    run("subscribers", "add", "ann@example.org", "--bill", BILL, "--rhythm", "at-once")
    add_changes(tmp_path / "bills.db", change(now="2025-06-12 Senate: SIGNED CHAP.1"))
    status, said, wrong = run("alert", config=config)
    assert status == 1 and "0 sent, 1 waiting" in said
    one_line(wrong, "ConnectionRefused", "next run")


def test_run_tells_people_also_when_the_site_failed(run: Run, tmp_path: Path) -> None:
    """What changed is decided and sent though no site can be built; each failure is one line, the status the worst."""
    with FaultyServer() as server:
        server.on("/api/3/bills/2025/S4505", json_said(msgspec.json.encode(envelope(bill_json("S4505"))).decode()))
        config = (
            f'{CONFIG}[follow]\ntopics = []\nbills = ["{BILL}"]\n[legislatures.ny]\nsources = ["open-legislation"]\n'
        )
        config += f'open_legislation_key = "{KEY}"\nopen_legislation_url = "{server.root}/api/3"\n'
        assert [run(first, config=config)[0] for first in ("update", "alert")] == [0, 0], "the first look is quiet"
        run("subscribers", "add", "ann@example.org", "--bill", BILL, "--rhythm", "at-once")
        add_changes(tmp_path / "bills.db", change(now="2025-06-12 Senate: SIGNED CHAP.1"))
        (tmp_path / "public").write_text("a file where the site's folder should be")
        status, said, wrong = run("run", "--out", str(tmp_path / "public"), config=config)
    assert status == 2 and "telling 1 change" in said and "0 sent, 1 waiting" in said
    site, mail = wrong.splitlines()
    one_line(site, "is not a folder", "--out")
    one_line(mail, "ConnectionRefused", "next run")


def test_run_does_the_rest_where_a_channel_cannot_be_told(run: Run, tmp_path: Path) -> None:
    """A variable that is not there is told by name; bills are asked for and the site is built: status 1, not 2."""
    with FaultyServer() as server:
        server.on("/api/3/bills/2025/S4505", json_said(msgspec.json.encode(envelope(bill_json("S4505"))).decode()))
        config = f'[follow]\ntopics = []\nbills = ["{BILL}"]\n[legislatures.ny]\nsources = ["open-legislation"]\n'
        config += f'open_legislation_key = "{KEY}"\nopen_legislation_url = "{server.root}/api/3"\n'
        config += '[[channel]]\nname = "room"\nurl = "${BILLWATCH_NOWHERE}"\n'
        status, _, wrong = run("run", "--out", str(tmp_path / "public"), config=config)
    assert status == 1 and (tmp_path / "public" / "index.html").exists()
    one_line(wrong, "BILLWATCH_NOWHERE", "environment")


def test_bounces_need_a_mailbox(run: Run, tmp_path: Path) -> None:
    """Reports are read from a file; where none are expected, that is said."""
    (tmp_path / "reports").write_bytes(b"Subject: hello\n\nhello\n")
    status, _, wrong = run("alert", "--bounces", str(tmp_path / "reports"))
    assert status == 2
    one_line(wrong, "bounces")
    config = '[mail]\nhost = "127.0.0.1"\nsender = "a@b.example"\nbounces = "bounces@b.example"'
    status, said, _ = run("alert", "--bounces", str(tmp_path / "reports"), config=config)
    assert (status, said) == (0, "0 bounces counted, 1 message ignored\n")
