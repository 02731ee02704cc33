"""The day on which a law takes effect, by our reading of its clause: only where the words name it exactly."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import msgspec

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBERS = {word: n for n, word in enumerate(_ONES)} | _TENS
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS |= {f"{word}th": n for word, n in _NUMBERS.items() if n} | {f"{w[:-1]}ieth": n for w, n in _TENS.items()}
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_LAW = r"(?:(?:it|the bill|this act) (?:shall have become|shall become|has become|becomes|became)|becoming) (?:a )?law"

_FORMS = tuple(
    re.compile(f"this act shall take effect {form}")
    for form in (
        r"immediately",
        rf"(?:on )?(?:the )?(?P<days>[a-z0-9 -]+?) days? after {_LAW}",
        rf"(?P<years>one|two|three) years? after {_LAW}",
        rf"on the first (?:day )?of {_MONTH},? next succeeding the date (?:on|upon) which {_LAW}",
        rf"(?:on )?{_MONTH} (?P<day>\d{{1,2}}), (?P<year>\d{{4}})",
        rf"on the (?P<ordinal>first|fifteenth) (?:day )?of {_MONTH},? (?P<in>\d{{4}})",
    )
)
_SUNSET = re.compile(rf"(?:expire|be deemed repealed|repealed) (?:on )?{_MONTH} (?P<day>\d{{1,2}}), (?P<year>\d{{4}})")


class Effect(msgspec.Struct, frozen=True):
    """When a law takes effect. `on` is None where the words do not name one day; `partly`: they go on with more."""

    clause: str
    on: date | None
    partly: bool


def effect_of(stage: str, became_law: str, clause: str) -> Effect | None:
    """What the record says of a bill of this stage; None where it is no law, or the record says nothing."""
    if stage != "law" or not clause:
        return None
    try:
        return reading_of(clause, date.fromisoformat(became_law))
    except ValueError:
        return Effect(clause, None, False)


def reading_of(clause: str, became_law: date) -> Effect:
    """The clause with the day it names, for a law of this day. The day it became law is not counted itself.

    >>> clause = "This act shall take effect on the ninetieth day after it shall have become a law."
    >>> reading_of(clause, date(2025, 1, 1)).on
    datetime.date(2025, 4, 1)
    """
    words = " ".join(clause.casefold().split())
    for form in _FORMS:
        if found := form.match(words):
            on = _day(found.groupdict(), became_law)
            return Effect(clause, on, on is not None and words[found.end() :].strip(" .") != "")
    return Effect(clause, None, False)


def sunset_in(clause: str) -> date | None:
    """The day on which a law ends by its own words, where these name one."""
    found = _SUNSET.search(" ".join(clause.casefold().split()))
    return _day(found.groupdict(), date.min) if found else None


def _day(said: dict[str, str], became: date) -> date | None:
    try:
        if "days" in said:
            days = number_of(said["days"])
            return became + timedelta(days=days) if days else None
        if "years" in said:
            return became.replace(year=became.year + _NUMBERS[said["years"]])
        if "year" in said:
            return date(int(said["year"]), _MONTHS[said["month"]], int(said["day"]))
        if "in" in said:
            return date(int(said["in"]), _MONTHS[said["month"]], _ORDINALS[said["ordinal"]])
        if "month" in said:
            this_year = became.replace(month=_MONTHS[said["month"]], day=1)
            return this_year if this_year > became else this_year.replace(year=became.year + 1)
    except ValueError:  # the 30th of February, or the year after a 29th
        return None
    return became


def number_of(words: str) -> int:
    """A number or its ordinal in words, up to 999: "one hundred eightieth" as 180; 0 for what is none.

    >>> number_of("one hundred and eightieth"), number_of("forty-fifth"), number_of("90th"), number_of("many")
    (180, 45, 90, 0)
    """
    if digits := re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", words.strip()):
        return int(digits[1])
    total = 0
    for word in re.split(r"[ -]+", words.strip()):
        if word in ("hundred", "hundredth"):
            total = max(total, 1) * 100
        elif (value := _NUMBERS.get(word) or _ORDINALS.get(word)) is not None:
            total += value
        elif word != "and":
            return 0
    return total
