"""fetch: says who it is, waits its turn, and takes nothing for an answer that is not one. Against a real server."""

from __future__ import annotations

import logging
import ssl
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from billwatch.addresses import address_of_form
from billwatch.errors import (
    Blocked,
    Damaged,
    NotListed,
    Refused,
    SourceError,
    Unauthorized,
    Unreachable,
    UsageError,
)
from billwatch.fetch import Limits, Session, user_agent
from faulty_server import FaultyServer, Says, json, page

AGENT = user_agent("https://bills.example.org/", "mailto:you@example.org")
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
CLOUDFLARE = (
    b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
)


class Clock:
    """A monotonic clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time, self.sleeps = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Iterator[Callable[..., Session]]:
    """Sessions on the fake clock, closed afterwards."""
    sessions: list[Session] = []

    def open_(**more: object) -> Session:
        sessions.append(Session(AGENT, clock=clock, sleep=clock.sleep, now=lambda: NOW, **more))  # type: ignore[arg-type]
        return sessions[-1]

    yield open_
    for session in sessions:
        session.close()


Opened = Callable[..., Session]


def error_of(session: Session, url: str, kind: str = "html") -> SourceError:
    with pytest.raises(SourceError) as caught:
        session.get(url, kind=kind)
    return caught.value


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


# ---- turns and tries


def test_spacing(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """One request a second: robots.txt, pages and retries each wait for their turn, evenly."""
    url, session = server.on("/bill", page(), page(), Says(status=502), page()), opened()
    for _ in range(3):
        session.get(url, kind="html")
    assert clock.sleeps == [1.0] * 4
    assert session.asked == {server.host: 5}


def test_rate(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """The rate is the configured one."""
    opened(requests_per_second=4).get(server.on("/bill", page()), kind="html")
    assert clock.sleeps == [0.25]


def test_retry_after_seconds(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """Retry-After in seconds is waited for."""
    url = server.on("/bill", Says(status=429, headers=(("Retry-After", "17"),)), page())
    assert opened().get(url, kind="html").status == 200
    assert clock.sleeps == [1.0, 17.0]


def test_retry_after_date(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """Retry-After as a date is waited for."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", later),)), page())
    assert opened().get(url, kind="html").status == 200
    assert 20 < clock.sleeps[1] <= 40


def test_retry_after_too_long(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """A source that wants an hour is left alone: at once, and for the rest of the run."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", "3600"),)))
    session = opened()
    assert isinstance(error_of(session, url), Unreachable)
    assert isinstance(error_of(session, server.on("/other", page())), Unreachable)
    assert (clock.sleeps, len(server.asked("/bill")), server.asked("/other")) == ([1.0], 1, [])
    assert list(session.stopped) == [server.host]


@pytest.mark.parametrize("nonsense", ["soon", "-3", ""])
def test_retry_after_nonsense(server: FaultyServer, opened: Opened, nonsense: str) -> None:
    """A Retry-After that says nothing does no harm."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", nonsense),)), page())
    assert opened().get(url, kind="html").status == 200


def test_three_tries(server: FaultyServer, opened: Opened) -> None:
    """What may pass is tried three times, then reported."""
    error = error_of(opened(), server.on("/bill", Says(status=500)))
    assert isinstance(error, Unreachable)
    assert "HTTP 500" in str(error)
    assert len(server.asked("/bill")) == 3


