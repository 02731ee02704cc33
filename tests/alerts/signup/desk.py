"""A sign-up service without a network: a counter over a store of the demonstration, and somebody who visits it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from billwatch.legislatures import legislature
from billwatch_site.alerts.signup.applications import attend
from billwatch_site.alerts.signup.counter import Counter
from billwatch_site.alerts.signup.letter import Sender
from billwatch_site.alerts.signup.preview import zone_of
from billwatch_site.alerts.signup.service import App, application
from billwatch_site.alerts.subscriptions import NAME, Subscribers
from billwatch_site.alerts.tokens import Tokens
from billwatch_site.settings import Settings

NOON = datetime(2025, 6, 20, 12, tzinfo=UTC)
SERVICE = "https://alerts.example.org"
SITE = Settings(
    title="Online speech and privacy bills",
    url="https://bills.example.org/",
    contact="mailto:editor@example.org",
    service_url=SERVICE,
)
SECRET = "a-secret-for-these-tests-and-nothing-else"
Reading = Callable[[Callable[[], None]], None]
FORM: dict[str, Any] = {"follow": "topic:privacy", "strength": "notable", "rhythm": "daily", "dates": "day-first"}


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def numbers(text: str) -> Iterable[tuple[str, str, str | None]]:
    """New York's numbers, in any spelling."""
    return [("ny", number.identifier, number.session) for number in legislature("ny").numbers_in(text)]


class Reply(NamedTuple):
    """What a visitor gets."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.text)
        return unescape(found[1]) if found else ""

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return unescape(found[1]) if found else ""

    def ticked(self) -> list[str]:
        """The boxes that are ticked, of what is followed."""
        return [unescape(value) for value in re.findall(r'name="follow" value="([^"]*)" checked', self.text)]


class Desk:
    """The service on a data directory, its clock, and its letters."""

    def __init__(self, data: Path, *, reading: Reading = lambda read: read(), **limits: int) -> None:
        self.data, self.clock = data, Clock()
        self.tokens = Tokens((SECRET,), self.clock)
        self.counter = Counter(
            data=data,
            settings=SITE,
            codes=("ny",),
            numbers=numbers,
            tokens=self.tokens,
            now=self.clock,
            reading=reading,
            **limits,
        )
        self.app: App = application(self.counter)

    def ask(self, method: str, path: str, fields: Any = None, **more: Any) -> Reply:
        """One request, checked against the WSGI standard on its way in and out."""
        body = fields if isinstance(fields, bytes) else urlencode(fields or {}, doseq=True).encode()
        parts = urlsplit(path)
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": parts.path}
        environ |= {"QUERY_STRING": parts.query, "REMOTE_ADDR": "203.0.113.7"}
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded"} | more
        setup_testing_defaults(environ)
        answers: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Any:
            answers[:] = [int(status[:3]), headers]
            return lambda data: None

        found = validator(self.app)(environ, start)
        content = b"".join(found)
        found.close()  # type: ignore[attr-defined] # the validator's has one
        return Reply(*answers, content)

    def get(self, path: str, **more: Any) -> Reply:
        return self.ask("GET", path, **more)

    def post(self, path: str, fields: Any = None, **more: Any) -> Reply:
        return self.ask("POST", path, fields, **more)

    def sign_up(self, address: str, **more: Any) -> Reply:
        """Fill in the form and send it."""
        token = self.tokens.token("form", "sign-up")
        return self.post("/subscribe", FORM | {"address": address, "token": token} | more)

    def attend(self) -> int:
        """What the clerk does every few seconds, but for the sending."""
        sender = Sender(SITE, "alerts@bills.example.org", self.tokens)
        with self.counter.people() as people:
            return attend(people, sender.confirmation, lambda wishes: zone_of(wishes, ("ny",)), self.clock())

    def people(self) -> Subscribers:
        return Subscribers(self.data / NAME)

    def letters(self) -> Iterator[EmailMessage]:
        """What lies in the outbox."""
        with self.counter.people() as people:
            for (blob,) in people.db.conn.execute("select message from outbox order by id").fetchall():
                yield message_from_bytes(blob, policy=policy.default)  # type: ignore[misg-arg,misc] # of this policy

    def links(self) -> list[str]:
        """The links in the last letter, as paths of the service."""
        *_, letter = self.letters()
        return [found.removeprefix(SERVICE) for found in re.findall(rf"{SERVICE}\S+", letter.get_content())]

    def confirmed(self, address: str, **more: Any) -> str:
        """Somebody who has signed up and confirmed; their id."""
        self.sign_up(address, **more)
        self.attend()
        self.post(self.links()[0])
        with self.counter.people() as people:
            found = people.find(address)
            assert found and found.confirmed_at
            return found.id

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table of the subscribers' file."""
        with self.counter.people() as people:
            tables = [name for name in people.db.table_names() if not name.startswith(("sqlite", "_sqlite"))]
            return {name: people.db.conn.execute(f"select * from {name}").fetchall() for name in tables}
