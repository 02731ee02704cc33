"""Addresses: what is taken, what is refused, and that none can carry anything else into a letter."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.alerts.addresses import BadAddress, checked_address, mailbox_of, masked

GOOD = {
    "eva@example.org": "eva@example.org",
    "  eva@example.org\n": "eva@example.org",
    "Eva.Example+bills@EXAMPLE.org": "Eva.Example+bills@example.org",
    "eva@bücher.example": "eva@xn--bcher-kva.example",
    "o'neil@example.org": "o'neil@example.org",
    "%0aBcc@example.org": "%0aBcc@example.org",  # odd, and nothing more
}
BAD = (
    "",
    "eva",
    "eva@",
    "@example.org",
    "eva@localhost",
    "eva@example",
    "eva@[127.0.0.1]",
    "Eva <eva@example.org>",
    "eva@example.org,adam@example.org",
    "eva@example.org, adam@example.org",
    "e va@example.org",
    "eva@.org",
    "eva@example..org",
    "eva\0@example.org",
    "eva@example.org\nBcc: adam@example.org",
    "eva@example.org\r\n\r\nHello",
    "eva@example.org\x00",
    "eva@example.org\u202e",
    "é@example.org",
    '"eva eva"@example.org',
    "eva..eva@example.org",
    "a" * 65 + "@example.org",
    "eva@" + "a" * 64 + ".org",
    "eva@" + "a." * 130 + "org",
    "x" * 1_000_000,
)


@pytest.mark.parametrize("typed", GOOD)
def test_good_addresses_are_taken_as_servers_take_them(typed: str) -> None:
    """Blanks around are dropped, the domain is in ASCII, the name before the @ stays as it is."""
    assert checked_address(typed) == GOOD[typed]


@pytest.mark.parametrize("typed", BAD, ids=lambda typed: repr(typed)[:40])
def test_what_is_no_address_is_refused_in_plain_words(typed: str) -> None:
    """One sentence that says what to write, and nothing of what was typed."""
    with pytest.raises(BadAddress) as caught:
        checked_address(typed)
    said = str(caught.value)
    assert said.endswith(".") and "\n" not in said and (len(typed) < 13 or typed not in said)


@given(st.one_of(st.text(max_size=80), st.emails(), st.emails().flatmap(lambda e: st.text(max_size=9).map(e.__add__))))
def test_what_is_taken_is_one_recipient(typed: str) -> None:
    """Whatever passes stands in a header as one address of printable ASCII, read back as it went in."""
    try:
        address = checked_address(typed)
    except BadAddress:
        return
    assert address.isascii() and address.isprintable() and len(address) <= 254 and address.count("@") == 1
    message = EmailMessage(policy=SMTP)
    message["To"] = address
    assert [found.addr_spec for found in message["To"].addresses] == [address]


@given(st.emails())
def test_one_mailbox_is_counted_once(address: str) -> None:
    """Capitals and a tag make no other mailbox; and what is counted stays the same when counted again."""
    local, _, domain = address.rpartition("@")
    assert mailbox_of(address) == mailbox_of(address.upper()) == mailbox_of(mailbox_of(address))
    assert mailbox_of(f"{local}+tag@{domain}") == mailbox_of(f"{local}@{domain}")


def test_a_forwarded_letter_does_not_tell_the_address() -> None:
    """Its owner knows it by its first letter."""
    assert masked("eva@example.org") == "e…@example.org"
