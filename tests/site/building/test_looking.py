"""What two processes see of a site's files is what one would see."""

import os
from pathlib import Path

import msgspec
import pytest

from billwatch_site.building.looking import all_intact, intact
from billwatch_site.building.manifest import Unit
from billwatch_site.reading.digest import encoded

UNITS = 6
FORKED, ALONE = 2, 100  # as many units as are worth a fork


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for unit in range(UNITS):
        (tmp_path / f"bill/{unit}").mkdir(parents=True)
        (tmp_path / f"bill/{unit}/index.html").write_text("a page")
    return tmp_path


def unit(number: int) -> Unit:
    files = msgspec.Raw(encoded({f"bill/{number}/": {"index.html": 6}}))
    return Unit(f"bill {number}", "", "", False, 1, files)


def last_moment(site: Path) -> int:
    return max(path.stat().st_mtime_ns for path in site.rglob("*"))


@pytest.mark.parametrize("worth", [FORKED, ALONE])
@pytest.mark.parametrize("changed", range(UNITS))
def test_one_file_that_was_changed_is_seen(site: Path, worth: int, changed: int) -> None:
    """Whichever process has to look at it: another size, another time, another file beside it, or none there."""
    units, since = [unit(number) for number in range(UNITS)], last_moment(site)
    page = site / f"bill/{changed}/index.html"
    assert all_intact(str(site), units, since, worth)
    page.write_text("another page")
    os.utime(page, ns=(since, since))
    assert not all_intact(str(site), units, since, worth)
    page.write_text("b page")
    os.utime(page, ns=(since + 1, since + 1))
    assert not all_intact(str(site), units, since, worth)
    page.unlink()
    assert not all_intact(str(site), units, since, worth)


@pytest.mark.parametrize("worth", [FORKED, ALONE])
def test_a_file_that_was_put_beside_is_seen(site: Path, worth: int) -> None:
    """The folder's own time tells it."""
    units, since = [unit(number) for number in range(UNITS)], last_moment(site)
    (site / f"bill/{UNITS - 1}/mine.html").write_text("mine")
    os.utime(site / f"bill/{UNITS - 1}", ns=(since + 1, since + 1))
    assert not all_intact(str(site), units, since, worth)
    assert intact(str(site), {"bill/0/": {"index.html": 6}}, since)
