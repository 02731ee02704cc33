"""Votes: every source's word for each option in one spelling, and the rolls they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from billwatch.bill import Vote
from billwatch.page import Page, collapsed

Roll = tuple[tuple[str, tuple[str, ...]], ...]
Counts = tuple[tuple[str, int], ...]

_REMOTE = "‡"  # took part by videoconference
OPTIONS = {
    **dict.fromkeys(("y", "yes", "aye", "yea"), "aye"),
    **dict.fromkeys(("n", "no", "nay"), "nay"),
    **dict.fromkeys(("er", "exc", "excused"), "excused"),
    **dict.fromkeys(("ab", "abs", "absent"), "absent"),
    **dict.fromkeys(("abd", "abstain", "abstained"), "abstained"),
    **dict.fromkeys(("ayewr", "aye wr", "aye w/r", "aye with reservations"), "aye with reservations"),
    **dict.fromkeys(("nv", "not voting"), "not voting"),
    "el": "el",  # the Assembly does not say what it stands for
}


def option_of(word: str, page: Page) -> str:
    """The option that a source's word stands for; a word we do not know is `LayoutChanged`."""
    known = OPTIONS.get(collapsed(word.replace(_REMOTE, " ")).lower())
    if known is None:
        raise page.changed(f"'{word.strip()[:40]}' is no way to vote that we know")
    return known


def roll_of(votes: Iterable[tuple[str, str]]) -> Roll:
    """Names by option, options and names in the source's order, from pairs of option and name."""
    roll: dict[str, list[str]] = {}
    for option, name in votes:
        roll.setdefault(option, []).append(collapsed(name.replace(_REMOTE, " ")))
    return tuple((option, tuple(names)) for option, names in roll.items())


def counts_of(roll: Roll, stated: Mapping[str, int] | None = None) -> Counts:
    """How many chose each option: as the source states, else as the roll adds up."""
    counted = {option: len(names) for option, names in roll}
    return tuple({**(stated or {}), **{o: n for o, n in counted.items() if o not in (stated or {})}}.items())


def require_sums(page: Page, roll: Roll, stated: Mapping[str, int]) -> None:
    """A roll that does not add up to the stated counts was not read as it is written."""
    counted = dict(counts_of(roll))
    for option, count in stated.items():
        if counted.get(option, 0) != count:
            raise page.changed(f"{count} voted {option}, but the roll has {counted.get(option, 0)} of them")


def oldest_first(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Votes by date; those of one day stay in their order."""
    return tuple(sorted(votes, key=lambda vote: vote.date))


def stated_counts(text: str) -> dict[str, int]:
    """ "141/0" as the counts of ayes and nays; {} where the text says nothing of the kind."""
    pair = re.fullmatch(r"\s*(\d+)\s*/\s*(\d+)\s*", text)
    return {"aye": int(pair[1]), "nay": int(pair[2])} if pair else {}
