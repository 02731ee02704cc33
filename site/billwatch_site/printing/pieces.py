"""Small pieces of HTML that stand on many pages many times: days, moments, links. Templates use them behind a bar.

They are no macros because a page has hundreds of them, and a macro costs ten times as much as a function.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from billwatch_site.records import Change
from billwatch_site.words.legislature import Official
from billwatch_site.words.links import BillLink, safe
from billwatch_site.words.sentences import day, moment
from billwatch_site.words.stories import Item, seen_on

_CORRECTION = Markup('<span class="mark correction">Correction</span> ')
_LATE = Markup('<span class="mark">Happened earlier, seen now</span> ')


@lru_cache(maxsize=4096)
def time(iso: str) -> Markup:
    """A day, "2025-06-12"; nothing for none."""
    return Markup('<time datetime="{}">{}</time>').format(iso, day(iso)) if iso else Markup()


@lru_cache(maxsize=4096)
def instant(when: datetime, kind: str = "") -> Markup:
    """A moment; a script finds those of a kind ("ago") by their class."""
    marked = Markup(' class="{}"').format(kind) if kind else ""
    return Markup('<time{} datetime="{}">{}</time>').format(marked, when.isoformat(), moment(when))


def happened(change: Change, style: str = "when") -> Markup:
    """The legislature's own date of a line of the record, where it is not the day on which we saw it: without the year
    where that is the one of this day, under which it stands. A "when" goes on behind something, a "date" begins."""
    on, seen = change.happened_on, seen_on(change)
    if change.kind != "action" or not on or on == seen.isoformat():
        return Markup()
    told = day(on).removesuffix(f" {seen.year}")
    return Markup('<span class="{}"><time datetime="{}">{}</time></span>').format(style, on, told)


def marks(item: Item, head: Item | None = None) -> Markup:
    """What a notice is besides news: a correction, or something that happened long before we saw it; below a `head`,
    what that does not say."""
    said = (_CORRECTION, item.correction, head and head.correction), (_LATE, _is_late(item), head and _is_late(head))
    return Markup().join(mark for mark, is_so, is_said in said if is_so and not is_said)


def _is_late(item: Item) -> bool:
    return item.backfill and all(change.kind != "listed" for change in item.changes)


def outside(page: Official) -> Markup:
    """A link to an official page; its name alone where the address cannot be a link."""
    return _link(safe(page.url), page.label, ' rel="external"')


def linked(words: str, href: str) -> Markup:
    """Words as a link inside the site, where there is somewhere to lead to."""
    return _link(href, words)


def bill_name(link: BillLink, name: str = "") -> Markup:
    """A bill's number, or what it is called here, which leads to our page of it, else to the official one."""
    return _link(link.href, name or link.number, "" if link.own else ' rel="external"')


def _link(href: str, words: str, more: str = "") -> Markup:
    return Markup(f'<a href="{escape(href)}"{more}>{escape(words)}</a>') if href else escape(words)
