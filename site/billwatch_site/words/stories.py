"""Make news of changes: one cause, one item; changes of one cause on several bills become one with the bills inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from billwatch.compare.changes import CORRECTIONS
from billwatch_site.records import Change
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.plurals import gist_of, in_common, weight_of
from billwatch_site.words.sentences import counted, sentence_of, within
from billwatch_site.words.together import MEMBERS, told_together
from billwatch_site.words.undone import undone

FEW = 6  # bills whose milestones are read one by one
REWORDED = ("title", "abstract", "act-clause", "law-code", "print-text", "vote-edited")


def reworded(change: Change) -> bool:
    """Whether a change is told by what a text was and what it is now."""
    return change.kind in REWORDED


class Item(msgspec.Struct, frozen=True):
    """One notice: one change of one bill, or one cause that moved several bills."""

    changes: tuple[Change, ...]  # earliest seen first
    sentence: str
    undone: tuple[str, ...] = ()  # of several bills, those of which it is not true any more: they passed in vain

    @property
    def id(self) -> str:
        """The id of the change that was seen first: it stays when the cause reaches more bills."""
        return self.changes[0].id

    @property
    def bills(self) -> tuple[str, ...]:
        """The latest session's first."""
        return links.in_order({change.bill for change in self.changes})

    @property
    def lead(self) -> Change:
        return self.changes[0]

    @property
    def order(self) -> tuple[str, int, str]:
        """Among what was seen in one moment: by the record's dates, and on one day by its lines."""
        return self.lead.happened_on, self.lead.position, self.id

    @property
    def in_order(self) -> list[Change]:
        """The changes in the order of the record; `changes` stay as they are for the sake of the id."""
        return sorted(self.changes, key=lambda c: (c.seen_at, c.happened_on, c.position))

    @property
    def folded(self) -> bool:
        return any(change.bill != self.lead.bill for change in self.changes)

    @property
    def same(self) -> bool:
        """Whether the same sentence is true of every bill inside."""
        return len({sentence_of(change) for change in self.changes}) == 1

    @property
    def happened_on(self) -> str:
        """The legislature's own date, where it is one for all; "" otherwise."""
        dates = {change.happened_on for change in self.changes}
        return dates.pop() if len(dates) == 1 else ""

    @property
    def shared(self) -> bool:
        """Whether what is said of one bill is true of all, with the date beside it."""
        return self.same and (self.lead.kind != "action" or bool(self.happened_on or not self.lead.happened_on))

    @property
    def line(self) -> str:
        """The sentence where the bills that it is true of are named beside it: without their number."""
        return f"{in_common(self.changes)}." if self.folded else self.sentence

    def behind(self, bill: str) -> str:
        """What is said behind a bill in a list of those inside."""
        return " (undone the same day)" if bill in self.undone else ""

    @property
    def open(self) -> bool:
        """Whether the bills inside are shown at once: a milestone of a few, and what is new here, are read for them."""
        return (self.weight == 0 or self.new) and len(self.bills) <= FEW

    @property
    def seen_on(self) -> date:
        """The day on which we saw it first, as the legislature's calendar has it."""
        return seen_on(self.lead)

    @property
    def seen_at(self) -> datetime:
        return max(change.seen_at for change in self.changes)

    @property
    def weight(self) -> int:
        """0 for a milestone, 1 for what is notable, 2 for a detail."""
        return min(map(weight_of, self.changes))

    @property
    def new(self) -> bool:
        """Whether it says that bills are followed from now on, and nothing else."""
        return all(change.kind == "listed" for change in self.changes)

    @property
    def correction(self) -> bool:
        return all(change.kind in CORRECTIONS for change in self.changes)

    @property
    def backfill(self) -> bool:
        return all(change.backfill for change in self.changes)


def items_of(changes: Iterable[Change]) -> list[Item]:
    """Changes as notices, newest first."""
    causes: dict[tuple[str, object], list[Change]] = defaultdict(list)
    told = _earliest(changes)
    for change in told:
        causes[_cause(change)].append(change)
    items = [item for group in causes.values() for item in _items_of_cause(group)]
    items = [_without_lasting(item, gone) for item in items] if (gone := undone(told)) else items
    return sorted(together(items, at_once=True), key=lambda i: (i.seen_at, *i.order), reverse=True)


def _cause(change: Change) -> tuple[str, object]:
    """What is told together: a cause that goes on over a month's end once in each month, and milestones by the run that
    saw them: whoever was told that eight bills passed must be told of the seven that came to light later."""
    if not change.cause:
        return change.id, None
    on = seen_on(change)
    return change.cause, change.seen_at if weight_of(change) == 0 else (on.year, on.month)


