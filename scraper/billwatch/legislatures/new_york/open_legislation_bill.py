"""One bill's JSON as Open Legislation v3 has it: the fields we use, and the facts they hold.

Strict in what makes the bill: its number and session, and every date, for days are counted from them later. Lenient in
what it refers to: a relative with an odd number is no reason to lose the bill that names it.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Generic, TypeVar

import msgspec

from billwatch.answer import clean
from billwatch.bill import Action, Bill, BillId, Sponsorship, Version, Vote
from billwatch.errors import LayoutChanged
from billwatch.legislatures.new_york.spelling import official

T = TypeVar("T")
CHAMBERS = {"SENATE": "Senate", "ASSEMBLY": "Assembly"}
OPTIONS = {
    **{"AYE": "aye", "NAY": "nay", "AYEWR": "aye with reservations"},
    **{"EXC": "excused", "ABS": "absent", "ABD": "abstained"},
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?")


class _List(msgspec.Struct, Generic[T], gc=False):
    items: list[T] = []


class _Map(msgspec.Struct, Generic[T], gc=False):
    items: dict[str, T] = {}


# A number becomes part of ids, paths and addresses: anything else in its place is no bill of New York's.
_Number = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][1-9][0-9]{0,5}\Z")]
_Year = Annotated[int, msgspec.Meta(ge=1000, le=9999)]


class _Ref(msgspec.Struct, gc=False):
    basePrintNo: _Number
    session: _Year


class _Member(msgspec.Struct, gc=False):
    shortName: str | None = None
    fullName: str | None = None


class _Sponsor(msgspec.Struct, gc=False):
    member: _Member | None = None
    budget: bool = False
    rules: bool = False
    redistricting: bool = False


class _Action(msgspec.Struct, gc=False):
    date: str
    chamber: str
    text: str


class _Status(msgspec.Struct, gc=False):
    statusType: str | None = None
    committeeName: str | None = None


class _Amendment(msgspec.Struct, gc=False):
    publishDate: str | None = None
    sameAs: _List[msgspec.Raw] = msgspec.field(default_factory=_List)
    memo: str | None = None
    lawSection: str | None = None
    lawCode: str | None = None
    actClause: str | None = None
    fullText: str | None = None
    coSponsors: _List[_Member] = msgspec.field(default_factory=_List)
    multiSponsors: _List[_Member] = msgspec.field(default_factory=_List)


class _Committee(msgspec.Struct, gc=False):
    name: str = ""


class _Vote(msgspec.Struct, gc=False):
    voteType: str
    voteDate: str
    version: str | None = ""
    committee: _Committee | None = None
    memberVotes: _Map[_List[_Member]] = msgspec.field(default_factory=_Map)


class _Bill(msgspec.Struct, gc=False):
    basePrintNo: _Number
    session: _Year
    actions: _List[_Action]
    amendments: _Map[_Amendment]
    votes: _List[_Vote]
    previousVersions: _List[msgspec.Raw]
    title: str | None = None
    activeVersion: str | None = ""
    publishedDateTime: str | None = None
    substitutedBy: msgspec.Raw = msgspec.Raw(b"null")
    sponsor: _Sponsor | None = None
    additionalSponsors: _List[_Member] = msgspec.field(default_factory=_List)
    summary: str | None = None
    status: _Status = msgspec.field(default_factory=_Status)


_read_bill = msgspec.json.Decoder(_Bill).decode
_read_ref = msgspec.json.Decoder(_Ref).decode


def bill_of(raw: bytes, url: str = "") -> Bill:
    """The facts of one bill's JSON (API classes BillView, BillInfoView); `LayoutChanged` names the odd field."""
    try:
        return _facts(_read_bill(raw))
    except msgspec.DecodeError as error:
        raise LayoutChanged(f"a bill's JSON is not built as we know it: {error}", url) from error


def named_in(raw: bytes | msgspec.Raw) -> BillId | None:
    """The bill that any piece of JSON is about, be it a bill or a reference to one; None if it names none of ours."""
    try:
        ref = _read_ref(raw)
    except msgspec.DecodeError:
        return None
    return BillId("ny", str(ref.session), ref.basePrintNo) if ref.session % 2 else None


