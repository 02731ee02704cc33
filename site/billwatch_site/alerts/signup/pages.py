"""The service's pages: the site's look and words, printed from templates/service/."""

from __future__ import annotations

from typing import Any

import msgspec

from billwatch_site.printing.press import templates
from billwatch_site.printing.static import Static, static_files
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import areas


class Answer(msgspec.Struct, frozen=True):
    """A page with its status."""

    status: int
    body: bytes
    headers: dict[str, str] = {}


class Pages:
    """Prints the pages. Links inside the service are relative, so that it can stand under any address."""

    def __init__(self, settings: Settings, codes: tuple[str, ...]) -> None:
        self.static: Static = static_files()
        self._templates = templates(b"sign-up")
        self._shared: dict[str, Any] = {
            "site": settings,
            "static": self.static.names,
            "areas": areas(),
            "legislatures": [(code, legislature(code).name) for code in codes],
        }

    def page(self, template: str, path: str, status: int = 200, **values: Any) -> Answer:
        """A page of the service at `path`, "confirm/x"."""
        found = self._templates.get_template(f"service/{template}")
        text = found.render(**self._shared, root=links.root_of(path), **values)
        return Answer(status, text.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def said(self, path: str, title: str, *sentences: str, status: int = 200) -> Answer:
        """A page that only says something."""
        return self.page("said.html", path, status, title=title, sentences=sentences)
