"""Several sources, one story: what of a source's news is news to us.

Each source is compared with its own last answer only (`changes.differences`). Of what differs there,

- a source that said what we hold brings news;
- a source that did not is catching up, or is of another opinion: what we hold already, have told before, or have left
  behind is not told again;
- a source seen for the first time fills in what nobody carried, and tells only of lines beyond the history we hold.

Pure: `held` is the bill as we hold it, and comes back as it stands after the news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import msgspec

from billwatch.bill import Action, Bill, Vote
from billwatch.compare.agreement import LISTS, agree, covers, is_same, same_lead
from billwatch.compare.changes import Difference, differences, key_of, same_text

Told = Counter[tuple[str, str, str]]  # (kind, was, now) of the changes told of this bill


class Voices(msgspec.Struct, frozen=True):
    """What the other sources that answered of late say: those that come before this one, and those after it.

    A source leads on a fact when none before it carries the fact; then its opinion counts where it differs.
    """

    before: Sequence[Bill] = ()
    after: Sequence[Bill] = ()
    recent: Told = Counter()  # what was told of the bill in the same days
    returning: bool = False  # whether the source had not answered itself for so long

    def lead(self, fact: str) -> bool:
        """Whether one of those before carries this fact."""
        return any(getattr(bill, fact) is not None for bill in self.before)

    def carry(self, fact: str) -> bool:
        """Whether anybody else does."""
        return self.lead(fact) or any(getattr(bill, fact) is not None for bill in self.after)

    def show(self, fact: str, item: Any, times: int = 0) -> bool:
        """Whether anybody else says this of the fact, or has this member in the list more than so many times."""
        says = [said for bill in (*self.before, *self.after) if (said := getattr(bill, fact)) is not None]
        if fact not in LISTS:
            return any(agree(fact, said, item) for said in says)
        return any(sum(is_same(fact, item, member) for member in said) > times for said in says)

    def share(self, fact: str, value: Any) -> bool:
        """Whether somebody else carries the fact, and all who do say the same."""
        says = [said for bill in (*self.before, *self.after) if (said := getattr(bill, fact)) is not None]
        return bool(says) and all(agree(fact, said, value) for said in says)

    def deny(self, fact: str, value: Any) -> bool:
        """Whether one of those before says otherwise."""
        says = (getattr(bill, fact) for bill in self.before)
        return any(said is not None and not agree(fact, said, value) for said in says)


def news_of(
    held: Bill, old: Bill | None, new: Bill, told: Told, voices: Voices | None = None
) -> tuple[list[Difference], Bill]:
    """What of `old -> new`, as one source saw it, is news to `held`; and `held` after it."""
    voices = voices or Voices()
    if old is None:
        return _at_first_sight(held, new, voices)
    start, news = held, []
    for found in differences(old, new):
        difference = _rewriting(found, held, old, new, told, voices)
        if _is_news(difference, start, held, old, new, told, voices):
            news.append(difference)
            held = _after(held, difference, new)
    if voices.returning:
        missed = list(_missed(held, old, new, voices))
        news, held = news + missed, reduce(lambda bill, d: _after(bill, d, new), missed, held)
    return news, _filled(_settled(_in_order(held, start, old, new), new, voices), new)


def _missed(held: Bill, old: Bill, new: Bill, voices: Voices) -> Iterator[Difference]:
    """What a source that leads, and comes back after days, says otherwise than we hold.

    Its last answer is no measure: others may have told meanwhile of a print that it skipped, or of a link that went
    and has come back since. Histories and votes are told line by line, and miss nothing.
    """
    for d in differences(held, new):
        ours = getattr(old, d.fact) is not None and not voices.lead(d.fact)
        if ours and d.fact not in ("actions", "votes", "versions") and not agree(d.fact, *_both(held, new, d.fact)):
            yield d


def _is_news(d: Difference, start: Bill, held: Bill, old: Bill, new: Bill, told: Told, voices: Voices) -> bool:
    ours, was = getattr(start, d.fact), getattr(old, d.fact)
    if ours is None or was is None:
        return False
    if d.fact != "actions" and told[d.kind, d.was, d.now] and voices.deny(d.fact, getattr(new, d.fact)):
        return False  # a late echo: who comes first has gone this way and come back
    if _steps_back(d, was, new, voices):
        return False
    if d.fact not in LISTS and same_text(ours, was):
        return True
    if _shows(held, d, new):
        return False
    in_step = covers(d.fact, was, ours) if d.fact == "votes" else agree(d.fact, ours, was)
    return in_step or (_is_fresh(d, held, new, told) and (d.fact in LISTS or not voices.lead(d.fact)))


def _steps_back(d: Difference, was: Any, new: Bill, voices: Voices) -> bool:
    """What a source drops while others still show it: a stale page perhaps, and no news.

    When it is no stale page, the others will drop it too, and the last of them tells. Wordings go back and forth for
    good reasons: of these only the undoing of what was told in the last days is held back.
    """
    if d.fact not in LISTS or d.kind == "action-edited":
        return bool(voices.recent[d.kind, d.now, d.was]) and voices.show(d.fact, d.before or was)
    return bool(d.was) and not d.now and voices.show(d.fact, d.item, _members(new, d))


def _members(bill: Bill, d: Difference) -> int:
    """How often the bill has what the difference is about: of equal lines, one may go and the others stay."""
    return sum(is_same(d.fact, d.item, member) for member in getattr(bill, d.fact) or ())


def _rewriting(d: Difference, held: Bill, old: Bill, new: Bill, told: Told, voices: Voices) -> Difference:
    """What is a new line to a source that comes back may be a line of ours, which has been rewritten since."""
    if d.kind not in ("action", "action-inserted") or _shows(held, d, new) or not _is_fresh(d, held, new, told):
        return d
    theirs = {key_of(line) for bill in (old, new, *voices.before) for line in bill.actions or ()}
    for e in differences(held, new):
        if e.kind == "action-edited" and e.now == d.now and isinstance(e.before, Action):
            return d if key_of(e.before) in theirs else e
    return d


def _is_fresh(d: Difference, held: Bill, new: Bill, told: Told) -> bool:
    """Never told, and not a step of a way that we have seen others go already."""
    if d.kind in ("action", "action-inserted"):
        return _count(new.actions or (), d.item) - _count(held.actions or (), d.item) > _taken(d.now, told)
    if d.fact in LISTS:
        return not told[d.kind, d.was, d.now]
    left = [was for kind, was, _ in told if kind == d.kind]
    return not any(same_text(was, d.was) or same_text(was, d.now) for was in left)


def _shows(held: Bill, d: Difference, new: Bill) -> bool:
    """Whether what we hold already looks as it does after the difference."""
    ours = getattr(held, d.fact)
    if d.fact not in LISTS:
        return agree(d.fact, ours, getattr(new, d.fact))
    if d.kind == "sponsor":
        return same_lead("sponsors", ours, new.sponsors or ())
    if d.fact == "actions":
        item = d.before if d.kind == "action-edited" else d.item
        surplus = _count(ours, item) - _count(new.actions or (), item)
        return surplus <= 0 if d.kind in ("action-edited", "action-removed") else surplus >= 0
    here = any(is_same(d.fact, d.item, x) for x in ours)
    if isinstance(d.before, Vote):
        return not any(is_same("votes", d.before, x) and x.roll == d.before.roll for x in ours)
    return here if d.was == "" else not here


def _taken(line: str, told: Told) -> int:
    """How often we have told that this line left the history: so often may it be missing from what we hold."""
    return sum(
        times for (kind, was, _), times in told.items() if kind in ("action-edited", "action-removed") and was == line
    )


def _count(lines: tuple[Action, ...], line: Any) -> int:
    return sum(key_of(x) == key_of(line) for x in lines)


def _after(held: Bill, d: Difference, new: Bill) -> Bill:
    """The bill once the difference has happened to it."""
    ours = getattr(held, d.fact)
    if d.fact not in LISTS:
        value: Any = d.now.removeprefix(held.identifier) if d.kind == "version" else d.now
    elif d.kind == "sponsor":
        value = (*((d.item,) if d.item else ()), *(s for s in ours if s.role != "primary"))
    elif isinstance(d.before, Action):
        value = _rewritten(ours, d, new)
    elif d.before is not None:
        value = tuple(d.item if is_same(d.fact, x, d.before) else x for x in ours)
    elif d.was == "":
        value = (*ours, d.item)
    else:
        value = _without(ours, d)
    return msgspec.structs.replace(held, **{d.fact: value})


def _rewritten(ours: tuple[Action, ...], d: Difference, new: Bill) -> tuple[Action, ...]:
    """The history with the last such line rewritten; gone where another source has brought what it reads now."""
    at = max(i for i, x in enumerate(ours) if is_same("actions", x, d.before))
    known = _count(ours, d.item) >= _count(new.actions or (), d.item)
    now = () if known or not isinstance(d.item, Action) else (d.item,)
    return (*ours[:at], *now, *ours[at + 1 :])


def _without(ours: tuple[Any, ...], d: Difference) -> tuple[Any, ...]:
    """The list without the last one that is meant: of two equal lines one stays."""
    at = max((i for i, x in enumerate(ours) if is_same(d.fact, x, d.item)), default=None)
    return ours if at is None else ours[:at] + ours[at + 1 :]


def _in_order(held: Bill, start: Bill, old: Bill, new: Bill) -> Bill:
    """Where the source had exactly our list, and says now what we hold, its list is ours: the order is the source's."""
    ours = [f for f in LISTS if getattr(start, f) == getattr(old, f) and agree(f, *_both(held, new, f))]
    same = {f: getattr(new, f) for f in ours}
    if new.actions is not None and agree("actions", held.actions, new.actions):
        same["actions"] = new.actions
    return msgspec.structs.replace(held, **same)


