"""By other people's rules: the HTML checker finds no error on any page, and Lighthouse nothing to ask for.

Both come from npm (`npm install vnu-jar lighthouse@12`); BILLWATCH_NODE names the `node_modules` that holds them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from billwatch.demo import play
from billwatch.store import Store
from billwatch_site import Settings, build

MODULES = Path(os.environ.get("BILLWATCH_NODE", "node_modules"))
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = MODULES / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `billwatch demo` publishes."""
    folder = tmp_path_factory.mktemp("demo")
    with closing(Store(folder / "bills.db")) as store:
        present = play(store, folder / "archive")
        build(store.db, folder / "public", Settings(title="A demonstration"), present)
    return folder / "public"


@pytest.mark.parametrize("published", ["site", "demo_site"])
def test_no_page_breaks_the_rules_of_html(published: str, request: pytest.FixtureRequest) -> None:
    """Every page of the sample site, hard cases included, and of the demo, and every picture drawn in them."""
    if not CHECKER.is_file() or not shutil.which("java"):
        pytest.skip("the HTML checker is not installed (npm install vnu-jar, with Java)")
    site = request.getfixturevalue(published).resolve()
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", "--format", "gnu", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if ": error" in line or ": warning" in line]
    assert said == [] and done.returncode == 0


@pytest.mark.parametrize("path", ["", "ny/2025/S4505/"])
def test_lighthouse_has_nothing_to_ask_for(address: str, path: str, tmp_path: Path) -> None:
    """100 of 100 in each category, for the home page and a bill's."""
    chromium = shutil.which("chromium")
    if not LIGHTHOUSE.exists() or not chromium:
        pytest.skip("Lighthouse is not installed (npm install lighthouse@12, with Chromium)")
    report = tmp_path / "report.json"
    flags = "--headless --no-sandbox --disable-gpu --disable-background-networking"
    command = [str(LIGHTHOUSE), address + path, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium}, timeout=300)
    found = json.loads(report.read_text())
    scores = {name: found["categories"][name]["score"] for name in CATEGORIES}
    asks = {a["id"]: a.get("displayValue", "") for a in found["audits"].values() if a["score"] not in (None, 1)}
    assert scores == dict.fromkeys(CATEGORIES, 1), asks
