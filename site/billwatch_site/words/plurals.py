"""What changes on several bills have in common, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from billwatch_site.records import Change
from billwatch_site.words.sentences import sentence_of

CORRECTIONS = ("action-edited", "action-inserted", "action-removed")
NAMED = 3  # of what changed, where it is of many kinds

# Changes of one kind, where what they say differs.
_PLURALS = {
    "action": "The record has new lines",
    "status": "Official statuses changed",
    "committee": "Committees changed",
    "law-section": "Law sections changed",
    "introduced-on": "Dates of introduction changed",
    "version": "Amended",
    "print-added": "New prints",
    "print-removed": "Prints were withdrawn",
    "print-text": "Texts or memos of prints were edited",
    "title": "Titles were edited",
    "abstract": "Summaries were edited",
    "act-clause": "Act clauses were edited",
    "law-code": "Lists of laws affected were edited",
    "sponsor": "Sponsors changed",
    "cosponsor-added": "New co-sponsors",
    "cosponsor-removed": "Co-sponsors left",
    "same-as-added": "Linked with the same bills in the other house",
    "same-as-removed": "No longer linked as the same bills",
    "previous-version-added": "Earlier versions linked",
    "previous-version-removed": "Earlier versions no longer linked",
    "substituted-by": "Substitutions changed",
    "topic-added": "Now under more topics",
    "topic-removed": "No longer under some topics",
    "reintroduced": "Reintroduced",
    "chapter-amendment": "Bills would amend chapters that these became",
    "vote-added": "Votes were published",
    "vote-edited": "Records of votes were edited",
    "vote-removed": "Votes were taken out",
}

# What changes of many kinds are about, by the beginning of their kind.
_MATTERS = {
    "action": "actions",
    "status": "official statuses",
    "committee": "committees",
    "version": "amendments",
    "print": "prints",
    "vote": "votes",
    "sponsor": "sponsors",
    "cosponsor": "sponsors",
    "topic": "topics",
    "title": "wordings",
    "abstract": "wordings",
    "act": "wordings",
    "law": "laws affected",
    "introduced": "dates of introduction",
    **dict.fromkeys(("listed", "unlisted", "relisted"), "lists of bills"),
    **dict.fromkeys(("same", "previous", "substituted", "reintroduced", "chapter"), "links between bills"),
}


def in_common(changes: Collection[Change]) -> str:
    """What these changes have in common, without a full stop."""
    told = {sentence_of(change).rstrip(".") for change in changes}
    if len(told) == 1:
        return told.pop()
    if all(sentence.startswith("Referred to ") for sentence in told):
        return "Referred to committees"
    kinds = {change.kind for change in changes}
    if kinds <= {*CORRECTIONS}:
        return "The record of the past was corrected"
    return plural_of(kinds.pop()) if len(kinds) == 1 else f"News of {_matters(changes)}"


def plural_of(kind: str) -> str:
    """What changes of one kind on several bills have in common."""
    return _PLURALS.get(kind) or f"{kind.replace('-', ' ').capitalize()}: changes"


def _matters(changes: Collection[Change]) -> str:
    """What the changes are about, that of most bills first: "actions, votes and sponsors"."""
    bills = Counter(matter for _, matter in {(c.bill, _matter(c.kind)) for c in changes})
    ranked = sorted(bills, key=lambda matter: (-bills[matter], matter))
    named = [*ranked[:NAMED], *(["more"] if len(ranked) > NAMED else [])]
    return " and ".join([part for part in (", ".join(named[:-1]), named[-1]) if part])


def _matter(kind: str) -> str:
    return _MATTERS.get(kind.partition("-")[0], "other facts")
