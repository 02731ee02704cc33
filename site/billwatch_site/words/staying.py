"""Why a bill that has left its topics is here still."""

from __future__ import annotations

import re

from billwatch_site.words.sentences import day, listed
from billwatch_site.words.subjects import topic_name

_REASON = re.compile(r"was about (?P<topics>.+) until (?P<day>\d{4}-\d\d-\d\d)")


def staying(follow_reason: str) -> str:
    """The sentences for such a bill; "" for one that is followed for another reason.

    >>> staying("was about biometrics until 2025-06-03").partition(".")[0]
    'It was about “Biometrics and face recognition” until 3 June 2025'
    """
    found = _REASON.fullmatch(follow_reason)
    if not found:
        return ""
    topics = listed([f"“{topic_name(slug)}”" for slug in found["topics"].split(", ")])
    return f"It was about {topics} until {day(found['day'])}. It is followed all the same until its end is certain."
