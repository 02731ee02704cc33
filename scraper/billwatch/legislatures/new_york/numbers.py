"""Bill numbers as people, papers and sources write them.

A number is a letter and up to five digits, used anew in every session: `S` and `A` are bills of the Senate and
the Assembly; `J`, `B`, `R` and `K`, `C`, `E`, `L` are resolutions. A letter after the digits names the print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from billwatch.errors import UsageError

_LETTERS = {"S": "Senate", "J": "Senate", "B": "Senate", "R": "Senate"} | dict.fromkeys("AKCEL", "Assembly")

_YEAR = r"(?:19|20)[0-9]{2}"
_SPAN = rf"{_YEAR}(?:[-–](?:{_YEAR}|[0-9]{{2}}))?"
_DIGITS = r"0*(?P<digits>[1-9][0-9]{0,4})"
_PRINT = r"(?:-?(?P<print>[A-Z]))?"
_BEFORE = rf"(?:(?P<before>{_SPAN})[-/ ]\s*)?"
_AFTER = rf"(?:(?:\s*[-/(]\s*|\s+of\s+|\s+)(?P<after>{_SPAN})\)?)?"
_END = r"(?![A-Z0-9])(?!-[0-9])"
# "S9191" and "S. 9191" are numbers in any text, "s 9191" only among other numbers: "a 5 year plan" is none.
_NUMBER = re.compile(
    rf"(?<![A-Z0-9]){_BEFORE}(?<![A-Z0-9])(?:(?P<house>SENATE|ASSEMBLY)(?:\s+BILL)?(?:\s+NO\.?)?\s+#?\s*)?"
    rf"(?:(?P<letter>[SAJKBCELR])(?P<gap>\.\s*|-|\s*))?{_DIGITS}{_PRINT}{_AFTER}{_END}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[\s,;/&()#]|\b(?:and|or|bills?|nos?\.?|ny|same as|uni)\b)*", re.IGNORECASE)
_SESSION = re.compile(rf"{_YEAR}[-–](?:{_YEAR}|[0-9]{{2}})")


class Number(NamedTuple):
    """One bill number. `letter` names a print, "" the bill; `session` is None where none was written."""

    identifier: str  # "S9191"
    letter: str = ""
    session: str | None = None  # "2017"; an even year is read as the second of its session


def numbers_in(text: str) -> list[Number]:
    """The numbers in a text, in its order and once each; [] for none.

    A number without its house ("9191-A") is understood where nothing but numbers was written, and gives a
    candidate of either house. The session is never guessed.

    >>> numbers_in("A. 5346/S. 4505-A")
    [Number(identifier='A5346', letter='', session=None), Number(identifier='S4505', letter='A', session=None)]
    """
    text = " ".join(text.split())  # a long run of blanks would make the patterns try every part of it
    if _SESSION.fullmatch(text):
        return []
    matches = list(_NUMBER.finditer(text))
    alone = bool(_BETWEEN.fullmatch(_NUMBER.sub(" ", text)))
    return list(dict.fromkeys(number for match in matches for number in _candidates(match, alone)))


def _candidates(match: re.Match[str], alone: bool) -> list[Number]:
    house, letter = match["house"], match["letter"]
    vague = not house and (not letter or match["gap"].isspace())
    if vague and not alone:
        return []
    letters = letter or (house[0] if house else "SA")
    years = match["before"] or match["after"]  # "2017" or "2017-2018"
    session = session_of_year(int(years[:4])) if years else None
    return [Number(x + match["digits"], (match["print"] or "").upper(), session) for x in letters.upper()]


def session_of_year(year: int) -> str:
    """Sessions are named for their odd year: "2025" for 2025 and 2026."""
    return str((year - 1) | 1)


def padded(identifier: str) -> str:
    """The number as the Assembly prints it: "S09191"."""
    return f"{identifier[0]}{identifier[1:]:0>5}"


def chamber_of(identifier: str) -> str:
    """The chamber in which a number was introduced: "Senate" for S9191, and for S alone."""
    if identifier[:1] not in _LETTERS:
        raise UsageError(f"'{identifier[:40]}' is not a New York bill number; write it as S9191")
    return _LETTERS[identifier[0]]
