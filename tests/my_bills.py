"""The list of my bills as tests put it into a browser and read it there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Visitor = Callable[..., Any]
KEY = "billwatch.my"
SEEN = "2025-06-03T09:00:00+00:00"
STATES = ("my/", "my/#ny/2025/S4505,ny/2017/S9191,ny/2025/S6666")


def indexed(site: Path) -> Any:
    return json.loads((site / "my/index.json").read_bytes())


def stored(*bills: tuple[str, int | None]) -> str:
    """A list as the browser keeps it, last looked at on 1 June 2025."""
    rows = [{"id": bill, "seen": seen, "at": "2025-06-01T08:00:00.000Z"} for bill, seen in bills]
    return json.dumps({"billwatch": "my bills", "version": 1, "bills": rows})


def put(page: Any, address: str, text: str) -> None:
    """Put a list into the browser."""
    page.goto(f"{address}about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def kept(page: Any) -> dict[str, int | None]:
    """The list in the browser: each bill with what was seen of it."""
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return {bill["id"]: bill["seen"] for bill in json.loads(text or '{"bills": []}')["bills"]}


def opened(page: Any, address: str, fragment: str = "") -> Any:
    """The page of my bills, ready."""
    page.goto(f"{address}my/{fragment}")
    page.locator("#my").wait_for()
    return page


def texts(page: Any, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]
