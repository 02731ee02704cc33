"""Open Legislation v3, the Senate's JSON interface: the richest source of New York, for a free key.

Only the fields we use are declared; all others are skipped while decoding. Date-times are New York local time without
an offset, action texts are upper case for both chambers, and votes of the Assembly are absent by the source's policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId
from billwatch.errors import Damaged, LayoutChanged, NotListed, SourceError, Unauthorized, Unreachable, WrongBill
from billwatch.legislatures.new_york import watch_api
from billwatch.legislatures.new_york.open_legislation_bill import bill_of, named_in
from billwatch.legislatures.new_york.watching import BillByBill
from billwatch.run.desk import Desk, Sighting

T = TypeVar("T")
_GONE = (11, 12)  # BILL_NOT_FOUND, AMENDMENT_NOT_FOUND: the API's own word that it has no such bill
_NO_KEY = (401, 701, 702)


class _List(msgspec.Struct):
    items: list[msgspec.Raw] = []


class _Envelope(msgspec.Struct):
    success: bool
    responseType: str = ""
    message: str = ""
    errorCode: int = 0
    total: int = 0
    offsetStart: int = 1
    offsetEnd: int = 0


class _One(_Envelope):
    result: msgspec.Raw = msgspec.Raw(b"null")


class _Many(_Envelope):
    """A list page holds 7 MB: its items are found while the envelope is read, not in a second pass."""

    result: _List | None = None


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list: its items, where it begins (counted from 1) and ends, and how many there are in all."""

    items: list[T]
    start: int
    end: int
    total: int


class Update(msgspec.Struct, frozen=True):
    """A bill that changed, and when the source processed that (New York local time; "" where it does not say)."""

    bill: BillId
    at: str


class _Token(msgspec.Struct):
    id: msgspec.Raw = msgspec.Raw(b"null")
    processedDateTime: object = ""


_read_one = msgspec.json.Decoder(_One).decode
_read_many = msgspec.json.Decoder(_Many).decode
_read_token = msgspec.json.Decoder(_Token).decode


class OpenLegislation(BillByBill, msgspec.Struct, frozen=True):
    """The API at `url`, asked with `key`."""

    url: str = "https://legislation.nysenate.gov/api/3"
    key: str = ""
    name: str = "open-legislation"
    label: str = "Open Legislation"
    kind: str = "json"

    def watch(self, desk: Desk) -> Iterator[Sighting]:
        """Whole sessions, then what has changed since."""
        return watch_api.watch(self, desk)

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
        return _page(answer, "bill list", bytes)

    def read_updates(self, answer: Answer) -> Page[Update]:
        """The updates of a list page, but for those that name nothing of ours."""
        return _page(answer, "update-token list", _update)

    def _ask(self, path: str, **query: object) -> str:
        return f"{self.url.rstrip('/')}/{path}?{urlencode({**query, 'key': self.key})}"


def _update(raw: msgspec.Raw) -> Update | None:
    """What one token says; None where it names no bill, which keeps the other tokens of the page from nobody."""
    try:
        token = _read_token(raw)
    except msgspec.DecodeError:
        return None
    bill = named_in(token.id)
    at = token.processedDateTime
    return Update(bill, at if isinstance(at, str) else "") if bill else None


def _page(answer: Answer, kind: str, read: Callable[[msgspec.Raw], T | None]) -> Page[T]:
    """A page that holds as many items as it says; `read` gives None for an item to be passed over."""
    envelope = _many(answer, kind)
    raws = [] if envelope.responseType == "empty list" or not envelope.result else envelope.result.items
    start, end = envelope.offsetStart, envelope.offsetEnd
    if len(raws) != max(0, end - start + 1):
        raise Damaged(f"the list page holds {len(raws)} items and says {start} to {end}", answer.url)
    return Page([item for raw in raws if (item := read(raw)) is not None], start, end, envelope.total)


def _many(answer: Answer, kind: str) -> _Many:
    try:
        envelope = _read_many(answer.body)
    except msgspec.DecodeError as error:
        _expect(_one(answer), kind, answer.url)  # says so where it is no such list at all
        raise LayoutChanged(f"a list's JSON is not built as we know it: {error}", answer.url) from error
    _accept(envelope, answer.url)
    if envelope.responseType != "empty list":
        _expect(envelope, kind, answer.url)
    return envelope


def _result(answer: Answer, kind: str) -> bytes:
    envelope = _one(answer)
    _expect(envelope, kind, answer.url)
    return bytes(envelope.result)


def _one(answer: Answer) -> _One:
    try:
        envelope = _read_one(answer.body)
    except msgspec.DecodeError as error:
        raise Damaged(f"the answer is not whole JSON: {error}", answer.url) from error
    _accept(envelope, answer.url)
    return envelope


def _expect(envelope: _Envelope, kind: str, url: str) -> None:
    if envelope.responseType != kind:
        raise LayoutChanged(f"asked for a {kind}, got a '{envelope.responseType}'", url)


def _accept(envelope: _Envelope, url: str) -> None:
    if not envelope.success:
        raise _refusal(envelope.errorCode)(envelope.message or "the API reports an error", url)


def _refusal(code: int) -> type[SourceError]:
    if code in _GONE:
        return NotListed
    return Unauthorized if code in _NO_KEY else Unreachable
