"""A mail server in this process (aiosmtpd) that says what a test tells it to: yes, later, no, or nothing at all."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from billwatch_site.alerts.smtp import Server

Script = Callable[[str, str], str]  # step ("mail", "rcpt", "data") and address -> a reply, or "" for yes
DROP, DROP_AFTER, HANG = "drop", "drop after", "hang"


class PostOffice:
    """What arrived, as (recipient, bytes), and how it answers: `script` may be replaced at any time."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, bytes]] = []
        self.senders: list[str] = []
        self.script: Script = lambda step, address: ""
        self.port = 0

    @property
    def server(self) -> Server:
        return Server(host="127.0.0.1", port=self.port, security="none", timeout=1.0)

    def messages(self) -> list[tuple[str, EmailMessage]]:
        return [(to, message_from_bytes(text, policy=default)) for to, text in self.arrived]  # type: ignore[misc] # the policy's kind

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = await self._said(server, "mail", address)
        if said:
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = await self._said(server, "rcpt", address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        said = await self._said(server, "data", address)
        if said and said != DROP_AFTER:
            return said
        self.arrived.append((address, bytes(envelope.content or b"")))
        self.senders.append(str(envelope.mail_from))
        if said == DROP_AFTER:
            _hang_up(server)
        return "250 OK"

    async def _said(self, server: SMTP, step: str, address: str) -> str:
        said = self.script(step, address)
        if said == HANG:
            await asyncio.sleep(3)
            _hang_up(server)
            return "451 too late"
        if said == DROP:
            _hang_up(server)
            return "451 gone"
        return said


def _hang_up(server: Any) -> None:
    server.transport.abort()


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """A server on a free port of loopback, until the end of the block."""
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office.port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


class Turns:
    """A script of one answer after the other for a step; yes when they are used up."""

    def __init__(self, step: str, *answers: str) -> None:
        self._step, self._answers, self._lock = step, list(answers), threading.Lock()

    def __call__(self, step: str, address: str) -> str:
        with self._lock:
            return self._answers.pop(0) if step == self._step and self._answers else ""
