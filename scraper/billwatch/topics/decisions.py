"""What a person decided: topics that a bill has whatever its words say, or that it is none of ours, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from billwatch.topics.scores import WEIGHTS, Reason, Topic

NOT_OURS = "not-ours"  # in place of a subtopic, where a person decided that there is none


class Decision(msgspec.Struct, frozen=True):
    """About one bill: `topics` are added to what its words say; `not_ours` takes all of it away."""

    topics: tuple[str, ...] = ()
    not_ours: bool = False
    reason: str = ""


def decided(labels: Sequence[Topic], decision: Decision | None, areas: Mapping[str, str]) -> list[Topic]:
    """The labels after a person has looked: what was decided is certain, and what was not named is settled too.

    What is not ours keeps one label with the score 0, which carries the reason.
    """
    if decision is None:
        return list(labels)
    if decision.not_ours:
        return [msgspec.structs.replace(_by_hand(NOT_OURS, "", decision.reason), score=0.0)]
    by_hand = [_by_hand(slug, areas[slug], decision.reason) for slug in decision.topics]
    return [*by_hand, *(label for label in labels if label.ours and label.topic not in decision.topics)]


def _by_hand(slug: str, area: str, reason: str) -> Topic:
    why = Reason((("by hand", (reason,)),), "by hand", slug, WEIGHTS["by hand"])
    return Topic(slug, area, f"by hand: {reason}", reasons=(why,))
