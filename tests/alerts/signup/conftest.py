"""A desk for each test, over a copy of the demonstration's store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alerts.signup.desk import Desk


@pytest.fixture
def desk(demonstration: Path, tmp_path: Path) -> Desk:
    shutil.copy(demonstration / "bills.db", tmp_path / "bills.db")
    return Desk(tmp_path, requests_an_hour=10_000, previews_an_hour=10_000)
