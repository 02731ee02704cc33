"""The site's way to mail: a form where there is a service, a letter that is begun where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from lxml import html

from billwatch_site import Settings, build


def page(store: Path, folder: Path, settings: Settings, now: Any, path: str) -> Any:
    build(store, folder, settings, now)
    return html.fromstring((folder / path / "index.html").read_text())


def policy(found: Any) -> str:
    return str(found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0])


def test_with_a_service_forms_lead_there_and_nowhere_else(store: Path, tmp_path: Path, settings: Any, now: Any) -> None:
    """A bill's page and that of all ways have a form, before all other ways; only their policies let it go there."""
    served = msgspec.structs.replace(settings, service_url="https://alerts.example.org/x/")
    bill = page(store, tmp_path / "out", served, now, "ny/2025/S4505")
    ways = html.fromstring((tmp_path / "out/subscribe/index.html").read_text())
    about = html.fromstring((tmp_path / "out/about/index.html").read_text())
    for found in (bill, ways):
        (form,) = found.xpath("//form")
        assert (form.get("action"), form.get("method")) == ("https://alerts.example.org/x/preview", "post")
        assert policy(found).endswith("form-action 'self' https://alerts.example.org/x/preview")
    assert bill.xpath("//form//input[@name='follow']/@value") == ["family:ny/2025/S4505"]
    assert len(ways.xpath("//form//input[@name='follow']")) >= 24
    assert ways.xpath("//h2/text()")[0] == "By mail"
    assert bill.xpath("//section[@class='along']/dl/div/dt/text()")[:2] == ["By mail", "By feed"]
    assert policy(about).endswith("form-action 'self'") and not about.xpath("//form")


def test_without_a_service_a_letter_is_begun(store: Path, tmp_path: Path, settings: Any, now: Any) -> None:
    """No form, the strict policy, and a link that writes down what to fill in."""
    found = page(store, tmp_path / "out", settings, now, "subscribe")
    assert not found.xpath("//form") and policy(found).endswith("form-action 'self'")
    (link,) = [h for h in found.xpath("//section[h2[@id='mail']]//a/@href") if h.startswith("mailto:")]
    parts = urlsplit(link)
    asked = parse_qs(parts.query)
    assert parts.path == "editor@example.org" and asked["subject"] == ["Tell me of bills"]
    assert asked["body"][0].splitlines()[:4] == ["Please tell me by mail of", "bills: ", "topics: ", "words: "]


def test_without_an_address_nothing_is_promised(store: Path, tmp_path: Path, settings: Any, now: Any) -> None:
    """A publisher who cannot be written to sends no mail, and says so."""
    found = page(store, tmp_path / "out", msgspec.structs.replace(settings, contact=""), now, "subscribe")
    assert "sends no mail" in found.text_content() and not found.xpath("//section[h2[@id='mail']]//a")
