"""Pages that a browser opens: every kind that the site has, and what is hard to show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Template

from billwatch_site import Settings, build
from billwatch_site.building.edition import edition_of
from billwatch_site.printing.press import templates

# Of the sample store.
OF_FEW = ("", "bills/", "changes/", "changes/2025-06/", "sources/", "about/", "404.html", "ny/S9191/", "ny/2017/S9191/")
OF_FEW += ("data/", "ny/", "ny/sponsors/", "ny/sponsors/andrew-gounardes/", "topics/", "topics/privacy/")
OF_FEW += ("topics/net-neutrality/", "calendar/", "corrections/", "method/", "subscribe/", "review/")
OF_FEW += ("search/", "search/?q=social", "search/?q=S1", "my/", "my/#ny/2025/S4505")
OF_FEW += tuple(f"ny/2025/{bill}/" for bill in ("S4505", "S8000", "S3591", "S404", "A9000", "A10402", "S6666"))

# Of the store of many bills, whose lists and months are split, with a service that sends mail.
SHELVES = "bills/ny/2025/"
OF_MANY = ("", "bills/", f"{SHELVES}in-committee/", f"{SHELVES}in-committee/A0/")
OF_MANY += (f"{SHELVES}on-floor/", "changes/2025-05/", "changes/2025-05/14/", "corrections/", "corrections/2025-11/")
OF_MANY += ("ny/", "ny/sponsors/", "search/", "search/ny-A0/", "subscribe/", "ny/2025/S1/")

UNFOLDED = "document.querySelectorAll('details').forEach(folded => folded.open = true)"  # for a page to run

Printed = dict[str, str]  # the address of a page in its site, and the template that it was printed with


def kinds() -> set[str]:
    """Every kind of page of a site, by the templates that fill in its frame; the service of mail has one of its own."""
    names = [file.name for file in files("billwatch_site").joinpath("templates").iterdir() if file.is_file()]
    return {name for name in names if _source(name).startswith('{% extends "base.html" %}')}


def kinds_of(prints: Printed, paths: Iterable[str]) -> set[str]:
    """Those of the pages at these addresses, in whatever state."""
    return {prints[re.split("[?#]", path)[0]] for path in paths}


def _source(name: str) -> str:
    return files("billwatch_site").joinpath("templates", name).read_text("utf-8")


def printed(store: Path, out: Path, settings: Settings, now: datetime) -> Printed:
    """Build a site in this process; what each of its pages was printed with."""
    found: Printed = {}

    class Noted(Template):
        def render(self, *args: Any, **values: Any) -> str:
            found[values["path"]] = str(self.name)
            return super().render(*args, **values)

    templates.cache_clear()
    templates(edition_of(settings)).template_class = Noted  # the build, of the same edition, prints with these
    build(store, out, settings, now, processes=0)
    templates.cache_clear()
    return found
