"""The demonstration's store, played once, and a desk of its own for each test."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from alerts.signup.desk import Desk
from billwatch.demo import play
from billwatch.store import Store


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with some twenty real bills and what happened to them."""
    folder = tmp_path_factory.mktemp("demonstration")
    with closing(Store(folder / "bills.db")) as store:
        play(store, folder / "archive")
        store.db.conn.execute("pragma wal_checkpoint(truncate)")
    return folder


@pytest.fixture
def desk(demonstration: Path, tmp_path: Path) -> Desk:
    shutil.copy(demonstration / "bills.db", tmp_path / "bills.db")
    return Desk(tmp_path, requests_an_hour=10_000, previews_an_hour=10_000)
