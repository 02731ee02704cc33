"""The demo's recordings: whole, readable by the project's own readers, and true to the record."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from billwatch.bill import Bill, BillId
from billwatch.demo.recorded import RECORDINGS, Asked, Moment, RecordedAnswers, moments
from billwatch.errors import Unreachable
from billwatch.legislatures.new_york.assembly import Assembly
from billwatch.legislatures.new_york.lbdc import Lbdc
from billwatch.legislatures.new_york.open_legislation import OpenLegislation
from billwatch.legislatures.new_york.senate import SenateSite
from billwatch.source import Source

HISTORIES = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "ny"
SOURCES: dict[str, Source] = {
    "open-legislation": OpenLegislation(key="a-secret"),
    "assembly": Assembly(),
    "lbdc": Lbdc(),
    "senate": SenateSite(),
}
RECORDED = [(moment, asked) for moment in moments() for asked in moment.asked]
BY_HAND = {"ny/2017/S9191", "ny/2017/S9197", "ny/2025/S9191"}  # not in the histories: 2017, and a bill of 2026


def address(source: str, bill: BillId) -> str:
    return SOURCES[source].address(bill)


def read(moment: Moment, asked: Asked) -> Bill:
    source = SOURCES[asked.source]
    url = source.address(asked.bill_id)
    return source.read(RecordedAnswers(moment, address).get(url, kind=source.kind), asked.bill_id)


def named(pair: tuple[Moment, Asked]) -> str:
    return f"{pair[0].folder.name}-{pair[1].source}-{pair[1].bill.replace('/', '-')}"


def seen(day: str, source: str, bill: str) -> Bill:
    return next(
        read(moment, asked)
        for moment, asked in RECORDED
        if moment.folder.name.startswith(day) and (asked.source, asked.bill) == (source, bill)
    )


def lines(bill: Bill) -> list[str]:
    return [action.text for action in bill.actions or ()]


def test_every_file_is_asked_for_and_there() -> None:
    """No question without its file, no file without a question."""
    used = {(moment.folder / asked.file).resolve() for moment, asked in RECORDED}
    there = {file.resolve() for file in RECORDINGS.glob("*/*") if file.name != "asked.json"}
    assert used == there


def test_an_earlier_answer_serves_again_never_a_later_one() -> None:
    """What stands in another folder is an older moment's, of the same source and bill."""
    for moment, asked in RECORDED:
        folder, _, name = asked.file.rpartition("/")
        assert name.startswith(f"{asked.source}.{asked.bill.removeprefix('ny/').replace('/', '-')}.")
        assert not folder or folder.removeprefix("../") < moment.folder.name


def test_moments_are_in_order_and_in_utc() -> None:
    """Moments come oldest first, none twice, each with its offset, and ask no question twice."""
    times = [moment.at for moment in moments()]
    assert times == sorted(set(times))
    assert {time.tzinfo for time in times} == {UTC}
    for moment in moments():
        assert max(Counter((asked.source, asked.bill) for asked in moment.asked).values()) == 1


def test_files_are_whole() -> None:
    """JSON parses and pages end as pages do, saying that they were written by hand."""
    for file in RECORDINGS.glob("*/*.*"):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".json":
            json.loads(text)
        else:
            assert text.rstrip().endswith("</html>"), file
            assert text.count("<!-- written by hand") == 1, file


def test_each_format_shows_several_bills() -> None:
    """Every source speaks for at least four bills, and at least two bills are told by two at once."""
    bills = defaultdict(set)
    for _, asked in RECORDED:
        bills[asked.source].add(asked.bill)
    assert set(bills) == set(SOURCES)
    assert min(len(of_source) for of_source in bills.values()) >= 4
    twice = {key for key, n in Counter((moment.at, asked.bill) for moment, asked in RECORDED).items() if n > 1}
    assert len({bill for _, bill in twice}) >= 2


def test_the_recordings_stay_small() -> None:
    """They travel in the wheel: less than a megabyte."""
    assert sum(file.stat().st_size for file in RECORDINGS.rglob("*") if file.is_file()) < 1_000_000


@pytest.mark.parametrize("pair", RECORDED, ids=named)
def test_its_own_reader_understands_it(pair: tuple[Moment, Asked]) -> None:
    """Each recording is read as the bill asked for, with a sponsor and a history."""
    bill = read(*pair)
    assert bill.id == pair[1].bill
    assert bill.actions
    assert bill.sponsors


