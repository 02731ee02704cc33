"""What the site says to machines: to those that look for pages, to who finds a hole, and to hosts that send headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from billwatch_site.downloads.files import DATA
from billwatch_site.printing.policy import FOR_EVER, headers
from billwatch_site.printing.press import Contents, Page, Press, SitePress
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.xml import text

MOST = 50_000  # addresses in one map (https://www.sitemaps.org/protocol.html)


def for_machines(press: SitePress) -> Iterator[Page]:
    """robots.txt, security.txt, and the headers for hosts: Netlify and Cloudflare read one form, Apache the other."""
    address = press.settings.address("sitemap.xml")
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}\n" if press.settings.url else "")
    yield Page("robots.txt", robots.encode())
    if contact := links.safe(press.settings.contact):
        yield Page(".well-known/security.txt", _security(press.settings, contact, press.now))
    yield Page("_headers", _headers(press))
    yield Page(".htaccess", _htaccess(press))


def _security(settings: Settings, contact: str, now: datetime) -> bytes:
    """Whom to tell of a hole (RFC 9116). It expires eleven months after the first day of this month: always within the
    year that the RFC allows, and the same file for a whole month of builds."""
    year, month = divmod(now.year * 12 + now.month - 1 + 11, 12)
    lines = [f"Contact: {contact}", f"Expires: {year:04}-{month + 1:02}-01T00:00:00Z", "Preferred-Languages: en"]
    if settings.url:
        lines.append(f"Canonical: {settings.address('.well-known/security.txt')}")
    return "".join(f"{line}\n" for line in lines).encode()


def _headers(press: Press) -> bytes:
    """For Netlify and Cloudflare Pages. Paths begin where the host begins."""
    base = press.settings.base_path
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in _sent(press).items())]
    for name in sorted(press.static.contents):
        lines += [f"{base}{name}", f"  Cache-Control: {FOR_EVER}"]
    return "".join(f"{line}\n" for line in lines).encode()


def _sent(press: Press) -> dict[str, str]:
    return headers(full_text=press.settings.search == "pagefind", forms=press.settings.sign_up)


def _htaccess(press: Press) -> bytes:
    """For Apache and those that understand its files."""
    lines = [f"ErrorDocument 404 {press.settings.base_path}404.html", "<IfModule mod_headers.c>"]
    lines += [f'Header always set {name} "{value}"' for name, value in _sent(press).items()]
    lines += [r'<FilesMatch "\.[0-9a-f]{10}\.[a-z]+$">', f'Header set Cache-Control "{FOR_EVER}"', "</FilesMatch>"]
    lines += ["</IfModule>", "<IfModule mod_mime.c>", "AddType text/calendar .ics", "AddType application/json .json"]
    return "".join(
        f"{line}\n" for line in [*lines, "AddCharset utf-8 .html .xml .json .ics .txt", "</IfModule>"]
    ).encode()


def site_map(press: SitePress, contents: Contents) -> Iterator[Page]:
    """The map of the site, where its address is known; pages of bills with the day they changed."""
    if press.settings.url:
        dated = {links.bill_path(bill.id): f"{bill.changed_at:%Y-%m-%d}" for bill in press.bills.values()}
        yield from sitemaps(press.settings, sorted([*contents.folders, DATA]), dated)  # whose page is made beside it


def sitemaps(settings: Settings, pages: Sequence[str], dated: Mapping[str, str]) -> Iterator[Page]:
    """The map of these pages, some with the day they changed. Above 50,000 pages it is an index of several maps."""
    maps = [pages[i : i + MOST] for i in range(0, len(pages), MOST)]
    if len(maps) == 1:
        yield Page("sitemap.xml", _map("urlset", "url", settings, maps[0], dated))
        return
    names = [f"sitemap-{i}.xml" for i in range(1, len(maps) + 1)]
    for name, part in zip(names, maps, strict=True):
        yield Page(name, _map("urlset", "url", settings, part, dated))
    yield Page("sitemap.xml", _map("sitemapindex", "sitemap", settings, names, {}))


def _map(root: str, each: str, settings: Settings, paths: Iterable[str], dated: Mapping[str, str]) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    lines = [
        f"<{each}><loc>{text(settings.address(path))}</loc>"
        + (f"<lastmod>{text(dated[path])}</lastmod>" if path in dated else "")
        + f"</{each}>\n"
        for path in paths
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{space}">\n'
    return f"{head}{''.join(lines)}</{root}>\n".encode()
