"""What comes back counts once, against the right address, and only when it is about a message of ours."""

from __future__ import annotations

import secrets
from email.message import EmailMessage
from pathlib import Path

import pytest

from alerts.news import NOW, add_changes, change, record, subscriber
from alerts.scene import RETURNS, Scene
from billwatch_site.alerts.bounces import Returns, read_bounces, reports_in
from billwatch_site.alerts.outbox import SUSPENDED_AFTER


def report(to: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A report as RFC 3464 has it, to this return address."""
    return (
        f"From: MAILER-DAEMON@mail.example.org\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; ann@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """One subscriber to whom three messages have gone."""
    scene = Scene(tmp_path, record("ny/2025/S4505", change(severity="detail")))
    scene.first_look()
    subscriber(scene.people, "ann", ("bill", "ny/2025/S4505"), rhythm="at-once")
    for n in range(SUSPENDED_AFTER):
        add_changes(scene.store, change(now=f"2025-06-12 Senate: STEP {n}"))
        scene.decide()
    with scene.people.atomic():
        scene.people.db.conn.execute("update outbox set state = 'sent'")
    return scene


def returns(scene: Scene) -> list[str]:
    """The return address of each message that went."""
    rows = scene.people.db.conn.execute("select id, message_id from outbox order by id").fetchall()
    return [RETURNS.sender(number, message_id) for number, message_id in rows]


def read(scene: Scene, *reports: bytes) -> int:
    return read_bounces(scene.people, RETURNS, reports, NOW).counted


def test_three_in_a_row(scene: Scene) -> None:
    """Each counts; after three, the address is suspended."""
    addresses = returns(scene)
    for number, address in enumerate(addresses, 1):
        assert read(scene, report(address)) == 1
        ann = scene.people.find("ann@example.org")
        assert ann and bool(ann.suspended_at) == (number == SUSPENDED_AFTER)


def test_each_once(scene: Scene) -> None:
    """The same report again counts for nothing, so a mailbox may be read as often as one likes."""
    address = returns(scene)[0]
    assert [read(scene, report(address)) for _ in range(5)] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7"), ("delivered", "2.0.0"), ("failed", "5")]
)
def test_what_is_no_failure(scene: Scene, action: str, status: str) -> None:
    """Delays, successes and what is not said clearly count for nothing."""
    assert read(scene, report(returns(scene)[0], action=action, status=status)) == 0


def test_a_letter_is_no_report(scene: Scene) -> None:
    """An answer from a person, or an automatic one, to the return address is no bounce."""
    letter = EmailMessage()
    letter["To"] = returns(scene)[0]
    letter.set_content("I am on holiday. Action: failed Status: 5.1.1")
    assert read(scene, letter.as_bytes()) == 0


def test_forged(scene: Scene) -> None:
    """A thousand guesses, seals of other messages, and seals by another secret are ignored."""
    (first, message_id), *_ = scene.people.db.conn.execute("select id, message_id from outbox order by id").fetchall()
    one, two, _ = returns(scene)
    swapped = one.split(".")[0] + "." + two.split(".", 1)[1]
    theirs = Returns(RETURNS.address, ["another secret of 22 letters."]).sender(first, message_id)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    guesses = ["".join(secrets.choice(letters) for _ in range(24)) for _ in range(1000)]
    forged = [swapped, theirs, *(f"bounces+{first}.{guess}@bills.example.org" for guess in guesses)]
    assert read(scene, *(report(address) for address in forged), report("bounces+99.x@bills.example.org")) == 0
    assert read(scene, report(two)) == 1


def test_capitals_do_not_matter(scene: Scene) -> None:
    """Servers on the way may write an address in other capitals."""
    assert read(scene, report(returns(scene)[0].upper())) == 1


def test_a_mailbox(scene: Scene, tmp_path: Path) -> None:
    """Reports are found in an mbox, in a Maildir, and alone."""
    one, two, three = (report(address) for address in returns(scene))
    mbox = b"".join(
        b"From MAILER-DAEMON Thu Jun 12 18:00:00 2025\n" + r.replace(b"\r\n", b"\n") + b"\n" for r in (one, two)
    )
    assert read(scene, *reports_in(mbox)) == 2
    (tmp_path / "box" / "new").mkdir(parents=True)
    for name in ("cur", "tmp"):
        (tmp_path / "box" / name).mkdir()
    (tmp_path / "box" / "new" / "1").write_bytes(three)
    assert read(scene, *reports_in(tmp_path / "box")) == 1
    assert list(reports_in(b"")) == [] and list(reports_in(one)) == [one]


BROKEN = {
    "quote": b'"',
    "half a word": b"=?<",
    "half an address": b"<",
    "no character": b"=?utf-8?q?=00?=@",
    "an open route": b'""\\\\\xff\xff@[)a',
    "bytes": b"\xff" * 40,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_broken_mail_keeps_nobody_waiting(scene: Scene, tmp_path: Path, broken: bytes) -> None:
    """Anybody can write to the mailbox, and write anything: it is ignored, and the reports beside it count."""
    box = tmp_path / "box"
    for name in ("cur", "tmp", "new"):
        (box / name).mkdir(parents=True)
    (box / "new" / "1").write_bytes(b"To: " + broken + b"\r\n" + report(broken.decode("latin-1")))
    (box / "new" / "2").write_bytes(report(returns(scene)[0]))
    assert read(scene, *reports_in(box)) == 1


def test_forgotten(scene: Scene) -> None:
    """Of somebody who has been forgotten nothing is known, and a report about them changes nothing."""
    address = returns(scene)[0]
    ann = scene.people.find("ann@example.org")
    assert ann
    scene.people.forget(ann.id)
    assert read(scene, report(address)) == 0
