"""Cross-validation of a taxonomy that people wrote: what is found by terms that were not written for it.

The judged bills are cut into parts that no family and no title crosses. For the bills of a part, the terms that only
its own bills bear out do not count. "Bears out" is meant in two ways: strictly, by a judged bill of another part, which
is the least that can be said, for there are few of them; or by any bill of another family that is ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from billwatch.bill import Bill
from billwatch.topics import Classifier, Subtopic, Taxonomy
from billwatch.topics.terms import terms_of
from topics.recorded import filled, flagged

PARTS = 5
Way = tuple[str, str, str]  # subtopic, rule, one way to meet what is written there
Bills = Mapping[str, Bill]


def cross_validated(bills: Bills, taxonomy: Taxonomy, known: Mapping[str, bool], witnesses: Iterable[str]) -> set[str]:
    """What is found of the judged bills, without the terms that no witness outside the part bears out.

    Bills go by session and number; `known` says of the judged ones whether they are ours.
    """
    judged = {name for name in known if name in bills}
    parts = parts_of(judged, bills)
    ours = {name for name in judged if known[name]}
    bearers = _bearers(taxonomy, {name: bills[name] for name in ours | set(witnesses)}, ours)
    found: set[str] = set()
    for part in parts:
        kin = _kin(part, bills)
        spoilt = {way for way, by in bearers.items() if by <= kin}
        near = {name for one in part for name in (one, *_linked(bills[one])) if name in bills}
        store = filled([bills[name] for name in sorted(near)], Classifier(_without(taxonomy, spoilt)))
        found |= flagged(store) & part
        store.close()
    return found


def parts_of(names: Collection[str], bills: Bills) -> list[set[str]]:
    """The judged bills in parts that no family and no title crosses, each part about as large as the next."""
    families = sorted(_families(names, bills), key=lambda family: (-len(family), min(family)))
    parts: list[set[str]] = [set() for _ in range(PARTS)]
    for family in families:
        min(parts, key=len).update(family)
    return parts


def _families(names: Collection[str], bills: Bills) -> list[set[str]]:
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for name in names:
        for other in (_title(bills[name]), *_linked(bills[name])):
            root[find(other)] = find(name)
    families: dict[str, set[str]] = defaultdict(set)
    for name in names:
        families[find(name)].add(name)
    return list(families.values())


def _kin(part: Collection[str], bills: Bills) -> set[str]:
    """Everything that is of a family or has a title of this part."""
    linked = {other for name in part for other in (name, *_linked(bills[name]))}
    titles = {_title(bills[name]) for name in part}
    return {name for name, bill in bills.items() if name in linked or _title(bill) in titles}


def _title(bill: Bill) -> str:
    return f"title {(bill.title or bill.id).casefold()[:60]}"


def _linked(bill: Bill) -> list[str]:
    return [other.removeprefix("ny/") for other in (*(bill.same_as or ()), *(bill.previous_versions or ()))]


def _ways(taxonomy: Taxonomy) -> Iterator[Way]:
    for subtopic in taxonomy.topic:
        for term in terms_of(subtopic):
            yield term.slug, term.rule, " + ".join(term.parts)


def _bearers(taxonomy: Taxonomy, witnesses: Bills, ours: Collection[str]) -> dict[Way, set[str]]:
    """For each way that some judged bill of ours meets: which witnesses meet it."""
    found = {}
    for way in _ways(taxonomy):
        alone = Classifier(msgspec.structs.replace(taxonomy, topic=_limited(taxonomy, {way})))
        if any(alone.labels_of(witnesses[name]) for name in ours):
            found[way] = {name for name, bill in witnesses.items() if alone.labels_of(bill)}
    return found


def _without(taxonomy: Taxonomy, spoilt: Collection[Way]) -> Taxonomy:
    return msgspec.structs.replace(taxonomy, topic=_limited(taxonomy, set(_ways(taxonomy)) - set(spoilt)))


def _limited(taxonomy: Taxonomy, ways: Collection[Way]) -> tuple[Subtopic, ...]:
    """The subtopics with these ways only."""
    kept: dict[tuple[str, str], list[str]] = defaultdict(list)
    for slug, rule, written in sorted(ways):
        kept[slug, rule].append(written)
    return tuple(
        msgspec.structs.replace(
            subtopic,
            terms=tuple(kept[subtopic.slug, "term"]),
            hints=tuple(kept[subtopic.slug, "hint"]),
            laws=tuple(kept[subtopic.slug, "law"]),
        )
        for subtopic in taxonomy.topic
    )
