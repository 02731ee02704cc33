"""Why a bill that has left its topics, or parted from its twin, is here still."""

from __future__ import annotations

import re

from billwatch.bill import BillId
from billwatch_site.words.sentences import day, listed
from billwatch_site.words.subjects import topic_name

_REASON = re.compile(r"was (?:about (?P<topics>.+)|the same bill as (?P<twin>\S+)) until (?P<day>\d{4}-\d\d-\d\d)")


def staying(follow_reason: str, ended: bool = False) -> str:
    """The sentences for such a bill, whose end may be certain; "" for one that is followed for another reason.

    >>> staying("was about biometrics until 2025-06-03").partition(".")[0]
    'It was about “Biometrics and face recognition” until 3 June 2025'
    """
    found = _REASON.fullmatch(follow_reason)
    if not found:
        return ""
    what = _topics(found["topics"]) if found["topics"] else f"the same bill as {BillId.parse(found['twin']).identifier}"
    until = "It was followed until its end." if ended else "It is followed all the same until its end is certain."
    return f"It was {what} until {day(found['day'])}. {until}"


def _topics(slugs: str) -> str:
    return f"about {listed([f'“{topic_name(slug)}”' for slug in slugs.split(', ')])}"
