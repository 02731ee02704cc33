"""One mail server, spoken to through smtplib: a connection kept while it holds, and what each reply means for us."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

import msgspec

from billwatch_site.alerts.outbox import Outcome, Parcel

Security = Literal["starttls", "tls", "none"]
DROPS = 3  # messages in a row at which the connection broke: then it is the server
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """Where our mail goes out. "starttls" and "tls" verify the server's certificate; never is it off."""

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = 30.0  # seconds, for each answer

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"  # a repr ends up in logs


class Reply(Exception):
    """The server said no to one step; `step` is "mail", "rcpt" or "data"."""

    def __init__(self, step: str, code: int, text: bytes) -> None:
        super().__init__(f"{code} to {step}")
        self.step, self.code = step, code
        found = _ENHANCED.search(text.decode("ascii", "replace"))
        self.enhanced = found[0] if found else ""


class Mailer:
    """Sends messages one after the other; `close` it in the end."""

    def __init__(self, server: Server, connect: Callable[[Server], smtplib.SMTP] | None = None) -> None:
        self._server, self._connect = server, connect or connected
        self._smtp: smtplib.SMTP | None = None
        self._drops = 0

    def send(self, sender: str, address: str, message: bytes) -> Outcome:
        """Hand one message over. When the connection breaks, nobody knows whether it arrived: it is sent once more."""
        broken = ""
        for _ in range(2):
            try:
                smtp = self._open()
            except (OSError, smtplib.SMTPException) as error:
                return Outcome("stopped", f"the mail server cannot be used ({_said(error)})")
            try:
                _handed_over(smtp, sender, address, message)
            except Reply as reply:
                if reply.code != 421:
                    return self._refused(reply)
                broken = "421"  # it closes this connection, perhaps only because it has been used enough
                self.close()
            except (OSError, smtplib.SMTPException) as error:
                broken = _said(error)
                self.close()
            else:
                self._drops = 0
                return Outcome("sent")
        self._drops += 1
        state: Literal["stopped", "later"] = "stopped" if self._drops >= DROPS else "later"
        return Outcome(state, f"the connection to the mail server broke ({broken})")

    def close(self) -> None:
        """End the connection, politely where that is still possible."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connect(self._server)
        return self._smtp

    def _refused(self, reply: Reply) -> Outcome:
        try:
            self._open().rset()
        except (OSError, smtplib.SMTPException):
            self.close()
        return meaning_of(reply)


def carrier(
    mailer: Mailer, sender: str, returns: Callable[[int, str], str] | None = None
) -> Callable[[Parcel], Outcome]:
    """How a parcel goes: from the sender, or from a return address of its own where there are such."""

    def carry(parcel: Parcel) -> Outcome:
        origin = returns(parcel.id, parcel.message_id) if returns else sender
        return mailer.send(origin, parcel.address, parcel.message)

    return carry


def meaning_of(reply: Reply) -> Outcome:
    """What a refusal is about: this address for now, this address for good, or us, whoever the message is for.

    4xx is for now (RFC 5321); 5.1 and 5.2 are about the mailbox (RFC 3463). A 5xx about policy or content, or to
    MAIL FROM, would meet the next message as well.
    """
    said = f"{reply.code} {reply.enhanced}".strip()
    if reply.step == "mail":
        return Outcome("stopped", f"the mail server does not take our mail ({said} to MAIL FROM)")
    if reply.code < 500:
        return Outcome("later", f"the mail server said {said}")
    about_mailbox = reply.enhanced.startswith(("5.1.", "5.2.")) or (reply.step == "rcpt" and not reply.enhanced)
    if about_mailbox:
        return Outcome("refused", f"the mail server said {said}")
    return Outcome("stopped", f"the mail server refuses what we send ({said} to {reply.step.upper()})")


def connected(server: Server) -> smtplib.SMTP:
    """A connection that is ready for mail: encrypted unless the configuration says otherwise, logged in."""
    context = ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _handed_over(smtp: smtplib.SMTP, sender: str, address: str, message: bytes) -> None:
    """One message through MAIL, RCPT and DATA; a no at any step is a `Reply`."""
    code, text = smtp.mail(sender)
    if code != 250:
        raise Reply("mail", code, text)
    code, text = smtp.rcpt(address)
    if code not in (250, 251):
        raise Reply("rcpt", code, text)
    try:
        code, text = smtp.data(message)
    except smtplib.SMTPDataError as error:
        raise Reply("data", error.smtp_code, _bytes(error.smtp_error)) from None
    if code != 250:
        raise Reply("data", code, text)


def _said(error: Exception) -> str:
    """What went wrong without what the server wrote, which may name the address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
