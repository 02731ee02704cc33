"""Against the replay of New York's sources: what three sites show of real bills is read as the record has it.

The replay is a program of ours beside this repository; where it is not there, these tests are skipped.
"""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from billwatch.answer import Answer
from billwatch.bill import Bill, BillId
from billwatch.errors import Blocked, Damaged, NotListed, WrongBill
from billwatch.legislatures.new_york.assembly import Assembly
from billwatch.legislatures.new_york.assembly_index import ADDRESS, index_form, listed
from billwatch.legislatures.new_york.lbdc import Lbdc
from billwatch.legislatures.new_york.senate import SenateSite
from billwatch.source import Source

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
HISTORY = SHARED / "data" / "ny" / "replay-2025.jsonl.xz"
CLOCK = datetime(2025, 7, 1, tzinfo=UTC)
ODD = ("SUBSTITUT", "RESTOR", "RECALLED", "VETO", "STRICKEN", "DEFEATED", "PRINT NUMBER")

pytestmark = pytest.mark.skipif(not HISTORY.exists(), reason="the replay and its history lie in ../shared")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of a replay that shows the bills as they stood on 1 July 2025."""
    program = [sys.executable, str(SHARED / "replay" / "replay.py"), "--port", "0", "--at", CLOCK.isoformat()]
    with subprocess.Popen([*program, "--data", str(HISTORY)], stdout=subprocess.PIPE, text=True) as replay:
        assert replay.stdout is not None
        yield replay.stdout.readline().rstrip().rpartition(" on ")[2]
        replay.terminate()


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, Any]]:
    """The bills of 2025 as they stood on 1 July 2025, by number."""
    bills = {}
    with lzma.open(HISTORY, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            seen, bill = (row["t"], row["d"]) if "t" in row else (0, row)
            if bill and seen <= CLOCK.timestamp() and bill["PrintNo"][0] in "AS" and bill["Session"] == 2025:
                bills[bill["PrintNo"]] = bill
    return bills


@pytest.fixture(scope="module")
def chosen(truth: dict[str, dict[str, Any]]) -> list[str]:
    """Bills by chance, placeholders, and some of each odd kind: about 200."""
    chance = random.Random(9191)
    kinds = [sorted(n for n, bill in truth.items() if word in json.dumps(bill.get("Actions"))) for word in ODD]
    odd = [number for kind in kinds for number in chance.sample(kind, min(8, len(kind)))]
    bare = [number for number, bill in sorted(truth.items()) if not bill.get("Actions")][:8]
    return [*dict.fromkeys([*chance.sample(sorted(truth), 140), *odd, *bare])]


def answer(url: str, form: dict[str, str] | None = None) -> Answer:
    data = None if form is None else urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(url, data=data, timeout=60) as response:
        kind = response.headers["Content-Type"]
        return Answer(url=url, status=response.status, body=response.read(), fetched_at=CLOCK, content_type=kind)


def read(source: Source, number: str) -> Bill:
    bill = BillId("ny", "2025", number)
    return source.read(answer(source.address(bill)), bill)


def clean(text: str | None) -> str:
    return " ".join((text or "").split())


def actions(bill: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(a["Date"], a["Chamber"].title(), a["Text"].upper()) for a in bill.get("Actions") or []]


def test_lbdc_shows_the_record(base: str, truth: dict[str, dict[str, Any]], chosen: list[str]) -> None:
    """Title, summary, law, print, sponsors, same-as and history equal the record's."""
    for number in chosen:
        want, got = truth[number], read(Lbdc(f"{base}/navigate.cgi"), number)
        assert (got.title, got.abstract) == (clean(want.get("Title")), clean(want.get("Summary"))), number
        assert (got.law_section, got.law_code) == (clean(want.get("LawSection")), clean(want.get("LawCode"))), number
        assert got.version == want.get("Version", ""), number
        assert [(a.date, a.chamber, a.text) for a in got.actions or ()] == actions(want), number
        assert_members(got, want)


