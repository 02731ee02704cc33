"""Delivery: what waits in the outbox goes out, paced, one at a time; its state moves after each reply."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime

import msgspec

from billwatch_site.alerts import outbox
from billwatch_site.alerts.outbox import Outcome, Parcel
from billwatch_site.alerts.subscriptions import Subscribers

Carry = Callable[[Parcel], Outcome]
MAIL = ("digest", "notice", "confirmation")


class Pace:
    """So many messages a minute, evenly, by a clock that nobody sets."""

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap, self._clock, self._sleep = 60 / per_minute, clock, sleep
        self._next = clock()

    def wait(self) -> None:
        late = self._next - self._clock()
        if late > 0:
            self._sleep(late)
        self._next = max(self._next, self._clock() - self._gap) + self._gap


class Delivered(msgspec.Struct):
    """What a round of delivery came to: how many are sent, waiting and given up, and why it ended early."""

    states: Counter[str]
    reasons: Counter[str]
    stopped: str = ""


def deliver(
    people: Subscribers, carry: Carry, pace: Pace, now: Callable[[], datetime], kinds: Collection[str] = MAIL
) -> Delivered:
    """Send what is due, each once. What stops the server stops the round; the rest waits where it is."""
    done = Delivered(Counter(), Counter())
    for number in outbox.due(people, now(), kinds):
        pace.wait()
        parcel = outbox.taken(people, number)
        if parcel is None:
            continue
        outcome = carry(parcel)
        done.states[outbox.settle(people, parcel, outcome, now())] += 1
        if outcome.reason:
            done.reasons[outcome.reason] += 1
        if outcome.state == "stopped":
            done.stopped = outcome.reason
            break
    return done