def _facts(b: _Bill) -> Bill:
    if b.session % 2 == 0:
        raise msgspec.ValidationError(f"session {b.session} is not named for an odd year")
    active = b.amendments.items.get(b.activeVersion or "") or _Amendment()
    return Bill(
        legislature="ny",
        session=str(b.session),
        identifier=b.basePrintNo,
        title=clean(b.title or "").lstrip("@").strip(),
        abstract=clean(b.summary or ""),
        status=b.status.statusType or "",
        committee=b.status.committeeName or "",
        version=b.activeVersion or "",
        introduced_on=_day(b.publishedDateTime, "publishedDateTime") if b.publishedDateTime else "",
        law_section=active.lawSection or "",
        law_code=active.lawCode or "",
        act_clause=clean(active.actClause or ""),
        sponsors=_sponsors(b, active),
        actions=tuple(map(_action, b.actions.items)),
        versions=tuple(_version(letter, a) for letter, a in sorted(b.amendments.items.items())),
        votes=tuple(map(_vote, b.votes.items)),
        same_as=_ids(active.sameAs),
        previous_versions=_ids(b.previousVersions),
        substituted_by=_substitute(b.substitutedBy),
    )


@lru_cache(maxsize=8192)  # a session has some hundred days, and each of them thousands of times
def _day(text: str, field: str) -> str:
    """The date of a date or date-time, as it stands: the API's times are New York's."""
    try:
        if _DAY.fullmatch(text):
            return datetime.fromisoformat(text).date().isoformat()
    except ValueError:  # the thirtieth of February
        pass
    raise msgspec.ValidationError(f"{field} {text[:40]!r} is no date")


def _action(a: _Action) -> Action:
    return Action(_day(a.date, "date of an action"), CHAMBERS.get(a.chamber, a.chamber), _line(a.text))


@lru_cache(maxsize=65536)
def _line(text: str) -> str:
    return official(clean(text))


def _version(letter: str, a: _Amendment) -> Version:
    published_on = _day(a.publishDate, "publishDate") if a.publishDate else ""
    return Version(letter, published_on, a.fullText or None, a.memo or None)


def _ids(refs: _List[msgspec.Raw]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(bill) for ref in refs.items if (bill := named_in(ref))))


def _substitute(ref: msgspec.Raw) -> str | None:
    """The bill in this one's place, "" for none; None where one is named that we cannot make out."""
    if bytes(ref) == b"null":
        return ""
    bill = named_in(ref)
    return str(bill) if bill else None


def _sponsors(b: _Bill, active: _Amendment) -> tuple[Sponsorship, ...]:
    """The prime sponsor first, each member once, in the order of the API."""
    roles = [*_prime(b.sponsor)]
    roles += [(m, "cosponsor") for m in b.additionalSponsors.items + active.coSponsors.items]
    roles += [(m, "multisponsor") for m in active.multiSponsors.items]
    found: dict[str, Sponsorship] = {}
    for member, role in roles:
        short = member.shortName or ""
        name = clean(member.fullName or short)
        found.setdefault(short or name, Sponsorship(name, short, role))
    return tuple(found.values())


def _prime(sponsor: _Sponsor | None) -> list[tuple[_Member, str]]:
    if sponsor is None:
        return []
    if sponsor.member:
        return [(sponsor.member, "primary")]
    committees = {"Rules": sponsor.rules, "Budget": sponsor.budget, "Redistricting": sponsor.redistricting}
    return [(_Member(fullName=name), "primary") for name, leads in committees.items() if leads]


def _vote(v: _Vote) -> Vote:
    roll = tuple(
        (OPTIONS.get(option, option.lower()), tuple(m.shortName or m.fullName or "" for m in members.items))
        for option, members in v.memberVotes.items.items()
    )
    return Vote(
        date=_day(v.voteDate, "voteDate"),
        chamber="Senate",
        kind="committee" if v.voteType == "COMMITTEE" else "floor",
        committee=v.committee.name if v.committee else "",
        version=v.version or "",
        roll=roll,
        counts=tuple((option, len(names)) for option, names in roll),
    )
