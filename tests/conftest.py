"""What tests of many rooms share: a store in memory, the recorded past, and no silent skip where all must run."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy

NOTHING_SKIPPED = bool(os.environ.get("BILLWATCH_NO_SKIPS"))

# No test asserts a time; and where all must hold, the same examples are tried every time.
settings.register_profile("billwatch", deadline=None, derandomize=NOTHING_SKIPPED)
settings.load_profile("billwatch")

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    store = Store(":memory:")
    yield store
    store.close()


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """The project's own taxonomy, made ready once."""
    return Classifier(Taxonomy.load())


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded sources beside the project; tests that need it skip on a bare clone."""
    if not SHARED.is_dir():
        pytest.skip("the recorded sources (../shared) are not beside the project")
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a skip is a failure that says why it was one."""
    return unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that is skipped whole."""
    return unskipped((yield))


def unskipped(report: Report) -> Report:
    """The report, failed where it was skipped and nothing may be; an expected failure is no skip."""
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here, but: {report.longrepr}"
    return report
