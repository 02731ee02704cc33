"""A bill's family: what is linked with it directly, and who else belongs to the same fight."""

from __future__ import annotations

from collections.abc import Mapping

from billwatch_site.records import BillRecord, Relation

# Kind of link, whether the other bill states it (None: either), and the words for it; in the order readers ask.
_WORDS: tuple[tuple[str, bool | None, str], ...] = (
    ("same-as", None, "Same bill in the other house"),
    ("substituted-by", False, "Replaced by"),
    ("substituted-by", True, "Takes the place of"),
    ("previous-version", False, "Earlier"),
    ("previous-version", True, "Came back as"),
    ("probably-same", None, "Probably the same bill"),
)


def links_of(record: BillRecord) -> list[tuple[str, list[Relation]]]:
    """A bill's own links in words, the latest session first."""
    found: list[tuple[str, list[Relation]]] = []
    for kind, incoming, words in _WORDS:
        group = [r for r in record.relations if r.kind == kind and incoming in (None, r.incoming)]
        if kind == "previous-version":
            # Sister bills of one session are often called versions of each other: that is said above already.
            told = {r.other for _, links in found for r in links}
            group = [r for r in group if r.other not in told]
        if group:
            found.append((words, sorted(group, key=lambda r: r.other, reverse=True)))
    return found


def others_of(record: BillRecord, bills: Mapping[str, BillRecord]) -> list[str]:
    """The rest of the family: reached over links that sources state, but not linked with this bill itself."""
    linked = {record.id, *(r.other for r in record.relations)}
    return [name for name in reversed(family_of(record, bills)) if name not in linked]


def family_of(record: BillRecord, bills: Mapping[str, BillRecord]) -> list[str]:
    """The bills of one fight, this one among them: whatever is reached over links that sources state."""
    family, todo = {record.id}, [record.id]
    while todo:
        linked = {r.other for r in bills[todo.pop()].relations if r.sure and r.other in bills} - family
        family |= linked
        todo += sorted(linked)
    return sorted(family)
