"""A letter as HTML, for those who look at it so: no picture, nothing to load, nothing that tells on the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from jinja2 import Template
from markupsafe import Markup, escape

from billwatch.errors import UsageError
from billwatch_site.alerts.letter import Letter
from billwatch_site.alerts.plain import harmless
from billwatch_site.printing.press import templates

_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
MISSING = "letters need more than is installed here; run: pip install 'billwatch[alerts]'"


def html_of(letter: Letter) -> str:
    """The whole message as HTML, with its style on each element, for readers of mail that look nowhere else."""
    return _inlined()(harmless(_template().render(letter=letter, unbroken=_unbroken)))


@cache
def _template() -> Template:
    return templates(b"letters").get_template("mail/letter.html")


def _unbroken(text: str) -> Markup:
    """Text in which no line ends within a date such as 2025-06-12."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))


def ready() -> None:
    """Fail now, in one line, rather than at the first letter."""
    _inlined()


@cache
def _inlined() -> Callable[[str], str]:
    try:
        from css_inline import CSSInliner
    except ModuleNotFoundError:
        raise UsageError(MISSING) from None
    # What depends on the reader's light or dark stays in the head; nothing is ever fetched.
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline
