"""What waits goes out, once; who refuses keeps nobody else waiting; what breaks in mid-batch loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.news import MORNING, NOW, add_changes, change, record, subscriber
from alerts.postoffice import DROP, DROP_AFTER, HANG, PostOffice, Turns, open_office
from alerts.scene import Scene
from billwatch_site.alerts import outbox
from billwatch_site.alerts.delivery import Pace, deliver
from billwatch_site.alerts.outbox import SUSPENDED_AFTER, WAITS, Outgoing
from billwatch_site.alerts.smtp import Mailer, carrier

BILL = "ny/2025/S4505"
NAMES = ("ann", "bea", "cat", "dan", "eva")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Five subscribers, each with a message waiting."""
    scene = Scene(tmp_path, record(BILL, change(severity="detail", now="x")))
    scene.first_look()
    for name in NAMES:
        subscriber(scene.people, name, ("bill", BILL), rhythm="at-once")
    add_changes(scene.store, change())
    assert scene.decide().messages == {"digest": 5}
    return scene


def reached(office: PostOffice) -> list[str]:
    return sorted(to.split("@")[0] for to, _ in office.arrived)


def test_all_go_once(scene: Scene, office: PostOffice) -> None:
    """Each to its recipient, from a return address of its own; afterwards nothing is left, nor kept."""
    delivered = scene.send(office)
    assert (delivered.states, delivered.stopped) == ({"sent": 5}, "")
    assert reached(office) == list(NAMES)
    assert len(set(office.senders)) == 5 and all(s.startswith("bounces+") for s in office.senders)
    assert {to: m["To"] for to, m in office.messages()} == {f"{n}@example.org": f"{n}@example.org" for n in NAMES}
    assert scene.send(office).states == {}
    assert scene.people.value("select sum(length(message)) from outbox") == 0


def test_later_for_one(scene: Scene, office: PostOffice) -> None:
    """A 4xx puts one message off, with growing waits; the others go; the same message goes in the end."""
    office.script = Turns("rcpt", "450 4.2.1 later", "", "", "", "")
    delivered = scene.send(office)
    assert delivered.states == {"sent": 4, "waiting": 1}
    assert scene.send(office).states == {}, "not before its time"
    assert scene.send(office, NOW + WAITS[0]).states == {"sent": 1}
    assert reached(office) == list(NAMES)


def test_later_for_ever(scene: Scene, office: PostOffice) -> None:
    """After three days of 4xx a message is given up, and only then."""
    office.script = lambda step, address: "450 4.2.1 later" if address == "ann@example.org" else ""
    now = NOW
    for wait in WAITS:
        scene.send(office, now)
        now += wait
    assert sorted(scene.states()) == ["sent"] * 4 + ["waiting"] and now - NOW > timedelta(days=2)
    scene.send(office, now)
    assert sorted(scene.states()) == ["given-up"] + ["sent"] * 4


def test_gone_for_good(scene: Scene, office: PostOffice) -> None:
    """After three messages refused in a row an address is suspended, and nothing goes there any more."""
    office.script = lambda step, address: "550 5.1.1 no such user" if address == "ann@example.org" else ""
    for day in range(SUSPENDED_AFTER + 1):
        now = NOW + timedelta(days=day)
        scene.send(office, now)
        add_changes(scene.store, change(now=f"2025-06-{13 + day} Senate: SOMETHING {day}"))
        scene.decide(now)
    ann = scene.people.find("ann@example.org")
    assert ann and ann.bounces == SUSPENDED_AFTER and ann.suspended_at
    scene.send(office, now)
    assert len([1 for to, _ in office.arrived if to == "bea@example.org"]) == 5
    assert scene.people.value("select count(*) from outbox where recipient = ?", (ann.id,)) == SUSPENDED_AFTER
    scene.people.resume(ann.id)
    office.script = lambda step, address: ""
    add_changes(scene.store, change(now="2025-06-20 Senate: AGAIN"))
    scene.decide(now)
    scene.send(office, now)
    assert "ann" in reached(office)


@pytest.mark.parametrize(
    ("step", "said"), [("data", "554 5.7.1 spam"), ("mail", "550 5.7.1 not you"), ("rcpt", "550 5.7.1 no relay")]
)
def test_a_policy_stops_the_round(scene: Scene, office: PostOffice, step: str, said: str) -> None:
    """What would meet everybody stops the round, is reported, and is held against nobody."""
    office.script = Turns(step, "", said)
    delivered = scene.send(office)
    assert delivered.states == {"sent": 1, "waiting": 1} and said[:3] in delivered.stopped
    assert scene.send(office).states == {"sent": 4}
    assert reached(office) == list(NAMES)
    assert scene.people.value("select sum(bounces) from subscribers") == 0


