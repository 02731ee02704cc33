"""Passages with the votes they came by: a bill that passed and the floor's count are one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from billwatch.bill import parts_of
from billwatch_site.records import BillRecord, Card, Change
from billwatch_site.words.stories import Item
from billwatch_site.words.votes import counts_in, tallies_by_place, tally_of

Place = tuple[str, str, str]  # a bill, a day, and who voted: "Senate floor"
Tallies = dict[Place, str]


def with_votes(items: list[Item], tallies: Tallies | None = None) -> list[Item]:
    """A passage and the floor vote it came by are one sentence: "Passed the Senate, 58 to 3.".

    `tallies` are those of votes that are told elsewhere, with those of other bills; a vote among these items is part of
    its passage from then on.
    """
    known = tallies_of(items) if tallies is None else tallies
    used = {place for item in items if not item.folded and known.get(place := passage_of(item.lead))}
    told = (item for item in items if item.folded or item.lead.kind != "vote-added" or _place(item.lead) not in used)
    return [with_count(item, known) for item in told]


def with_count(item: Item, tallies: Tallies) -> Item:
    """A passage of one bill with the count of its vote, where that is known; anything else as it is."""
    tally = "" if item.folded else tallies.get(passage_of(item.lead), "")
    return msgspec.structs.replace(item, sentence=with_tally(item.sentence, tally)) if tally else item


def passage_of(change: Change) -> Place:
    """Bill, day and place of the vote that a passage came by; nowhere for anything but a passage."""
    if change.kind != "action" or "PASSED" not in change.now.upper():
        return "", "", ""
    on, chamber, text = parts_of(change.now)
    return (change.bill, on, f"{chamber} floor") if "PASSED" in text.upper() else ("", "", "")


def with_tally(sentence: str, tally: str) -> str:
    """A passage with its count, where that is known: "Passed the Senate, 58 to 3."."""
    return f"{sentence.rstrip('.')}, {tally}." if tally else sentence


def recorded(bills: Iterable[Card | BillRecord]) -> Tallies:
    """The counts of all floor votes of these bills that the record has now, whenever they were published."""
    found = ((bill.id, tallies_by_place(bill.votes)) for bill in bills)
    return {(bill, on, f"{chamber} floor"): tally for bill, some in found for (on, chamber), tally in some.items()}


def tallies_of(items: Iterable[Item]) -> Tallies:
    """The counts of every vote that was published: bill, day and place -> "58 to 3".

    Of two votes in one place on one day nothing says which of them passed the bill: both are told as votes.
    """
    votes = [change for item in items for change in item.changes if change.kind == "vote-added"]
    places = Counter(map(_place, votes))
    return {_place(vote): _tally(vote) for vote in votes if places[_place(vote)] == 1}


def _place(vote: Change) -> Place:
    return vote.bill, *parts_of(vote.now)[:2]


def _tally(vote: Change) -> str:
    """The counts of "2025-06-12 Senate floor: 58 aye, 3 nay"; "" where they are not of that form."""
    return tally_of(counts_in(parts_of(vote.now)[2]))
