"""Mail addresses as people type them, and which of them are one mailbox.

Nothing is asked of any network: an address is checked by its form alone, and the letter to confirm finds out the rest.
"""

from __future__ import annotations

from billwatch.errors import UsageError

try:
    from email_validator import EmailNotValidError, validate_email
except ModuleNotFoundError:
    # Said on import, before anybody is asked for an address or has given one.
    said = "subscribers and their letters need more than is installed here; run: pip install 'billwatch[alerts]'"
    raise UsageError(said) from None

LONGEST = 254  # characters: what RFC 5321 lets a path have, without its brackets


class BadAddress(UsageError):
    """What was typed is no address that we can write to; the message says so to whoever typed it, without it."""


def checked_address(typed: str) -> str:
    """The address as mail servers take it: letters of other alphabets in its domain as xn--, nothing around it.

    >>> checked_address(" Eva.Example@Bücher.example ")
    'Eva.Example@xn--bcher-kva.example'
    """
    text = typed.strip()
    if not text:
        raise BadAddress("Write your mail address, so that the letter can find you.")
    try:
        # Not every server takes letters of other alphabets before the @ (RFC 6531), so none is promised a letter.
        found = validate_email(
            text[: LONGEST + 1], check_deliverability=False, allow_smtputf8=False, strict=True
        ).ascii_email
    except EmailNotValidError:
        found = None
    if not found or len(text) > LONGEST:
        raise BadAddress("That is not an address we can write to. Write it like name@example.org.")
    return found


def mailbox_of(address: str) -> str:
    """What addresses of one mailbox have in common: "Eva+bills@example.org" is eva@example.org to whoever counts."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.split('+')[0] or '+'}@{domain}"


def masked(address: str) -> str:
    """Enough of an address for its owner to know it, not for whoever was forwarded a letter: "e…@example.org"."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
