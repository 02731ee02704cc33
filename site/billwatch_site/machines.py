"""What the site says to machines that look for pages: robots.txt, and the map where the site's address is known."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from billwatch_site import links
from billwatch_site.lists import FEW, list_paths
from billwatch_site.press import Page, SitePress
from billwatch_site.search import number_ranges
from billwatch_site.sponsors import paths_of
from billwatch_site.subjects import areas

_FIXED = (
    "",
    "bills/",
    "topics/",
    "changes/",
    "calendar/",
    "sources/",
    "corrections/",
    "method/",
    "subscribe/",
    "search/",
    "my/",
    "review/",
    "about/",
)


def for_machines(press: SitePress) -> Iterator[Page]:
    """robots.txt, and the map of the site where its address is known."""
    address = press.settings.address("sitemap.xml")
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}\n" if press.settings.url else "")
    yield Page("robots.txt", robots.encode())
    if press.settings.url:
        yield Page("sitemap.xml", _sitemap(press))


def _sitemap(press: SitePress) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    urlset = etree.Element("urlset", nsmap={None: space})  # type: ignore[dict-item] # the stubs forget the default one
    days = [links.day_path(day.name) for month in press.news.months if not month.whole for day in month.days]
    lists = list_paths(press.bills.values()) if len(press.bills) > FEW else ()
    dated = {links.bill_path(b.id): f"{b.changed_at:%Y-%m-%d}" for b in press.bills.values()}
    for path in (*_FIXED, *lists, *sorted(_gathered(press)), *days, *dated):
        url = etree.SubElement(urlset, "url")
        etree.SubElement(url, "loc").text = press.settings.address(path)
        if path in dated:
            etree.SubElement(url, "lastmod").text = dated[path]
    return bytes(etree.tostring(urlset, xml_declaration=True, encoding="utf-8"))


def _gathered(press: SitePress) -> set[str]:
    """The pages of months, numbers, topics, legislatures and sponsors."""
    bills = press.bills.values()
    houses = {f"{bill.legislature}/" for bill in bills}
    return {
        *(f"changes/{month.dated.name}/" for month in press.news.months),
        *(f"{name}/" for name in press.numbers),
        *(path for path, _, _ in number_ranges(press.numbers)),
        *(f"topics/{words.slug}/" for area in areas() for words in (area, *area.subtopics)),
        *(path for bill in bills for path in paths_of(bill)),
        *houses,
        *(f"{house}sponsors/" for house in houses),
    }
