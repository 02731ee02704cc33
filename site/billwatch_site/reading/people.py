"""Who sponsors what: one person, one page, however a source spells the name.

Sources give the full name, the short one ("ROSENTHAL L"), or both. Where any bill of the store gives both, the short
one stands for that full one in its chamber and session; bills are read with the full names (`queries.py`). Where none
does, the short name is all there is, and with its chamber it makes the page: there is a JACKSON in each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from billwatch_site.records import Brief, Sponsor
from billwatch_site.words import links
from billwatch_site.words.official import legislature

Name = tuple[str, str, str, str, str]  # legislature, session, first letter of the number, name, short name


def path_of(bill: Brief, sponsor: Sponsor) -> str:
    """The folder of a sponsor's page."""
    return _path(bill.legislature, bill.identifier[:1], sponsor.name, sponsor.short)


def path_by_name(bill: Brief, name: str) -> str:
    """The folder of the page of whoever has this full name on this bill."""
    return _path(bill.legislature, bill.identifier[:1], name, "")


@lru_cache(maxsize=65536)
def _path(code: str, initial: str, name: str, short: str) -> str:
    """A name stands on thousands of bills, so this is asked far more often than there are answers."""
    chamber = legislature(code).chamber_of(initial) if _is_short(name, short) else ""
    return links.sponsor_path(code, name, chamber)


def paths_of(bill: Brief) -> dict[str, str]:
    """Everybody whose name stands on a bill, each once: the folder of the page, and the name."""
    return {path_of(bill, sponsor): sponsor.name for sponsor in bill.sponsors}


def people_of(rows: Iterable[Name]) -> Iterator[Name]:
    """What short names stand for: (legislature, session, first letter of the number, SHORT NAME, full name)."""
    names = list(rows)
    known = full_names(names)
    for code, session, initial, short in sorted({(c, s, i, short.upper()) for c, s, i, _, short in names}):
        if full := known.get((code, session, legislature(code).chamber_of(initial), short)):
            yield code, session, initial, short, full


def full_names(rows: Iterable[Name]) -> Mapping[tuple[str, str, str, str], str]:
    """What short names stand for, by (legislature, session, chamber, SHORT NAME).

    A short name that stands for two people in one chamber and session is not resolved.
    """
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for code, session, initial, name, short in rows:
        if short and not _is_short(name, short):
            found[code, session, legislature(code).chamber_of(initial), short.upper()].add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}


def _is_short(name: str, short: str) -> bool:
    return bool(short) and name.upper() == short.upper()
