"""For machines: what each file's standard asks for, and one policy everywhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from lxml import etree, html

from billwatch_site import Settings, build
from billwatch_site.pages.machines import MOST, sitemaps

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_map_names_every_page_and_nothing_else(site: Path) -> None:
    """Each page once; none that is not there; bills with the day on which they changed."""
    root = etree.parse(site / "sitemap.xml").getroot()
    named = [loc.text.removeprefix("https://bills.example.org/billwatch/") for loc in root.iter(f"{SPACE}loc")]
    assert sorted(named) == sorted(file.parent.relative_to(site).as_posix().strip(".") + "/" * (file.parent != site)
                                   for file in site.rglob("index.html"))  # fmt: skip
    (dated,) = (url for url in root if url.findtext(f"{SPACE}loc").endswith("/ny/2025/S4505/"))
    assert dated.findtext(f"{SPACE}lastmod") == "2025-12-19"


def test_a_large_site_has_an_index_of_maps() -> None:
    """No map has more addresses than its standard allows."""
    settings = Settings(url="https://bills.example.org/")
    made = sitemaps(settings, [f"b/{i}/" for i in range(MOST + 1)], {})
    pages = {page.path: etree.fromstring(page.content) for page in made}
    assert sorted(pages) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [len(pages[f"sitemap-{i}.xml"]) for i in (1, 2)] == [MOST, 1]
    assert [loc.text for loc in pages["sitemap.xml"].iter(f"{SPACE}loc")] == [
        f"https://bills.example.org/sitemap-{i}.xml" for i in (1, 2)
    ]


@pytest.mark.parametrize("now", ["2025-01-31T23:59:59", "2025-02-28T00:00:00", "2025-12-19T18:00:00"])
def test_security_txt(store: Path, settings: Settings, tmp_path: Path, now: str) -> None:
    """Contact and an expiry within the year (RFC 9116), the same for builds of one month."""
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    build(store, tmp_path / "public", settings, at)
    file = tmp_path / "public/.well-known/security.txt"
    fields = dict(line.split(": ", 1) for line in file.read_text().splitlines())
    assert fields["Contact"] == "mailto:editor@example.org"
    assert fields["Canonical"] == "https://bills.example.org/billwatch/.well-known/security.txt"
    assert timedelta(days=300) < datetime.fromisoformat(fields["Expires"]) - at < timedelta(days=365)


def test_nobody_to_tell_no_security_txt(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """RFC 9116 demands a contact; what is no address is none."""
    for contact in ("", "javascript:alert(1)"):
        build(store, tmp_path / "public", msgspec.structs.replace(settings, contact=contact), now)
        assert not (tmp_path / "public/.well-known/security.txt").exists()


def test_one_policy_everywhere(site: Path) -> None:
    """What a page asks for itself is what hosts are told to send; nothing inline, nothing from elsewhere."""
    (page,) = html.fromstring((site / "index.html").read_bytes()).xpath("//meta[@http-equiv]/@content")
    assert "unsafe" not in page and "http" not in page and page.startswith("default-src 'none'; ")
    for name in ("_headers", ".htaccess"):
        assert f"{page}; frame-ancestors 'none'" in (site / name).read_text()
    for file in site.rglob("*.html"):
        assert html.fromstring(file.read_bytes()).xpath("//meta[@http-equiv]/@content") == [page]


def test_hosts_keep_for_ever_what_has_its_content_in_its_name(site: Path) -> None:
    """Each such file, where the site stands under a path; nothing else."""
    text = (site / "_headers").read_text()
    kept = re.findall(r"^(/\S+)\n  Cache-Control: public, max-age=31536000, immutable$", text, flags=re.MULTILINE)
    hashed = [file.name for file in site.iterdir() if re.search(r"\.[0-9a-f]{10}\.[a-z]+$", file.name)]
    assert kept == [f"/billwatch/{name}" for name in sorted(hashed)]
    assert text.startswith("/billwatch/*\n  Content-Security-Policy: ")
    assert "ErrorDocument 404 /billwatch/404.html" in (site / ".htaccess").read_text()
