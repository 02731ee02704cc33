"""Several sources, one story: what of a source's news is news to us.

All sources tell the same story, each at its own pace and in its own words. So a source is compared with its own last
answer only (`changes.differences`), and of what differs there,

- a source that said what we hold brings news;
- a source that did not is catching up, or is of another opinion: what we hold already, have told before, or have left
  behind is not told again;
- a source seen for the first time fills in what nobody carried, and tells only of lines beyond the history we hold.

For example: on Monday two sources end a bill's history with REPORTED. On Tuesday the first adds PASSED SENATE. It said
what we hold, so that is news. On Wednesday the second adds the same line: we hold it already, and nothing is told. On
Thursday the second shows an old page, without the line. The first still shows it, so nothing is told and we hold on
to it. Were the first to lose it as well, nobody would show it any more: then we tell that the line is gone.

Pure. Throughout, `held` is the bill as we hold it, which moves on with each piece of news; `old` and `new` are what the
source said last and says now; a `difference` is one thing in which these two differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import msgspec

from billwatch.bill import Action, Bill
from billwatch.compare.agreement import LISTS, agree, covers, is_same
from billwatch.compare.changes import Difference, differences, key_of, same_text
from billwatch.compare.holding import after, count_of, filled, has_happened, with_votes
from billwatch.compare.voices import Told, Voices

_NEW_LINE = ("action", "action-inserted")
_LOST_LINE = ("action-edited", "action-removed")


def news_of(
    held: Bill, old: Bill | None, new: Bill, told: Told, voices: Voices | None = None
) -> tuple[list[Difference], Bill]:
    """What of `old -> new`, as one source saw it, is news to `held`; and `held` after it."""
    voices = voices or Voices()
    if old is None:
        return _at_first_sight(held, new, voices)
    return Hearing(held, old, new, told, voices).news()


def _at_first_sight(start: Bill, new: Bill, voices: Voices) -> tuple[list[Difference], Bill]:
    """Lines beyond our history are news, and what differs from a source that has fallen silent; else nothing is."""
    held, news = start, list[Difference]()
    for difference in differences(start, new):
        fact, alone = difference.fact, not voices.others_carry(difference.fact)
        differs = fact not in LISTS and not agree(fact, getattr(held, fact), getattr(new, fact))
        unknown = fact == "actions" and not has_happened(held, difference, new)
        if (alone and (differs or unknown)) or (difference.kind == "action" and unknown):
            news.append(difference)
            held = after(held, difference, new)
    return news, filled(with_votes(held, new, start.votes), new)


class Hearing(msgspec.Struct, frozen=True):
    """A source that has answered before is heard again."""

    start: Bill  # as we held it when the source spoke
    old: Bill  # what it said last
    new: Bill  # what it says now
    told: Told  # of this bill, by anybody and ever
    voices: Voices  # what the others say

    def news(self) -> tuple[list[Difference], Bill]:
        """What is news, in its order, and the bill as we hold it after that."""
        held, news = self.start, []
        for found in differences(self.old, self.new):
            difference = self._in_our_words(held, found)
            if self._is_news(held, difference):
                news.append(difference)
                held = after(held, difference, self.new)
        if self.voices.returning:
            missed = list(self._missed(held))
            news, held = news + missed, reduce(lambda bill, difference: after(bill, difference, self.new), missed, held)
        return news, filled(self._settled(self._in_order(held)), self.new)

    def _is_news(self, held: Bill, difference: Difference) -> bool:
        """The rule above: a source that said what we held brings news; another only what was never heard of."""
        fact = difference.fact
        ours, theirs = getattr(self.start, fact), getattr(self.old, fact)
        if ours is None or theirs is None or self._echoes(difference) or self._steps_back(difference):
            return False
        if fact not in LISTS and same_text(ours, theirs):
            return True
        if has_happened(held, difference, self.new):
            return False
        said_what_we_held = covers(fact, theirs, ours) if fact == "votes" else agree(fact, ours, theirs)
        return said_what_we_held or (self._is_unheard_of(held, difference) and self._may_differ(fact))

    def _may_differ(self, fact: str) -> bool:
        """Lists are gathered from all; of a fact that has one value, the opinion of the source that leads counts."""
        return fact in LISTS or not self.voices.others_lead(fact)

    def _echoes(self, difference: Difference) -> bool:
        """A late echo: who comes first has gone this way and come back. A history is told line by line and has none."""
        step, now = (difference.kind, difference.was, difference.now), getattr(self.new, difference.fact)
        return difference.fact != "actions" and self.told[step] > 0 and self.voices.leaders_deny(difference.fact, now)

    def _steps_back(self, difference: Difference) -> bool:
        """What a source drops while others still show it: a stale page perhaps, and no news.

        When it is no stale page, the others will drop it too, and the last of them tells. Wordings go back and forth
        for good reasons: of these only the undoing of what was told in the last days is held back.
        """
        fact, item = difference.fact, difference.item
        if fact not in LISTS or difference.kind == "action-edited":
            undone = self.voices.recent[difference.kind, difference.now, difference.was] > 0
            return undone and self.voices.others_show(fact, difference.before or getattr(self.old, fact))
        if difference.now or not difference.was:
            return False
        left = sum(is_same(fact, item, member) for member in getattr(self.new, fact) or ())
        return self.voices.others_show(fact, item, left)  # more often: of two equal lines one may go and the other stay

    def _is_unheard_of(self, held: Bill, difference: Difference) -> bool:
        """Never told, and not a step of a way that we have seen others go already."""
        kind, was, now = difference.kind, difference.was, difference.now
        if kind in _NEW_LINE:
            lacking = count_of(difference.item, self.new.actions) - count_of(difference.item, held.actions)
            return lacking > self._times_lost(now)
        if difference.fact in LISTS:
            return not self.told[kind, was, now]
        left = [before for what, before, _ in self.told if what == kind]
        return not any(same_text(before, was) or same_text(before, now) for before in left)

    def _times_lost(self, line: str) -> int:
        """How often we have told that this line left the history: so often may it be missing from what we hold."""
        return sum(times for (kind, was, _), times in self.told.items() if kind in _LOST_LINE and was == line)

    def _in_our_words(self, held: Bill, difference: Difference) -> Difference:
        """What is a new line to a source that comes back may be a line of ours, which has been rewritten since."""
        if difference.kind not in _NEW_LINE or has_happened(held, difference, self.new):
            return difference
        if not self._is_unheard_of(held, difference):
            return difference
        theirs = {key_of(line) for bill in (self.old, self.new, *self.voices.before) for line in bill.actions or ()}
        for ours in differences(held, self.new):
            if ours.kind == "action-edited" and ours.now == difference.now and isinstance(ours.before, Action):
                return difference if key_of(ours.before) in theirs else ours
        return difference

    def _missed(self, held: Bill) -> Iterator[Difference]:
        """What a source that leads, and comes back after days, says otherwise than we hold.

        Its last answer is no measure: others may have told meanwhile of a print that it skipped, or of a link that
        went and has come back since. Histories and votes are told line by line, and miss nothing.
        """
        for difference in differences(held, self.new):
            fact = difference.fact
            if fact in ("actions", "votes", "versions") or getattr(self.old, fact) is None:
                continue
            if not self.voices.others_lead(fact) and not agree(fact, getattr(held, fact), getattr(self.new, fact)):
                yield difference

    def _in_order(self, held: Bill) -> Bill:
        """Where the source had exactly our list, and says now what we hold, its list is ours: the order is its own."""
        same: dict[str, Any] = {}
        for fact in LISTS:
            now = getattr(self.new, fact)
            was_ours = getattr(self.start, fact) == getattr(self.old, fact) or (fact == "actions" and now is not None)
            if was_ours and agree(fact, getattr(held, fact), now):
                same[fact] = now
        return msgspec.structs.replace(held, **same)

    def _settled(self, held: Bill) -> Bill:
        """Where all sources have the same history in the end, it is ours: lines rewritten twice and heard apart."""
        actions = self.new.actions
        if actions is None or not self.voices.others_agree_on("actions", actions):
            return held
        return msgspec.structs.replace(held, actions=actions)
