"""The letter that asks for a confirmation: short, in text alone, and without a word that the form's sender chose.

Whoever fills in somebody else's address must not be able to write to them: bills and topics are named as we name them,
and searches are only counted.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from billwatch.bill import BillId
from billwatch_site.alerts.outbox import Outgoing
from billwatch_site.alerts.signup.applications import Application
from billwatch_site.alerts.signup.wishes import Follow
from billwatch_site.alerts.subscriptions import Subscriber
from billwatch_site.alerts.tokens import Tokens
from billwatch_site.settings import Settings
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted
from billwatch_site.words.subjects import topic_name

_NAMED = 12  # things that the letter names; the page of its link has them all

_TEXT = """\
Somebody, we hope you, asked {site} to write to this address about:

{follows}

If it was you, open this and press the button:

{confirm}

The link is good for seven days. Nothing begins before the button is pressed.

If it was not you, do nothing. {otherwise}
"""
_NEW = "You get no other letter, and in seven days your address is deleted."
_KNOWN = """Nothing changes then.

You get letters from us already. To see and change what you get:

{manage}"""


class Sender(msgspec.Struct, frozen=True):
    """Who writes: the site, the address in From, where the service stands, and who signs its links."""

    settings: Settings
    address: str
    tokens: Tokens

    def confirmation(self, to: Subscriber, application: Application, now: datetime) -> Outgoing:
        """The letter for an application, with its link; always the same for the same one but for the link's time."""
        site, tokens = self.settings, self.tokens
        manage = tokens.manage_link(site.service_url, to.id)
        message = EmailMessage(policy=SMTP.clone(max_line_length=998))  # links are never broken
        message["From"] = Address(" ".join(site.title.split()), addr_spec=self.address)
        message["To"] = Address(addr_spec=to.address)
        message["Subject"] = "Please confirm: news of bills by mail"
        message["Date"] = now
        message["Message-ID"] = identity = self._name(application)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(
            _TEXT.format(
                site=" ".join(site.title.split()),
                follows="\n".join(f"  - {line}" for line in named(application.asked.follow)),
                confirm=tokens.confirm_link(site.service_url, application.id),
                otherwise=_KNOWN.format(manage=manage) if to.confirmed_at else _NEW,
            ),
            cte="quoted-printable",  # as the other letters; base64, which the library would choose, looks like spam
        )
        return Outgoing(identity, message.as_bytes(), "confirmation")

    def _name(self, application: Application) -> str:
        name = hashlib.sha256(f"confirm\n{application.id}".encode()).hexdigest()[:40]
        return f"<{name}@{self.address.rpartition('@')[2]}>"


def named(follows: tuple[Follow, ...]) -> list[str]:
    """What is followed, in our words alone."""
    ours = [words for follow in follows if (words := _named(follow))]
    searches = len(follows) - len(ours)
    left = len(ours) - _NAMED
    more = [f"{left} more"] if left > 0 else []
    counts = [counted(searches, "search for words", "searches for words")] if searches else []
    return [*ours[:_NAMED], *more, *counts]


def _named(follow: Follow) -> str:
    kind, target = follow
    if kind in ("bill", "family"):
        bill = BillId.parse(target)
        name = f"{bill.identifier} of {legislature(bill.legislature).session(bill.session)}"
        return f"{name} and its family" if kind == "family" else name
    if kind == "topic":
        return f"the topic {topic_name(target)}"
    return f"every bill followed here in {legislature(target).name}" if kind == "legislature" else ""
