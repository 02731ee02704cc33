"""Answers without a network: a fetcher that knows what it was given, and the Senate's interface in small.

`Answers` implements `billwatch.answer.Fetcher` from a dictionary. `Api` writes the documented JSON of Open
Legislation v3 (envelopes, pages, update tokens) for bills made by `bill_json`; nothing of it comes from the reader
that it tests.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from billwatch.answer import Answer
from billwatch.errors import SourceError, Unreachable

KEY = "a-key-that-nobody-may-see"
NOON = datetime(2025, 6, 2, 16, 0, tzinfo=UTC)  # noon in New York

Given = bytes | str | dict[str, Any] | SourceError | Answer


def answer(body: bytes | str, url: str = "https://example.org/", content_type: str = "text/html") -> Answer:
    """A whole answer with this body."""
    data = body.encode() if isinstance(body, str) else body
    return Answer(url=url, status=200, body=data, fetched_at=NOON, content_type=content_type)


class Answers:
    """A fetcher: what it is `given` for an address (without its key) is what it answers; `asked` is what it was asked.

    A given error is raised; an address that nobody gave is `Unreachable`.
    """

    def __init__(self, given: Mapping[str, Given] | Callable[[str], Given] | None = None) -> None:
        self.given: Mapping[str, Given] | Callable[[str], Given] = given if given is not None else {}
        self.asked: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.validators: list[tuple[str, str]] = []

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        self.validators.append((etag, last_modified))
        return self._answer(keyless(url))

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        self.forms.append(form)
        return self._answer(keyless(url))

    def _answer(self, url: str) -> Answer:
        self.asked.append(url)
        if callable(self.given):
            found: Given = self.given(url)
        else:
            found = self.given.get(url, Unreachable("nothing answers here", url))
        if isinstance(found, SourceError):
            raise found
        if isinstance(found, Answer):
            return found
        if isinstance(found, dict):
            return answer(json.dumps(found), url, "application/json")
        return answer(found, url)


def keyless(url: str) -> str:
    """The address as a session hands it back: its key struck out."""
    return re.sub(r"([?&]key=)[^&#]*", r"\1***", url)


# -- Open Legislation in small

SENATOR = {"memberId": 911, "shortName": "PARKER", "fullName": "Kevin S. Parker", "chamber": "SENATE"}


def bill_json(number: str = "S404", session: int = 2025, **more: Any) -> dict[str, Any]:
    """One bill as the API gives it; `more` replaces top-level fields. Fields we do not read are there too."""
    amendment = {
        **{"basePrintNo": number, "session": session, "version": "", "printNo": number},
        **{"publishDate": f"{session}-01-08", "memo": "", "lawSection": "Criminal Procedure Law"},
        **{"lawCode": "Add §695.00, CP L", "actClause": "AN ACT to amend the criminal procedure law", "fullText": None},
        **{"sameAs": listed([]), "coSponsors": listed([]), "multiSponsors": listed([])},
        **{"uniBill": False, "stricken": False},
    }
    bill = {
        **{"basePrintNo": number, "session": session, "printNo": number, "billType": {"chamber": "SENATE"}},
        **{"title": f"Relates to the matter of {number}", "activeVersion": "", "year": session},
        **{"publishedDateTime": f"{session}-01-08T11:02:33.1", "substitutedBy": None, "reprintOf": None},
        **{"sponsor": {"member": SENATOR, "budget": False, "rules": False, "redistricting": False}},
        **{"summary": f"Provides for what {number} is about.", "signed": False},
        **{"status": {"statusType": "IN_SENATE_COMM", "statusDesc": "In Senate Committee", "committeeName": "CODES"}},
        **{"additionalSponsors": listed([]), "votes": listed([]), "previousVersions": listed([])},
        "amendments": {"items": {"": amendment}, "size": 1},
        "actions": listed([action_json(f"{session}-01-08", "REFERRED TO CODES")]),
    }
    return copy.deepcopy(bill) | more


def action_json(date: str, text: str, chamber: str = "SENATE") -> dict[str, Any]:
    return {"date": date, "chamber": chamber, "text": text, "sequenceNo": 1, "billId": {}}


def ref_json(number: str, session: int = 2025) -> dict[str, Any]:
    return {"basePrintNo": number, "session": session, "printNo": number, "basePrintNoStr": f"{number}-{session}"}


def listed(items: list[Any]) -> dict[str, Any]:
    return {"items": items, "size": len(items)}


def envelope(result: Any, kind: str = "bill", **more: Any) -> dict[str, Any]:
    return {"success": True, "message": "", "responseType": kind, "result": result, **more}


def refusal(code: int, message: str = "No.") -> dict[str, Any]:
    return {"success": False, "message": message, "responseType": "error", "errorCode": code, "errorData": None}


class Api:
    """The interface in small: its bills, when each was processed (New York time), and pages of `most` items."""

    def __init__(self, *bills: dict[str, Any], most: int = 1000) -> None:
        self.bills: dict[str, dict[str, Any]] = {}
        self.processed: dict[str, str] = {}
        self.most = most
        self.errors: dict[str, SourceError] = {}  # by a part of the address
        for bill in bills:
            self.put(bill, "2025-01-08T11:02:33.1")

    def put(self, bill: dict[str, Any], processed: str) -> None:
        """The bill as it is from this time on."""
        name = f"{bill['session']}/{bill['basePrintNo']}"
        self.bills[name], self.processed[name] = bill, processed

    def __call__(self, url: str) -> Given:
        for part, error in self.errors.items():
            if part in url:
                return error
        split = urlsplit(url)
        path, query = split.path.removeprefix("/api/3/bills/"), parse_qs(split.query)
        if path.startswith("updates/"):
            return self._updates(*(unquote(part) for part in path.split("/")[1:]), offset=int(query["offset"][0]))
        if "/" in path:
            bill = self.bills.get(path)
            return envelope(bill) if bill else refusal(11, "The requested bill was not found.")
        return self._page("bill list", [b for b in self.bills.values() if str(b["session"]) == path], query)

    def _updates(self, since: str, until: str, *, offset: int) -> Given:
        """[since, until) by the time of processing, the oldest first, one token a bill."""
        tokens = [
            {
                "id": ref_json(name.split("/")[1], int(name.split("/")[0])),
                "processedDateTime": at,
                "contentType": "BILL",
            }
            for name, at in sorted(self.processed.items(), key=lambda pair: pair[1])
            if since <= at < until
        ]
        return self._page("update-token list", tokens, {"offset": [str(offset)]})

    def _page(self, kind: str, items: list[Any], query: dict[str, list[str]]) -> Given:
        start = int(query["offset"][0])
        part = items[start - 1 : start - 1 + self.most]
        end = start + len(part) - 1
        place = {"total": len(items), "offsetStart": start, "offsetEnd": end, "limit": self.most}
        return envelope(listed(part), kind if part else "empty list", **place)
