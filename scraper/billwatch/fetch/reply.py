"""What a reply means: an answer, or which error. Pure: the bytes have come, nothing is asked here."""

from __future__ import annotations

import re

import msgspec
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from billwatch.challenge import looks_like_challenge
from billwatch.errors import Blocked, Damaged, NotListed, SourceError, Unauthorized, Unreachable

REDIRECTS = {301, 302, 303, 307, 308}
_END_OF_PAGE = re.compile(rb"</html\s*>", re.IGNORECASE)
_TAIL = 2048  # bytes in which a page must end: some servers add a comment or a script behind it
_LATER = {408, 425, 429}


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One response as it came over the wire, whole and decompressed. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


class Passing(Exception):
    """A failure that may pass: worth another try, after `wait` seconds if the source named a time."""

    def __init__(self, error: SourceError, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


def check(reply: Reply, kind: str, url: str) -> None:
    """Return if the reply is an answer of the kind that was due; else raise its `SourceError`, or `Passing`.

    A JSON error envelope is an answer: only it can say, in the source's words, that there is no such bill.
    A page with status 404 is `NotListed`, which may also be a source that lags: the caller waits before it believes.
    """
    if reply.status != 304 and _is_markup(reply) and looks_like_challenge(_rough_text(reply.body)):
        raise Blocked(f"a challenge page came instead of the answer (HTTP {reply.status})", url)
    if reply.status == 200:
        _check_body(reply, kind, url)
    elif reply.status != 304:
        _check_status(reply, kind, url)


def retry_after(reply: Reply) -> float:
    """Seconds for which the source wants to be left alone; 0.0 if it does not say, or not clearly."""
    try:
        return float(Retry().parse_retry_after(reply.headers.get("retry-after", "0")))
    except InvalidHeader:
        return 0.0


def _check_status(reply: Reply, kind: str, url: str) -> None:
    status = reply.status
    if status >= 500 or status in _LATER:
        raise Passing(Unreachable(f"the source answers HTTP {status}: try again later", url), retry_after(reply))
    if status == 401:
        raise Unauthorized("the source wants a valid key (HTTP 401): check the one in the configuration", url)
    if status == 403:
        raise Blocked("the source forbids the request (HTTP 403)", url)
    if kind == "json" and status >= 400 and _is_json(reply):
        return
    if status in (404, 410):
        if kind == "html":
            raise NotListed(f"the source has no such page (HTTP {status})", url)
        raise Unreachable(f"the API's routes are gone (HTTP {status} without its error envelope)", url)
    raise Damaged(f"the source answers HTTP {status}, which is neither the answer nor a known error", url)


def _check_body(reply: Reply, kind: str, url: str) -> None:
    if not reply.body.strip():
        raise Passing(Damaged("the answer is empty", url))
    if kind == "json":
        _check_json(reply, url)
    elif not _END_OF_PAGE.search(reply.body[-_TAIL:]):
        raise Passing(Damaged("the page has no end (</html>): it was cut off", url))


def _check_json(reply: Reply, url: str) -> None:
    if _is_markup(reply):
        raise Passing(Damaged("HTML came where JSON was due", url))
    try:
        msgspec.json.decode(reply.body, type=msgspec.Raw)  # walks the whole text, builds nothing
    except msgspec.DecodeError as error:
        raise Passing(Damaged(f"the JSON is not whole: {error}", url)) from None


def _is_json(reply: Reply) -> bool:
    try:
        msgspec.json.decode(reply.body, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return True


def _is_markup(reply: Reply) -> bool:
    return "html" in reply.content_type.lower() or reply.body.lstrip()[:1] == b"<"


def _rough_text(body: bytes) -> str:
    """The body as text that is good enough to find ASCII marks in."""
    return body.decode("latin-1")
