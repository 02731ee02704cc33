"""Web addresses as billwatch shows and keeps them: without keys, one for each thing that can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

STRUCK = "***"
_KEY = re.compile(r"((?P<before>[?&])(?:api_?)?key=)[^&#\s'\")]*", re.IGNORECASE)


def struck_out(address: str) -> str:
    """The address with the value of its key replaced, also where we do not know that key."""
    return _KEY.sub(rf"\g<1>{STRUCK}", address)


def without_key(address: str) -> str:
    """The address whoever asks: the key is the asker's, not the thing's that is asked for."""
    return _KEY.sub(r"\g<before>", address).replace("?&", "?").replace("&&", "&").rstrip("?&")


def address_of_form(url: str, form: Mapping[str, str]) -> str:
    """An address that stands for a form sent by POST, as web archives write it (pywb's `__wb_method`)."""
    return f"{url}{'&' if '?' in url else '?'}__wb_method=POST&{urlencode(form)}"


def host_of(url: str) -> str:
    """The host of an address with its port: whom we ask."""
    return urlsplit(url).netloc.rpartition("@")[2]
