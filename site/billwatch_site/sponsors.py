"""Who sponsors what: one person, one page, however a source spells the name.

Sources give the full name, the short one ("ROSENTHAL L"), or both. Where any bill of the store gives both, the short
one stands for that full one in its chamber and session. Where none does, the short name is all there is, and with its
chamber it makes the page: there is a JACKSON in each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from billwatch_site import links
from billwatch_site.official import legislature
from billwatch_site.records import BillRecord, Sponsor

ByShort = Mapping[tuple[str, str, str, str], str]  # legislature, session, chamber, short name -> full name


def full_names(rows: Iterable[tuple[str, str, str, str, str]]) -> ByShort:
    """What short names stand for, from rows of (legislature, session, identifier, name, short).

    A short name that stands for two people in one chamber and session is not resolved.
    """
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for code, session, identifier, name, short in rows:
        if short and not _is_short(name, short):
            found[code, session, legislature(code).chamber_of(identifier), short.upper()].add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}


def named(sponsor: Sponsor, bill: str, known: ByShort) -> Sponsor:
    """The sponsor by the full name, where it is known for the short one."""
    code, session, identifier = bill.split("/")
    if not _is_short(sponsor.name, sponsor.short):
        return sponsor
    full = known.get((code, session, legislature(code).chamber_of(identifier), sponsor.short.upper()))
    return msgspec.structs.replace(sponsor, name=full) if full else sponsor


def path_of(record: BillRecord, sponsor: Sponsor) -> str:
    """The folder of a sponsor's page."""
    return path_by_name(record, sponsor.name, short=_is_short(sponsor.name, sponsor.short))


def path_by_name(record: BillRecord, name: str, *, short: bool) -> str:
    """The folder of the page of whoever has this name on this bill."""
    chamber = legislature(record.legislature).chamber_of(record.identifier) if short else ""
    return links.sponsor_path(record.legislature, name, chamber)


def paths_of(record: BillRecord) -> dict[str, str]:
    """The sponsors of a bill, each once: the folder of the page, and the name."""
    return {path_of(record, sponsor): sponsor.name for sponsor in record.sponsors}


def _is_short(name: str, short: str) -> bool:
    return bool(short) and name.upper() == short.upper()
