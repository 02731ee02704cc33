"""Search of the full text: pagefind's index of the bill pages, for publishers who want it (`[site] search`).

It needs the extra `search`, which brings pagefind's program. Pages mark themselves for it (`templates/fulltext.html`);
what it writes, the folder `pagefind/`, is read by `static/search.js`. That folder is the one part of a site that is not
the same to the byte for the same store and clock: pagefind numbers the choices of its filters in any order.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from billwatch.errors import StoreError, UsageError

# Pages and styles for sites that let pagefind draw its own search.
_NOT_OURS = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight", "playground")


def index_of(folder: Path, found: Callable[[str], object] = find_spec) -> None:
    """Write `pagefind/` into a finished site, before it takes its place.

    Raises `UsageError` where pagefind is not installed, `StoreError` where it fails.
    """
    if found("pagefind") is None:
        raise UsageError('search = "pagefind" under [site] needs pagefind: run pip install "billwatch[search]"')
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--force-language", "en", "--silent"]
    command += ["--exclude-selectors", "#follow"]  # a button that stands on every page
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode or not (folder / "pagefind" / "pagefind.js").is_file():
        last = (ran.stderr.strip() or ran.stdout.strip() or "it wrote nothing").splitlines()[-1]
        raise StoreError(f"pagefind could not index the site: {last}; the old one stands")
    for file in (folder / "pagefind").iterdir():
        if file.name.startswith(_NOT_OURS):
            file.unlink()