@pytest.mark.parametrize(("step", "fault"), [("mail", DROP), ("rcpt", DROP), ("data", DROP), ("rcpt", HANG)])
def test_broken_in_mid_batch(scene: Scene, office: PostOffice, step: str, fault: str) -> None:
    """The connection breaks, or nothing is said, before a message is taken: all arrive, once."""
    office.script = Turns(step, "", "", fault)
    assert scene.send(office).states == {"sent": 5}
    assert reached(office) == list(NAMES)


def test_broken_after_it_was_taken(scene: Scene, office: PostOffice) -> None:
    """Nobody can know that it arrived: it is repeated once, under its own Message-ID."""
    office.script = Turns("data", "", "", DROP_AFTER)
    assert scene.send(office).states == {"sent": 5}
    ids = [m["Message-ID"] for _, m in office.messages()]
    assert (len(ids), len(set(ids))) == (6, 5)


def test_server_down(scene: Scene, office: PostOffice) -> None:
    """While no server answers, everything waits, untried."""
    office.script = lambda step, address: DROP
    delivered = scene.send(office)
    assert delivered.stopped and delivered.states == {"waiting": 3}
    office.script = lambda step, address: ""
    assert scene.send(office, NOW + WAITS[0]).states == {"sent": 5}


def test_killed_while_sending(scene: Scene, office: PostOffice) -> None:
    """What was "sending" when a run died is sent again, under the same Message-ID; a clock gone wrong keeps nothing."""
    first = outbox.due(scene.people, NOW, ["digest"])[0]
    parcel = outbox.taken(scene.people, first)
    scene.people.db.conn.execute("update outbox set due_at = '2031-01-01' where id = ?", (first,))
    scene.people.db.conn.commit()
    assert scene.send(office).states == {"sent": 5}
    assert parcel and parcel.message_id in [m["Message-ID"] for _, m in office.messages()]


def test_who_leaves_gets_nothing(scene: Scene, office: PostOffice) -> None:
    """Forgotten or suspended between decision and delivery: what waited does not go."""
    ann, bea = (scene.people.find(f"{name}@example.org") for name in ("ann", "bea"))
    assert ann and bea
    scene.people.forget(ann.id)
    scene.people.db.conn.execute("update subscribers set suspended_at = 'x' where id = ?", (bea.id,))
    scene.people.db.conn.commit()
    assert scene.send(office).states == {"sent": 3}
    assert reached(office) == ["cat", "dan", "eva"]


def test_before_confirmation_only_the_letter_that_asks(scene: Scene, office: PostOffice) -> None:
    """Somebody who has not confirmed gets the confirmation and nothing else."""
    one = scene.people.add("new@example.org", NOW, zone="America/New_York")
    with scene.people.atomic():
        for kind in ("digest", "notice", "confirmation"):
            outbox.put(scene.people, one, Outgoing(f"<{kind}@example.org>", kind.encode(), kind), NOW)  # type: ignore[arg-type] # of the tuple
    with closing(Mailer(office.server)) as mailer:
        deliver(scene.people, carrier(mailer, "alerts@bills.example.org"), Pace(60_000), lambda: NOW)
    assert [text for to, text in office.arrived if to == "new@example.org"] == [b"confirmation\r\n"]


def test_pace() -> None:
    """So many a minute, evenly, whatever the wall clock says."""
    clock, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    pace = Pace(60, clock=lambda: clock[0], sleep=sleep)
    for _ in range(4):
        pace.wait()
        clock[0] += 0.25
    assert slept == [0.75, 0.75, 0.75]
    clock[0] += 100
    for _ in range(3):
        pace.wait()
    assert len(slept) <= 5, "a rest is not made up for in a burst"


def test_a_later_digest_follows(scene: Scene, office: PostOffice) -> None:
    """What could not go yesterday and what is new today are two messages, each once."""
    office.script = lambda step, address: "450 4.2.1 later"
    scene.send(office)
    add_changes(scene.store, change(now="2025-06-13 Senate: DELIVERED TO ASSEMBLY", severity="notable"))
    scene.decide(MORNING)
    office.script = lambda step, address: ""
    assert scene.send(office, MORNING).states == {"sent": 10}
    assert len({m["Message-ID"] for _, m in office.messages()}) == 10
