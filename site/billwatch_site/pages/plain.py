"""Pages that hardly ever change: how to be told, what a person should look at, what this is, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from billwatch_site import calendars
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import areas

REVIEWED = 200  # cases on the page for review; the command shows all


def subscribe(press: SitePress) -> Iterator[Page]:
    """Every way to be told."""
    codes = sorted({bill.legislature for bill in press.bills.values()})
    yield press.page(
        "subscribe.html",
        "subscribe/",
        executive="Governor",
        dates=calendars.is_kept(press.bills.values()),
        areas=areas(),
        legislatures=[(code, legislature(code).name) for code in codes],
    )


def review(press: SitePress) -> Iterator[Page]:
    """What a person should look at, and what to write to settle it."""
    yield press.page("review.html", "review/", doubts=press.doubts[:REVIEWED], more=len(press.doubts))


def about(press: SitePress) -> Iterator[Page]:
    """What this is, and what it does not learn about its readers."""
    yield press.page("about.html", "about/")


def not_found(press: SitePress) -> Iterator[Page]:
    """The page for what is not there. It can stand under any address, so its links begin at the site's root."""
    found = press.page("404.html", "404.html")
    absolute = found.content.decode().replace('="./', f'="{press.settings.base_path}')
    yield Page(found.path, absolute.encode())