def test_the_story_of_s9191() -> None:
    """From Rules in 2018 to its return as S1413 and the namesake of 2026."""
    assert lines(seen("2018-12-03", "assembly", "ny/2017/S9191")) == ["REFERRED TO RULES"]
    assert seen("2019-02-11", "open-legislation", "ny/2019/S1413").previous_versions == ("ny/2017/S9191",)
    assert lines(seen("2024-12-20", "senate", "ny/2019/S1413")) == ["REFERRED TO CODES"] * 2
    assert "pharmacies" in (seen("2026-02-13", "lbdc", "ny/2025/S9191").title or "")


@pytest.mark.parametrize(
    ("day", "source", "bill", "line"),
    [
        ("2024-12-20", "open-legislation", "ny/2023/S7694", "SIGNED CHAP.120"),
        ("2024-12-20", "assembly", "ny/2023/A4969", "VETOED MEMO.51"),
        ("2025-02-21", "lbdc", "ny/2025/S1033", "RECOMMIT, ENACTING CLAUSE STRICKEN"),
        ("2025-05-21", "open-legislation", "ny/2025/S3591", "DEFEATED IN INTERNET AND TECHNOLOGY"),
        ("2025-06-13", "open-legislation", "ny/2025/S934", "REPASSED SENATE"),
        ("2025-06-18", "assembly", "ny/2025/A5346", "SUBSTITUTED BY S4505"),
        ("2025-12-20", "senate", "ny/2025/S4505", "SIGNED CHAP.689"),
        ("2025-12-20", "senate", "ny/2025/S929", "VETOED MEMO.135"),
    ],
)
def test_what_the_demo_tells_is_there(day: str, source: str, bill: str, line: str) -> None:
    """Each promised turn of a bill stands in its history at that moment."""
    assert line in lines(seen(day, source, bill))


def test_the_corrections() -> None:
    """A doubled line is taken back, and a substitution re-dated on both bills."""
    held = "HELD FOR CONSIDERATION IN CONSUMER AFFAIRS AND PROTECTION"
    for day, times in (("2025-05-21", 2), ("2025-06-18", 2), ("2025-08-01", 1)):
        assert lines(seen(day, "assembly", "ny/2025/A3946")).count(held) == times
    for source, bill in (("lbdc", "ny/2025/S6446"), ("assembly", "ny/2025/A8906")):
        before, after = seen("2025-06-18", source, bill), seen("2025-08-01", source, bill)
        assert lines(before) == lines(after)
        assert before.actions and after.actions
        assert (before.actions[-1].date, after.actions[-1].date) == ("2025-06-18", "2025-06-17")


def test_the_assembly_lags_and_catches_up() -> None:
    """Its page of S4505 misses the Senate's passage for one moment, and is labelled so."""
    behind = [(moment.folder.name, asked) for moment, asked in RECORDED if asked.note]
    assert [(name[:10], asked.source, asked.bill) for name, asked in behind] == [
        ("2025-06-13", "assembly", "ny/2025/S4505")
    ]
    passed = "PASSED SENATE"
    assert passed in lines(seen("2025-06-13", "open-legislation", "ny/2025/S4505"))
    assert passed not in lines(seen("2025-06-13", "assembly", "ny/2025/S4505"))
    assert passed in lines(seen("2025-06-18", "assembly", "ny/2025/S4505"))


@pytest.fixture(scope="module")
def histories() -> dict[str, list[tuple[float, dict[str, Any]]]]:
    """The recorded versions of the demo's bills: (seen at, facts), oldest first."""
    files = sorted(HISTORIES.glob("*.jsonl.xz"))
    if not files:
        pytest.skip("the recorded histories are not beside this project")
    found = defaultdict(list)
    for at, bill in (version for file in files for version in versions_in(file)):
        found[f"ny/{bill['Session']}/{bill['PrintNo']}"].append((at, bill))
    return found


def versions_in(file: Path) -> Iterator[tuple[float, dict[str, Any]]]:
    wanted = {asked.bill_id.identifier for _, asked in RECORDED}
    number = re.compile(r'"PrintNo":"([^"]+)"')
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        for row in rows:
            match = number.search(row)
            if match and match[1] in wanted:
                parsed = json.loads(row)
                yield (parsed["t"], parsed["d"]) if "t" in parsed else (0, parsed)


def as_of(versions: list[tuple[float, dict[str, Any]]], at: datetime) -> dict[str, Any]:
    """The version that stood then. Archived bills have one: at an older moment, its history up to that day."""
    bill = [facts for seen_at, facts in versions if seen_at <= at.timestamp()][-1]
    return bill | {"Actions": [a for a in bill["Actions"] if a["Date"] <= at.date().isoformat()]}


