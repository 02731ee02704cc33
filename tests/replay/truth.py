"""What must be told, worked out from what the recording says of itself and from nothing that billwatch has read.

The words (`kind`, `was`, `now`) are those of billwatch's changes. Differences in case, white space and order are left
out here, and so is what a surface does not carry; what was found is never touched before it is compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from string import ascii_uppercase
from typing import Any, NamedTuple

from replay.server import TruthRow

Raw = dict[str, Any]


class Change(NamedTuple):
    """One thing that became different, as people are told it."""

    bill: str
    kind: str
    was: str
    now: str


TEXTS = {
    **{"Title": "title", "Summary": "abstract", "Status": "status", "Committee": "committee"},
    **{"LawSection": "law-section", "LawCode": "law-code", "ActClause": "act-clause"},
}
_PAGE = {"action", "version", "abstract", "law-code", "sponsor", "same-as"}
CARRIED = {
    "open-legislation": {*_PAGE, *TEXTS.values(), "print", "vote", "previous-version", "substituted-by"},
    "lbdc": {*_PAGE, "title", "law-section"},
    "assembly": _PAGE,
    "senate": {*_PAGE, "title", "law-section", "status", "committee", "previous-version"},
}
GROUPS = {  # which fact a kind of change is about, where it is not of the same name
    **dict.fromkeys(("action-edited", "action-inserted", "action-removed"), "action"),
    **dict.fromkeys(("cosponsor-added", "cosponsor-removed"), "sponsor"),
    **dict.fromkeys(("same-as-added", "same-as-removed"), "same-as"),
    **dict.fromkeys(("previous-version-added", "previous-version-removed"), "previous-version"),
    **dict.fromkeys(("vote-added", "vote-edited", "vote-removed"), "vote"),
    **dict.fromkeys(("print-added", "print-removed"), "print"),
}
_ACTIONS = {"appended": "action", "edited": "action-edited", "inserted": "action-inserted", "removed": "action-removed"}
_OPTIONS = {"Aye": "aye", "Nay": "nay", "Excused": "excused", "Absent": "absent", "Abstain": "abstained"}
_UNSAID = {"POCKET_APPROVAL"}  # a status that the Senate's site has no words for


def changes_of(row: TruthRow, source: str) -> list[Change]:
    """Every change of one bill that a source carries, in billwatch's words."""
    bill = f"ny/{row.bill}"
    if row.new:
        return [Change(bill, "listed", "", _title(row, source) or bill)]
    found = chain(_texts(row, source), _version(row), _sponsors(row, source), _links(row), _votes(row), _actions(row))
    return [Change(bill, *c) for c in found if fact_of(c[0]) in CARRIED[source] and not _is_unsaid(c, source)]


def fact_of(kind: str) -> str:
    return GROUPS.get(kind, kind)


def same(a: str, b: str) -> bool:
    """Equal but for case and white space."""
    return a.split() == b.split() or a.casefold().split() == b.casefold().split()


def _title(row: TruthRow, source: str) -> str:
    title = row.fields.get("Title", (None, None))[1]
    return _shown(title, source) if "title" in CARRIED[source] else ""


def _is_unsaid(change: tuple[str, str, str], source: str) -> bool:
    kind, *words = change
    return source == "senate" and kind == "status" and not _UNSAID.isdisjoint(words)


def _shown(text: str | None, source: str) -> str:
    """A text as a source gives it: pages break their lines anywhere, so that their white space says nothing."""
    return (text or "").strip() if source == "open-legislation" else _collapsed(text or "")


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _texts(row: TruthRow, source: str) -> Iterator[tuple[str, str, str]]:
    for field, kind in TEXTS.items():
        was, now = (_shown(text, source) for text in row.fields.get(field, ("", "")))
        if not same(was, now):
            yield kind, was, now


def _version(row: TruthRow) -> Iterator[tuple[str, str, str]]:
    """The active print; prints passed over on the way to it were added too, and those behind it withdrawn."""
    was, now = (letter or "" for letter in row.fields.get("Version", ("", "")))
    number = row.bill.partition("/")[2]
    if was == now:
        return
    yield "version", number + was, number + now
    for letter in ascii_uppercase[: ascii_uppercase.index(max(was, now)) + 1]:
        if was < letter < now:
            yield "print-added", "", number + letter
        elif now < letter < was:
            yield "print-removed", number + letter, ""


