"""What became different between two observations of one source: pure, and the same for ever.

`differences(old, new)` compares two `Bill`s fact by fact. Order, case and white space are not differences; a fact
that either side does not carry is not compared. Actions are a sequence and are aligned, because their texts repeat:
lines new at the end are news, every other difference rewrites the past and is a correction.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from billwatch.bill import Action, Bill, Sponsorship, Version, Vote, line
from billwatch.compare.histories import steps_between

KINDS = {
    "listed": "The source listed the bill for the first time.",
    "action": "A line was added at the end of the official history.",
    "action-edited": "Correction: a line of the official history was rewritten or re-dated.",
    "action-inserted": "Correction: a line was put into the past.",
    "action-removed": "Correction: a line was taken out of the history.",
    "status": "The official status changed.",
    "committee": "The bill is with another committee.",
    "title": "The title was edited.",
    "abstract": "The summary was edited.",
    "law-section": "The law section was edited.",
    "law-code": "The list of laws affected was edited.",
    "act-clause": "The act clause was edited.",
    "introduced-on": "The date of introduction was edited.",
    "version": "Another print is the active one.",
    "print-added": "A print was added.",
    "print-removed": "A print was withdrawn.",
    "print-text": "The text or memo of a print was edited.",
    "sponsor": "The prime sponsor changed.",
    "cosponsor-added": "Somebody joined as a co-sponsor.",
    "cosponsor-removed": "Somebody is no longer listed as a co-sponsor.",
    "same-as-added": "A same-as bill of the other house was linked.",
    "same-as-removed": "A same-as link was removed.",
    "previous-version-added": "An earlier version of the bill was linked.",
    "previous-version-removed": "The link to an earlier version was removed.",
    "substituted-by": "The bill was replaced by another, or is no longer.",
    "vote-added": "A vote was published.",
    "vote-edited": "A published vote was edited.",
    "vote-removed": "A published vote was taken away.",
    "unlisted": "The source no longer lists the bill.",
    "relisted": "The source lists the bill again.",
    "topic-added": "The bill newly belongs to one of our topics.",
    "topic-removed": "The bill no longer belongs to one of our topics.",
    "reintroduced": "The bill has come back under another number.",
    "probably-reintroduced": "The bill has probably come back under another number: no source links the two.",
    "not-reintroduced": "What we had taken for the bill come back is another bill.",
    "chapter-amendment": "Another bill would amend the law made of the bill, or of its substitute.",
}
FACT_OF = {
    **dict.fromkeys(("action", "action-edited", "action-inserted", "action-removed"), "actions"),
    **dict.fromkeys(("sponsor", "cosponsor-added", "cosponsor-removed"), "sponsors"),
    **dict.fromkeys(("vote-added", "vote-edited", "vote-removed"), "votes"),
    **dict.fromkeys(("print-added", "print-removed", "print-text"), "versions"),
    **dict.fromkeys(("same-as-added", "same-as-removed"), "same_as"),
    **dict.fromkeys(("previous-version-added", "previous-version-removed"), "previous_versions"),
}
CORRECTIONS = ("action-edited", "action-inserted", "action-removed")

_SCALARS = {
    "status": "status",
    "committee": "committee",
    "title": "title",
    "abstract": "abstract",
    "law_section": "law-section",
    "law_code": "law-code",
    "act_clause": "act-clause",
    "introduced_on": "introduced-on",
    "substituted_by": "substituted-by",
}


_VoteKey = tuple[str, str, str, str]  # date, chamber, kind, committee


class Difference(msgspec.Struct, frozen=True):
    """One fact that differs. `was` and `now` are readable and stable: they are part of the change's id."""

    kind: str
    was: str = ""
    now: str = ""
    happened_on: str = ""
    item: Action | Sponsorship | Vote | Version | str | None = None  # what came, left or took another's place
    before: Action | Vote | None = None  # what it took the place of

    @property
    def fact(self) -> str:
        """The field of `Bill` that this is about."""
        return FACT_OF.get(self.kind, self.kind.replace("-", "_"))


