"""Say it in plain words: dates, official action lines, and every kind of change as one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    (r"APPROVAL MEMO\.? ?(\d+)", "Approved, with memorandum {1}"),
    (r"VETOED MEMO\.? ?(\d+)", "Vetoed (memorandum {1})"),
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
# Lines that need no "(Senate)" behind them: they say themselves who acted, or where to.
_PLACED = re.compile(
    r"Senate|Assembly|House|Governor|Secretary of State|Signed|signature|[Vv]eto|memorandum|Substituted"
)
_BILL = re.compile(r"([a-z]{2})/([0-9a-z-]+)/([A-Z]{1,5}\d+)")


def day(iso: str) -> str:
    """ "2025-06-12" as "12 June 2025"; anything that is not a date stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B} {found.year}"


def short_day(iso: str) -> str:
    """ "2025-06-12" as "12 Jun 2025", where room is scarce."""
    number, _, rest = day(iso).partition(" ")
    month, _, year = rest.partition(" ")
    return f"{number} {month[:3]} {year}" if year else iso


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
    words = [w if w in _SMALL else re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), w) for w in text.lower().split()]
    return " ".join([words[0].capitalize() if words[0] in _SMALL else words[0], *words[1:]])


def plain_action(text: str) -> str:
    """An official action line in plain words, without the full stop: "Referred to Codes"."""
    line = " ".join(text.split()).upper()
    for pattern, words in _RULES:
        if match := pattern.fullmatch(line):
            return _filled(words, match).removesuffix(", calendar ")
    return text.strip().capitalize() if text.isupper() else text.strip()


def _filled(words: str, match: re.Match[str]) -> str:
    """The words with the groups put in: `@` as a name, `_` as a sentence begins, `~` small."""
    cases: dict[str, Callable[[str], str]] = {"@": name_case, "_": str.capitalize, "~": str.lower, "": str}
    return re.sub(r"([@_~]?)\{(\d)\}", lambda slot: cases[slot[1]](match[int(slot[2])] or ""), words)


def official_differs(text: str) -> bool:
    """True where our words are more than the official ones in lower case, so that both have to be shown."""
    return _bare(plain_action(text)) != _bare(text)


def _bare(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in ("the", "and", "with", "as")]


def plain_status(code: str) -> str:
    """An official status code in words: "IN_SENATE_COMM" as "In Senate committee"."""
    words = {"comm": "committee", "gov": "Governor", "senate": "Senate", "assembly": "Assembly", "house": "House"}
    found = [words.get(w, w) for w in code.lower().split("_")]
    return " ".join(found)[:1].upper() + " ".join(found)[1:]


def bill_words(text: str) -> str:
    """A bill id in a sentence: "S1413 of 2019"; other text as it is."""
    match = _BILL.fullmatch(text)
    return f"{match[3]} of {match[2]}" if match else text


def topic_words(slug: str) -> str:
    """A topic's slug in words: "age-verification" as "age verification"."""
    return slug.replace("-", " ")


def sentence_of(change: Change) -> str:
    """One change as one sentence, with its full stop."""
    told = _told(change)
    return told if told.endswith((".", "?", "!", "”")) else f"{told}."


def _told(change: Change) -> str:
    kind = change.kind
    if kind == "action":
        return _action_told(change.now)
    if kind.startswith("action-"):
        return _correction_told(change)
    if kind.startswith("vote-"):
        return _vote_told(change)
    if kind in _FIXED:
        return _FIXED[kind]
    return _moved(change, *_WORDS.get(kind, (str, f"{kind.replace('-', ' ').capitalize()}: {{now}}", "", "")))


def _moved(change: Change, words: Callable[[str], str], came: str, went: str, moved: str) -> str:
    """The sentence for what came, what went, or what became something else: as much as is known."""
    was, now = words(change.was), words(change.now)
    told = (came or went) if now else (went or came)
    sentence = moved if was and now and moved else told
    return sentence.format(was=was, now=now or was)


def parts_of(line: str) -> tuple[str, str, str]:
    """Date, place and text of "2025-06-12 Senate: PASSED SENATE"; what is missing is ""."""
    match = _LINE.fullmatch(line)
    return (match[1] or "", match[2], match[3]) if match else ("", "", line)


def _action_told(line: str) -> str:
    _, chamber, text = parts_of(line)
    told = plain_action(text)
    return told if not chamber or _PLACED.search(told) else f"{told} ({chamber})"


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
# How to put a value, and the sentence when it came, when it went, and when it took the place of another.
_WORDS: dict[str, tuple[Callable[[str], str], str, str, str]] = {
    "status": (plain_status, "Official status: {now}", "", "Official status: {now} (was {was})"),
    "committee": (name_case, "With the committee on {now}", "No longer in the committee on {was}", ""),
    "law-section": (str, "Law section: {now}", "", "Law section: {now} (was {was})"),
    "introduced-on": (day, "Date of introduction: {now}", "", "Date of introduction: {now} (was {was})"),
    "version": (str, "The current print is {now}", "", "Amended: the current print is {now} (was {was})"),
    "print-added": (str, "New print: {now}", "", ""),
    "print-removed": (str, "Print withdrawn: {now}", "Print withdrawn: {was}", ""),
    "sponsor": (
        name_case,
        "Sponsored by {now}",
        "No longer sponsored by {was}",
        "Sponsored by {now}, instead of {was}",
    ),
    "cosponsor-added": (name_case, "{now} joined as a co-sponsor", "", ""),
    "cosponsor-removed": (name_case, "", "{was} is no longer a co-sponsor", ""),
    "same-as-added": (bill_words, "Linked with the same bill in the other house: {now}", "", ""),
    "same-as-removed": (bill_words, "", "No longer linked with {was} as the same bill", ""),
    "previous-version-added": (bill_words, "Earlier version linked: {now}", "", ""),
    "previous-version-removed": (bill_words, "", "Earlier version no longer linked: {was}", ""),
    "substituted-by": (bill_words, "Substituted by {now}", "No longer substituted by {was}", ""),
    "topic-added": (topic_words, "Now under the topic {now}", "", ""),
    "topic-removed": (topic_words, "", "No longer under the topic {was}", ""),
    "reintroduced": (bill_words, "Reintroduced as {now}", "", ""),
}