def test_time_for_one_address(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """The tries of one address together have an end."""
    url = server.on("/bill", Says(status=503, headers=(("Retry-After", "50"),)))
    error_of(opened(limits=Limits(address=60)), url)
    assert len(server.asked("/bill")) == 2
    assert clock.sleeps == [1.0, 50.0]


def test_hang_up(server: FaultyServer, opened: Opened) -> None:
    """A connection closed without an answer is tried again."""
    assert opened().get(server.on("/bill", Says(hang_up=True), page()), kind="html").status == 200


def test_nobody_there(opened: Opened) -> None:
    """Where nothing listens the line says so."""
    error = error_of(opened(), "http://127.0.0.1:1/bill")
    assert isinstance(error, Unreachable)
    assert "connection refused" in str(error)


def test_no_address(opened: Opened) -> None:
    """A configured address that is none is an error of one line, not a traceback."""
    assert isinstance(error_of(opened(), "nyassembly.gov/leg"), Unreachable)


# ---- hosts given up


def test_blocked_host_is_left_alone(server: FaultyServer, opened: Opened) -> None:
    """After three challenges in a row nothing more is asked of the host."""
    url, session = server.on("/bill", Says(CLOUDFLARE, 403)), opened()
    errors = [error_of(session, url) for _ in range(6)]
    assert {type(error) for error in errors} == {Blocked}
    assert len(server.asked("/bill")) == 3
    assert "not asked again" in str(errors[-1])


def test_dead_host_is_left_alone(server: FaultyServer, opened: Opened) -> None:
    """After three addresses that could not be reached, with their tries, nothing more is asked."""
    url, session = server.on("/bill", Says(status=500)), opened()
    for _ in range(6):
        assert isinstance(error_of(session, url), Unreachable)
    assert len(server.asked("/bill")) == 9


def test_an_answer_forgets_the_row(server: FaultyServer, opened: Opened) -> None:
    """Failures count in a row: an answer between them begins anew."""
    block, session = Says(CLOUDFLARE, 403), opened()
    url = server.on("/bill", block, block, page(), block, block, page())
    outcomes = []
    for _ in range(6):
        try:
            outcomes.append(session.get(url, kind="html").status)
        except Blocked:
            outcomes.append(403)
    assert outcomes == [403, 403, 200, 403, 403, 200]


# ---- robots.txt


def test_robots(server: FaultyServer, opened: Opened) -> None:
    """What robots.txt forbids is not asked; the file is read once."""
    server.on("/robots.txt", Says(b"User-agent: *\nDisallow: /search/\nAllow: /\n", kind="text/plain"))
    session = opened()
    session.get(server.on("/bill", page()), kind="html")
    assert isinstance(error_of(session, server.on("/search/legislation", page())), Refused)
    session.get(server.on("/bill", page()), kind="html")
    assert server.asked("/search/legislation") == []
    assert len(server.asked("/robots.txt")) == 1


def test_robots_for_us(server: FaultyServer, opened: Opened) -> None:
    """Rules for billwatch by name go before those for everybody."""
    server.on("/robots.txt", Says(b"User-agent: *\nAllow: /\n\nUser-agent: billwatch\nDisallow: /\n"))
    assert isinstance(error_of(opened(), server.on("/bill", page())), Refused)


def test_crawl_delay(server: FaultyServer, opened: Opened, clock: Clock) -> None:
    """A longer Crawl-delay than our own is kept, a shorter one is not taken."""
    server.on("/robots.txt", Says(b"User-agent: *\nCrawl-delay: 10\n"))
    url, session = server.on("/bill", page()), opened()
    for _ in range(3):
        session.get(url, kind="html")
    assert clock.sleeps == [1.0, 10.0, 10.0]


def test_endless_crawl_delay(server: FaultyServer, opened: Opened) -> None:
    """A delay that no run could keep is a refusal."""
    server.on("/robots.txt", Says(b"User-agent: *\nCrawl-delay: 86400\n"))
    assert isinstance(error_of(opened(), server.on("/bill", page())), Refused)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_absent(server: FaultyServer, opened: Opened, status: int) -> None:
    """No robots.txt (4xx) allows everything (RFC 9309, 2.3.1.3)."""
    server.on("/robots.txt", Says(b"Disallow: /", status))
    assert opened().get(server.on("/bill", page()), kind="html").status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_unreadable(server: FaultyServer, opened: Opened, status: int) -> None:
    """A robots.txt that cannot be read forbids everything (RFC 9309, 2.3.1.4), and is not asked for each page."""
    server.on("/robots.txt", Says(b"", status))
    session = opened()
    for _ in range(4):
        assert isinstance(error_of(session, server.on("/bill", page())), Refused)
    assert len(server.asked("/robots.txt")) == 3
    assert server.asked("/bill") == []


def test_robots_comes_late(server: FaultyServer, opened: Opened) -> None:
    """A robots.txt that fails once is tried again before it forbids."""
    server.on("/robots.txt", Says(b"", 503), Says(b"User-agent: *\nAllow: /\n"))
    assert opened().get(server.on("/bill", page()), kind="html").status == 200


# ---- less than an answer


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


# ---- keys


SECRET = "k3y/of+ours&longer than a word"
SPELLED = "k3y%2Fof%2Bours%26longer%20than%20a%20word"


@pytest.mark.parametrize(
    "says",
    [
        Says(status=500),
        Says(hang_up=True),
        page("x" * 500, cut=10),
        Says(status=404),
        Says(status=401),
        Says(status=302, headers=(("Location", f"http://elsewhere.example/?key={SPELLED}"),)),
        Says(status=302, headers=(("Location", f"/loop?token={SPELLED}"),)),
    ],
)
def test_key_in_no_error(server: FaultyServer, opened: Opened, says: Says, caplog: pytest.LogCaptureFixture) -> None:
    """No error, no traceback and no log, not even urllib3's at its most talkative, carries a key."""
    caplog.set_level(logging.DEBUG)
    server.on("/loop", says)
    session = opened(secrets=[SECRET])
    error = error_of(session, server.on("/api", says) + f"?key={SPELLED}&limit=5", "json")
    told = [str(error), error.url, repr(error), *traceback.format_exception(error), caplog.text, repr(session)]
    for text in told:
        assert SECRET not in text
        assert SPELLED not in text
    assert "=***" in error.url
    assert "urllib3.connectionpool" in caplog.text


def test_key_in_no_error_without_a_server(opened: Opened) -> None:
    """What requests says of a host that is not there has the address in it: ours has not."""
    error = error_of(opened(secrets=[SECRET]), f"http://127.0.0.1:1/api?key={SPELLED}", "json")
    assert SPELLED not in "".join([str(error), repr(error), *traceback.format_exception(error)])
    assert (error.__cause__, error.__context__) == (None, None)  # what a crash reporter would send along


def test_key_in_no_answer(server: FaultyServer, opened: Opened) -> None:
    """The answer's address has the key struck out, so has a body that repeats it; and yet it was sent."""
    url = server.on("/api", json(f'{{"you": "asked with {SECRET}"}}'))
    answer = opened(secrets=[SECRET]).get(f"{url}?key={SPELLED}&limit=5", kind="json")
    assert answer.url == f"{url}?key=***&limit=5"
    assert answer.body == b'{"you": "asked with ***"}'
    assert server.seen[-1].path == f"/api?key={SPELLED}&limit=5"


def test_short_key_harms_no_body(server: FaultyServer, opened: Opened) -> None:
    """A key that could be a word is struck out of addresses, but no bill loses a word for it."""
    url = server.on("/api", json('{"title": "Relates to a test"}'))
    answer = opened(secrets=["test"]).get(f"{url}?key=test", kind="json")
    assert (answer.url, answer.body) == (f"{url}?key=***", b'{"title": "Relates to a test"}')


# ---- TLS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate that nobody vouches for, and the PEM of the authority that made it."""
    trustme = pytest.importorskip("trustme", reason="trustme makes the certificates (pip install trustme)")
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pem = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))
    return context, pem


