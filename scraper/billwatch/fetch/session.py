"""Polite, honest HTTP: says who asks, takes its turn, obeys robots.txt, and believes only whole answers.

    session = Session(user_agent("https://bills.example.org/", "mailto:you@example.org"))
    answer = session.get("https://nyassembly.gov/leg/?bn=S09191&term=2017&Actions=Y", kind="html")

Whatever is less than the answer is a `SourceError`; what may pass is tried three times first. See reply.py for which
reply means what, wholeness.py for bodies, pacing.py for turns, breaker.py for hosts that are given up for the run.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry

from billwatch import __version__
from billwatch.addresses import address_of_form, host_of
from billwatch.answer import Answer
from billwatch.errors import Damaged, SourceError, Unreachable
from billwatch.fetch.breaker import Breaker
from billwatch.fetch.failure import failure_of
from billwatch.fetch.pacing import Pace
from billwatch.fetch.redaction import Redaction
from billwatch.fetch.reply import REDIRECTS, Passing, Reply, check
from billwatch.fetch.robots import Robots, readable
from billwatch.fetch.wholeness import CHUNK, LARGEST, whole_body
from billwatch.fetch.wire import Deadline, Wire, trusting

_T = TypeVar("_T")
_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long we wait and how much we take. Times in seconds."""

    connect: float = 10
    read: float = 30  # between two bytes
    request: float = 60  # from asking to the last byte
    address: float = 180  # all tries of one address with the waits between them
    retry_after: float = 60  # a source that wants a longer pause is left alone for the rest of the run
    tries: int = 3
    redirects: int = 5
    bytes: int = LARGEST


