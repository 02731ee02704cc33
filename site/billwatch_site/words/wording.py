"""The record's own words, made readable: official action lines, status codes, names in capitals.

The same few thousand lines and names stand on many pages, so what was worked out once is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

# What an official line means, in the words a newspaper would use. First match wins; {1} is the first group. `@` stands
# before a name that comes in capitals.
_PLAIN = (
    (r"PASSED (SENATE|ASSEMBLY|HOUSE)", "Passed the @{1}"),
    (r"REPASSED (SENATE|ASSEMBLY|HOUSE)", "Passed the @{1} again"),
    (r"(DELIVERED|RETURNED) TO (SENATE|ASSEMBLY|HOUSE|GOVERNOR|SECRETARY OF STATE)", "_{1} to the @{2}"),
    (r"RECALLED FROM (SENATE|ASSEMBLY|GOVERNOR)", "Recalled from the @{1}"),
    (r"DIED IN (SENATE|ASSEMBLY)", "Died in the @{1}"),
    (r"SIGNED CHAP\.? ?(\d+)", "Signed into law as chapter {1}"),
    (r"CHAPTER (\d+)", "Became law without a signature as chapter {1}"),
    (r"TABLED LINE VETO MEMO\.? ?(\d+)", "Line veto tabled, memorandum {1}"),
    (r"THRU LINE VETO MEMO\.? ?(\d+)", "Through line veto memorandum {1}"),
    (r"APPROVAL MEMO\.? ?(\d+)", "Approved, with memorandum {1}"),
    (r"VETOED MEMO\.? ?(\d+)", "Vetoed (memorandum {1})"),
    (r"POCKET VETO - VETO\.? ?(\d+)", "Pocket veto, number {1}"),
    (r"LINE VETO MEMO\.? ?(\d+)", "Line veto, memorandum {1}"),
    (r"(REFERRED|COMMITTED|RECOMMITTED) TO (.+)", "_{1} to @{2}"),
    (r"REPORTED REFERRED TO (.+)", "Reported, and referred to @{1}"),
    (r"REPORTED AND COMMITTED TO (.+)", "Reported, and committed to @{1}"),
    (r"REFERENCE CHANGED TO (.+)", "Moved to @{1}"),
    (r"COMMITTEE DISCHARGED AND COMMITTED TO (.+)", "Committee discharged, and committed to @{1}"),
    (r"AMEND(?: \(T\))? AND RECOMMIT TO (.+) (\d{2,}[A-Z]?|\d[A-Z])", "Amended, and sent back to @{1}, as print {2}"),
    (r"AMEND(?: \(T\))? AND RECOMMIT TO (.+)", "Amended, and sent back to @{1}"),
    (r"AMENDED ON THIRD READING(?: \(T\))? (\w+)", "Amended on third reading, as print {1}"),
    (r"AMENDED(?: \(T\))? (\d\w*)", "Amended, as print {1}"),
    (r"AMEND(?:ED)? BY RESTORING TO (ORIGINAL|PREVIOUS) PRINT (\w+)", "Amended by going back to the ~{1} print {2}"),
    (r"RECOMMIT, ENACTING CLAUSE STRICKEN", "Recommitted, enacting clause stricken"),
    (r"VOTE RECONSIDERED - RESTORED TO THIRD READING", "Vote reconsidered, restored to third reading"),
    (r"TO ATTORNEY-GENERAL FOR OPINION", "To the Attorney General for an opinion"),
    (r"OPINION REFERRED TO (.+)", "Opinion referred to @{1}"),
    (r"NOTICE OF COMMITTEE CONSIDERATION - (REQUESTED|WITHDRAWN)", "Notice of committee consideration ~{1}"),
    (r"MESSAGE OF NECESSITY - (.+)", "Message of necessity: ~{1}"),
    (r"PRINT NUMBER (\w+)", "Printed as {1}"),
    (r"(DEFEATED|HELD FOR CONSIDERATION|REPORTED) IN (.+)", "_{1} in @{2}"),
    (r"SUBSTITUTED (BY|FOR) (\w+)", "Substituted ~{1} {2}"),
    (r"1ST REPORT CAL\.? ?(\d*)", "First report, calendar {1}"),
    (r"2ND REPORT CAL\.? ?(\d*)", "Second report, calendar {1}"),
    (r"3RD READING CAL\.? ?(\d*)", "Third reading, calendar {1}"),
    (r"RULES REPORT CAL\.? ?(\d*)", "Reported by Rules, calendar {1}"),
    (r"ADVANCED TO THIRD READING(?: CAL\.? ?(\d+))?", "Advanced to third reading, calendar {1}"),
    (r"ORDERED TO THIRD READING RULES CAL\.? ?(\d+)", "Ordered to third reading, Rules calendar {1}"),
    (r"ORDERED TO THIRD READING(?: CAL\.? ?(\d+))?", "Ordered to third reading, calendar {1}"),
)
_RULES = tuple((re.compile(pattern), words) for pattern, words in _PLAIN)
_NAME = re.compile(r"[^\W\d_]+(?:['’]s\b)?")  # each part of O'Donnell begins with a capital, Women's is one part
# What differs between lines of one meaning: numbers, memoranda, the other bill, the committee.
_PARTICULARS = re.compile(r"(?<=\w)(?:,| \(|:| as | (?:by|for) [A-Z]\d| in (?!the )| (?:memorandum |print )?\d).*")
_PLACES = re.compile(r"(?<=ed) to (?!the |third |an? ).*")
_PRINT = re.compile(r" (?:\d{2,}[A-Z]?|\d[A-Z])\Z", re.IGNORECASE)
_SMALL_IN_CAPITALS = re.compile(r"(?<= )(?:And|Of|The|For|On|In)(?= )")
_SMALL = {"and", "of", "the", "for", "in", "on", "to", "with", "a", "an", "or"}


@lru_cache(maxsize=4096)
def name_case(text: str) -> str:
    """A name that comes in capitals: "CODES AND RULES" as "Codes and Rules"; mixed case is left alone."""
    if not text.isupper():
        return text
    words = [w if w in _SMALL else _NAME.sub(lambda m: m[0].capitalize(), w) for w in text.lower().split()]
    return " ".join([words[0].capitalize() if words[0] in _SMALL else words[0], *words[1:]])


def small_words(text: str) -> str:
    """ "Internet And Technology", as a source capitalizes it, as "Internet and Technology"."""
    return _SMALL_IN_CAPITALS.sub(lambda word: word[0].lower(), text)


def committee_name(text: str) -> str:
    """A committee as people write it, however a source does; the print in "Rules 6540c" is none of its name."""
    return small_words(name_case(_PRINT.sub("", text)))


@lru_cache(maxsize=4096)
def plain_action(text: str, context: str = "") -> str:
    """An official action line in plain words, without the full stop: "Referred to Codes".

    `context` is "veto" for a line that stands behind a veto: what is tabled then is the message with it.
    """
    line = " ".join(text.split()).upper()
    if (context, line) == ("veto", "TABLED"):
        return "Veto message tabled"
    for pattern, words in _RULES:
        if match := pattern.fullmatch(line):
            return _filled(words, match).removesuffix(", calendar ")
    return text.strip().capitalize() if text.isupper() else text.strip()


def gist_of_action(text: str, context: str = "") -> str:
    """An official line without its particulars: "REFERRED TO CODES" as "Referred to committees"."""
    return _PARTICULARS.sub("", _PLACES.sub(" to committees", plain_action(text, context)))


def _filled(words: str, match: re.Match[str]) -> str:
    """The words with the groups put in: `@` as a name, `_` as a sentence begins, `~` small."""
    cases: dict[str, Callable[[str], str]] = {"@": name_case, "_": str.capitalize, "~": str.lower, "": str}
    return re.sub(r"([@_~]?)\{(\d)\}", lambda slot: cases[slot[1]](match[int(slot[2])] or ""), words)


@lru_cache(maxsize=4096)
def official_differs(text: str, context: str = "") -> bool:
    """True where our words are more than the official ones in lower case, so that both have to be shown."""
    return _bare(plain_action(text, context)) != _bare(text)


def _bare(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in ("the", "and", "with", "as", "an")]


def plain_status(code: str) -> str:
    """An official status code in words: "IN_SENATE_COMM" as "In Senate committee"."""
    words = {"comm": "committee", "gov": "Governor", "senate": "Senate", "assembly": "Assembly", "house": "House"}
    found = [words.get(w, w) for w in code.lower().split("_")]
    return " ".join(found)[:1].upper() + " ".join(found)[1:]
