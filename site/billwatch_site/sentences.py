"""Say it in plain words: dates, official action lines, and every kind of change as one sentence."""

from __future__ import annotations

import re
from datetime import date, datetime

from billwatch_site.records import Change

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
    (r"APPROVAL MEMO\.? ?(\d+)", "Approved with memorandum {1}"),
    (r"VETOED MEMO\.? ?(\d+)", "Vetoed, with memorandum {1}"),
    (r"(?:POCKET VETO - )VETO\.? ?(\d+)", "Pocket veto, number {1}"),
    (r"(?:THRU )?LINE VETO MEMO\.? ?(\d+)", "Line veto, memorandum {1}"),
    (r"(REFERRED|COMMITTED|RECOMMITTED) TO (.+)", "_{1} to @{2}"),
    (r"REPORTED REFERRED TO (.+)", "Reported, and referred to @{1}"),
    (r"REPORTED AND COMMITTED TO (.+)", "Reported, and committed to @{1}"),
    (r"REFERENCE CHANGED TO (.+)", "Moved to @{1}"),
    (r"COMMITTEE DISCHARGED AND COMMITTED TO (.+)", "Committee discharged, and committed to @{1}"),
    (r"AMEND(?: \(T\))? AND RECOMMIT TO (.+)", "Amended, and sent back to @{1}"),
    (r"AMENDED ON THIRD READING(?: \(T\))? (\w+)", "Amended on third reading, as print {1}"),
    (r"PRINT NUMBER (\w+)", "Printed as {1}"),
    (r"(DEFEATED|HELD FOR CONSIDERATION|REPORTED) IN (.+)", "_{1} in @{2}"),
    (r"SUBSTITUTED (BY|FOR) (\w+)", "Substituted ~{1} {2}"),
    (r"1ST REPORT CAL\.? ?(\d*)", "First report, calendar {1}"),
    (r"2ND REPORT CAL\.? ?(\d*)", "Second report, calendar {1}"),
    (r"RULES REPORT CAL\.? ?(\d*)", "Reported by Rules, calendar {1}"),
    (r"ADVANCED TO THIRD READING(?: CAL\.? ?(\d+))?", "Advanced to third reading, calendar {1}"),
    (r"ORDERED TO THIRD READING RULES CAL\.? ?(\d+)", "Ordered to third reading, Rules calendar {1}"),
    (r"ORDERED TO THIRD READING(?: CAL\.? ?(\d+))?", "Ordered to third reading, calendar {1}"),
)
_RULES = tuple((re.compile(pattern), words) for pattern, words in _PLAIN)
_SMALL = {"and", "of", "the", "for", "in", "on", "to", "with", "a", "an", "or"}
_LINE = re.compile(r"(\d{4}-\d\d-\d\d)? ?([^:]*): (.*)", re.DOTALL)
_BILL = re.compile(r"([a-z]{2})/([0-9a-z-]+)/([A-Z]{1,5}\d+)")


