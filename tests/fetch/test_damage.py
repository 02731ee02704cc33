"""fetch: takes nothing for an answer that is not one."""

from __future__ import annotations

import pytest

from billwatch.errors import Blocked, Damaged, NotListed, SourceError, Unauthorized, Unreachable
from billwatch.fetch import Limits
from faulty_server import FaultyServer, Says, json, page
from fetch.opening import CLOUDFLARE, Opened, error_of


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        (page("x" * 5000, length=50_000), "html"),
        (page("x" * 5000, length=-1, cut=3000), "html"),
        (page("x" * 5000, length=-2, cut=3000), "html"),
        (page("x" * 5000, zipped=True, length=-1, cut=60), "html"),
        (page("x" * 5000, zipped=True, length=-1, cut=5), "html"),
        (page("x" * 5000, zipped=True, cut=60), "html"),
        (page("x" * 5000, cut=0), "html"),
        (Says(b""), "html"),
        (Says(b"", zipped=True), "html"),
        (Says(b" \n"), "html"),
        (Says(b"not gzip at all </html>", headers=(("Content-Encoding", "gzip"),)), "html"),
        (Says(b"{} </html>", headers=(("Content-Encoding", "br"),)), "html"),
        (json('{"success": true, "result": {"items": ['), "json"),
        (json('{"success": true} trailing'), "json"),
        (json("", status=200), "json"),
        (page(), "json"),
        (page(kind="application/json"), "json"),
        (json(kind="text/html"), "json"),
        (json(), "html"),
        (page(status=206), "html"),
        (page(status=418), "html"),
    ],
)
def test_damaged(server: FaultyServer, opened: Opened, says: Says, kind: str) -> None:
    """Cut, empty, broken, or of another kind: refused."""
    assert isinstance(error_of(opened(), server.on("/bill", says), kind), Damaged)


def test_damage_may_pass(server: FaultyServer, opened: Opened) -> None:
    """A cut answer is asked for again."""
    whole = page("x" * 500)
    answer = opened().get(server.on("/bill", whole._replace(cut=100), whole), kind="html")
    assert answer.body == whole.body


@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize("kind", ["html", "json"])
def test_challenge(server: FaultyServer, opened: Opened, status: int, kind: str) -> None:
    """A challenge is Blocked whatever its status, and is not asked for twice."""
    assert isinstance(error_of(opened(), server.on("/bill", Says(CLOUDFLARE, status)), kind), Blocked)
    assert len(server.asked("/bill")) == 1


@pytest.mark.parametrize(
    ("says", "kind", "error"),
    [
        (json("{}", status=401), "json", Unauthorized),
        (page(status=403), "html", Blocked),
        (page(status=404), "html", NotListed),
        (page(status=404), "json", Unreachable),
        (page(status=503), "html", Unreachable),
        (json("{}", status=500), "json", Unreachable),
    ],
)
def test_status(server: FaultyServer, opened: Opened, says: Says, kind: str, error: type[SourceError]) -> None:
    """Each status has its error; an API's 404 without its envelope is an outage, never "no such bill"."""
    assert type(error_of(opened(), server.on("/bill", says), kind)) is error


@pytest.mark.parametrize("status", [400, 404])
def test_error_envelope(server: FaultyServer, opened: Opened, status: int) -> None:
    """The error envelope of an API is an answer, for the source to read."""
    url = server.on("/api", json('{"success": false, "errorCode": 11}', status=status))
    answer = opened().get(url, kind="json")
    assert (answer.status, answer.body) == (status, b'{"success": false, "errorCode": 11}')


@pytest.mark.parametrize("dripping", ["body", "head"])
@pytest.mark.parametrize("length", [None, -1, -2])
def test_drip(server: FaultyServer, opened: Opened, dripping: str, length: int | None) -> None:
    """A byte now and then does not hold us: the deadline counts from the question, in headers and in the body.

    Ended by us, a body without length is not taken for whole.
    """
    endless = page("x" * 60_000, drip=0.05, dripping=dripping, length=length, headers=(("X-Long", "x" * 60_000),))
    url = server.on("/bill", endless)
    error = error_of(opened(limits=Limits(request=0.3, tries=1)), url)
    assert isinstance(error, Unreachable)
    assert "within 0.3 seconds" in str(error)


def test_silence(server: FaultyServer, opened: Opened) -> None:
    """A server that accepts and says nothing is unreachable."""
    url = server.on("/bill", page(drip=2, dripping="head"))
    assert "stopped sending" in str(error_of(opened(limits=Limits(read=0.1, tries=1)), url))


@pytest.mark.parametrize("zipped", [True, False])
def test_huge(server: FaultyServer, opened: Opened, zipped: bool) -> None:
    """A body beyond the limit, or a bomb that unfolds to one, is refused, and not asked for again."""
    url = server.on("/bill", Says(b"\0" * 30_000_000, zipped=zipped))
    error = error_of(opened(), url)
    assert isinstance(error, Damaged)
    assert "not read to its end" in str(error)
    assert len(server.asked("/bill")) == 1