def change_id(bill: str, kind: str, was: str, now: str, ordinal: int) -> str:
    """The same transition has the same id for ever; `ordinal` counts equal ones in the bill's history from 1."""
    return hashlib.sha256("\x1f".join((bill, kind, was, now, str(ordinal))).encode()).hexdigest()[:20]


def differences(old: Bill, new: Bill) -> list[Difference]:
    """Everything that differs between two observations of the same bill by the same source."""
    return [
        *_scalars(old, new),
        *_version(old, new),
        *_prints(old, new),
        *_sponsors(old.sponsors, new.sponsors),
        *_members("same-as", old.same_as, new.same_as),
        *_members("previous-version", old.previous_versions, new.previous_versions),
        *_votes(old.votes, new.votes),
        *_actions(old.actions, new.actions),
    ]


def same_text(a: str, b: str) -> bool:
    """Equal but for case and white space."""
    return a == b or " ".join(a.split()).casefold() == " ".join(b.split()).casefold()


def line_of(action: Action) -> str:
    return line(action.date, action.chamber, action.text)


def key_of(action: Action) -> tuple[str, str, str]:
    """What makes two lines the same; the classification is ours and not part of it."""
    return action.date, action.chamber, " ".join(action.text.upper().split())


def print_of(bill: Bill, letter: str) -> str:
    return bill.identifier + letter


def vote_line(vote: Vote) -> str:
    """A vote as people read it: "2025-06-12 Senate floor: 58 aye, 3 nay"."""
    where = f"{vote.committee} committee" if vote.kind == "committee" else "floor"
    counts = ", ".join(f"{count} {option}" for option, count in vote.counts)
    return line(vote.date, f"{vote.chamber} {where}", counts or "no counts published")


def _scalars(old: Bill, new: Bill) -> Iterator[Difference]:
    for field, kind in _SCALARS.items():
        was, now = getattr(old, field), getattr(new, field)
        if was is not None and now is not None and not same_text(was, now):
            yield Difference(kind, was, now)


def _version(old: Bill, new: Bill) -> Iterator[Difference]:
    if old.version is not None and new.version is not None and old.version != new.version:
        yield Difference("version", print_of(old, old.version), print_of(new, new.version))


def _prints(old: Bill, new: Bill) -> Iterator[Difference]:
    """Prints that came or went, but for the active one, whose change the kind `version` tells."""
    if old.versions is None or new.versions is None:
        return
    before, after = ({v.letter: v for v in versions} for versions in (old.versions, new.versions))
    for letter in sorted(after.keys() - before.keys() - {new.version}):
        yield Difference("print-added", now=print_of(new, letter), item=after[letter])
    for letter in sorted(before.keys() - after.keys() - {old.version}):
        yield Difference("print-removed", was=print_of(old, letter), item=before[letter])
    for letter in sorted(before.keys() & after.keys()):
        for part in ("text", "memo"):
            was, now = getattr(before[letter], part), getattr(after[letter], part)
            if was and now and not same_text(was, now):
                name = f"{part} of {print_of(new, letter)}"
                sizes = (f"{name}, {len(was)} characters", f"{name}, {len(now)} characters")
                yield Difference("print-text", *sizes, item=after[letter])


def member_key(sponsorship: Sponsorship) -> str:
    return (sponsorship.short or sponsorship.name).upper()


def _sponsors(old: tuple[Sponsorship, ...] | None, new: tuple[Sponsorship, ...] | None) -> Iterator[Difference]:
    """Who leads, and who joined or left. Who moves up to lead has not left."""
    if old is None or new is None:
        return
    lead_was, lead_now = _lead(old), _lead(new)
    if _key(lead_was) != _key(lead_now):
        yield Difference("sponsor", lead_was.name if lead_was else "", lead_now.name if lead_now else "", item=lead_now)
    before, after = _rest(old), _rest(new)
    for key, member in after.items():
        if key not in before:
            yield Difference("cosponsor-added", now=member.name, item=member)
    for key, member in before.items():
        if key not in after and key != _key(lead_now):
            yield Difference("cosponsor-removed", was=member.name, item=member)


