"""Every legislature, every source: a recorded answer is read as the facts beside it say.

    tests/legislatures/<module>/recordings/<source>/<session>-<identifier>[.<remark>].html or .json
    tests/legislatures/<module>/recordings/<source>/<the same name>.expected.json

To add one, put the answer there and run this test: it writes the facts it reads and fails, so that somebody
looks at them. Answers written by hand rather than recorded say so in their first lines.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId
from billwatch.legislatures import all_codes, legislature
from billwatch.source import Source

LEGISLATURES = Path(__file__).parent / "legislatures"
TYPES = {".html": "text/html", ".json": "application/json"}


def recordings() -> list[Path]:
    """All recorded answers, of all legislatures."""
    found = LEGISLATURES.glob("*/recordings/*/*")
    return sorted(p for p in found if p.suffix in TYPES and not p.name.endswith(".expected.json"))


def recorded_bill(path: Path) -> BillId:
    """The bill that a recording is about, by its place and name."""
    codes = {module: code for code, module in all_codes().items()}
    session, _, rest = path.name.partition("-")
    return BillId(codes[path.parents[2].name], session, rest.partition(".")[0])


def source_of(path: Path) -> Source:
    """The source that gave the answer, named by its folder."""
    return legislature(recorded_bill(path).legislature).source(path.parent.name)


def recorded_answer(path: Path) -> Answer:
    """The recording as the answer it was."""
    bill = recorded_bill(path)
    return Answer(
        url=source_of(path).address(bill),
        status=200,
        body=path.read_bytes(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        content_type=TYPES[path.suffix],
    )


def as_json(bill: Bill) -> str:
    """The facts, laid out for people who review them."""
    return msgspec.json.format(msgspec.json.encode(bill), indent=1).decode() + "\n"


@pytest.mark.parametrize("path", recordings(), ids=lambda p: f"{p.parents[2].name}-{p.parent.name}-{p.name}")
def test_a_recording_is_read_as_its_reviewed_facts(path: Path) -> None:
    """Each source reads its recording as the facts that were reviewed and put beside it."""
    read = as_json(source_of(path).read(recorded_answer(path), recorded_bill(path)))
    expected = path.with_suffix(".expected.json")
    if not expected.exists():
        expected.write_text(read, encoding="utf-8")
        pytest.fail(f"review me: {expected.name} was missing and has been written")
    assert read == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", all_codes())
def test_every_legislature_has_recordings_of_each_source(code: str) -> None:
    """A legislature's module comes with recordings, and each folder of them has its source."""
    folder = LEGISLATURES / all_codes()[code] / "recordings"
    named = {path.parent.name for path in recordings() if path.is_relative_to(folder)}
    assert named, f"{all_codes()[code]} has no recordings under {folder}"
    assert {legislature(code).source(name).name for name in named} == named


def test_every_expected_file_has_its_recording() -> None:
    """Facts without the answer they were read from prove nothing."""
    expected = {p.name.removesuffix(".expected.json") for p in LEGISLATURES.rglob("*.expected.json")}
    assert expected <= {path.stem for path in recordings()}