def test_the_assembly_shows_the_record(base: str, truth: dict[str, dict[str, Any]], chosen: list[str]) -> None:
    """Summary, law, print, sponsors, same-as and history equal the record's; a substitute's history is left out."""
    for number in chosen:
        want, got = truth[number], read(Assembly(f"{base}/leg/"), number)
        assert (got.title, got.abstract, got.law_code) == (
            None,
            clean(want.get("Summary")),
            clean(want.get("LawCode")),
        ), number
        assert got.version == want.get("Version", ""), number
        assert [(a.date, a.chamber, a.text) for a in got.actions or ()] == actions(want), number
        assert_members(got, want)


def test_the_senates_site_shows_the_record(base: str, truth: dict[str, dict[str, Any]], chosen: list[str]) -> None:
    """All that the Senate's site carries, with status code and previous versions; its days are in order of date."""
    for number in chosen:
        want, got = truth[number], read(SenateSite(base), number)
        assert (got.title, got.abstract) == (clean(want.get("Title")), clean(want.get("Summary"))), number
        assert (got.status or "", got.committee) == (want.get("Status") or "", want.get("Committee", "")), number
        assert (got.law_section, got.law_code) == (clean(want.get("LawSection")), clean(want.get("LawCode"))), number
        in_order = sorted(actions(want), key=lambda action: action[0])
        shown = [(a.date, a.chamber, a.text) for a in got.actions or ()]
        if any("RESTORING" in text for *_, text in in_order):  # the site does not tell the order within such a day
            in_order, shown = sorted(in_order), sorted(shown)
        assert shown == in_order, number
        earlier = {"ny/{1}/{0}".format(*p.split("-")) for p in want.get("PreviousVersions") or ()}
        assert set(got.previous_versions or ()) == earlier, number
        names = [s["Name"] for s in want.get("Sponsors") or ()]
        assert [s.name for s in got.sponsors or ()][1:] == names[1:], number


def assert_members(got: Bill, want: dict[str, Any]) -> None:
    """Sponsors by short name, the first of them leading, and the bill's twin."""
    assert [s.short for s in got.sponsors or ()] == [s["Short"].upper() for s in want.get("Sponsors") or ()], got.id
    assert [s.role for s in got.sponsors or ()][:1] == ["primary"][: len(got.sponsors or ())], got.id
    twin = want.get("SameAsPrintNo")
    assert got.same_as == ((f"ny/2025/{twin.split('-')[0]}",) if twin else ()), got.id


def test_no_site_has_a_bill_that_is_not(base: str) -> None:
    """A number that was never given out is reported by each site in its own way, and read as such."""
    for source in (Lbdc(f"{base}/navigate.cgi"), Assembly(f"{base}/leg/")):
        with pytest.raises(NotListed):
            read(source, "S99999")


@pytest.mark.parametrize(("kind", "error"), [("wrongbill", WrongBill), ("challenge", Blocked), ("empty", Damaged)])
def test_no_site_passes_a_fault_for_a_bill(base: str, kind: str, error: type[Exception]) -> None:
    """Another bill's page, a challenge and an empty answer are refused on each site."""
    ask(f"{base}/__fault?kind={kind}&every=1")
    try:
        for source in (Lbdc(f"{base}/navigate.cgi"), Assembly(f"{base}/leg/"), SenateSite(base)):
            with pytest.raises((error, urllib.error.HTTPError)):
                read(source, "S404")
    finally:
        ask(f"{base}/__fault?every=0")


def ask(url: str) -> None:
    urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=60).close()


def test_the_index_lists_every_bill_of_the_session(base: str, truth: dict[str, dict[str, Any]]) -> None:
    """One answer holds the number and title of each of some 16,000 bills."""
    found = listed(answer(f"{base}/leg/{ADDRESS}", index_form("2025")).text(), "2025")
    assert len(found) == len(truth)
    assert dict(found) == {number: clean(bill.get("Title")) for number, bill in truth.items()}
