"""What comes back: reports of failed delivery (RFC 3464), and the address by which each names its message.

Every message leaves with a return address of its own, bounces+NUMBER.SEAL@host: the seal is an HMAC over the number
and the Message-ID, so that nobody can make us believe a bounce that is none. Each message can come back once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import mailbox
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec

from billwatch_site.alerts import outbox
from billwatch_site.alerts.subscriptions import Subscribers

_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_LARGEST = 1_000_000  # bytes of a report; a longer one is no report of ours


class Returns(msgspec.Struct, frozen=True):
    """Return addresses at this mailbox, sealed with these secrets: the last one seals, all are believed."""

    address: str
    secrets: Sequence[str]

    def sender(self, number: int, message_id: str) -> str:
        """The return address of one message."""
        local, _, host = self.address.rpartition("@")
        return f"{local}+{number}.{_seal(self.secrets[-1], number, message_id)}@{host}"

    def number(self, address: str) -> tuple[int, str] | None:
        """The number and the seal in an address that may be one of ours."""
        local, _, host = self.address.rpartition("@")
        found = re.fullmatch(rf"{re.escape(local)}\+(\d{{1,18}})\.([a-z2-7]{{24}})@{re.escape(host)}", address, re.I)
        return (int(found[1]), found[2].lower()) if found else None

    def sealed(self, number: int, message_id: str, seal: str) -> bool:
        """Whether the seal is ours."""
        return any(hmac.compare_digest(_seal(secret, number, message_id), seal) for secret in self.secrets)


def _seal(secret: str, number: int, message_id: str) -> str:
    """Lower case and digits, because servers on the way may not keep capitals: 120 bits."""
    key = hmac.digest(secret.encode(), b"billwatch bounce", hashlib.sha256)
    sum_ = hmac.digest(key, f"{number} {message_id}".encode(), hashlib.sha256)
    return base64.b32encode(sum_[:15]).decode().lower()


class Read(msgspec.Struct):
    """What a heap of reports came to."""

    counted: int = 0
    ignored: int = 0  # no reports of failure, not ours, forged, or counted before


def read_bounces(people: Subscribers, returns: Returns, reports: Iterable[bytes], now: datetime) -> Read:
    """Count each report of a permanent failure against whoever the message was for."""
    read = Read()
    for report in reports:
        if _counts(people, returns, report, now):
            read.counted += 1
        else:
            read.ignored += 1
    return read


def _counts(people: Subscribers, returns: Returns, report: bytes, now: datetime) -> bool:
    message = message_from_bytes(report[:_LARGEST])  # as plain lines: the newer reading breaks on broken headers
    status = failure_in(message)
    if not status:
        return False
    for number, seal in _numbers(message, returns):
        message_id = str(people.value("select message_id from outbox where id = ?", (number,)) or "")
        if message_id and returns.sealed(number, message_id, seal):
            return outbox.bounced(people, number, status, now)
    return False


def failure_in(message: Message) -> str:
    """The status of a permanent failure, as 5.1.1, in a report of RFC 3464; "" where it reports none."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload() if isinstance(part.get_payload(), list) else ():
            if not isinstance(fields, Message):
                continue
            action, status = (str(fields.get(name, "")).strip() for name in ("Action", "Status"))
            if action.lower() == "failed" and re.fullmatch(r"5\.\d{1,3}\.\d{1,3}", status.split(" ")[0]):
                return status.split(" ")[0]
    return ""


def _numbers(message: Message, returns: Returns) -> Iterator[tuple[int, str]]:
    for header in _TO:
        for value in message.get_all(header, []):
            for address in re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", str(value)):
                found = returns.number(address)
                if found:
                    yield found


def reports_in(source: bytes | Path) -> Iterator[bytes]:
    """The messages of a Maildir, of an mbox, or one message alone."""
    if isinstance(source, Path) and source.is_dir():
        box = mailbox.Maildir(source, create=False)
        yield from (box.get_bytes(key) for key in box.iterkeys())
        return
    text = source.read_bytes() if isinstance(source, Path) else source
    if text.startswith(b"From "):
        yield from (part for part in re.split(rb"(?m)^From .*\n", text) if part.strip())
    elif text.strip():
        yield text