def _settled(held: Bill, new: Bill, voices: Voices) -> Bill:
    """Where all sources have the same history in the end, it is ours: lines rewritten twice and heard apart."""
    if new.actions is None or agree("actions", held.actions, new.actions) or not voices.share("actions", new.actions):
        return held
    return msgspec.structs.replace(held, actions=new.actions)


def _filled(held: Bill, new: Bill) -> Bill:
    """What nobody carried until now is filled in without a word."""
    facts = {
        f: getattr(new, f) for f in new.__struct_fields__ if getattr(held, f) is None and getattr(new, f) is not None
    }
    if held.version == new.version and held.versions is not None:
        behind = [v for v in new.versions or () if v.letter <= (new.version or "")]  # told by the kind `version`
        facts["versions"] = held.versions + tuple(v for v in behind if not covers("versions", (v,), held.versions))
    return msgspec.structs.replace(held, **facts) if facts else held


def _at_first_sight(held: Bill, new: Bill, voices: Voices) -> tuple[list[Difference], Bill]:
    """Lines beyond our history are news, and what differs from a source that has fallen silent; else nothing is."""
    news: list[Difference] = []
    start = held
    for d in differences(held, new):
        alone = not voices.carry(d.fact)
        differs = d.fact not in LISTS and not agree(d.fact, *_both(held, new, d.fact))
        rewritten = d.fact == "actions" and not _shows(held, d, new)
        if (alone and (differs or rewritten)) or (d.kind == "action" and rewritten):
            news.append(d)
            held = _after(held, d, new)
    if start.votes is not None and new.votes:
        votes = start.votes + tuple(v for v in new.votes if not covers("votes", (v,), start.votes))
        held = msgspec.structs.replace(held, votes=votes)
    return news, _filled(held, new)


def _both(a: Bill, b: Bill, fact: str) -> tuple[Any, Any]:
    return getattr(a, fact), getattr(b, fact)