def _lead(sponsors: Iterable[Sponsorship]) -> Sponsorship | None:
    return next((s for s in sponsors if s.role == "primary"), None)


def _key(member: Sponsorship | None) -> str:
    return member_key(member) if member else ""


def _rest(sponsors: Iterable[Sponsorship]) -> dict[str, Sponsorship]:
    return {member_key(s): s for s in sponsors if s.role != "primary"}


def _members(kind: str, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> Iterator[Difference]:
    if old is None or new is None:
        return
    yield from (Difference(f"{kind}-added", now=x, item=x) for x in dict.fromkeys(new) if x not in old)
    yield from (Difference(f"{kind}-removed", was=x, item=x) for x in dict.fromkeys(old) if x not in new)


def vote_key(vote: Vote) -> _VoteKey:
    return vote.date, vote.chamber, vote.kind, vote.committee.casefold()


def _numbered(votes: Iterable[Vote]) -> dict[tuple[_VoteKey, int], Vote]:
    """Votes by what identifies them; two votes of one day and place are told apart by their order."""
    seen: Counter[_VoteKey] = Counter()
    found = {}
    for vote in votes:
        found[vote_key(vote), seen[vote_key(vote)]] = vote
        seen[vote_key(vote)] += 1
    return found


def _votes(old: tuple[Vote, ...] | None, new: tuple[Vote, ...] | None) -> Iterator[Difference]:
    if old is None or new is None:
        return
    before, after = map(_numbered, _without_equals(old, new))
    for key, vote in after.items():
        if key not in before:
            yield Difference("vote-added", now=vote_line(vote), happened_on=vote.date, item=vote)
        elif moved := _moved(before[key], vote):
            yield Difference("vote-edited", *moved, vote.date, vote, before[key])
    for key, vote in before.items():
        if key not in after:
            yield Difference("vote-removed", was=vote_line(vote), happened_on=vote.date, item=vote)


def _without_equals(old: Iterable[Vote], new: Iterable[Vote]) -> tuple[list[Vote], list[Vote]]:
    """The votes of either side that the other does not have, wherever they stand: each counts once."""
    gone, come = list(old), []
    for vote in new:
        same = (n for n, v in enumerate(gone) if vote_key(v) == vote_key(vote) and not _moved(v, vote))
        at = next(same, None)
        if at is None:
            come.append(vote)
        else:
            del gone[at]
    return gone, come


def _moved(old: Vote, new: Vote) -> tuple[str, str] | None:
    """A vote before and after an edit, naming the members whose vote reads otherwise; None if nothing moved."""
    before, after = _by_member(old), _by_member(new)
    names = [n for n in sorted({*before, *after}) if before.get(n) != after.get(n)]
    if not names and old.counts == new.counts and same_text(old.motion, new.motion):
        return None
    was, now = ([f"{n} {votes[n]}" for n in names if n in votes] for votes in (before, after))
    return "; ".join((vote_line(old), *was)), "; ".join((vote_line(new), *now))


def _by_member(vote: Vote) -> dict[str, str]:
    return {name.upper(): option for option, names in vote.roll for name in names}


def _actions(old: tuple[Action, ...] | None, new: tuple[Action, ...] | None) -> Iterator[Difference]:
    """What happened to the lines in which two histories differ (see histories.py)."""
    if old is None or new is None or old == new:
        return
    for i, j, is_news in steps_between([key_of(a) for a in old], [key_of(a) for a in new]):
        was, now = None if i is None else old[i], None if j is None else new[j]
        if was and now:
            yield Difference("action-edited", line_of(was), line_of(now), now.date, now, was)
        elif was:
            yield Difference("action-removed", line_of(was), "", was.date, was)
        elif now:
            yield Difference("action" if is_news else "action-inserted", "", line_of(now), now.date, now)
