"""A channel takes the way that subscribers take: from when it was configured, once, in its rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from alerts.news import NOW, add_changes, change, record
from alerts.scene import Scene, plan
from billwatch_site.alerts.alert import Plan, decide, send
from billwatch_site.alerts.delivery import Pace
from billwatch_site.alerts.digest import Digest
from billwatch_site.alerts.newsroom import Newsroom
from billwatch_site.alerts.outbox import Outcome, Outgoing, Parcel
from billwatch_site.alerts.recipients import ChannelPlan, Recipient
from billwatch_site.alerts.subscriptions import Subscription


def bulletins(recipient: Recipient, digest: Digest, newsroom: Newsroom) -> Sequence[Outgoing]:
    return [Outgoing(f"<{recipient.id} {story.head.id}>", story.head.sentence.encode()) for story in digest.stories]


def with_channel(channel: ChannelPlan) -> Plan:
    return msgspec.structs.replace(plan(), channels=(channel,), bulletins=bulletins, mail=None)


def test_a_channel_is_told(tmp_path: Path) -> None:
    """What came before it is no news to it; what comes is told once; one that has gone gets nothing more."""
    scene = Scene(tmp_path, record("ny/2025/S4505", change()))
    scene.first_look()
    add_changes(scene.store, change(now="2025-06-12 Senate: BEFORE"))
    asked = Subscription("channel:room", "bill", "ny/2025/S4505", "all")
    configured = with_channel(ChannelPlan("room", (asked,)))
    assert decide(scene.people, scene.store, configured, NOW).messages == {}
    add_changes(scene.store, change(now="2025-06-12 Senate: DELIVERED TO ASSEMBLY"))
    for messages in ({"digest": 1}, {}):
        assert decide(scene.people, scene.store, configured, NOW).messages == messages
    posted: list[Parcel] = []

    def carry(parcel: Parcel) -> Outcome:
        posted.append(parcel)
        return Outcome("sent")

    sent = send(scene.people, carry, Pace(60_000), lambda: NOW, {"channel:room": carry})
    assert sent.states == {"sent": 1}
    assert [(p.recipient, p.address, p.message) for p in posted] == [
        ("channel:room", "", b"Delivered to the Assembly.")
    ]
    add_changes(scene.store, change(now="2025-06-12 Senate: ANOTHER"))
    decide(scene.people, scene.store, configured, NOW)
    assert send(scene.people, carry, Pace(60_000), lambda: NOW).states == {"given-up": 1}