def day(iso: str) -> str:
    """ "2025-06-12" as "12 June 2025"; anything that is not a date stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B} {found.year}"


def moment(instant: datetime) -> str:
    """ "12 June 2025, 14:05 UTC"."""
    return f"{instant.day} {instant:%B %Y, %H:%M} UTC"


def ago(then: datetime, now: datetime) -> str:
    """How long `then` was before `now`, coarsely: "2 hours"; "" for less than one hour."""
    hours = int((now - then).total_seconds() // 3600)
    if hours < 1:
        return ""
    return counted(hours, "hour") if hours < 48 else counted(hours // 24, "day")


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 bill", "2 bills", "10,702 bills"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def name_case(text: str) -> str:
    """A name that comes in capitals: "CODES AND RULES" as "Codes and Rules"; mixed case is left alone."""
    if not text.isupper():
        return text
    words = [w if w in _SMALL else w.capitalize() for w in text.lower().split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def plain_action(text: str) -> str:
    """An official action line in plain words, without the full stop: "Referred to Codes"."""
    line = " ".join(text.split()).upper()
    for pattern, words in _RULES:
        if match := pattern.fullmatch(line):
            return _filled(words, match).removesuffix(", calendar ")
    return text.strip().capitalize() if text.isupper() else text.strip()


def _filled(words: str, match: re.Match[str]) -> str:
    """The words with the groups put in: `@` as a name, `_` as a sentence begins, `~` small."""
    cases = {"@": name_case, "_": str.capitalize, "~": str.lower, "": str}
    return re.sub(
        r"([@_~]?)\{(\d)\}", lambda slot: cases[slot[1]](match[int(slot[2])] or ""), words
    )


def official_differs(text: str) -> bool:
    """True where our words are not the official ones in another case, so that both have to be shown."""
    return re.sub(r"\W", "", plain_action(text)).casefold() != re.sub(r"\W", "", text).casefold()


def plain_status(code: str) -> str:
    """An official status code in words: "IN_SENATE_COMM" as "In Senate committee"."""
    words = {"comm": "committee", "gov": "Governor", "senate": "Senate", "assembly": "Assembly", "house": "House"}
    found = [words.get(w, w) for w in code.lower().split("_")]
    return " ".join(found)[:1].upper() + " ".join(found)[1:]


def bill_words(text: str) -> str:
    """A bill id in a sentence: "S1413 of 2019"; other text as it is."""
    match = _BILL.fullmatch(text)
    return f"{match[3]} of {match[2]}" if match else text


def sentence_of(change: Change) -> str:
    """One change as one sentence, with its full stop."""
    told = _told(change)
    return told if told.endswith((".", "?", "!", "”")) else f"{told}."


def _told(change: Change) -> str:
    kind, was, now = change.kind, change.was, change.now
    if kind == "action":
        return _action_told(now)
    if kind.startswith("action-"):
        return _correction_told(change)
    if kind.startswith("vote-"):
        return _vote_told(change)
    if kind in _FIXED:
        return _FIXED[kind]
    noun, words = _NAMED.get(kind, (kind.replace("-", " ").capitalize(), str))
    return _moved(noun, words(was), words(now))


def _moved(noun: str, was: str, now: str) -> str:
    """ "Committee: Rules, was Codes" with the parts that are there."""
    if was and now:
        return f"{noun}: {now} (was {was})"
    return f"{noun}: {now or was}"


def parts_of(line: str) -> tuple[str, str, str]:
    """Date, place and text of "2025-06-12 Senate: PASSED SENATE"; what is missing is ""."""
    match = _LINE.fullmatch(line)
    return (match[1] or "", match[2], match[3]) if match else ("", "", line)


def _action_told(line: str) -> str:
    _, chamber, text = parts_of(line)
    told = plain_action(text)
    return told if not chamber or chamber in told else f"{told} ({chamber})"


def _correction_told(change: Change) -> str:
    if change.kind == "action-inserted":
        return f"The record now has a line it did not have: {_quoted(change.now)}"
    if change.kind == "action-removed":
        return f"The record no longer has the line {_quoted(change.was)}"
    return f"The record now reads {_quoted(change.now)}; it read {_quoted(change.was)}"


def _quoted(line: str) -> str:
    on, _, _ = parts_of(line)
    return f"“{_action_told(line)}”" + (f" of {day(on)}" if on else "")


def _vote_told(change: Change) -> str:
    on, where, counts = parts_of(change.now or change.was)
    what = {"vote-added": "Vote", "vote-edited": "A vote’s record was edited", "vote-removed": "A vote was taken out"}
    return f"{what[change.kind]}, {where}: {counts}" + (f" ({day(on)})" if on else "")


_FIXED = {
    "listed": "Added to the bills followed here",
    "title": "The title was edited",
    "abstract": "The summary was edited",
    "act-clause": "The act clause was edited",
    "law-code": "The list of laws affected was edited",
    "print-text": "The text or memo of a print was edited",
    "unlisted": "The source no longer lists this bill",
    "relisted": "The source lists this bill again",
}
_NAMED = {
    "status": ("Official status", plain_status),
    "committee": ("Committee", name_case),
    "law-section": ("Law section", str),
    "introduced-on": ("Date of introduction", day),
    "version": ("Amended: the print is now", str),
    "print-added": ("New print", str),
    "print-removed": ("Print withdrawn", str),
    "sponsor": ("Sponsor", name_case),
    "cosponsor-added": ("Co-sponsor joined", name_case),
    "cosponsor-removed": ("No longer a co-sponsor", name_case),
    "same-as-added": ("Same bill in the other house", bill_words),
    "same-as-removed": ("No longer linked as the same bill", bill_words),
    "previous-version-added": ("Earlier version linked", bill_words),
    "previous-version-removed": ("Earlier version no longer linked", bill_words),
    "substituted-by": ("Substituted by", bill_words),
    "topic-added": ("Topic", str),
    "topic-removed": ("No longer under the topic", str),
    "reintroduced": ("Reintroduced as", bill_words),
}
