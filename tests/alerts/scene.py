"""A data directory with a store and subscribers, and a run of the flow with a mail server in this process."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from alerts.news import NOW, stored
from alerts.postoffice import PostOffice
from billwatch_site.alerts.alert import Decided, Plan, decide, send
from billwatch_site.alerts.bounces import Returns
from billwatch_site.alerts.delivery import Delivered, Pace
from billwatch_site.alerts.settings import MailSettings
from billwatch_site.alerts.smtp import Mailer, Server, carrier
from billwatch_site.alerts.subscriptions import Subscribers
from billwatch_site.alerts.tokens import Tokens
from billwatch_site.records import BillRecord
from billwatch_site.settings import Settings

SECRETS = ("a secret of more than 22 letters",)
RETURNS = Returns("bounces@bills.example.org", SECRETS)


def plan(*, service: bool = True, quiet_after_days: int = 0, host: str = "127.0.0.1", now: datetime = NOW) -> Plan:
    """A publisher with a site, and with a sign-up service unless said otherwise."""
    mail = MailSettings(
        server=Server(host=host),
        sender="alerts@bills.example.org",
        bounces=RETURNS.address,
        contact="mailto:desk@bills.example.org",
        service_url="https://alerts.example.org/" if service else "",
        quiet_after_days=quiet_after_days,
    )
    settings = Settings(url="https://bills.example.org/", contact=mail.contact)
    return Plan(settings=settings, mail=mail, signed=Tokens(SECRETS, lambda: now) if service else None)


class Scene:
    """One data directory; its subscribers in memory unless `on_disk`."""

    def __init__(self, folder: Path, *bills: BillRecord, on_disk: bool = False) -> None:
        self.store = stored(folder, bills)
        self.people = Subscribers(folder / "subscribers.db" if on_disk else ":memory:")

    def first_look(self, now: datetime = NOW - timedelta(days=3)) -> Decided:
        return decide(self.people, self.store, plan(), now)

    def decide(self, now: datetime = NOW, **choices: bool | int) -> Decided:
        return decide(self.people, self.store, plan(now=now, **choices), now)  # type: ignore[arg-type] # of plan

    def waiting(self) -> list[EmailMessage]:
        """The messages in the outbox that wait, in order."""
        sql = "select message from outbox where state = 'waiting' order by id"
        return [message_from_bytes(row[0], policy=default) for row in self.people.db.conn.execute(sql)]  # type: ignore[misc] # the policy's kind

    def states(self) -> list[str]:
        return [row[0] for row in self.people.db.conn.execute("select state from outbox order by id")]

    def told(self, recipient: str) -> set[str]:
        sql = "select change from told where recipient = ?"
        return {row[0] for row in self.people.db.conn.execute(sql, (recipient,))}

    def send(self, office: PostOffice, now: datetime = NOW) -> Delivered:
        with closing(Mailer(office.server)) as mailer:
            carry = carrier(mailer, "alerts@bills.example.org", RETURNS.sender)
            return send(self.people, carry, Pace(60_000), lambda: now)


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def subjects(messages: Iterable[EmailMessage]) -> list[str]:
    return [str(message["Subject"]) for message in messages]
