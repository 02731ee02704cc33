"""One server of the recorded year for all tests of faults; they skip where ../shared is not beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.kills import Scene
from faults.past import Past
from replay.server import YEAR


@pytest.fixture(scope="session")
def past(shared: Path) -> Iterator[Past]:
    """The record of 2025; whole again after each test that breaks it (`healed`)."""
    with Past.start([YEAR]) as past:
        yield past


@pytest.fixture
def breakable(past: Past) -> Iterator[Past]:
    """The record, for a test that breaks it."""
    yield past
    past.healed()


@pytest.fixture(scope="session")
def scene(past: Past, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A store before and after an update of a dozen bills, to be put back and updated again."""
    past.healed()
    return Scene(past, tmp_path_factory.mktemp("scene"), bills=12)
