"""A page for each sponsor: which bills they lead, and which they co-sponsor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from billwatch_site.pages import shelves
from billwatch_site.printing.press import Group, Page, SitePress
from billwatch_site.reading.people import path_of
from billwatch_site.records import Brief, Sponsor
from billwatch_site.words.official import legislature


class Member(msgspec.Struct, frozen=True):
    """One person as the bills know them. `name` is the fullest that any source gives."""

    path: str
    name: str
    chamber: str  # "" where no bill tells
    leads: tuple[Brief, ...]
    signed: tuple[Brief, ...]


def codes_of(bill: Brief) -> tuple[str]:
    """The legislature that a bill belongs to."""
    return (bill.legislature,)


def sponsor_list(press: SitePress, group: Group) -> Iterator[Page]:
    """Everybody who stands on a bill of this legislature."""
    yield press.page(
        "sponsors.html",
        f"{group.name}/sponsors/",
        house=legislature(group.name),
        members=members_of(group.bills),
    )


def sponsor(press: SitePress, group: Group) -> Iterator[Page]:
    """One person: what they lead and what they signed, by stage."""
    roles = [(s, bill) for bill in group.bills for s in bill.sponsors if path_of(bill, s) == group.name]
    member = _member(group.name, roles)
    house = legislature(group.bills[0].legislature)
    yield press.page(
        "sponsor.html",
        member.path,
        house=house,
        member=member,
        official=house.member(member.chamber, member.name),
        leads=shelves.by_stage(member.leads),
        signed=shelves.by_stage(member.signed),
    )


def members_of(bills: Iterable[Brief]) -> list[Member]:
    """Everybody who stands on one of these bills, those who lead most first."""
    roles: dict[str, list[tuple[Sponsor, Brief]]] = defaultdict(list)
    for bill in bills:
        for sponsor in bill.sponsors:
            roles[path_of(bill, sponsor)].append((sponsor, bill))
    members = [_member(path, some) for path, some in roles.items()]
    return sorted(members, key=lambda m: (-len(m.leads), -len(m.signed), m.name))


def _member(path: str, roles: list[tuple[Sponsor, Brief]]) -> Member:
    leads = tuple(bill for sponsor, bill in roles if sponsor.role == "primary")
    return Member(
        path=path,
        name=max({sponsor.name for sponsor, _ in roles}, key=lambda name: (not name.isupper(), len(name), name)),
        chamber=_chamber(leads or tuple(bill for _, bill in roles)),
        leads=leads,
        signed=tuple(bill for sponsor, bill in roles if sponsor.role != "primary"),
    )


def _chamber(bills: tuple[Brief, ...]) -> str:
    """A member sits where their bills begin: only the own house's bills can be signed."""
    return legislature(bills[0].legislature).chamber_of(bills[0].identifier) if bills else ""