def _sponsors(row: TruthRow, source: str) -> Iterator[tuple[str, str, str]]:
    """Who leads, and who joined or left. Whoever moves up to lead has not left."""
    was, now = row.fields.get("Sponsors", (None, None))
    (lead_was, rest_was), (lead_now, rest_now) = _team(was), _team(now)
    full = source == "open-legislation" or (source == "senate" and row.bill.partition("/")[2].startswith("S"))
    if _key(lead_was) != _key(lead_now):
        yield "sponsor", _name(lead_was, source, full), _name(lead_now, source, full)
    others = source in ("open-legislation", "senate")
    for key in rest_now.keys() - rest_was.keys():
        yield "cosponsor-added", "", _name(rest_now[key], source, others)
    for key in rest_was.keys() - rest_now.keys() - {_key(lead_now)}:
        yield "cosponsor-removed", _name(rest_was[key], source, others), ""


def _team(sponsors: list[Raw] | None) -> tuple[Raw | None, dict[str, Raw]]:
    lead = sponsors[0] if sponsors else None
    return lead, {_key(member): member for member in (sponsors or [])[1:] if _key(member) != _key(lead)}


def _key(member: Raw | None) -> str:
    return str(member["Short"]).upper() if member else ""


def _name(member: Raw | None, source: str, full: bool) -> str:
    if member is None:
        return ""
    return str(member["Name"] if full else member["Short"].upper() if source == "lbdc" else member["Short"])


def _links(row: TruthRow) -> Iterator[tuple[str, str, str]]:
    same_as = ([ref] if ref else [] for ref in row.fields.get("SameAsPrintNo", ("", "")))
    previous = (refs or [] for refs in row.fields.get("PreviousVersions", ([], [])))
    for kind, pair in (("same-as", same_as), ("previous-version", previous)):
        was, now = ({_bill_id(ref) for ref in refs} for refs in pair)
        yield from ((f"{kind}-added", "", other) for other in now - was)
        yield from ((f"{kind}-removed", other, "") for other in was - now)


def _bill_id(ref: str) -> str:
    number, session = ref.rsplit("-", 1)
    return f"ny/{session}/{number}"


def _actions(row: TruthRow) -> Iterator[tuple[str, str, str]]:
    for how, was, now in row.actions:
        before, after = _line(was), _line(now)
        if before != after:
            yield _ACTIONS[how], before, after


def _line(action: tuple[str, str, str] | None) -> str:
    if action is None:
        return ""
    date, chamber, text = action
    return f"{date} {chamber.capitalize()}: {_collapsed(text).upper()}"


def _votes(row: TruthRow) -> Iterator[tuple[str, str, str]]:
    """Votes of the Senate: the interface publishes no others."""
    was, now = (_numbered(votes or []) for votes in row.fields.get("Votes", ([], [])))
    yield from (("vote-added", "", _vote_line(vote)) for key, vote in now.items() if key not in was)
    yield from (("vote-removed", _vote_line(vote), "") for key, vote in was.items() if key not in now)
    for key in was.keys() & now.keys():
        before, after = _roll(was[key]), _roll(now[key])
        moved = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
        if moved:
            yield "vote-edited", _vote_line(was[key], before, moved), _vote_line(now[key], after, moved)


def _numbered(votes: Iterable[Raw]) -> dict[tuple[str, str, str, int], Raw]:
    """Votes by day and place; two of one day and place by their order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for vote in votes:
        if vote.get("Chamber") == "ASSEMBLY":
            continue
        key = vote["Date"], vote["VoteType"], (vote.get("Committee") or "").casefold()
        found[*key, seen[key]] = vote
        seen[key] += 1
    return found


def _roll(vote: Raw) -> dict[str, str]:
    return {m["Short"].upper(): _OPTIONS[m["Vote"]] for m in vote.get("Votes") or []}


def _vote_line(vote: Raw, roll: dict[str, str] | None = None, moved: Iterable[str] = ()) -> str:
    counts = Counter(_OPTIONS[m["Vote"]] for m in vote.get("Votes") or [])
    place = f"{vote['Committee']} committee" if vote["VoteType"] == "COMMITTEE" else "floor"
    told = ", ".join(f"{count} {option}" for option, count in counts.items()) or "no counts published"
    line = f"{vote['Date']} Senate {place}: {told}"
    return "; ".join((line, *(f"{name} {roll[name]}" for name in moved if roll and name in roll)))
