"""What is doubtful comes to a person's eyes, highest doubt first, with what to write."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from billwatch.config import NamedBill, checked
from billwatch.config.file import ConfigFile
from billwatch.reports.review import cases, review_lines
from billwatch.store import Store
from billwatch.topics import Topic
from billwatch.topics.scores import is_doubtful
from saying import bill, says

S1, A1, S2, S3 = "ny/2025/S1", "ny/2025/A1", "ny/2025/S2", "ny/2025/S3"
CAMERAS = "Relates to the use of body cameras"


@pytest.fixture
def doubtful(store: Store) -> Store:
    """Twins that hint at a topic, a bill that is ours for sure, one that is so just about, and one that is not."""
    late = {"title": "Relates to stores", "abstract": "Of stores that use facial recognition"}
    says(store, "lbdc", bill(S1, title=CAMERAS), bill(A1, title=CAMERAS))
    says(store, "lbdc", bill(S2, title="Relates to facial recognition"), bill(S3, **late), bill("ny/2025/S4"))
    return store


def test_the_doubtful_and_no_others(doubtful: Store) -> None:
    """Bills of one title are one case; nearest to the line first."""
    assert [(case.bills, case.topic) for case in cases(doubtful)] == [
        ((A1, S1), "police-technology"),
        ((S3,), "biometrics"),
    ]


def test_what_is_written_settles_it(doubtful: Store) -> None:
    """The lines are a configuration, once a reason is given."""
    lines = list(review_lines(doubtful))
    assert lines[0] == f"0.40  {A1}, {S1}  {CAMERAS}"
    assert lines[1] == "      not ours so far; police-technology? title: 'body cameras' (a hint)"
    assert lines[-1].startswith("2 to look at")
    toml = "\n".join(line.strip() for line in lines[2:10]).replace('reason = ""', 'reason = "Seen."')
    config = checked(ConfigFile(Path("x.toml"), tomllib.loads(toml)))
    assert config.decisions[A1].topics == ("police-technology",)
    assert [named for named in config.bill if isinstance(named, NamedBill)][1].id == S1
    assert len(list(review_lines(doubtful, limit=1))) < len(lines)


@pytest.mark.parametrize("score", [0.0, 0.3, 0.36, 0.4, 0.5, 0.63, 0.65, 0.9])
def test_the_view_draws_the_line_where_the_scores_do(store: Store, score: float) -> None:
    """`borderline` in the store means what `is_doubtful` means."""
    says(store, "lbdc", bill(S1))
    store.put_topics({S1: [Topic("anonymity", "speech", "x", score)]})
    assert bool(store.rows("select * from borderline")) is is_doubtful(score)
