"""A label travels through a family: what one bill's words say holds for the same bill in the other house and session.

Only what a bill's own words or a person say travels, over at most two links, and only to a bill that still reads like
the one it comes from: a previous version that was amended into something else neither gives nor takes. What is doubtful
is not passed on, and what is passed on is less sure. What a person decided to be none of ours takes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import msgspec

from billwatch.compare.changes import Difference
from billwatch.follow.families import STATED
from billwatch.store import Store
from billwatch.topics import Decision, Topic

Tell = Callable[[str, Difference], None]
Heirs = dict[tuple[str, str], Topic]  # (bill, topic) -> what it inherits

_STEPS = 2  # same-as of a previous version; farther away a bill has had time to become another
_PASSED_ON = 0.7  # of the score: a version that lacks the very words may have had them taken out
_ALIKE = 0.5  # of the words of two titles, those that both have
_THESE = "(select value from json_each(?))"
_KINDS = ", ".join(f"'{kind}'" for kind in STATED)
_EMPTY = frozenset(
    [
        "relates",
        "to",
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "for",
        "by",
        "on",
        "or",
        "with",
        "certain",
        "provides",
        "requires",
        "establishes",
        "act",
    ]
)


class Likeness(msgspec.Struct, frozen=True):
    """What is compared to tell whether two linked bills are still about the same."""

    title: str
    law_code: str

    def alike(self, other: Likeness) -> bool:
        """The same sections of law, or at least half of the titles' words."""
        if self.law_code and self.law_code == other.law_code:
            return True
        ours, theirs = _words(self.title), _words(other.title)
        return bool(ours) and len(ours & theirs) >= _ALIKE * len(ours | theirs)


def inherit(store: Store, legislature: str, decisions: Mapping[str, Decision], now: str, tell: Tell | None) -> None:
    """Write what each bill inherits, and tell where that came or went; with no `tell`, nothing is told.

    A bill first seen in this run, at `now`, has its labels from the beginning.
    """
    own, held = _pairs(store, legislature, "="), _pairs(store, legislature, "!=")
    may = heirs(store, {bill for bill, _ in own}, decisions)
    wanted = {pair: topic for pair, topic in may.items() if pair not in own}
    came, gone = wanted.keys() - held, held - wanted.keys()
    store.put_inherited(((bill, topic) for (bill, _), topic in wanted.items()), gone)
    if tell:
        new = set(store.column("select id from bills where first_seen_at = ?", (now,)))
        for bill, slug in sorted(pair for pair in came if pair[0] not in new):
            tell(bill, Difference("topic-added", now=slug))
        for bill, slug in sorted(gone):
            tell(bill, Difference("topic-removed", was=slug))


def heirs(store: Store, origins: Iterable[str], decisions: Mapping[str, Decision]) -> Heirs:
    """What the relatives of these bills may inherit from them, each from the nearest; some may have it already."""
    near = _nearest(store, origins)
    involved = {bill for _, *pair in near for bill in pair}
    labels, reads = _labels(store, involved), _reads(store, involved)
    found: Heirs = {}
    for _, bill, origin in near:
        if _takes_nothing(decisions.get(bill)) or not {bill, origin} <= reads.keys():
            continue  # a relative that a source names need not be in the store
        if not reads[bill].alike(reads[origin]):
            continue
        for slug, label in labels[origin].items():
            if not label.doubtful:
                score = round(label.score * _PASSED_ON, 2)
                found.setdefault((bill, slug), msgspec.structs.replace(label, score=score, inherited_from=origin))
    return found


def inherited(store: Store, bill: str, decisions: Mapping[str, Decision]) -> dict[str, Topic]:
    """What its family gives this bill, by topic, whatever its own words say."""
    relatives = [other for _, other, _ in _nearest(store, [bill])]
    return {slug: topic for (heir, slug), topic in heirs(store, relatives, decisions).items() if heir == bill}


def _takes_nothing(decision: Decision | None) -> bool:
    return decision is not None and decision.not_ours


def _nearest(store: Store, origins: Iterable[str]) -> list[tuple[int, str, str]]:
    """(how many links away, relative, origin) for the relatives within reach, the nearest first."""
    found = {(origin, origin): 0 for origin in origins}
    front = list(found)
    for step in range(1, _STEPS + 1):
        links = _links(store, {member for _, member in front})
        front = [(origin, other) for origin, member in front for other in links[member]]
        front = [pair for pair in dict.fromkeys(front) if pair not in found]
        found |= dict.fromkeys(front, step)
    return sorted((step, bill, origin) for (origin, bill), step in found.items() if step)


def _links(store: Store, bills: Iterable[str]) -> dict[str, list[str]]:
    """The bills that a source links with each of these, in either direction."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in (("bill", "other"), ("other", "bill")):
        sql = f"select {one}, {other} from relations where kind in ({_KINDS}) and {one} in {_THESE}"
        for bill, relative in store.db.conn.execute(sql, _these(bills)):
            found[bill].append(relative)
    return found


def _labels(store: Store, bills: Iterable[str]) -> dict[str, dict[str, Topic]]:
    """What each bill's own words say, by topic."""
    found: dict[str, dict[str, Topic]] = defaultdict(dict)
    sql = f"select bill, topic, area, evidence, score from topics where inherited_from = '' and bill in {_THESE}"
    for bill, *label in store.db.conn.execute(sql, _these(bills)):
        found[bill][label[0]] = Topic(*label)
    return found


def _reads(store: Store, bills: Iterable[str]) -> dict[str, Likeness]:
    sql = f"select id, coalesce(title, ''), coalesce(law_code, '') from bills where id in {_THESE}"
    return {bill: Likeness(title, law) for bill, title, law in store.db.conn.execute(sql, _these(bills))}


def _pairs(store: Store, legislature: str, own: str) -> set[tuple[str, str]]:
    """(bill, topic) for the labels that are the bills' own ("="), or that they inherited ("!=")."""
    sql = f"select bill, topic from topics where inherited_from {own} '' and bill like ?"
    return set(store.db.conn.execute(sql, (f"{legislature}/%",)).fetchall())


def _these(bills: Iterable[str]) -> tuple[str]:
    return (msgspec.json.encode(sorted(bills)).decode(),)


def _words(title: str) -> frozenset[str]:
    """The words of a title that say something."""
    return frozenset(re.findall(r"[a-z0-9]+", title.casefold())) - _EMPTY
