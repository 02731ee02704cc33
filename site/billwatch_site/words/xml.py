"""Text that may stand in XML: escaped, and without the characters that XML 1.0 forbids even when escaped."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> str:
    """`words` for an element or an attribute in either kind of quotes."""
    return escape(words if words.isprintable() else _FORBIDDEN.sub("", words))