def test_tls_unverified(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """A certificate that nobody vouches for is an error with its remedy, at once: another try changes nothing."""
    with FaultyServer(certificates[0]) as server:
        session = opened()
        error = error_of(session, server.on("/bill", page()))
    assert isinstance(error, Unreachable)
    assert "PEM file" in str(error)
    assert (server.seen, session.asked[server.host]) == ([], 1)


def test_tls_with_the_missing_certificate(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """With the missing certificate named for the host it is verified, and only for that host."""
    context, pem = certificates
    with FaultyServer(context) as server, FaultyServer(context) as other:
        session = opened(trust={server.root: str(pem)})
        assert session.get(server.on("/bill", page()), kind="html").status == 200
        assert isinstance(error_of(session, other.on("/bill", page())), Unreachable)


def test_redirect_to_tls(certificates: tuple[ssl.SSLContext, Path], server: FaultyServer, opened: Opened) -> None:
    """From http to https on the same host is followed, form and all; from https to http is not."""
    context, pem = certificates
    with FaultyServer(context) as secure:
        session = opened(trust={secure.root: str(pem)})
        up = server.on("/bill", Says(status=301, headers=(("Location", secure.on("/bill", page())),)))
        assert session.post(up, {"a": "1"}, kind="html").status == 200
        assert secure.seen[-1].body == b"a=1"
        down = secure.on("/old", Says(status=301, headers=(("Location", server.on("/new", page())),)))
        assert isinstance(error_of(session, down), Damaged)
    assert server.asked("/new") == []


def test_tls_for_another_name(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """A certificate for another name is refused, whoever vouches for it."""
    context, pem = certificates
    with FaultyServer(context) as server:
        url = server.on("/bill", page()).replace("127.0.0.1", "localhost")
        assert isinstance(error_of(opened(trust={"https://localhost": str(pem)}), url), Unreachable)


def test_no_pem(opened: Opened, tmp_path: Path) -> None:
    """A certificate file that is none is a mistake in the configuration, named."""
    (tmp_path / "no.pem").write_text("no")
    for path in (tmp_path / "no.pem", tmp_path / "absent.pem"):
        with pytest.raises(UsageError, match=path.name):
            opened(trust={"https://nyassembly.gov/": str(path)})
