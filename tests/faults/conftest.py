"""One server of the recorded year for all tests of faults; they skip where ../shared is not beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.past import Past


@pytest.fixture(scope="session")
def past(shared: Path) -> Iterator[Past]:
    past = Past.started(shared)
    yield past
    past.close()
