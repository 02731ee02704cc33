"""The press: prints a template as a page, with the words and links that every template may use.

Templates get records and functions, never the database; everything they print is escaped, and a name they do not know
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from billwatch.stages import STAGE_SENTENCES
from billwatch_site import links, picture, sentences, stories, wording
from billwatch_site.embeds import badge, card, json_ld, snippet
from billwatch_site.official import legislature
from billwatch_site.policy import POLICY
from billwatch_site.records import Contents
from billwatch_site.settings import Settings
from billwatch_site.static import Static


class Page(msgspec.Struct, frozen=True):
    """One file of the site."""

    path: str
    content: bytes


class Press(msgspec.Struct, frozen=True):
    """What every page is printed with."""

    contents: Contents
    items: tuple[stories.Item, ...]
    settings: Settings
    now: datetime
    static: Static
    templates: Environment

    def page(self, template: str, path: str, **values: Any) -> Page:
        """A template filled in, at its place. A path that ends with "/" is a folder's index."""
        root = links.root_of(path)
        text = self.templates.get_template(template).render(
            root=root,
            path=path,
            site=self.settings,
            static=self.static.names,
            now=self.now,
            bill_link=partial(links.bill_link, own=self.contents.bills, root=root),
            bills=self.contents.bills,
            **values,
        )
        return Page(f"{path}index.html" if not path or path.endswith("/") else path, _tight(text).encode())


def press(contents: Contents, settings: Settings, now: datetime, static: Static) -> Press:
    """The press for one build."""
    return Press(contents, tuple(stories.items_of(contents.changes)), settings, now, static, _environment())


def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("billwatch_site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(_FILTERS)
    found.globals.update(_FUNCTIONS)
    return found


def _tight(html: str) -> str:
    """Without blank lines and indentation, which only weigh; nothing we print depends on white space."""
    return re.sub(r"\n\s*", "\n", html).strip() + "\n"


# The words that templates may use: behind a bar, and as functions.
_FILTERS: dict[str, Callable[..., Any]] = {
    "day": sentences.day,
    "moment": sentences.moment,
    "action": wording.plain_action,
    "name": wording.name_case,
    "sentence": sentences.sentence_of,
    "anchor": links.anchor,
    "fragment": links.fragment,
    "safe_url": links.safe,
    "in_words": picture.in_words,
    "short_day": sentences.short_day,
    "stage": sentences.stage_words,
    "topic": sentences.topic_words,
    "begin": sentences.beginning,
    "small_words": wording.small_words,
    "ids": sentences.bill_words,
}
_FUNCTIONS: dict[str, Any] = {
    "counted": sentences.counted,
    "ago": sentences.ago,
    "listed": sentences.listed,
    "official_differs": wording.official_differs,
    "legislature": legislature,
    "wide": picture.wide,
    "tall": picture.tall,
    "number_path": links.number_path,
    "seen_on": stories.seen_on,
    "squares": picture.squares,
    "stage_sentences": STAGE_SENTENCES,
    "json_ld": json_ld.script,
    "has_card": card.has_card,
    "has_calendar": lambda bill: bool(legislature(bill.legislature).session_end(bill.session)),
    "badge_width": badge.badge_width,
    "badge_html": snippet.badge_html,
    "quote_html": snippet.quote_html,
    "policy": POLICY,
}
