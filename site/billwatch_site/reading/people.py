"""Who sponsors what: one person, one page, however a source spells the name.

Sources give the full name, the short one ("ROSENTHAL L"), or both. Where any bill of the store gives both, the short
one stands for that full one in its chamber and session. A session of which no bill tells takes it from one that ended
at most four years before or after, if all that tell agree: members sit for long, but a seat can pass to somebody of the
same name, and a wrong person is worse than a short name. Bills are read with the full names (`queries.py`). Where
nothing tells, the short name is all there is, and with its chamber it makes the page: there is a JACKSON in each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from billwatch_site.records import Brief, Sponsor
from billwatch_site.words import links
from billwatch_site.words.official import legislature

Name = tuple[str, str, str, str, str]  # legislature, session, first letter of the number, name, short name
Seat = tuple[str, str, str]  # legislature, chamber, SHORT NAME

NEAR = 4  # years between the ends of two sessions, in which a short name is taken to stay with its member


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
    told = full_names(names)
    for code, session, initial, name in sorted({row[:4] for row in names if _is_short(*row[3:])}):
        by_session = told.get((code, legislature(code).chamber_of(initial), name.upper()), {})
        if full := _meant(code, session, by_session):
            yield code, session, initial, name, full


def full_names(rows: Iterable[Name]) -> Mapping[Seat, Mapping[str, set[str]]]:
    """The full names that a short one stands for, in each session that tells: (legislature, chamber, SHORT NAME)."""
    found: dict[Seat, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, session, initial, name, short in rows:
        if short and not _is_short(name, short):
            found[code, legislature(code).chamber_of(initial), short.upper()][session].add(name)
    return found


def _meant(code: str, session: str, told: Mapping[str, set[str]]) -> str:
    """Who is meant in a session: by what it tells itself, else by what one near it tells and none denies; "" if
    nobody can be sure."""
    names = told.get(session) or set().union(*told.values())
    near = session in told or any(_near(code, session, other) for other in told)
    return next(iter(names)) if len(names) == 1 and near else ""


def _near(code: str, one: str, other: str) -> bool:
    ends = [legislature(code).session_end(session) for session in (one, other)]
    years = [end.on.year for end in ends if end]
    return len(years) == 2 and abs(years[0] - years[1]) <= NEAR


def _is_short(name: str, short: str) -> bool:
    return bool(short) and name.upper() == short.upper()
