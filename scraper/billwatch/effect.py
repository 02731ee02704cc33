"""When a law takes effect, in the words of the record: the last clause of its text, else what its sponsor's memo says.

Pure. The printed text numbers its lines, spreads its words and breaks them; pages have heads of their own.
"""

from __future__ import annotations

import re

from billwatch.bill import Bill, Version

_PAGE_HEAD = re.compile(r"^ *[A-Z]\. ?\d+(?:-+[A-Z])? +\d+(?: +[A-Z]\. ?\d+(?:-+[A-Z])?)? *$", re.MULTILINE)
_LINE_NUMBER = re.compile(r"^ {0,8}\d{1,2}(?: {1,4}|$)", re.MULTILINE)
_BREAK = re.compile(r"(\w+)-\s*\n\s*(\w)")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")  # these keep their hyphen
_CLAUSE = re.compile(r"\bThis act shall take effect\b.*?(?:\.(?=\s|$)|$)", re.IGNORECASE | re.DOTALL)
_IN_MEMO = re.compile(r"\bEFFECTIVE DATE\s*:\s*(.{4,600}?\.)(?=\s|$)", re.DOTALL)
_LONGEST = 600  # what is longer is no clause but a text whose full stop we did not see


def takes_effect(bill: Bill) -> str:
    """The clause of the active print, as one line; "" where no text that we hold has one."""
    for version in bill.versions or ():
        if version.letter == (bill.version or "") and (found := _said(version)):
            return found
    return ""


def _said(version: Version) -> str:
    if clauses := _CLAUSE.findall(plain(version.text or "")):
        clause = str(clauses[-1])
        return clause if len(clause) <= _LONGEST else ""
    memo = _IN_MEMO.findall(version.memo or "")
    return " ".join(str(memo[-1]).split()) if memo else ""


def plain(printed: str) -> str:
    """A printed text as running words.

    >>> plain("    3    §  2.  This  act shall take effect on the one hun-\\n    4  dred eightieth day.")
    '§ 2. This act shall take effect on the one hundred eightieth day.'
    """
    text = _LINE_NUMBER.sub("", _PAGE_HEAD.sub("", printed))
    return " ".join(_BREAK.sub(_joined, text).split())


def _joined(broken: re.Match[str]) -> str:
    return f"{broken[1]}-{broken[2]}" if broken[1].lower() in _TENS else f"{broken[1]}{broken[2]}"
