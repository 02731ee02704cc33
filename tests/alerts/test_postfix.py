"""Through a real mail server, with the real command: what arrives is what was decided, and can be signed."""

from __future__ import annotations

import base64
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from alerts.news import NOW, add_changes, change, record, subscriber
from alerts.postfix import Postfix, needs_postfix, running
from alerts.scene import Scene
from alerts.signing import needs_opendkim, signing
from faults.strace import ran

pytestmark = needs_postfix
BILL = "ny/2025/S4505"
SIGNED = (b"From", b"To", b"Subject", b"Date", b"Message-ID", b"List-Id", b"List-Unsubscribe", b"List-Unsubscribe-Post")

CONFIG = """
[site]
url = "https://bills.example.org/"
contact = "mailto:desk@bills.example.org"
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "alerts@bills.example.org"
bounces = "bounces@bills.example.org"
per_minute = 60000
service_url = "https://alerts.example.org/"
"""


@pytest.fixture
def scene(tmp_path: Path, postfix: Postfix) -> Scene:
    """A data directory on disk, configured for this server, with news for three subscribers."""
    (tmp_path / "billwatch.toml").write_text(CONFIG.format(port=postfix.port))
    scene = Scene(tmp_path, record(BILL, change(severity="detail", now="x")), on_disk=True)
    scene.first_look()
    for name in ("ann", "bea", "cat"):
        subscriber(scene.people, name, ("bill", BILL), rhythm="at-once")
    add_changes(scene.store, change(now="2025-06-12 Senate: PASSED SENATE – “Núñez”"))
    return scene


def alert(folder: Path, *more: str) -> tuple[int, str, str]:
    done = ran(
        ["--config", str(folder / "billwatch.toml"), "--data", str(folder), "alert", *more],
        env={
            "BILLWATCH_NOW": NOW.isoformat(),
            "BILLWATCH_SECRET": "a secret of more than 22 letters".replace(" ", "-"),
        },
    )
    return done.returncode, done.stdout, done.stderr


def test_delivered(scene: Scene, postfix: Postfix, tmp_path: Path) -> None:
    """Three messages arrive, each once, each to its own; the second run sends nothing."""
    status, said, wrong = alert(tmp_path)
    assert (status, wrong) == (0, "") and "3 sent, 0 waiting" in said
    arrived = [message_from_bytes(text, policy=default) for text in postfix.wait_for(3)]
    assert sorted(m["To"] for m in arrived) == [f"{n}@example.org" for n in ("ann", "bea", "cat")]
    assert all(m["Delivered-To"] == m["To"] and m["Return-Path"].startswith("<bounces+") for m in arrived)
    assert "example.org" not in said.replace("bills.example.org", ""), "a report names nobody"
    assert alert(tmp_path)[1].count("0 sent") == 1
    assert len(postfix.messages()) == 3


def test_dkim_covers_how_to_leave(scene: Scene, postfix: Postfix, tmp_path: Path) -> None:
    """A server's signature over the List headers holds for the message as delivered, and for no changed header."""
    alert(tmp_path)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    published = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    for text in postfix.wait_for(3):
        message = text.replace(b"\n", b"\r\n")
        signature = dkim.sign(message, b"test", b"bills.example.org", private, include_headers=SIGNED)
        covered = signature.replace(b"\r\n", b"").replace(b" ", b"").lower()
        assert b"list-unsubscribe:list-unsubscribe-post" in covered
        assert dkim.verify(signature + message, dnsfunc=lambda *_, **__: published)
        for name in (b"List-Unsubscribe: <https://", b"List-Unsubscribe-Post: List", b"List-Id: <"):
            assert name in message
            forged = message.replace(name, name + b"evil", 1)
            assert not dkim.verify(signature + forged, dnsfunc=lambda *_, **__: published)


