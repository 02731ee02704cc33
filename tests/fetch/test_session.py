"""fetch: says who it is, and takes what a real server answers, also from elsewhere."""

from __future__ import annotations

import pytest

from billwatch.addresses import address_of_form
from billwatch.errors import Damaged, Refused
from faulty_server import FaultyServer, Says, page
from fetch.opening import AGENT, NOW, Opened, error_of

# ---- answers


def test_answer(server: FaultyServer, opened: Opened) -> None:
    """An answer has the body, the moment, and what a conditional request will need."""
    url = server.on(
        "/bill", page("Peña", headers=(("ETag", '"7"'), ("Last-Modified", "Mon, 02 Jun 2025 00:00:00 GMT")))
    )
    answer = opened().get(url, kind="html")
    assert "Peña" in answer.text()
    assert (answer.status, answer.url, answer.fetched_at, answer.etag) == (200, url, NOW, '"7"')
    assert answer.last_modified == "Mon, 02 Jun 2025 00:00:00 GMT"


@pytest.mark.parametrize("says", [{"zipped": True}, {"length": -1}, {"length": -2}, {"zipped": True, "length": -2}])
def test_ways_of_sending(server: FaultyServer, opened: Opened, says: dict[str, object]) -> None:
    """Compressed, without length, in chunks: the same body."""
    whole = page("x" * 50_000)
    assert opened().get(server.on("/bill", whole._replace(**says)), kind="html").body == whole.body  # type: ignore[arg-type]


def test_who_asks(server: FaultyServer, opened: Opened) -> None:
    """Every request, robots.txt included, says who asks and how to reach them."""
    opened().get(server.on("/bill", page()), kind="html")
    assert {seen.headers["user-agent"] for seen in server.seen} == {AGENT}
    assert AGENT.startswith("billwatch/")
    assert AGENT.endswith("(+https://bills.example.org/; mailto:you@example.org)")


def test_form(server: FaultyServer, opened: Opened) -> None:
    """A form goes by POST; its answer's address tells two forms apart."""
    url = server.on("/leg/", page())
    answer = opened().post(url, {"term": "2025", "by": "a"}, kind="html")
    assert (server.seen[-1].method, server.seen[-1].body) == ("POST", b"term=2025&by=a")
    assert answer.url == address_of_form(url, {"term": "2025", "by": "a"}) != url


def test_not_modified(server: FaultyServer, opened: Opened) -> None:
    """What is known is sent along; 304 means: as you know it, and keeps the known ETag."""
    url = server.on("/bill", Says(status=304))
    answer = opened().get(url, kind="html", etag='"7"', last_modified="Mon, 02 Jun 2025 00:00:00 GMT")
    assert (answer.not_modified, answer.body, answer.etag) == (True, b"", '"7"')
    seen = server.seen[-1].headers
    assert (seen["if-none-match"], seen["if-modified-since"]) == ('"7"', "Mon, 02 Jun 2025 00:00:00 GMT")


def test_not_modified_unasked(server: FaultyServer, opened: Opened) -> None:
    """304 to a question without a condition is no answer."""
    assert isinstance(error_of(opened(), server.on("/bill", Says(status=304))), Damaged)


# ---- redirects


def test_redirect_on_the_same_host(server: FaultyServer, opened: Opened) -> None:
    """A redirect within the host is followed in its turn; the answer keeps the address that was asked."""
    url = server.on("/s9191", Says(status=301, headers=(("Location", "/S9191"),)))
    server.on("/S9191", page())
    assert opened().get(url, kind="html").url == url


@pytest.mark.parametrize(("status", "method", "body"), [(303, "GET", b""), (302, "GET", b""), (307, "POST", b"a=1")])
def test_redirected_form(server: FaultyServer, opened: Opened, status: int, method: str, body: bytes) -> None:
    """A form goes on only where the status says so (RFC 9110, 15.4)."""
    url = server.on("/form", Says(status=status, headers=(("Location", "/result"),)))
    server.on("/result", page())
    opened().post(url, {"a": "1"}, kind="html")
    assert (server.seen[-1].path, server.seen[-1].method, server.seen[-1].body) == ("/result", method, body)


def test_redirect_to_another_host(server: FaultyServer, opened: Opened) -> None:
    """Another host may be anybody: not followed."""
    with FaultyServer() as other:
        url = server.on("/bill", Says(status=302, headers=(("Location", other.on("/bill", page())),)))
        error = error_of(opened(), url)
        assert other.seen == []
    assert isinstance(error, Damaged)
    assert other.host in str(error)


def test_redirect_into_the_forbidden(server: FaultyServer, opened: Opened) -> None:
    """robots.txt counts for where a redirect leads, too."""
    server.on("/robots.txt", Says(b"User-agent: *\nDisallow: /search/\n"))
    url = server.on("/bill", Says(status=302, headers=(("Location", "/search/x"),)))
    assert isinstance(error_of(opened(), url), Refused)


def test_redirect_in_a_circle(server: FaultyServer, opened: Opened) -> None:
    """Redirects have an end."""
    url = server.on("/bill", Says(status=302, headers=(("Location", "/bill"),)))
    assert isinstance(error_of(opened(), url), Damaged)
    assert len(server.asked("/bill")) == 6
