"""Say it in plain words: dates, counts, and every kind of change as one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from billwatch.bill import parts_of
from billwatch.stages import STAGE_SENTENCES
from billwatch_site.records import Change
from billwatch_site.words.subjects import topic_name
from billwatch_site.words.votes import retold
from billwatch_site.words.wording import committee_name, name_case, plain_action, plain_status

# Lines that need no "(Senate)" behind them: they say themselves who acted, or where to.
_PLACED = re.compile(
    r"Senate|Assembly|House|Governor|Secretary of State|Signed|signature|[Vv]eto|memorandum|Substituted"
)
_WHERE = re.compile(r"(\S+) (.+) committee")
_BODIES = ("Senate", "Assembly", "House", "Governor")
_BILL = re.compile(r"\b([a-z]{2})/([0-9][0-9a-z-]*)/([A-Z]{1,5}[0-9]{1,6})\b")


def date_in(text: str) -> date | None:
    """The date that a text begins with, as "2025-06-12"; None where it does not."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
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


def beginning(text: str) -> str:
    """Text with a capital, as a sentence begins; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """Text as it goes on in a sentence: without a capital, unless it begins with a name."""
    return text if text.startswith(_BODIES) else text[:1].lower() + text[1:]


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def bill_words(text: str) -> str:
    """Text with its bill ids as people say them: "S1413 of 2019"."""
    return _BILL.sub(r"\3 of \2", text)


def stage_words(stage: str) -> str:
    """A stage's name for people; a stage that we do not know, as the store has it."""
    known = STAGE_SENTENCES.get(stage)
    return known[0] if known else stage.replace("-", " ").capitalize() or "Not known"


def sentence_of(change: Change) -> str:
    """One change as one sentence, with its full stop."""
    return _sentence(change.kind, change.was, change.now, change.context)


def in_short(sentence: str) -> str:
    """A correction without what the record said before, for where there is room for one line; any other as it is."""
    told, cut, _ = sentence.partition("; it read ")
    return f"{told}." if cut else sentence


@lru_cache(maxsize=16384)  # a change is told on many pages and in many feeds
def _sentence(kind: str, was: str, now: str, context: str) -> str:
    told = _told(kind, was, now, context)
    return told if told.endswith((".", "?", "!", "”")) else f"{told}."


def _told(kind: str, was: str, now: str, context: str) -> str:
    if kind == "action":
        return _action_told(now, context)
    if kind.startswith("action-"):
        return _correction_told(kind, was, now, doubled=bool(context))
    if kind.startswith("vote-"):
        return _vote_told(kind, now or was, context)
    if kind == "chapter-amendment":
        return _amendment_told(bill_words(now), context)
    if kind in _FIXED:
        return _FIXED[kind]
    return _moved(was, now, *_WORDS.get(kind, (str, f"{kind.replace('-', ' ').capitalize()}: {{now}}", "", "")))


def _moved(was: str, now: str, words: Callable[[str], str], came: str, went: str, moved: str) -> str:
    """The sentence for what came, what went, or what became something else: as much as is known."""
    was, now = words(was), words(now)
    told = (came or went) if now else (went or came)
    sentence = moved if was and now and moved else told
    return sentence.format(was=was, now=now or was)


def _action_told(line: str, context: str = "") -> str:
    _, chamber, text = parts_of(line)
    told = plain_action(text, context)
    return told if not chamber or _PLACED.search(told) else f"{told} ({chamber})"


def _correction_told(kind: str, was: str, now: str, doubled: bool) -> str:
    if kind == "action-inserted":
        return f"The record now has a line it did not have: {quoted(now)}"
    if kind == "action-removed" and doubled:
        return f"The record had the line {quoted(was)} more than once; one of them was taken out"
    if kind == "action-removed":
        return f"The record no longer has the line {quoted(was)}"
    (was_on, *was_told), (now_on, *now_told) = parts_of(was), parts_of(now)
    if was_told == now_told:
        return f"The record now dates “{_action_told(now)}” {day(now_on)}, not {day(was_on)}"
    return f"The record now reads {quoted(now)}; it read {quoted(was)}"


def quoted(line: str) -> str:
    """A line of the record within a sentence: “Passed the Senate” of 12 June 2025."""
    on, _, _ = parts_of(line)
    return f"“{_action_told(line)}”" + (f" of {day(on)}" if on else "")


def _amendment_told(amending: str, law: str) -> str:
    """`law` tells whose law it is: "" for the bill's own, "S7543" for its substitute's, "?" added: none yet."""
    if not law:
        return f"{amending} would amend the chapter that it became"
    substitute = law.removesuffix("?")
    told = f"{amending} would amend the law made of this bill"
    told += f", or of {substitute}, which took its place" if substitute else ""
    return f"{told}: its act clause calls it a chapter, and the record we hold has none yet" if law[-1] == "?" else told


def _vote_told(kind: str, line: str, motion: str) -> str:
    on, where, counts = parts_of(line)
    what = {
        "vote-added": f"Vote{_moved_that(motion)}",
        "vote-edited": "A vote’s record was edited",
        "vote-removed": "A vote was taken out",
    }
    # An edited vote goes on with the members who moved; they are shown as was and now.
    where = _WHERE.sub(lambda found: f"{found[1]} {committee_name(found[2])} committee", where)
    return f"{what[kind]}, {where}: {retold(counts.split(';')[0])}" + (f" ({day(on)})" if on else "")


def _moved_that(motion: str) -> str:
    """What a vote was on, where an aye did not help the bill on: those who vote to hold it are no supporters."""
    if not motion or motion.lower().startswith("favorable"):
        return ""
    return " to hold the bill" if motion.lower().startswith("held") else f" on “{motion}”"


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
    "committee": (committee_name, "With the committee on {now}", "No longer in the committee on {was}", ""),
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
    "topic-added": (topic_name, "Now under the topic {now}", "", ""),
    "topic-removed": (topic_name, "", "No longer under the topic {was}", ""),
    "reintroduced": (bill_words, "Reintroduced as {now}", "", ""),
    "probably-reintroduced": (bill_words, "Probably back as {now}", "", ""),
    "not-reintroduced": (bill_words, "", "Not back as {was}, as we had supposed", ""),
}
