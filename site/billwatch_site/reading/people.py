"""Who sponsors what: one person, one page, however a source spells the name.

Sources give the full name, the short one ("ROSENTHAL L"), or both. Where any bill of the store gives both, the short
one stands for that full one in its chamber and session, and in the sessions of that chamber of which no bill tells, if
all that tell agree: members sit for long, but a wrong person is worse than a short name. Bills are read with the full
names (`queries.py`). Where nothing tells, the short name is all there is, and with its chamber it makes the page: there
is a JACKSON in each.
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
    """Who is meant by the short names: (legislature, session, first letter of the number, name as it stands there,
    full name)."""
    names = list(rows)
    known = full_names(names)
    for code, session, initial, name in sorted({row[:4] for row in names if _is_short(*row[3:])}):
        seat = (legislature(code).chamber_of(initial), name.upper())
        if full := known.get((code, session, *seat)) or known.get((code, "", *seat)):
            yield code, session, initial, name, full


def full_names(rows: Iterable[Name]) -> Mapping[tuple[str, str, str, str], str]:
    """What short names stand for, by (legislature, session, chamber, SHORT NAME); "" is all sessions together.

    A short name that stands for two people is not resolved.
    """
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for code, session, initial, name, short in rows:
        if short and not _is_short(name, short):
            for of in (session, ""):
                found[code, of, legislature(code).chamber_of(initial), short.upper()].add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}


def _is_short(name: str, short: str) -> bool:
    return bool(short) and name.upper() == short.upper()
