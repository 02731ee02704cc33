"""What of one bill is told in one sentence: members who joined it together, and a line that the record has twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from billwatch_site.records import Change
from billwatch_site.words.sentences import listed, sentence_of
from billwatch_site.words.wording import name_case

# Kinds of which several are one sentence.
MEMBERS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "cosponsor-added": ("{names} joined as co-sponsors.", name_case),
    "cosponsor-removed": ("{names} are no longer co-sponsors.", name_case),
}


def told_together(changes: Sequence[Change]) -> str:
    """Changes of one bill and one kind as one sentence: of members who came or left, or of the same line."""
    first = changes[0]
    if len(changes) == 1:
        return sentence_of(first)
    if first.kind in MEMBERS:
        words, named = MEMBERS[first.kind]
        return words.format(names=listed(sorted(named(change.now or change.was) for change in changes)))
    told = sentence_of(first).rstrip(".")
    often = f"the record has this line {'twice' if len(changes) == 2 else f'{len(changes)} times'})"
    return f"{told[:-1]}; {often}." if told.endswith(")") else f"{told} ({often}."
