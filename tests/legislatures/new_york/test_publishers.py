"""New York's sources: in which order they lead, and where they ask."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from answers import KEY
from billwatch.bill import BillId
from billwatch.legislatures.new_york.publishers import publishers
from billwatch.legislatures.new_york.settings import Settings
from billwatch.source import can_be_asked

S404 = BillId("ny", "2025", "S404")
KEYED, KEYLESS = {"open_legislation_key": KEY}, dict[str, Any]()


def settings(**given: Any) -> Settings:
    return msgspec.convert(given, Settings)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (KEYED, ["open-legislation", "lbdc", "assembly", "senate"]),
        (KEYLESS, ["assembly-index", "lbdc", "assembly", "senate"]),
        ({"sources": ["senate", "lbdc"]}, ["senate", "lbdc"]),
        ({"sources": ["lbdc"], "open_legislation_key": KEY}, ["lbdc"]),
    ],
)
def test_which_sources_in_which_order(given: dict[str, Any], names: list[str]) -> None:
    """With a key the interface leads, without one the index finds; what is configured counts, in its order."""
    assert [source.name for source in publishers(settings(**given))] == names


def test_every_address_can_point_at_a_mirror() -> None:
    """A source asks where the configuration says."""
    given = {**KEYED, "open_legislation_url": "http://m/api", "lbdc_url": "http://m/l", "senate_url": "http://m/s"}
    found = publishers(settings(**given, assembly_url="http://m/a/"))
    assert all(source.address(S404).startswith("http://m/") for source in found if can_be_asked(source))


def test_an_index_only_lists() -> None:
    """The Assembly's index answers about no bill; every other source can be asked for one."""
    assert [source.name for source in publishers(settings()) if not can_be_asked(source)] == ["assembly-index"]
