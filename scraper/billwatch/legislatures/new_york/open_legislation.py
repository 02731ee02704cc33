"""Open Legislation v3, the Senate's JSON interface: the richest source of New York, for a free key.

Only the fields we use are declared; all others are skipped while decoding. Date-times are New York local time without
an offset, action texts are upper case for both chambers, and votes of the Assembly are absent by the source's policy.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from billwatch.answer import Answer, clean
from billwatch.bill import Action, Bill, BillId, Sponsorship, Version, Vote
from billwatch.errors import Damaged, LayoutChanged, NotListed, SourceError, Unauthorized, Unreachable, WrongBill

T = TypeVar("T")
CHAMBERS = {"SENATE": "Senate", "ASSEMBLY": "Assembly"}
OPTIONS = {
    **{"AYE": "aye", "NAY": "nay", "AYEWR": "aye with reservations"},
    **{"EXC": "excused", "ABS": "absent", "ABD": "abstained"},
}
_GONE = (11, 12)  # BILL_NOT_FOUND, AMENDMENT_NOT_FOUND: the API's own word that it has no such bill
_NO_KEY = (401, 701, 702)


class _List(msgspec.Struct, Generic[T]):
    items: list[T] = []


class _Map(msgspec.Struct, Generic[T]):
    items: dict[str, T] = {}


# A number becomes part of ids, paths and addresses: anything else in its place is no bill of New York's.
_Number = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][1-9][0-9]{0,5}\Z")]
_Year = Annotated[int, msgspec.Meta(ge=1000, le=9999)]


class _Ref(msgspec.Struct):
    basePrintNo: _Number
    session: _Year


class _Member(msgspec.Struct):
    shortName: str | None = None
    fullName: str | None = None


class _Sponsor(msgspec.Struct):
    member: _Member | None = None
    budget: bool = False
    rules: bool = False
    redistricting: bool = False


class _Action(msgspec.Struct):
    date: str
    chamber: str
    text: str


class _Status(msgspec.Struct):
    statusType: str | None = None
    committeeName: str | None = None


class _Amendment(msgspec.Struct):
    publishDate: str | None = None
    sameAs: _List[_Ref] = msgspec.field(default_factory=_List)
    memo: str | None = None
    lawSection: str | None = None
    lawCode: str | None = None
    actClause: str | None = None
    fullText: str | None = None
    coSponsors: _List[_Member] = msgspec.field(default_factory=_List)
    multiSponsors: _List[_Member] = msgspec.field(default_factory=_List)


class _Committee(msgspec.Struct):
    name: str = ""


class _Vote(msgspec.Struct):
    voteType: str
    voteDate: str
    version: str | None = ""
    committee: _Committee | None = None
    memberVotes: _Map[_List[_Member]] = msgspec.field(default_factory=_Map)


class _Bill(msgspec.Struct):
    basePrintNo: _Number
    session: _Year
    actions: _List[_Action]
    amendments: _Map[_Amendment]
    votes: _List[_Vote]
    previousVersions: _List[_Ref]
    title: str | None = None
    activeVersion: str | None = ""
    publishedDateTime: str | None = None
    substitutedBy: _Ref | None = None
    sponsor: _Sponsor | None = None
    additionalSponsors: _List[_Member] = msgspec.field(default_factory=_List)
    summary: str | None = None
    status: _Status = msgspec.field(default_factory=_Status)


class _Envelope(msgspec.Struct):
    success: bool
    responseType: str = ""
    message: str = ""
    errorCode: int = 0
    total: int = 0
    offsetEnd: int = 0
    result: msgspec.Raw = msgspec.Raw(b"null")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list: its items, where it ends and how many there are in all."""

    items: list[T]
    end: int
    total: int


class Update(msgspec.Struct, frozen=True):
    """A bill that changed, and when the source processed that (New York local time)."""

    bill: BillId
    at: str


class _Token(msgspec.Struct):
    id: _Ref
    processedDateTime: str = ""


_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_bill = msgspec.json.Decoder(_Bill).decode
_read_raws = msgspec.json.Decoder(_List[msgspec.Raw]).decode
_read_tokens = msgspec.json.Decoder(_List[_Token]).decode