class _Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to ask for."""

    url: str
    kind: str
    headers: dict[str, str] = {}
    form: dict[str, str] | None = None
    is_robots: bool = False  # asked before any rule is known, and followed to other hosts (RFC 9309, 2.3.1.2)


def user_agent(site: str, contact: str) -> str:
    """Who asks: "billwatch/0.1.0 (+https://bills.example.org/; mailto:you@example.org)"."""
    return f"billwatch/{__version__} ({'; '.join(part for part in (site and '+' + site, contact) if part)})"


class Session:
    """The network as a `Fetcher`.

    `trust` maps the beginning of an address to a PEM file with an intermediate certificate that its site leaves out.
    `secrets` never appear in an address, an error or a log. `now` dates answers; `clock` and `sleep` are monotonic.
    `asked` counts the requests made, by host, with retries and robots.txt.
    """

    def __init__(
        self,
        agent: str,
        *,
        requests_per_second: float = 1.0,
        secrets: Iterable[str] = (),
        trust: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.asked: Counter[str] = Counter()
        self._limits = limits or Limits()
        self._now, self._clock, self._sleep = now, clock, sleep
        self._pace = Pace(requests_per_second, clock=clock, sleep=sleep)
        self._robots = Robots(self._robots_file)
        self._breaker = Breaker()
        self._redaction = Redaction(secrets)
        # Jitter, so that many copies of us do not come back to a source all at once.
        self._policy = Retry(total=self._limits.tries - 1, backoff_factor=1, backoff_jitter=1, backoff_max=30)
        self._requests = self._opened(agent, trust or {})

    def _opened(self, agent: str, trust: Mapping[str, str]) -> requests.Session:
        session = requests.Session()
        # Only what wholeness.py can check to its end; requests would offer brotli and zstandard where installed.
        session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip"})
        for scheme in ("http://", "https://"):
            session.mount(scheme, Wire())
        for prefix, pem in trust.items():
            session.mount(prefix, Wire(trusting(pem)))
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self._redaction)
        return session

    @property
    def stopped(self) -> dict[str, str]:
        """Hosts that are not asked any more in this run, and why."""
        return {host: str(error) for host, error in self._breaker.stopped.items()}

    def close(self) -> None:
        """Close connections, and take our filter off the loggers."""
        self._requests.close()
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self._redaction)

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        """The answer to GET; with what is known of the last answer, perhaps `not_modified`."""
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._answer(_Ask(url=url, kind=kind, headers={name: value for name, value in known.items() if value}))

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        """The answer to a form sent by POST; its `url` holds the form too (`address_of_form`)."""
        return self._answer(_Ask(url=url, kind=kind, form=form))

    def _answer(self, ask: _Ask) -> Answer:
        host = host_of(ask.url)
        try:
            self._breaker.check(host, ask.url)
            answer = self._persistently(lambda: self._checked(ask), host)
        except SourceError as error:
            self._breaker.failed(host, error)
            # The one way out for every error, whoever wrote it: none leaves with a key.
            raise self._redaction.error(error) from None
        self._breaker.answered(host)
        return answer

    def _persistently(self, once: Callable[[], _T], host: str) -> _T:
        """What `once` gives, tried again while its failure may pass.

        urllib3's Retry is the policy, but not the loop: inside the adapter it would pass our pace by, and it never
        sees that a body was cut off.
        """
        retry, until = self._policy, self._clock() + self._limits.address
        while True:
            try:
                return once()
            except Passing as failure:
                problem = failure
            try:
                retry = retry.increment(error=problem)
            except MaxRetryError:
                raise problem.error from None
            self._pause(problem, retry.get_backoff_time(), until, host)

    def _pause(self, problem: Passing, backoff: float, until: float, host: str) -> None:
        """Wait before the next try, or give the address up."""
        if problem.wait > self._limits.retry_after:
            self._breaker.stop(host, problem.error)
            raise problem.error
        wait = max(backoff, problem.wait)
        if self._clock() + wait > until:
            raise problem.error
        if wait:
            self._sleep(wait)

    def _checked(self, ask: _Ask) -> Answer:
        reply = self._followed(ask)
        check(reply, ask.kind, ask.url)
        if reply.status == 304 and not ask.headers:
            raise Damaged("the source answers HTTP 304 (not modified) to a question without a condition", ask.url)
        address = ask.url if ask.form is None else address_of_form(ask.url, ask.form)
        return Answer(
            url=self._redaction.text(address),
            status=reply.status,
            body=self._redaction.body(reply.body),
            fetched_at=self._now().astimezone(UTC),
            content_type=reply.content_type,
            etag=reply.headers.get("etag", ask.headers.get("If-None-Match", "") if reply.status == 304 else ""),
            last_modified=reply.headers.get("last-modified", ""),
            not_modified=reply.status == 304,
        )

    def _robots_file(self, url: str) -> Reply:
        ask = _Ask(url=url, kind="robots", is_robots=True)
        return self._persistently(lambda: readable(self._followed(ask), url), host_of(url))

    def _followed(self, ask: _Ask) -> Reply:
        """The reply at the end of the redirects, each of which has its turn and its robots.txt."""
        for _ in range(self._limits.redirects + 1):
            reply = self._reply(ask)
            if reply.status not in REDIRECTS:
                return reply
            ask = _redirected(ask, reply)
        raise Damaged(f"the source redirects more than {self._limits.redirects} times", ask.url)

    def _reply(self, ask: _Ask) -> Reply:
        delay = 0.0 if ask.is_robots else self._robots.delay(ask.url)
        host = host_of(ask.url)
        with self._pace.turn(host, delay):
            self.asked[host] += 1
            return self._sent(ask)

    def _sent(self, ask: _Ask) -> Reply:
        limits = self._limits
        problem: Exception | None = None
        with Deadline(limits.request) as deadline:
            try:
                reply = self._received(ask)
            except (requests.RequestException, HTTPError, OSError, Passing) as error:
                problem = error
        # Asked first: a body without a stated length that the deadline ended looks as if it were whole.
        if deadline.passed:
            raise Passing(Unreachable(f"no whole answer came within {limits.request:g} seconds", ask.url))
        if problem:
            raise failure_of(problem, ask.url)
        return reply

    def _received(self, ask: _Ask) -> Reply:
        method, limits = "GET" if ask.form is None else "POST", self._limits
        with self._requests.request(
            method,
            ask.url,
            data=ask.form,
            headers=ask.headers,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect, limits.read),
        ) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            chunks = response.raw.stream(CHUNK, decode_content=False)
            # A 304 states the length of what it does not send.
            body = b"" if response.status_code == 304 else whole_body(chunks, headers, ask.url, limits.bytes)
            return Reply(status=response.status_code, headers=headers, body=body)


def _redirected(ask: _Ask, reply: Reply) -> _Ask:
    """What to ask next: the same host, or the same name over TLS; elsewhere may be anybody."""
    target = urljoin(ask.url, reply.headers.get("location", ""))
    here, there = urlsplit(ask.url), urlsplit(target)
    upgrade = (here.scheme, there.scheme, here.hostname) == ("http", "https", there.hostname)
    if not (ask.is_robots or upgrade or (here.scheme, here.netloc) == (there.scheme, there.netloc)):
        raise Damaged(f"the source redirects to another host, {there.netloc}: name it if it has moved", ask.url)
    form = ask.form if upgrade or reply.status in (307, 308) else None
    return msgspec.structs.replace(ask, url=target, form=form)
