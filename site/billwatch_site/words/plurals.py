"""What changes on several bills have in common, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from billwatch.bill import parts_of
from billwatch.compare.changes import CORRECTIONS
from billwatch_site.records import SEVERITIES, Change
from billwatch_site.words.sentences import counted, listed, sentence_of, within
from billwatch_site.words.wording import gist_of_action

NAMED = 3  # of what happened, where it is of many kinds

# Changes of one kind, where what they say differs: without a verb, so that any of them can follow any other.
_PLURALS = {
    **dict.fromkeys(CORRECTIONS, "Record of the past corrected"),
    "listed": "Added to the bills followed here",
    "unlisted": "No longer listed by the source",
    "relisted": "Listed by the source again",
    "status": "Official statuses changed",
    "committee": "Committees changed",
    "law-section": "Law sections changed",
    "introduced-on": "Dates of introduction changed",
    "version": "Amended",
    "print-added": "New prints",
    "print-removed": "Prints withdrawn",
    "print-text": "Texts or memos of prints edited",
    "title": "Titles edited",
    "abstract": "Summaries edited",
    "act-clause": "Act clauses edited",
    "law-code": "Lists of laws affected edited",
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
    "probably-reintroduced": "Probably back",
    "not-reintroduced": "Not back, as we had supposed",
    "chapter-amendment": "Amendments to the laws made of these",
    "vote-added": "Votes published",
    "vote-edited": "Records of votes edited",
    "vote-removed": "Votes taken out",
}


def weight_of(change: Change) -> int:
    """0 for a milestone, 1 for what is notable, 2 for a detail."""
    return SEVERITIES.index(change.severity) if change.severity in SEVERITIES else len(SEVERITIES) - 1


def in_common(changes: Collection[Change]) -> str:
    """What these changes have in common, without a full stop: one sentence, or what happened to them all."""
    told = {sentence_of(change).rstrip(".") for change in changes}
    return told.pop() if len(told) == 1 else _several(changes)


def gist_of(change: Change) -> str:
    """A change without the particulars of its bill, without a full stop."""
    if change.kind == "action":
        return gist_of_action(parts_of(change.now)[2], change.context)
    return _PLURALS.get(change.kind) or f"{change.kind.replace('-', ' ').capitalize()}: changes"


def _several(changes: Collection[Change]) -> str:
    """The weightiest first, then the most frequent: "Vetoed, referred to committees and 7 more changes"."""
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        groups[gist_of(change)].append(change)
    ranked = sorted(groups, key=lambda gist: (min(map(weight_of, groups[gist])), -len(groups[gist]), gist))
    first = ranked if len(ranked) <= NAMED else ranked[: NAMED - 1]
    left = sum(len(groups[gist]) for gist in ranked[len(first) :])
    return listed([first[0], *map(within, first[1:]), *([counted(left, "more change")] if left else [])])
