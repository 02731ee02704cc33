"""Every way in which a mail server may refuse, and what it means for the message and for those that wait."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from alerts.postoffice import DROP, DROP_AFTER, HANG, PostOffice, Turns, open_office
from billwatch_site.alerts.smtp import DROPS, Mailer, Reply, Server, meaning_of

MESSAGE = b"Subject: x\r\nMessage-ID: <1@example.org>\r\n\r\nhello\r\n"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def mailer(office: PostOffice) -> Iterator[Mailer]:
    with closing(Mailer(office.server)) as mailer:
        yield mailer


def sent(mailer: Mailer, name: str = "ann") -> str:
    return mailer.send("alerts@example.org", f"{name}@example.org", MESSAGE).state


def test_one_connection_for_many(office: PostOffice, mailer: Mailer) -> None:
    """Messages go over one connection, each to one recipient."""
    assert [sent(mailer, name) for name in ("ann", "bea", "cat")] == ["sent"] * 3
    assert [to for to, _ in office.arrived] == [f"{name}@example.org" for name in ("ann", "bea", "cat")]


@pytest.mark.parametrize(
    ("step", "said", "means"),
    [
        ("rcpt", "450 4.2.1 try again", "later"),
        ("rcpt", "452 4.2.2 full", "later"),
        ("data", "451 4.3.0 try again", "later"),
        ("rcpt", "550 5.1.1 no such user", "refused"),
        ("rcpt", "550 no such user", "refused"),
        ("data", "552 5.2.2 full", "refused"),
        ("rcpt", "550 5.7.1 we do not like you", "stopped"),
        ("data", "554 5.7.1 this is spam", "stopped"),
        ("data", "554 no", "stopped"),
        ("mail", "550 5.7.1 not you", "stopped"),
        ("mail", "451 4.3.2 not now", "stopped"),
    ],
)
def test_a_refusal(office: PostOffice, mailer: Mailer, step: str, said: str, means: str) -> None:
    """What each means; and the next message goes over the same connection."""
    office.script = Turns(step, said)
    outcome = mailer.send("alerts@example.org", "ann@example.org", MESSAGE)
    assert outcome.state == means
    assert "ann" not in outcome.reason and said[:3] in outcome.reason
    assert sent(mailer, "bea") == "sent"
    assert [to for to, _ in office.arrived] == ["bea@example.org"]


@pytest.mark.parametrize(("step", "fault"), [("mail", DROP), ("rcpt", DROP), ("data", DROP), ("rcpt", HANG)])
def test_a_broken_connection(office: PostOffice, mailer: Mailer, step: str, fault: str) -> None:
    """A connection that breaks, or says nothing, is opened anew, and the message goes."""
    office.script = Turns(step, fault)
    assert sent(mailer) == "sent"
    assert len(office.arrived) == 1


def test_nobody_knows_whether_it_arrived(office: PostOffice, mailer: Mailer) -> None:
    """Broken after the message was taken: it is sent once more, byte for byte, and no more often than that."""
    office.script = Turns("data", DROP_AFTER)
    assert sent(mailer) == "sent"
    assert len(office.arrived) == 2 and len(set(office.arrived)) == 1


def test_a_server_that_keeps_hanging_up(office: PostOffice, mailer: Mailer) -> None:
    """One message may be what breaks the connection; when three in a row do, it is the server."""
    office.script = lambda step, address: DROP if step == "rcpt" else ""
    assert [sent(mailer) for _ in range(DROPS)] == ["later"] * (DROPS - 1) + ["stopped"]
    assert office.arrived == []


def test_closing_after_so_many(office: PostOffice, mailer: Mailer) -> None:
    """A 421 ends the connection, not the round."""
    office.script = Turns("mail", "421 4.7.0 enough for one connection")
    assert sent(mailer) == "sent"


def test_no_server() -> None:
    """Nobody listens: the round stops, and the reason is the kind of error."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = Mailer(Server(host="127.0.0.1", port=taken.getsockname()[1], security="none", timeout=1)).send(
            "a@example.org", "ann@example.org", MESSAGE
        )
    assert (outcome.state, "ConnectionRefused" in outcome.reason) == ("stopped", True)


def test_never_unencrypted_unless_said(office: PostOffice) -> None:
    """A server without STARTTLS gets nothing where encryption is asked for, least of all a password."""
    server = Server(host="127.0.0.1", port=office.port, user="ann", password="secret", timeout=1)
    assert Mailer(server).send("a@example.org", "ann@example.org", MESSAGE).state == "stopped"
    assert office.arrived == [] and "secret" not in repr(server)


def test_a_reply_tells_no_address() -> None:
    """What the server wrote may name the address; of it only the codes are kept."""
    outcome = meaning_of(Reply("rcpt", 550, b"5.1.1 <ann@example.org>: no such user"))
    assert outcome.reason == "the mail server said 550 5.1.1"
