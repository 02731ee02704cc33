"""The clerk: letters go out within a moment, are tried again where the server was away, and never twice at once."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.signup.desk import SITE, Desk
from billwatch.cli import main
from billwatch_site.alerts.delivery import Carry
from billwatch_site.alerts.outbox import Outcome, Parcel
from billwatch_site.alerts.signup.clerk import Clerk
from billwatch_site.alerts.signup.letter import Sender
from billwatch_site.alerts.smtp import Mailer, Server
from billwatch_site.alerts.subscriptions import NAME
from billwatch_site.alerts.tables import alone

EVA = "eva@example.org"
ROOT = Path(__file__).resolve().parents[3]


class Carrier:
    """Takes letters, or not."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes, self.letters = list(outcomes), list[Parcel]()

    def carry(self, mailer: Mailer) -> Carry:
        return self._take

    def _take(self, parcel: Parcel) -> Outcome:
        self.letters.append(parcel)
        return self.outcomes.pop(0) if self.outcomes else Outcome("sent")


def clerk(desk: Desk, carrier: Carrier) -> Clerk:
    return Clerk(
        file=desk.data / NAME,
        letter=Sender(SITE, "alerts@bills.example.org", desk.tokens).confirmation,
        zone=lambda wishes: "America/New_York",
        mailer=lambda: Mailer(Server(host="127.0.0.1", port=9)),
        carry=carrier.carry,
        per_minute=100_000,
        now=desk.clock,
    )


def test_a_letter_goes_out_once(desk: Desk) -> None:
    """The next look sends it, and no later one."""
    carrier = Carrier()
    desk.sign_up(EVA)
    assert [clerk(desk, carrier).round() for _ in range(3)] == [1, 0, 0]
    (parcel,) = carrier.letters
    assert (parcel.kind, parcel.address) == ("confirmation", EVA)
    assert b"\r\nContent-Transfer-Encoding: quoted-printable\r\n" in parcel.message, "base64 looks like spam"


def test_a_letter_is_tried_again_under_its_own_name(desk: Desk) -> None:
    """A server that says later gets the same letter later, not at the next look."""
    carrier = Carrier(Outcome("later", "busy"), Outcome("stopped", "gone"))
    desk.sign_up(EVA)
    one = clerk(desk, carrier)
    assert [one.round(), one.round()] == [0, 0] and len(carrier.letters) == 1
    sent = []
    for _ in range(3):
        desk.clock.at += timedelta(hours=1)
        sent.append(one.round())
    assert sent == [0, 1, 0]
    assert len({(parcel.message_id, parcel.message) for parcel in carrier.letters}) == 1


def test_two_services_send_no_letter_twice(desk: Desk) -> None:
    """While one sends, the other leaves it alone."""
    carrier = Carrier()
    desk.sign_up(EVA)
    with alone(f"{desk.data / NAME}.letters"):
        assert clerk(desk, carrier).round() == 0
    assert carrier.letters == []
    assert clerk(desk, carrier).round() == 1


def test_what_goes_wrong_does_not_end_it_and_names_nobody(desk: Desk, caplog: Any) -> None:
    """A file that cannot be used is logged by kind, and the clerk goes on when it can be used again."""
    carrier, stop = Carrier(), threading.Event()
    desk.sign_up(EVA)
    (desk.data / NAME).rename(desk.data / "kept")
    (desk.data / NAME).write_text("not a database, whatever else it is")
    worker = threading.Thread(target=clerk(desk, carrier).work, args=(stop, 0.02))
    with caplog.at_level(logging.INFO):
        worker.start()
        _until(lambda: "StoreError while attending" in caplog.text)
        (desk.data / "kept").replace(desk.data / NAME)  # at once: never is there none, which would be made anew
        _until(lambda: carrier.letters)
    stop.set()
    worker.join(20)
    assert len(carrier.letters) == 1 and EVA not in caplog.text


def _until(happened: Any) -> None:
    for _ in range(1000):
        if happened():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("", 'where is the service reached? write service_url = "https://..." under [mail]'),
        ('[mail]\nservice_url = "https://a.example.org"', "no mail server is configured"),
        (
            '[mail]\nservice_url = "https://a.example.org"\nhost = "127.0.0.1"\nsender = "a@example.org"',
            "there is no store in",
        ),
    ],
)
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, capsys: Any, config: str, said: str) -> None:
    """With what to write or run, and exit status 2."""
    (tmp_path / "billwatch.toml").write_text(config)
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(tmp_path / "billwatch.toml"), "--data", str(tmp_path / "data"), "signup"])
    error = capsys.readouterr().err
    assert ended.value.code == 2 and said in error and error.count("\n") == 1


def signed_up(desk: Desk, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `billwatch signup` says in a process of its own."""
    (desk.data / "billwatch.toml").write_text(
        '[mail]\nservice_url = "https://a.example.org"\nhost = "127.0.0.1"\nsender = "a@example.org"\n'
    )
    paths = os.pathsep.join(str(ROOT / half) for half in ("scraper", "site"))
    return subprocess.run(
        [sys.executable, "-c", code, "--config", "billwatch.toml", "--data", ".", "signup", *arguments],
        cwd=desk.data,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (("--port", "TAKEN"), ("127.0.0.1:", "cannot be used", "--host and --port")),
        (("--host", "300.1.1.1", "--port", "0"), ("300.1.1.1:0 cannot be used (there is no such host)",)),
        (("--port", "99999"), ("99999 is not in the range",)),
        (("--port", "-1"), ("-1 is not in the range",)),
    ],
)
def test_where_nobody_can_listen_is_said_in_one_line(desk: Desk, where: tuple[str, ...], said: tuple[str, ...]) -> None:
    """A port that is taken or that there is not, a host that is not this one: status 2, nothing else listened at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = signed_up(desk, "from billwatch.cli import main; main()", *(port if w == "TAKEN" else w for w in where))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and all(word in done.stderr for word in said)


@pytest.mark.parametrize("module", ["bottle", "waitress", "itsdangerous", "email_validator"])
def test_a_missing_package_is_said_in_one_line(desk: Desk, module: str) -> None:
    """The line says how to install it."""
    code = f"import sys; sys.modules['{module}'] = None; from billwatch.cli import main; main()"
    done = signed_up(desk, code, "--port", "0")
    assert done.returncode == 2
    assert "pip install 'billwatch[alerts]'" in done.stderr and done.stderr.count("\n") == 1
