"""A session that was filled."""

from __future__ import annotations

import pytest

from answers import Api, bill_json
from billwatch.store import Store
from billwatch.topics import Classifier
from legislatures.new_york.watching import Watching


@pytest.fixture
def ten(store: Store, classifier: Classifier) -> Watching:
    """Ten bills of 2025 behind pages of three, filled at noon."""
    watching = Watching(store, classifier, Api(*(bill_json(f"S{n}") for n in range(1, 11)), most=3))
    watching.run()
    return watching
