"""A letter as a message: one recipient, a fixed set of headers, text before HTML.

Headers: RFC 8058 and 2369 (how to leave, in one step), RFC 2919 (which list), RFC 3834 (no answer is expected). The
Message-ID is made from who is told what: however often the same message has to be sent, it is the same message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from urllib.parse import quote

import msgspec

from billwatch_site.alerts.dates import dated
from billwatch_site.alerts.digest import Digest
from billwatch_site.alerts.html import html_of
from billwatch_site.alerts.letter import Foot, Letter, Writer
from billwatch_site.alerts.outbox import Mail, Outgoing
from billwatch_site.alerts.plain import harmless, text_of
from billwatch_site.alerts.settings import Links, MailSettings
from billwatch_site.alerts.subscriptions import Subscriber
from billwatch_site.words.sentences import day

_WHOLE = ("List-Unsubscribe", "List-Id", "Message-ID", "To", "Reply-To")  # of checked characters only
_LONGEST = 200  # characters of a subject
_RHYTHMS = {"at-once": "as things happen", "daily": "every morning on which there is news", "weekly": "on Mondays"}


class _Policy(EmailPolicy):
    """RFC 5322, but that addresses stay whole: the library would wrap a long one into encoded words, and no program
    that offers to unsubscribe reads it then.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name in _WHOLE:
            return f"{name}: {value}".replace(", <", ",\r\n <").encode("ascii") + b"\r\n"
        folded = super().fold_binary(name, value)
        # Before a first word that is long the library ends the line; what is left of the header would look empty.
        return folded.replace(b":\r\n ", b": ", 1) if folded.startswith(f"{name}:\r\n".encode()) else folded


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


class Correspondence(msgspec.Struct, frozen=True):
    """All that turns a digest into somebody's message."""

    writer: Writer
    mail: MailSettings
    signed: Links | None  # None: there is no sign-up service
    now: datetime

    def digest(self, to: Subscriber, digest: Digest, notes: Iterable[str] = ()) -> Outgoing:
        """The message that tells somebody of this digest."""
        letter = self.writer.letter(digest, tuple(notes), self.foot(to))
        return self.message(to, letter, message_id(self.mail.host, to.id, *digest.changes), "digest")

    def message(self, to: Subscriber, letter: Letter, identity: str, kind: Mail) -> Outgoing:
        letter = dated(letter, to.dates)
        message = EmailMessage(policy=_POLICY)
        message["From"] = _sender(self.writer.settings.title, self.mail.sender)
        message["To"] = Address(addr_spec=to.address)
        message["Subject"] = one_line(letter.subject)
        message["Date"] = self.now
        message["Message-ID"] = identity
        message["Reply-To"] = Address(addr_spec=self.mail.operator)
        message["Auto-Submitted"] = "auto-generated"
        message["List-Id"] = f"<alerts.{self.mail.host}>"
        message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in self._ways_out(to))
        if self._service:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(text_of(letter), cte="quoted-printable")
        message.add_alternative(html_of(letter), subtype="html", cte="quoted-printable")
        message.set_boundary(hashlib.sha256(identity.encode()).hexdigest()[:32])  # the same message, the same bytes
        return Outgoing(identity, message.as_bytes(), kind)

    def foot(self, to: Subscriber) -> Foot:
        """Why it came, and the ways to change or end it."""
        urgent = "" if to.rhythm == "at-once" or not to.urgent else "; milestones at once"
        confirmed = day(to.confirmed_at[:10])
        since = f" on {confirmed}" if confirmed else ""
        return Foot(
            why=f"You asked for this{since}: news {_RHYTHMS[to.rhythm]}{urgent}. We keep your address and what "
            "you follow, and do not learn whether you read it.",
            manage=self.signed.manage_link(self.mail.service_url, to.id) if self.signed and self._service else "",
            unsubscribe=self._ways_out(to)[0],
            contact=self.mail.operator,
        )

    @property
    def _service(self) -> bool:
        return bool(self.signed and self.mail.service_url)

    def _ways_out(self, to: Subscriber) -> list[str]:
        """How to leave: by a signed link where there is a service, and by writing to the operator."""
        mailto = f"mailto:{quote(self.mail.operator, safe='@+')}?subject=unsubscribe"
        if self.signed and self.mail.service_url:
            return [self.signed.unsubscribe_link(self.mail.service_url, to.id), mailto]
        return [mailto]


def message_id(host: str, recipient: str, *what: str) -> str:
    """The name of a message: from whom it is for and what it tells, and nothing else."""
    digest = hashlib.sha256("\n".join([recipient, *sorted(what)]).encode()).hexdigest()
    return f"<{digest[:40]}@{host}>"


def one_line(text: str) -> str:
    """Text that may stand in a header: one line of printable characters, of no more than 200."""
    plain = " ".join(harmless(text).split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 2]} …"


def _sender(title: str, address: str) -> Address:
    return Address(display_name=one_line(title), addr_spec=address)
