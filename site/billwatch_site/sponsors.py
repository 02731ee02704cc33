"""A page for each sponsor: which bills they lead, and whose bills they signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from billwatch_site import links, shelves
from billwatch_site.official import legislature
from billwatch_site.press import Page, Press
from billwatch_site.records import BillRecord, Sponsor


class Member(msgspec.Struct, frozen=True):
    """One person as the bills know them. `name` is the fullest that any source gives."""

    path: str
    name: str
    chamber: str  # "" where no bill tells
    leads: tuple[BillRecord, ...]
    signed: tuple[BillRecord, ...]


def sponsor_pages(press: Press) -> Iterator[Page]:
    """The list of sponsors of each legislature, and a page for each of them."""
    for code in sorted({bill.legislature for bill in press.contents.bills.values()}):
        members = sponsors_of(b for b in press.contents.bills.values() if b.legislature == code)
        house = legislature(code)
        yield press.page("sponsors.html", f"{code}/sponsors/", house=house, members=members)
        for member in members:
            yield press.page(
                "sponsor.html",
                member.path,
                house=house,
                member=member,
                official=house.member(member.chamber, member.name),
                leads=shelves.by_stage(member.leads),
                signed=shelves.by_stage(member.signed),
            )


def sponsors_of(bills: Iterable[BillRecord]) -> list[Member]:
    """Everybody who stands on one of these bills, those who lead most first."""
    names: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, list[tuple[Sponsor, BillRecord]]] = defaultdict(list)
    for bill in bills:
        for sponsor in bill.sponsors:
            path = links.sponsor_path(bill.legislature, sponsor.key)
            names[path].add(sponsor.name)
            roles[path].append((sponsor, bill))
    members = [_member(path, names[path], some) for path, some in roles.items()]
    return sorted(members, key=lambda m: (-len(m.leads), -len(m.signed), m.name))


def _member(path: str, names: set[str], roles: list[tuple[Sponsor, BillRecord]]) -> Member:
    leads = tuple(bill for sponsor, bill in roles if sponsor.role == "primary")
    return Member(
        path=path,
        name=max(names, key=lambda name: (not name.isupper(), len(name), name)),
        chamber=_chamber(leads or tuple(bill for _, bill in roles)),
        leads=leads,
        signed=tuple(bill for sponsor, bill in roles if sponsor.role != "primary"),
    )


def _chamber(bills: tuple[BillRecord, ...]) -> str:
    """A member sits where their bills begin: only the own house's bills can be signed."""
    return legislature(bills[0].legislature).chamber_of(bills[0].identifier) if bills else ""
