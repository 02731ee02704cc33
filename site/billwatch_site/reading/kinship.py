"""A bill's family: what is linked with it directly, and who else belongs to the same fight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from billwatch.bill import BillId
from billwatch_site.records import BillRecord, Brief, Relation

# Kind of link, whether the other bill states it (None: either), and the words for it; in the order readers ask.
_WORDS: tuple[tuple[str, bool | None, str], ...] = (
    ("same-as", None, "Same bill in the other house"),
    ("substituted-by", False, "Replaced by"),
    ("substituted-by", True, "Takes the place of"),
    ("previous-version", False, "Earlier"),
    ("previous-version", True, "Came back as"),
    ("chapter-amendment", True, "Chapter amendment"),
    ("chapter-amendment", False, "Would amend the law made of"),
    ("probably-same", None, "Probably the same bill"),
)

_NUMBER = re.compile(r" ([A-Z]+?)0*([1-9]\d*)[A-Z]?$")  # the letter at its end is that of a print

LARGEST = 60  # a family of more bills than this is told by its links alone, and has no feeds


def links_of(record: Brief) -> list[tuple[str, list[Relation]]]:
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


def with_replaced(record: BillRecord) -> BillRecord:
    """The bill, linked also with the one whose place it took, where its own history says so.

    The link is the replaced bill's to state: where that one is not followed here, nothing else says it.
    """
    told = {(r.kind, r.other, r.incoming) for r in record.relations}
    found = [r for r in _replaced(record) if (r.kind, r.other, r.incoming) not in told]
    return msgspec.structs.replace(record, relations=(*record.relations, *found))


def _replaced(record: BillRecord) -> Iterable[Relation]:
    """What stands of them after the last line: a substitution can be reconsidered."""
    found: dict[str, Relation] = {}
    for action in record.actions:
        number = _NUMBER.search(action.text.strip().upper())
        if action.means("substitution-undone"):
            found.clear()
        elif number and action.means("stand-in"):
            other = str(BillId(record.legislature, record.session, number[1] + number[2]))
            found[other] = Relation("substituted-by", other, True, "", incoming=True)
    return found.values()


def others_of(record: Brief, bills: Mapping[str, Brief]) -> list[str]:
    """The rest of the family: reached over links that sources state, but not linked with this bill itself."""
    linked = {record.id, *(r.other for r in record.relations)}
    return [name for name in reversed(family_of(record, bills)) if name not in linked]


def family_of(record: Brief, bills: Mapping[str, Brief]) -> list[str]:
    """The bills of one fight, this one among them: whatever is reached over links that sources state."""
    family, todo = {record.id}, [record.id]
    while todo:
        linked = {r.other for r in bills[todo.pop()].relations if r.sure and r.other in bills} - family
        family |= linked
        todo += sorted(linked)
    return sorted(family)


def families_of(links: Iterable[tuple[str, str, int]]) -> tuple[dict[str, set[str]], list[set[str]]]:
    """Each bill's neighbours, and the families: what links that a source states connect. A link is (bill, other, sure).

    Only bills that have a link are in either.
    """
    near: dict[str, set[str]] = defaultdict(set)
    family: dict[str, set[str]] = {}
    for bill, other, sure in links:
        near[bill].add(other)
        near[other].add(bill)
        if sure:
            joined = family.get(bill, {bill}) | family.get(other, {other})
            family |= dict.fromkeys(joined, joined)
    return dict(near), list({id(members): members for members in family.values()}.values())


def kin_of(near: Mapping[str, set[str]], families: Iterable[set[str]]) -> dict[str, list[str]]:
    """The bills that a bill's pages may show: its family unless that is too large to be one, and its neighbours."""
    shown = {bill: set(others) for bill, others in near.items()}
    for family in families:
        for bill in family if len(family) <= LARGEST else ():
            shown[bill] |= family
    return {bill: sorted(others - {bill}) for bill, others in shown.items()}
