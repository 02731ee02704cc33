"""Whether sources say the same, allowing for what each prints; and on what they disagree. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from billwatch.bill import Bill, Sponsorship
from billwatch.compare.changes import key_of, line_of, member_key, same_text, vote_key

LISTS = ("actions", "sponsors", "votes", "versions", "same_as", "previous_versions")
COMPARED = {  # facts on which sources are held against each other, and what people call them
    "title": "title",
    "abstract": "summary",
    "status": "official status",
    "version": "active print",
    "sponsors": "sponsors",
    "same_as": "same-as bills",
    "law_code": "laws affected",
    "actions": "history",
}


def disagreements(answers: Mapping[str, Bill]) -> list[tuple[str, str, str]]:
    """(fact, source, what it says) for each fact on which sources that carry it differ; sources in the given order."""
    found = []
    for fact in COMPARED:
        says = {source: getattr(bill, fact) for source, bill in answers.items() if getattr(bill, fact) is not None}
        first = next(iter(says.values()), None)
        if any(not agree(fact, first, other) for other in says.values()):
            found += [(fact, source, in_words(fact, value)) for source, value in says.items()]
    return found


def in_words(fact: str, value: Any) -> str:
    """A fact as one source says it, for people."""
    if fact == "actions":
        return f"{len(value)} lines, the last {line_of(value[-1])}" if value else "no line"
    if fact == "sponsors":
        return ", ".join(s.name for s in value) or "nobody"
    if fact == "same_as":
        return ", ".join(value) or "none"
    return str(value) or ("the original print" if fact == "version" else "nothing")


def agree(fact: str, a: Any, b: Any) -> bool:
    """Whether two sources say the same of a fact, allowing for what each prints: case, short names, cut summaries."""
    if a is None or b is None or a == b:
        return a is b or a == b
    if fact in LISTS:
        return covers(fact, a, b) and covers(fact, b, a) and same_lead(fact, a, b)
    if fact == "abstract":
        return same_text(a, b) or _is_cut(a, b) or _is_cut(b, a)
    return same_text(a, b)


def same_member(a: Sponsorship, b: Sponsorship) -> bool:
    """The same person, though one source says "GOUNARDES" and the other "Andrew Gounardes".

    Sites print today's full names on old bills: who was HOYLMAN in 2021 is "Brad Hoylman-Sigal" there.
    """
    if member_key(a) == member_key(b) or a.name.casefold() == b.name.casefold():
        return True
    if bool(a.short) == bool(b.short):
        return False
    return same_name(a.short, b.name) if a.short else same_name(b.short, a.name)


def same_name(short: str, full: str) -> bool:
    """Whether the name on the roll is that of a fuller one: HOYLMAN of Brad Hoylman-Sigal, ROSENTHAL of ROSENTHAL L."""
    return _plain(short.split()[0]) in {_plain(word) for word in (*re.split(r"[\s.,]+", full), *re.split(r"\W+", full))}


def _plain(word: str) -> str:
    """A word without case and accents: the roll says SEPULVEDA of Luis R. Sepúlveda."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def is_same(fact: str, a: Any, b: Any) -> bool:
    """Whether two members of a list are the same one."""
    match fact:
        case "sponsors":
            return same_member(a, b)
        case "votes":
            return vote_key(a) == vote_key(b)
        case "versions":
            return bool(a.letter == b.letter)
        case "actions":
            return key_of(a) == key_of(b)
    return bool(a == b)


def covers(fact: str, these: tuple[Any, ...], those: tuple[Any, ...]) -> bool:
    """Every one of `these` is among `those`; lines of the history count as often as they stand there."""
    if fact == "actions":
        return not Counter(map(key_of, these)) - Counter(map(key_of, those))
    return all(any(is_same(fact, a, b) for b in those) for a in these)


def same_lead(fact: str, a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    if fact != "sponsors":
        return True
    leads = [next((s for s in names if s.role == "primary"), None) for names in (a, b)]
    return leads[0] is leads[1] or (leads[0] is not None and leads[1] is not None and same_member(leads[0], leads[1]))


def _is_cut(short: str, long: str) -> bool:
    """A summary that ends where the site cut it, at a semicolon."""
    short, long = (" ".join(text.split()).casefold().rstrip(" .;") for text in (short, long))
    return len(short) > 40 and long.startswith(short + ";")
