"""One fight across houses, prints, substitutions and sessions: which bills belong together.

A family is what same-as, previous-version and substituted-by links connect, in both directions, because sources link
one way only: S1413 of 2019 names S9191 of 2017, never the other way round. A bill that would amend the chapter another
became is of its family too (amendments.py). Where a source has no link, a bill that a
later session brings back may still be known by what it is called and its sponsor or law; that is our guess, and
marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from billwatch.bill import Sponsorship
from billwatch.compare.agreement import same_member, same_name
from billwatch.follow.sections import sections_of

Links = Callable[[str], Iterable[str]]  # the bills linked with a bill, in either direction

STATED = ("same-as", "previous-version", "substituted-by")  # by a source
LINKS = (*STATED, "probably-same", "chapter-amendment")
_NEARLY = 0.9  # how alike two titles must be: "Relates to warning labels on ..." with a word changed
_LEAST = 4  # words a title needs to say anything: "Relates to bail" is no likeness
_EMPTY = re.compile(r"^(relates? to|provides? for|requires?|establishes?|enacts?|prohibits?)( the)?\b")


class Candidate(msgspec.Struct, frozen=True):
    """What is compared to tell whether a bill has come back."""

    bill: str
    session: str
    changed_at: str
    title: str
    sponsor: str
    law_section: str  # "Penal Law": the name of a law, whatever the field is called
    abstract: str = ""
    law_code: str = ""  # "Add §400.20, Pen L"
    short: str = ""  # the sponsor's short name, where a source gives it

    @property
    def lead(self) -> Sponsorship:
        return Sponsorship(self.sponsor, self.short)

    @property
    def called(self) -> str:
        """The title, or how the summary begins: some sources have no title."""
        return self.title or self.abstract.partition(";")[0]


def family_of(bill: str, links: Links, limit: int = 200) -> list[str]:
    """The bill and all that links connect with it, nearest first; at most `limit` bills."""
    found, front = {bill: None}, [bill]
    while front and len(found) < limit:
        front = [other for member in front for other in links(member) if other not in found]
        found |= dict.fromkeys(front)
    return list(found)[:limit]


def probable_returns(new: Iterable[Candidate], old: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate, str]]:
    """(new bill, earlier bill, why) where a bill of an earlier session has probably come back unlinked.

    Each bill is held against the latest session first: what links it with that one may link it with those before.
    """
    by_words: dict[str, list[Candidate]] = {}
    for candidate in old:
        for word in _rare_words(candidate.called):
            by_words.setdefault(word, []).append(candidate)
    for bill in sorted(new, key=_age):
        near = {c.bill: c for word in _rare_words(bill.called) for c in by_words.get(word, ())}
        for earlier in sorted(near.values(), key=_age, reverse=True):
            if why := likeness(bill, earlier):
                yield bill, earlier, why


def _age(candidate: Candidate) -> tuple[str, str]:
    return candidate.session, candidate.bill


def likeness(new: Candidate, old: Candidate) -> str:
    """Why `new` is probably `old` come back; "" when it is not.

    The same title and the same sponsor, section or law; or the same sponsor and nearly the same title. A name makes
    another bill: "the county of Tompkins" is not that of Hamilton.
    """
    if new.session <= old.session:
        return ""
    a, b = _bare(new.called), _bare(old.called)
    sponsor = "sponsor" if _same_person(new.lead, old.lead) else ""
    nearly = sponsor and _nearly(a, b) and _names(new.called) == _names(old.called)
    if min(len(a), len(b)) < _LEAST or not (a == b or nearly):
        return ""
    shared = " and ".join(filter(None, (sponsor, _same_section(new, old) or _same_law(new, old))))
    return f"same {shared}, {'the same' if a == b else 'nearly the same'} title" if shared else ""


def _names(title: str) -> set[str]:
    """What a title writes with a capital, but for its beginning: "Yates", "Niagara"."""
    return {word for word in title.split()[1:] if word[:1].isupper()}


def _nearly(a: list[str], b: list[str]) -> bool:
    """Whether two titles differ in a word or two."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _NEARLY


def _same_section(new: Candidate, old: Candidate) -> str:
    """ "section (§400.20, Pen L)": the sections that both bills touch."""
    ours, theirs = sections_of(new.law_code), sections_of(old.law_code)
    shared = [(law, n) for law in ours for n in dict.fromkeys(ours[law]) if n in theirs.get(law, ())]
    return f"section (§{shared[0][1]}, {shared[0][0]})" if shared else ""


def _same_law(new: Candidate, old: Candidate) -> str:
    """ "law (Penal Law)": the law that both bills change, though perhaps in different sections."""
    if new.law_section and old.law_section:
        return f"law ({new.law_section})" if new.law_section.casefold() == old.law_section.casefold() else ""
    laws = [law for law in sections_of(new.law_code) if law in sections_of(old.law_code)]
    return f"law ({laws[0]})" if laws else ""


def _same_person(a: Sponsorship, b: Sponsorship) -> bool:
    """The same member, in sessions that may call them otherwise: who was ROSENTHAL L beside another is ROSENTHAL."""
    if not a.name or not b.name:
        return False
    if _has_both_names(a) and _has_both_names(b):  # Robert of the Senate and Chantel of the Assembly are both JACKSON
        return a.name.casefold() == b.name.casefold()
    short, longer = sorted((a.short, b.short), key=len)
    return same_member(a, b) or (bool(short) and " " not in short and same_name(short, longer))


def _has_both_names(member: Sponsorship) -> bool:
    return bool(member.short) and member.short.casefold() != member.name.casefold()


@lru_cache(maxsize=200_000)  # each title of a session is held against many others
def _bare(title: str) -> list[str]:
    """The words of a title without its empty beginning."""
    return re.findall(r"[a-z0-9§-]+", _EMPTY.sub("", " ".join(title.casefold().split())))


def _rare_words(title: str) -> set[str]:
    """The longest words stand for a title when looking for likely twins."""
    return set(sorted(set(_bare(title)), key=lambda word: (-len(word), word))[:3])
