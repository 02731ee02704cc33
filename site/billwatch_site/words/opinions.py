"""What one source says of a fact on which another says otherwise, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from billwatch_site.words.sentences import bill_words, day, quoted
from billwatch_site.words.wording import plain_status, small_words

# As the store has it of a history: how many lines, and the last of them.
_HISTORY = re.compile(r"1 lines, the last (.+)|(\d+ lines, the last )(.+)", re.DOTALL)

_WORDS: Mapping[str, Callable[[str], str]] = {"status": plain_status, "introduced_on": day}


def opinion(says: str, fact: str) -> str:
    """“Codes”; of a history: 4 lines, the last “Advanced to third reading (Senate)” of 5 June 2025."""
    if fact == "actions" and (history := _HISTORY.fullmatch(says)):
        only, beginning, last = history.groups()
        return f"1 line, {quoted(only)}" if only else f"{beginning}{quoted(last)}"
    return f"“{small_words(_WORDS.get(fact, bill_words)(says))}”"
