"""The links of a real digest: header and foot lead to the service, and do there what they say."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from sqlite_utils import Database

from alerts.signup.desk import SERVICE, SITE, Desk
from alerts.signup.test_links import as_scanner
from billwatch_site.alerts.alert import Plan, decide
from billwatch_site.alerts.settings import MailSettings
from billwatch_site.alerts.smtp import Server

EVA = "eva@example.org"


@pytest.fixture
def letter(desk: Desk) -> EmailMessage:
    """A digest for somebody who signed up by the form, as the alerts decide it."""
    mail = MailSettings(
        server=Server(host="127.0.0.1"), sender="alerts@bills.example.org", contact=SITE.contact, service_url=SERVICE
    )
    plan = Plan(settings=SITE, mail=mail, signed=desk.tokens)
    desk.confirmed(EVA, follow="family:ny/2025/S4505", rhythm="at-once")
    with desk.counter.people() as people:
        decide(people, desk.data / "bills.db", plan, desk.clock())
    desk.clock.at += timedelta(minutes=10)
    with closing(Database(desk.data / "bills.db")) as store:
        row: dict[str, Any] = {"id": "new", "bill": "ny/2025/S4505", "kind": "action", "was": "", "cause": "new"}
        row |= {"now": "2025-06-20 : DELIVERED TO GOVERNOR", "happened_on": "2025-06-20", "severity": "milestone"}
        row |= {"seen_at": desk.clock().isoformat(), "source": "senate", "url": "", "receipt": "", "backfill": 0}
        store.table("changes").insert(row | {"corrects": ""})
    with desk.counter.people() as people:
        decided = decide(people, desk.data / "bills.db", plan, desk.clock())
        assert decided.messages["digest"] == 1
        (blob,) = people.db.conn.execute("select message from outbox where kind = 'digest'").fetchone()
    return message_from_bytes(blob, policy=policy.default)  # type: ignore[arg-type,return-value] # of this policy


def service_links(letter: EmailMessage) -> list[str]:
    """Every link to the service: of the headers, the text and the HTML."""
    text = str(letter["List-Unsubscribe"])
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body
        text += " " + unescape(body.get_content())
    return sorted({found.removeprefix(SERVICE) for found in re.findall(rf"{SERVICE}[^\s\"'<>]+", text)})


def test_the_header_ends_all_mail_by_post(desk: Desk, letter: EmailMessage) -> None:
    """As a mail program does it (RFC 8058)."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (link,) = re.findall(rf"<{SERVICE}([^>]+)>", str(letter["List-Unsubscribe"]))
    assert desk.post(link, b"List-Unsubscribe=One-Click").heading == "No more letters"
    assert not any(rows for name, rows in desk.state().items() if name not in ("ledger", "bookmarks"))


def test_the_foot_leads_to_the_end_and_to_changes(desk: Desk, letter: EmailMessage) -> None:
    """Two links, each with its page; the button of the one ends all mail."""
    manage, unsubscribe = service_links(letter)
    assert desk.get(manage).heading == "What you get" and "S4505 of 2025–2026 and its family" in desk.get(manage).text
    assert desk.get(unsubscribe).heading == "End all mail?"
    assert desk.post(unsubscribe).heading == "No more letters"


def test_a_scanner_that_fetches_every_link_of_it_ends_nothing(desk: Desk, letter: EmailMessage) -> None:
    """All links of headers, text and HTML, and all that their pages lead to."""
    before = desk.state()
    assert as_scanner(desk, service_links(letter)) >= 6
    assert desk.state() == before


def test_a_link_of_one_letter_is_none_of_another(desk: Desk, letter: EmailMessage) -> None:
    """The end of its subscriber's mail is nobody else's end, and no way to change anything."""
    adam = desk.confirmed("adam@example.org")
    _, unsubscribe = service_links(letter)
    assert desk.post(unsubscribe.replace("/unsubscribe/", "/manage/")).status == 403
    desk.post(unsubscribe)
    with desk.counter.people() as people:
        assert people.get(adam) and not people.find(EVA)
