"""What the site says to machines that look for pages: robots.txt, and the map where the site's address is known."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from billwatch_site import links, stories
from billwatch_site.press import Page, Press
from billwatch_site.search import number_ranges


def for_machines(press: Press) -> Iterator[Page]:
    """robots.txt, and the map of the site where its address is known."""
    address = press.settings.address("sitemap.xml")
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}\n" if press.settings.url else "")
    yield Page("robots.txt", robots.encode())
    if press.settings.url:
        yield Page("sitemap.xml", _sitemap(press))


def _sitemap(press: Press) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    urlset = etree.Element("urlset", nsmap={None: space})  # type: ignore[dict-item] # the stubs forget the default one
    fixed = ["", "bills/", "changes/", "sources/", "about/", "search/", "my/"]
    months = [f"changes/{month}/" for month in stories.by_month(press.items)]
    numbers = [f"{name}/" for name in press.contents.numbers]
    numbers += [path for path, _, _ in number_ranges(press.contents.numbers)]
    dated = {links.bill_path(b.id): f"{b.changed_at:%Y-%m-%d}" for b in press.contents.bills.values()}
    for path in (*fixed, *months, *numbers, *dated):
        url = etree.SubElement(urlset, "url")
        etree.SubElement(url, "loc").text = press.settings.address(path)
        if path in dated:
            etree.SubElement(url, "lastmod").text = dated[path]
    return bytes(etree.tostring(urlset, xml_declaration=True, encoding="utf-8"))
