"""Channels: chat rooms, public accounts and webhooks that are told like subscribers are, each with its own filter.

Their news takes the same way as everybody's: matched, put into the outbox as a bulletin, sent once. A channel whose
filter is one topic is that topic's public broadcast.

    bulletins.py    news -> what a channel is told, as the JSON that a webhook gets
    posts.py        a bulletin -> text, as long as a service lets it be
    services.py     sends it: through apprise, or to a webhook
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from billwatch_site.alerts.recipients import ChannelPlan
from billwatch_site.alerts.subscriptions import Kind, Rhythm, Strength, Subscription
from billwatch_site.words.official import legislature


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One [[channel]] of the configuration: where to, what of, how much and when. Nothing named means everything."""

    name: str
    url: str = ""  # an apprise URL
    webhook: str = ""
    secret: str = ""  # what the webhook's signatures are made with
    bills: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    legislatures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    strength: Strength = "notable"
    rhythm: Rhythm = "at-once"
    urgent: bool = False  # milestones at once, whatever the rhythm

    def __repr__(self) -> str:
        return f"Channel({self.name})"  # a repr ends up in logs, and addresses of channels are secrets

    @property
    def recipient(self) -> str:
        """Who it is in the outbox."""
        return f"channel:{self.name}"

    def plan(self, codes: Sequence[str]) -> ChannelPlan:
        """What it is told, as the alerts take it; where nothing is named, the legislatures in `codes`.

        A channel's mornings are those of the first legislature it names, else of the first in `codes`.
        """
        named: dict[Kind, tuple[str, ...]] = {
            "bill": self.bills,
            "family": self.families,
            "topic": self.topics,
            "legislature": self.legislatures,
            "words": self.words,
        }
        if not any(named.values()):
            named["legislature"] = tuple(codes)
        pairs = ((kind, target) for kind, targets in named.items() for target in targets)
        follows = tuple(Subscription(self.recipient, kind, target, self.strength) for kind, target in pairs)
        first = next((bill.split("/")[0] for bill in (*self.bills, *self.families)), (*self.legislatures, *codes)[0])
        zone = legislature(first).timezone.key
        return ChannelPlan(self.name, follows, self.rhythm, urgent=self.urgent, zone=zone)