@pytest.mark.parametrize("pair", [p for p in RECORDED if p[1].bill not in BY_HAND], ids=named)
def test_the_facts_are_the_records(pair: tuple[Moment, Asked], histories: dict[str, Any]) -> None:
    """What the recording says is what the histories held at that moment (a day before, where it lags)."""
    moment, asked = pair
    bill, then = read(moment, asked), as_of(histories[asked.bill], moment.at - timedelta(days=bool(asked.note)))
    assert [(a.date, a.chamber.upper(), a.text) for a in bill.actions or ()] == [
        (a["Date"], a["Chamber"], a["Text"]) for a in then["Actions"]
    ]
    assert sponsors_of(bill) == {s["Name"] if asked.source == "senate" else s["Short"] for s in then["Sponsors"]}
    assert bill.abstract == then["Summary"]
    assert bill.law_code == then.get("LawCode", "")
    assert bill.version == then.get("Version", "")
    assert bill.title in (None, then["Title"])
    assert bill.status in (None, then["Status"])
    assert bill.act_clause in (None, then["ActClause"])
    assert bill.same_as == related(then.get("SameAsPrintNo"))
    assert bill.previous_versions is None or set(bill.previous_versions) == set(
        related(*then.get("PreviousVersions", ()))
    )


def sponsors_of(bill: Bill) -> set[str]:
    return {s.short.upper() or s.name for s in bill.sponsors or ()}


def related(*references: str | None) -> tuple[str, ...]:
    """S1413-2019 as ny/2019/S1413."""
    parts = [reference.rsplit("-", 1) for reference in references if reference]
    return tuple(f"ny/{session}/{number}" for number, session in parts)


@pytest.mark.parametrize("pair", [p for p in RECORDED if p[1].bill not in BY_HAND], ids=named)
def test_the_votes_are_the_records(pair: tuple[Moment, Asked], histories: dict[str, Any]) -> None:
    """Every vote shown was recorded by then, with the same chamber, committee and, for the Senate's, counts.

    The histories add up the rolls of the Assembly's votes on one page, so of those only the vote itself is compared.
    """
    moment, asked = pair
    then = as_of(histories[asked.bill], moment.at - timedelta(days=bool(asked.note)))
    for vote in read(moment, asked).votes or ():
        committee = vote.committee.upper().removesuffix(" COMMITTEE")  # the Senate's site: "Rules Committee Vote"
        assert (vote.date, committee, vote.motion if vote.chamber == "Assembly" else "") in {
            (v["Date"], v.get("Committee", "").upper(), v["VoteType"] if v.get("Chamber") == "ASSEMBLY" else "")
            for v in then["Votes"]
        }
        if vote.chamber == "Senate":
            assert Counter({option: n for option, n in vote.counts if n}) in [
                Counter(m["Vote"].lower() for m in v["Votes"]) for v in then["Votes"]
            ]


def test_answers_come_from_the_moment() -> None:
    """An answer has the moment's time, its kind's content type, and no key in its address."""
    moment = next(m for m in moments() if m.folder.name.startswith("2025-06-13"))
    answers = RecordedAnswers(moment, address)
    bill = BillId.parse("ny/2025/S4505")
    told = answers.get(address("open-legislation", bill), kind="json")
    page = answers.get(address("assembly", bill), kind="html")
    assert (told.status, told.fetched_at) == (200, moment.at)
    assert (told.content_type[:16], page.content_type[:9]) == ("application/json", "text/html")
    assert "a-secret" not in told.url and "key=***" in told.url


def test_the_asker_needs_no_key() -> None:
    """The same recording answers with a key, with a struck-out key and without."""
    moment = next(m for m in moments() if m.folder.name.startswith("2025-06-13"))
    bill = BillId.parse("ny/2025/S4505")
    answers = RecordedAnswers(moment, lambda source, bill: OpenLegislation().address(bill))
    bodies = {answers.get(OpenLegislation(key=key).address(bill), kind="json").body for key in ("", "***", "another")}
    assert len(bodies) == 1


def test_what_was_not_recorded_is_unreachable() -> None:
    """Any other address, and every form, is named in an error, without its key."""
    answers = RecordedAnswers(moments()[0], address)
    with pytest.raises(Unreachable, match=r"https://example\.org/bill\?key=\*\*\*"):
        answers.get("https://example.org/bill?key=a-secret", kind="html")
    with pytest.raises(Unreachable, match="form"):
        answers.post("https://example.org/", {"a": "b"}, kind="html")