@needs_opendkim
def test_the_servers_own_signature_covers_how_to_leave(scene: Scene, tmp_path: Path) -> None:
    """Signed by OpenDKIM on its way through Postfix: the signature holds for what arrives, and for nothing else."""
    with signing() as signer, running(signer.postfix) as postfix:
        (tmp_path / "billwatch.toml").write_text(CONFIG.format(port=postfix.port))
        assert "3 sent" in alert(tmp_path)[1]
        arrived = postfix.wait_for(3)
    for text in arrived:
        message = text.replace(b"\n", b"\r\n")
        (signed,) = re.findall(rb"\bh=([^;]+);", message.replace(b"\r\n\t", b""))
        covered = {name.strip().lower() for name in signed.split(b":")}
        assert covered >= {name.lower() for name in SIGNED} - {b"message-id"}  # which OpenDKIM leaves to servers
        assert dkim.verify(message, dnsfunc=lambda *_, **__: signer.record)
        for name in (b"List-Unsubscribe: <https://", b"List-Unsubscribe-Post: List", b"List-Id: <"):
            assert message.count(name) == 1
            forged = message.replace(name, name + b"evil")
            assert not dkim.verify(forged, dnsfunc=lambda *_, **__: signer.record)


def test_a_server_that_bounces(scene: Scene, postfix: Postfix, tmp_path: Path) -> None:
    """A refused and a full mailbox beside a good one: counted, put off, delivered; nothing leaves the machine."""
    for name in ("x@gone.example.org", "y@full.example.org", "z@elsewhere.example"):
        one = scene.people.add(name, NOW, zone="America/New_York", rhythm="at-once")
        scene.people.subscribe(one, "bill", BILL, "notable", NOW)
        scene.people.confirm(one, NOW)
    scene.decide()
    add_changes(scene.store, change(now="2025-06-12 Senate: DELIVERED TO ASSEMBLY"))
    status, said, _ = alert(tmp_path)
    assert status == 0 and "given up" in said and "@" not in said
    states = dict(
        scene.people.db.conn.execute(
            "select s.address, o.state from outbox o join subscribers s on s.id = o.recipient order by o.id"
        )
    )
    assert states["x@gone.example.org"] == states["z@elsewhere.example"] == "given-up"
    assert states["y@full.example.org"] == "waiting" and states["ann@example.org"] == "sent"


def test_what_comes_back(scene: Scene, postfix: Postfix, tmp_path: Path) -> None:
    """Three letters to somebody whom their server does not know: each real report counts once, and then it is over."""
    one = scene.people.add("eve@lost.example.org", NOW, zone="America/New_York", rhythm="at-once")
    scene.people.subscribe(one, "bill", BILL, "notable", NOW)
    scene.people.confirm(one, NOW)
    for number in range(1, 4):
        add_changes(scene.store, change(now=f"2025-06-12 Senate: STEP {number}"))
        assert "0 waiting, 0 given up" in alert(tmp_path)[1], "the server has taken it"
        postfix.wait_for(4 * number)  # three letters, and the report about the fourth
        said = [alert(tmp_path, "--bounces", str(postfix.mail))[1] for _ in range(2)]
        assert [text.split(",")[0] for text in said] == ["1 bounce counted", "0 bounces counted"]
        eve = scene.people.get(one)
        assert eve and (eve.bounces, bool(eve.suspended_at)) == (number, number == 3)
    add_changes(scene.store, change(now="2025-06-12 Senate: STEP 4"))
    assert "3 digests for 3 recipients" in alert(tmp_path)[1], "the others go on, and eve gets no more"


def test_dry_run(scene: Scene, postfix: Postfix, tmp_path: Path) -> None:
    """It prints what would go, and nothing goes."""
    before = list(scene.people.db.conn.iterdump())
    status, said, wrong = alert(tmp_path, "--dry-run")
    assert (status, wrong) == (0, "") and said.count("Subject: S4505") == 3 and "ann@" not in said
    assert list(scene.people.db.conn.iterdump()) == before and postfix.messages() == []
