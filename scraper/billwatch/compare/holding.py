"""The bill as we hold it, and how it moves on: what a difference between two answers of a source does to it. Pure.

`held` is the bill as we hold it, `new` what the source says now; what comes back is the bill as we hold it then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from billwatch.bill import FACTS, Action, Bill, Vote
from billwatch.compare.agreement import LISTS, agree, covers, is_same, same_lead
from billwatch.compare.changes import Difference, key_of


def has_happened(held: Bill, difference: Difference, new: Bill) -> bool:
    """Whether what we hold already looks as it does after the difference."""
    fact, ours = difference.fact, getattr(held, difference.fact)
    if fact not in LISTS:
        return agree(fact, ours, getattr(new, fact))
    if difference.kind == "sponsor":
        return same_lead("sponsors", ours, new.sponsors or ())
    if fact == "actions":
        return _has_reached(ours, difference, new)
    if isinstance(old := difference.before, Vote):
        return not any(is_same("votes", old, vote) and vote.roll == old.roll for vote in ours)
    here = any(is_same(fact, difference.item, member) for member in ours)
    return here if difference.was == "" else not here


def _has_reached(ours: Sequence[Action], difference: Difference, new: Bill) -> bool:
    """Whether our history has the line as often as the source's, where it came; not more often, where it went."""
    went = difference.kind in ("action-edited", "action-removed")
    line = difference.before if difference.kind == "action-edited" else difference.item
    surplus = count_of(line, ours) - count_of(line, new.actions)
    return surplus <= 0 if went else surplus >= 0


def count_of(line: Any, lines: Sequence[Action] | None) -> int:
    """How often a history has this line."""
    return sum(key_of(each) == key_of(line) for each in lines or ())


def after(held: Bill, difference: Difference, new: Bill) -> Bill:
    """The bill once the difference has happened to it."""
    fact, item, old, ours = difference.fact, difference.item, difference.before, getattr(held, difference.fact)
    if fact not in LISTS:
        value: Any = difference.now.removeprefix(held.identifier) if difference.kind == "version" else difference.now
    elif difference.kind == "sponsor":
        value = (*((item,) if item else ()), *(sponsor for sponsor in ours if sponsor.role != "primary"))
    elif isinstance(old, Action):
        value = _rewritten(ours, difference, new)
    elif old is not None:
        value = tuple(item if is_same(fact, member, old) else member for member in ours)
    elif difference.was == "":
        value = (*ours, item)
    else:
        value = _without(ours, difference)
    return msgspec.structs.replace(held, **{fact: value})


def _rewritten(ours: tuple[Action, ...], difference: Difference, new: Bill) -> tuple[Action, ...]:
    """The history with the last such line rewritten; gone where another source has brought what it reads now."""
    at = max(i for i, line in enumerate(ours) if is_same("actions", line, difference.before))
    known = count_of(difference.item, ours) >= count_of(difference.item, new.actions)
    now = () if known or not isinstance(difference.item, Action) else (difference.item,)
    return (*ours[:at], *now, *ours[at + 1 :])


def _without(ours: tuple[Any, ...], difference: Difference) -> tuple[Any, ...]:
    """The list without the last one that is meant: of two equal lines one stays."""
    meant = (i for i, member in enumerate(ours) if is_same(difference.fact, member, difference.item))
    at = max(meant, default=None)
    return ours if at is None else ours[:at] + ours[at + 1 :]


def filled(held: Bill, new: Bill) -> Bill:
    """What nobody carried until now is filled in without a word."""
    facts = {f: getattr(new, f) for f in FACTS if getattr(held, f) is None and getattr(new, f) is not None}
    if held.version == new.version and held.versions is not None:
        behind = [v for v in new.versions or () if v.letter <= (new.version or "")]  # told by the kind `version`
        facts["versions"] = held.versions + _beyond("versions", behind, held.versions)
    return msgspec.structs.replace(held, **facts) if facts else held


def with_votes(held: Bill, new: Bill, known: tuple[Vote, ...] | None) -> Bill:
    """The bill with the votes known until now, and with those that the source has beyond them."""
    if known is None or not new.votes:
        return held
    return msgspec.structs.replace(held, votes=known + _beyond("votes", new.votes, known))


def _beyond(fact: str, theirs: Sequence[Any], ours: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(member for member in theirs if not covers(fact, (member,), ours))