class OpenLegislation(msgspec.Struct, frozen=True):
    """The API at `url`, asked with `key`."""

    url: str = "https://legislation.nysenate.gov/api/3"
    key: str = ""
    name: str = "open-legislation"
    label: str = "Open Legislation"
    kind: str = "json"

    def address(self, bill: BillId) -> str:
        return self._ask(f"bills/{bill.session}/{bill.identifier}", view="no_fulltext")

    def page(self, bill: BillId) -> str:
        return ""  # JSON behind a key is nothing to send a reader to

    def session_address(self, session: str, offset: int, limit: int = 1000) -> str:
        """One page of all bills of a session; `offset` counts from 1."""
        return self._ask(f"bills/{session}", full="true", limit=limit, offset=offset)

    def updates_address(self, since: datetime, until: datetime, offset: int = 1) -> str:
        """Bills that changed in [since, until), both New York local time without offset."""
        span = "/".join(quote(t.strftime("%Y-%m-%dT%H:%M:%S")) for t in (since, until))
        return self._ask(f"bills/updates/{span}", type="processed", order="asc", limit=1000, offset=offset)

    def read(self, answer: Answer, asked: BillId) -> Bill:
        found = bill_of(_result(answer, "bill"), answer.url)
        if (found.session, found.identifier) != (asked.session, asked.identifier):
            raise WrongBill(f"asked for {asked}, got {found.id}", answer.url)
        return found

    def read_session(self, answer: Answer) -> Page[bytes]:
        """The bills of a list page as they stand in it, unread: their bytes tell whether they changed."""
        return _page(answer, "bill list", lambda raw: [bytes(item) for item in _read_raws(raw).items])

    def read_updates(self, answer: Answer) -> Page[Update]:
        return _page(answer, "update-token list", lambda raw: [_update(t) for t in _read_tokens(raw).items])

    def _ask(self, path: str, **query: object) -> str:
        return f"{self.url.rstrip('/')}/{path}?{urlencode({**query, 'key': self.key})}"


def bill_of(raw: bytes, url: str = "") -> Bill:
    """The facts of one bill's JSON (API classes BillView, BillInfoView)."""
    try:
        b = _read_bill(raw)
    except msgspec.DecodeError as error:
        raise LayoutChanged(f"a bill's JSON is not built as we know it: {error}", url) from error
    session = str(b.session)
    active = b.amendments.items.get(b.activeVersion or "") or _Amendment()
    return Bill(
        legislature="ny",
        session=session,
        identifier=b.basePrintNo,
        title=clean(b.title or "").lstrip("@").strip(),
        abstract=clean(b.summary or ""),
        status=b.status.statusType or "",
        committee=b.status.committeeName or "",
        version=b.activeVersion or "",
        introduced_on=(b.publishedDateTime or "")[:10],
        law_section=active.lawSection or "",
        law_code=active.lawCode or "",
        act_clause=clean(active.actClause or ""),
        sponsors=_sponsors(b, active),
        actions=tuple(
            Action(a.date, CHAMBERS.get(a.chamber, a.chamber), clean(a.text.strip())) for a in b.actions.items
        ),
        versions=tuple(
            Version(letter, a.publishDate or "", a.fullText or None, a.memo or None)
            for letter, a in sorted(b.amendments.items.items())
        ),
        votes=tuple(map(_vote, b.votes.items)),
        same_as=_ids(active.sameAs),
        previous_versions=_ids(b.previousVersions),
        substituted_by=_id(b.substitutedBy) if b.substitutedBy else "",
    )


def _id(ref: _Ref) -> str:
    return f"ny/{ref.session}/{ref.basePrintNo}"


def _ids(refs: _List[_Ref]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_id, refs.items)))


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
        date=v.voteDate[:10],
        chamber="Senate",
        kind="committee" if v.voteType == "COMMITTEE" else "floor",
        committee=v.committee.name if v.committee else "",
        version=v.version or "",
        roll=roll,
        counts=tuple((option, len(names)) for option, names in roll),
    )


def _update(token: _Token) -> Update:
    return Update(BillId("ny", str(token.id.session), token.id.basePrintNo), token.processedDateTime)


def _page(answer: Answer, kind: str, read: Any) -> Page[Any]:
    envelope = _envelope(answer)
    if envelope.responseType == "empty list":
        return Page([], envelope.offsetEnd, envelope.total)
    _expect(envelope, kind, answer.url)
    try:
        return Page(read(envelope.result), envelope.offsetEnd, envelope.total)
    except msgspec.DecodeError as error:
        raise LayoutChanged(f"a list's JSON is not built as we know it: {error}", answer.url) from error


def _result(answer: Answer, kind: str) -> bytes:
    envelope = _envelope(answer)
    _expect(envelope, kind, answer.url)
    return bytes(envelope.result)


def _expect(envelope: _Envelope, kind: str, url: str) -> None:
    if envelope.responseType != kind:
        raise LayoutChanged(f"asked for a {kind}, got a '{envelope.responseType}'", url)


def _envelope(answer: Answer) -> _Envelope:
    try:
        envelope = _read_envelope(answer.body)
    except msgspec.DecodeError as error:
        raise Damaged(f"the answer is not whole JSON: {error}", answer.url) from error
    if envelope.success:
        return envelope
    raise _refusal(envelope.errorCode)(envelope.message or "the API reports an error", answer.url)


def _refusal(code: int) -> type[SourceError]:
    if code in _GONE:
        return NotListed
    return Unauthorized if code in _NO_KEY else Unreachable
