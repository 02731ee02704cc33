"""What a line of New York's official history means: terms, committee, chapter, weight."""

from __future__ import annotations

import re
from functools import lru_cache

from billwatch.legislatures.new_york.wordings import HOUSE_TERMS, OPEN_STATES, TERMS

_SEVERITY = OPEN_STATES | HOUSE_TERMS
_PRINT = r"(?: \d{2,}[A-Z]?| \d[A-Z])?"  # AMEND AND RECOMMIT TO RULES 10105B names the print; CITIES 1 is a committee
_COMMITTEE = re.compile(
    r"(.*?\b(?:(?:REFERRED|COMMITTED|RECOMMITTED|RECOMMIT|REFERENCE CHANGED?|TRANSFER) TO"
    r"|(?:CONSIDERATION|DEFEATED) IN)) (?!CALENDAR$)(.+?)" + _PRINT
)
_NAMED = re.compile(f"(.*?){_PRINT}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![A-Z0-9])[SAJKBCELR]?\d+(?:-?[A-Z])?(?![A-Z0-9])")
_WORD = re.compile(r"[A-Z0-9]+")
_ARGUMENTS = frozenset(("CAL", "CHAP", "MEMO", "T"))  # "(T)": the amendment changes the title too
_SMALL = frozenset(("And", "Of", "The", "With"))


@lru_cache(maxsize=65_536)
def classified(text: str, chamber: str = "") -> tuple[str, ...]:
    """Terms of one action, in the order in which they take effect; () for a wording without a rule.

    Both of New York's houses use the same words, so `chamber` decides nothing here.
    """
    words = _WORD.findall(pattern_of(text).replace("<committee>", ""))
    return TERMS.get(" ".join(word for word in words if word not in _ARGUMENTS), ())


def pattern_of(text: str) -> str:
    """The wording with numbers and committees struck out: what 15,000 January re-referrals have in common.

    >>> pattern_of("SIGNED CHAP.689"), pattern_of("REPORTED AND COMMITTED TO FINANCE")
    ('SIGNED CHAP.#', 'REPORTED AND COMMITTED TO <committee>')
    """
    text = " ".join(text.upper().split())
    if found := _COMMITTEE.fullmatch(text):
        return f"{found[1]} <committee>"
    return _NUMBER.sub("#", text)


@lru_cache(maxsize=4096)
def committee_in(text: str) -> str:
    """The committee that an action names, as people write it: "Internet and Technology"; "" for none."""
    found = _COMMITTEE.fullmatch(" ".join(text.upper().split()))
    if not found:
        return ""
    words = " ".join(word.capitalize() for word in found[2].split(" "))
    return re.sub(r"\w+", lambda word: word[0].lower() if word[0] in _SMALL else word[0], words)


def committee_named(name: str) -> str:
    """A committee as a source names it, without the print that the source has read as part of the name: "Rules" of
    "Rules 6540c"; "Cities 1" is a committee.
    """
    found = _NAMED.fullmatch(name)
    return found[1] if found else name


def substitute_in(text: str) -> str | None:
    """The number of the bill that takes this one's place: "S4505" in SUBSTITUTED BY S4505."""
    found = re.fullmatch(r"SUBSTITUT?ED BY ([SA])0*([1-9]\d*)[A-Z]?", text.strip().upper())
    return found[1] + found[2] if found else None


def chapter_in(text: str) -> str:
    """The chapter of the session laws: "689" in SIGNED CHAP.689, "732" in CHAPTER 732; "" for none."""
    found = re.search(r"\bCHAP(?:TER|\.) ?(\d+)", text.upper())
    return found[1] if found else ""


def veto_in(text: str) -> str:
    """The number of a veto message: "91" in VETOED MEMO.91, "293" in POCKET VETO - VETO.293; "" for none."""
    found = re.search(r"\bVETO(?:ED)?(?: MEMO)?\. ?(\d+)", text.upper())
    return found[1] if found else ""


def severity_of(classification: tuple[str, ...], text: str = "", date: str = "") -> str:
    """How much an action matters to somebody who follows the bill: "milestone", "notable" or "detail".

    With its `date` (ISO), the referral with which every bill starts an even year again is a detail; what no
    rule knows is notable, lest something important is played down.
    """
    if classification == ("referral-committee",) and _starts_even_year(date):
        return "detail"
    weights = {_SEVERITY.get(term, "notable") for term in classification or classified(text)} or {"notable"}
    return min(weights, key=("milestone", "notable", "detail").index)


def _starts_even_year(date: str) -> bool:
    return date[5:7] == "01" and date[3:4] in ("0", "2", "4", "6", "8")
