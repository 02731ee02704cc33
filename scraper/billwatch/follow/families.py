"""One fight across houses, prints, substitutions and sessions: which bills belong together.

A family is what same-as, previous-version and substituted-by links connect, in both directions, because sources link
one way only: S1413 of 2019 names S9191 of 2017, never the other way round. A bill that would amend the chapter another
became is of its family too (amendments.py). Where a source has no link, a bill that a
later session brings back may still be known by its sponsor or law section and its title; that is our guess, and
marked so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

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
    title: str
    sponsor: str
    law_section: str
    changed_at: str = ""


def family_of(bill: str, links: Links, limit: int = 200) -> list[str]:
    """The bill and all that links connect with it, nearest first; at most `limit` bills."""
    found, front = {bill: None}, [bill]
    while front and len(found) < limit:
        front = [other for member in front for other in links(member) if other not in found]
        found |= dict.fromkeys(front)
    return list(found)[:limit]


def probable_returns(new: Iterable[Candidate], old: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate, str]]:
    """(new bill, earlier bill, why) where a bill of an earlier session has probably come back unlinked."""
    by_words: dict[str, list[Candidate]] = {}
    for candidate in old:
        for word in _rare_words(candidate.title):
            by_words.setdefault(word, []).append(candidate)
    for bill in new:
        near = {c.bill: c for word in _rare_words(bill.title) for c in by_words.get(word, ())}
        for earlier in near.values():
            if why := likeness(bill, earlier):
                yield bill, earlier, why


def likeness(new: Candidate, old: Candidate) -> str:
    """Why `new` is probably `old` come back; "" when it is not. Same sponsor or law section, nearly the same title."""
    if new.session <= old.session:
        return ""
    shared = ["sponsor"] if _same_person(new.sponsor, old.sponsor) else []
    shared += ["law section"] if new.law_section and new.law_section.casefold() == old.law_section.casefold() else []
    a, b = _bare(new.title), _bare(old.title)
    if not shared or min(len(a), len(b)) < _LEAST:
        return ""
    if a != b and SequenceMatcher(None, a, b, autojunk=False).ratio() < _NEARLY:
        return ""
    return f"same {' and '.join(shared)}, {'the same' if a == b else 'nearly the same'} title"


def _same_person(a: str, b: str) -> bool:
    """The same sponsor, though one source says PARKER and the other Kevin S. Parker."""
    if not a or not b or a.casefold() == b.casefold():
        return bool(a and b)
    short, full = (a, b) if a.isupper() else (b, a)
    return short.isupper() and short.split()[0].casefold() in full.casefold().split()


@lru_cache(maxsize=200_000)  # each title of a session is held against many others
def _bare(title: str) -> list[str]:
    """The words of a title without its empty beginning."""
    return re.findall(r"[a-z0-9§-]+", _EMPTY.sub("", " ".join(title.casefold().split())))


def _rare_words(title: str) -> set[str]:
    """The longest words stand for a title when looking for likely twins."""
    return set(sorted(set(_bare(title)), key=lambda word: (-len(word), word))[:3])