def _items_of_cause(changes: list[Change]) -> list[Item]:
    """One item, and before it what stands apart: bills that are new here, whatever else moved; and of news that came
    late milestones, and the corrections of a few bills.

    However many they are, milestones are never among what matters less: whoever reads nothing else gets them. (Nor is
    there a flood of them when a site is first filled: what is told of a bill seen for the first time is that it is.)
    """
    if len(changes) == 1:  # as most causes are
        return [_alone(changes[0])]
    late = [change for change in changes if change.backfill]
    milestones = [change for change in late if weight_of(change) == 0]
    corrections = [change for change in late if weight_of(change) and change.kind in CORRECTIONS]
    new = [change for change in changes if change.kind == "listed"]
    few = map(_alone, corrections) if _bills(corrections) <= FEW else ()
    apart = [*_milestones(milestones), *few, *_folded(new)]
    outside = {change.id for item in apart for change in item.changes}
    return [*apart, *_folded([change for change in changes if change.id not in outside])]


def _milestones(late: list[Change]) -> Iterator[Item]:
    """Those of a few bills one by one; of many, those together of which the same is true: "Signed into law: 20 bills".

    What are many is judged for each audience: whoever follows three bills of twenty reads the milestones of these.
    """
    told: dict[str, list[Change]] = defaultdict(list)
    for change in late:
        told[gist_of(change) if _bills(late) > FEW else f"{change.bill} {change.now}"].append(change)
    for alike in told.values():
        yield from _folded(alike)


def _folded(changes: list[Change]) -> list[Item]:
    """One item of several bills, or one for each change of a single bill; a line that the record has twice is one."""
    if _bills(changes) <= 1:
        lines: dict[object, list[Change]] = defaultdict(list)
        for change in changes:
            lines[(change.now, change.seen_at) if change.kind == "action" else change.id].append(change)
        return list(map(_of_one, lines.values()))
    return [Item(tuple(changes), _folded_sentence(changes))]


def _alone(change: Change) -> Item:
    return _of_one([change])


def _of_one(changes: Sequence[Change]) -> Item:
    return Item(tuple(changes), told_together(changes))


def together(items: Iterable[Item], *, at_once: bool = False) -> list[Item]:
    """Members who joined one bill, or left it, in one sentence; only those who did so `at_once`, where that is asked:
    what a feed told once does not grow."""
    groups: dict[object, list[Change]] = {}
    kept: dict[object, Item] = {}
    for item in items:
        one = item.lead
        is_alone = item.folded or one.kind not in MEMBERS
        key = item.id if is_alone else (one.bill, one.kind, one.seen_at if at_once else None)
        kept[key] = item
        groups.setdefault(key, []).extend(item.changes)
    return [
        kept[key] if len(some) == len(kept[key].changes) else _of_one(_earliest(some)) for key, some in groups.items()
    ]


def _earliest(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda c: (c.seen_at, c.happened_on, c.id))


def _bills(changes: Iterable[Change]) -> int:
    return len({change.bill for change in changes})


def narrowed(item: Item, changes: list[Change]) -> list[Item]:
    """What is left of an item when only some of its changes are told, folded anew."""
    if len(changes) == len(item.changes):
        return [item]
    return [msgspec.structs.replace(part, undone=item.undone) for part in _items_of_cause(changes)]


def _without_lasting(item: Item, gone: set[str]) -> Item:
    bills = {change.bill for change in item.changes if change.id in gone}
    return msgspec.structs.replace(item, undone=links.in_order(bills)) if bills and item.folded else item


def _folded_sentence(changes: list[Change]) -> str:
    """What the changes of one cause have in common, and how many bills it moved. What is true of some of these bills
    only is not said of all."""
    bills, told = counted(_bills(changes), "bill"), in_common(changes)
    return f"{told}: {bills}." if len(set(map(gist_of, changes))) == 1 else f"News of {bills}: {within(told)}."


def latest_milestones(items: Iterable[Item]) -> dict[str, str]:
    """The newest milestone of each bill, among these items that stand newest first: what comes next is said there, and
    nowhere in the past."""
    latest: dict[str, str] = {}
    for item in items:
        if item.weight == 0:
            for bill in item.bills:
                latest.setdefault(bill, item.id)
    return latest


def by_sentence(items: Iterable[Item]) -> list[tuple[str, tuple[str, ...]]]:
    """What happened, and to which bills, where the same happened to many: the most frequent first."""
    bills: dict[str, set[str]] = defaultdict(set)
    for item in items:
        bills[item.sentence].update(item.bills)
    return sorted(((told, links.in_order(some)) for told, some in bills.items()), key=lambda t: (-len(t[1]), t[0]))


def seen_on(change: Change) -> date:
    """The day on which we saw a change, as the legislature's calendar has it."""
    return legislature(change.bill.split("/")[0]).day_of(change.seen_at)


def by_month(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by month, "2025-06", newest first."""
    ordered = sorted(items, key=lambda item: seen_on(item.lead), reverse=True)
    return {month: list(group) for month, group in groupby(ordered, lambda item: f"{seen_on(item.lead):%Y-%m}")}
