"""Past sessions: only what is held whole is counted, once; and on the real sessions as counting by hand finds it."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from billwatch.bill import Action, Bill
from billwatch.legislatures import legislature
from billwatch.past.rates import Rate, rates_of
from billwatch.past.sessions import note_sessions, rate_bills
from billwatch.stages.effects import course_of
from billwatch.stages.journey import UNDECIDED, Place, journey_of
from billwatch.store import Store
from saying import bill, says

NY = legislature("ny")
LATER = datetime(2025, 4, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FILLED = "ny/open-legislation/filled/2023"


@pytest.fixture
def held(store: Store) -> Store:
    """Two bills of 2023, one of which the Senate passed, and one of 2025."""
    says(
        store,
        "open-legislation",
        bill("ny/2023/S1", "2023-01-10 REFERRED TO CODES", "2023-03-01 PASSED SENATE"),
        bill("ny/2023/S2", "2023-01-12 REFERRED TO CODES"),
        bill("ny/2025/S1", "2025-01-10 REFERRED TO CODES"),
        at=LATER - DAY,
    )
    return store


def noted(store: Store, at: datetime = LATER) -> dict[str, tuple[Any, ...]]:
    """The sessions written down, by name."""
    with store.atomic():
        note_sessions(store, NY, at)
    columns = "session, begins_on, ends_on, bills, unread, read_at, counted_at"
    return {row[0]: tuple(row)[1:] for row in store.rows(f"select {columns} from sessions")}


def read_whole(store: Store, at: datetime) -> None:
    store.set_bookmark(FILLED, at.isoformat())


def test_a_session_that_was_not_read_to_its_end_is_not_counted(held: Store) -> None:
    """Its bills may be those we follow only; nor one that was read while a governor could still sign."""
    assert noted(held)["2023"] == ("2023-01-01", "2024-12-31", 2, 0, "", "")
    read_whole(held, datetime(2025, 2, 20, tzinfo=UTC))
    assert noted(held)["2023"][-1] == ""
    assert held.rows("select * from base_rates") == []


def test_a_whole_session_is_counted_once(held: Store) -> None:
    """And again only when a bill of it has changed and its list was read, by the same numbers."""
    read_whole(held, LATER)
    assert noted(held)["2023"][-1] == LATER.isoformat()
    sql = "select day, bills, passed, law from base_rates where stage = 'in-committee' order by day"
    rows = [tuple(row) for row in held.rows(sql)]
    assert rows == [(10, 1, 1, 0), (12, 2, 1, 0), (60, 1, 0, 0), (732, 0, 0, 0)]
    assert noted(held, LATER + DAY)["2023"][-1] == LATER.isoformat()
    says(held, "open-legislation", bill("ny/2023/S2", "2023-01-12 REFERRED TO RULES"), at=LATER + 2 * DAY)
    assert noted(held, LATER + 3 * DAY)["2023"][-1] == (LATER + 3 * DAY).isoformat()
    assert [tuple(row) for row in held.rows(sql)] == rows


def test_an_amendment_to_the_constitution_is_not_told_what_became_of_laws(held: Store) -> None:
    """It goes another way: to the next legislature and to the voters."""
    section = "Constitution, Concurrent Resolutions to Amend"
    says(held, "lbdc", bill("ny/2025/S2", "2025-01-10 REFERRED TO CODES", law_section=section), at=LATER - DAY)
    read_whole(held, LATER)
    noted(held)
    rate_bills(held, NY, ["ny/2025/S1", "ny/2025/S2"], date(2025, 2, 1))
    rates = dict(held.db.conn.execute("select id, rates from bills where session = '2025'").fetchall())
    assert rates["ny/2025/S2"] == "[]" != rates["ny/2025/S1"]


def test_nor_is_it_counted_among_them(held: Store) -> None:
    """Of the bills of 2023 it would be one that never became law."""
    section = "Constitution, Concurrent Resolutions to Amend"
    says(held, "lbdc", bill("ny/2023/S3", "2023-01-10 REFERRED TO CODES", law_section=section), at=LATER - DAY)
    read_whole(held, LATER)
    noted(held)
    assert held.column("select max(bills) from base_rates where stage = 'in-committee'") == [2]


def test_another_way_of_counting_counts_again(held: Store) -> None:
    """What an earlier billwatch counted is not left standing."""
    read_whole(held, LATER)
    noted(held)
    held.set_bookmark("ny/base-rates", "of old")
    assert noted(held, LATER + DAY)["2023"][-1] == (LATER + DAY).isoformat()


def test_the_session_that_goes_on_is_written_down(held: Store) -> None:
    """Also a bill that a source names and nobody could read is told of."""
    failure = {"bill": "ny/2025/S9", "source": "open-legislation", "since": "", "last_at": "", "times": 1, "error": "x"}
    held.db.table("failures").insert(failure)
    assert noted(held)["2025"] == ("2025-01-01", "2026-12-31", 1, 1, "", "")


def rated(store: Store, bill: str) -> Any:
    return json.loads(store.column("select rates from bills where id = ?", (bill,))[0])


def test_a_bill_carries_what_became_of_those_before_it(held: Store) -> None:
    """Of the same place on the same day of the session: 12 January 2025 is its 12th, when two bills stood there."""
    read_whole(held, LATER)
    noted(held)
    bills = ["ny/2025/S1", "ny/2023/S2"]
    rate_bills(held, NY, bills, date(2025, 1, 12))
    assert rated(held, "ny/2025/S1") == [["2023", "2023-01-12", 2, 1, 0, 0, 0, 0]]
    assert rated(held, "ny/2023/S2") == []  # its own session is over
    rate_bills(held, NY, bills, date(2025, 1, 9))
    assert rated(held, "ny/2025/S1") == [["2023", "2023-01-09", 0, 0, 0, 0, 0, 0]]
    rate_bills(held, NY, bills, date(2027, 1, 12))
    assert rated(held, "ny/2025/S1") == []


# -- the real sessions, counted the hard way


Line = tuple[str, str, str]  # date that counts, chamber, text
Lines = dict[str, list[Line]]


@pytest.fixture(scope="module")
def recorded(shared: Path) -> dict[str, Lines]:
    """Every bill of 2019, 2021 and 2023 with its lines, by session."""
    found: dict[str, Lines] = defaultdict(dict)
    with lzma.open(shared / "data/ny/history-2019-2024.jsonl.xz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            it = row["d"] if "t" in row else row
            if it and it["PrintNo"][0] in "AS":
                found[str(it["Session"])][it["PrintNo"]] = list(_lines(it))
    return found


def _lines(it: dict[str, Any]) -> Iterator[Line]:
    latest = ""
    for action in it.get("Actions") or []:
        latest = max(latest, action["Date"][:10])
        yield latest, action["Chamber"].capitalize(), action["Text"]


@cache
def _action(line: Line) -> Action:
    return Action(*line, NY.classified(line[2], ""))


def _bill(session: str, number: str, lines: list[Line]) -> Bill:
    return Bill(legislature="ny", session=session, identifier=number, actions=tuple(map(_action, lines)))


def by_hand(session: str, bills: Lines, look: str) -> dict[Place, list[int]]:
    """What `rates_of` must come to on a day: histories cut off there, fates read from the words of the record."""
    rules, fights = NY.rules(session), {}
    for number, lines in bills.items():
        here = [line for line in lines if line[0] <= look]
        if here and (course := course_of(_bill(session, number, here), rules)).stage in UNDECIDED:
            place, last = Place(course.stage, *course.step), _heir(number, bills)
            fate = _fate(place, look, [*_standing(bills[number]), *_standing(bills[last])], bills[last])
            before = fights.get((place, last), (0,) * 6)
            fights[place, last] = tuple(map(max, fate, before))
    sums: dict[Place, list[int]] = defaultdict(lambda: [0] * 6)
    for (place, _), fate in fights.items():
        sums[place] = [n + m for n, m in zip(sums[place], fate, strict=True)]
    return dict(sums)


def _heir(number: str, bills: Lines) -> str:
    """The bill that took its place in the end, by the last line that says so and is not taken back."""
    heir = ""
    for _, _, text in bills[number]:
        if found := re.match(r"SUBSTITU(?:T)?ED BY ([AS]\d+)", text):
            heir = found[1]
        elif re.match(r"SUBSTITUTION RECONSIDERED|REFERRED|COMMITTED|REPORTED|ORDERED|PASSED|ENACTING|RECOMMIT", text):
            heir = ""
    return _heir(heir, bills) if heir in bills and heir != number else number


def _fate(place: Place, look: str, lines: list[Line], last: list[Line]) -> tuple[int, ...]:
    law = any(re.match(r"SIGNED CHAP|CHAPTER \d|(THRU )?LINE VETO", text) for _, _, text in last)
    vetoed = not law and any(re.match(r"VETOED|POCKET VETO", text) for _, _, text in last)
    both = law or vetoed or _passed_both(last)
    passed = both or any(
        on > look and chamber == place.chamber and re.match(r"(RE)?PASSED|\w+ CONCURS", text)
        for on, chamber, text in lines
    )
    to_voters = any(text.startswith("DELIVERED TO SECRETARY OF STATE") for _, _, text in last)
    return 1, int(passed), int(both), int(law), int(vetoed), int(both and not (law or vetoed or to_voters))


def _standing(lines: list[Line]) -> list[Line]:
    """The lines without passages that the chamber took back."""
    kept: list[Line] = []
    for line in lines:
        if "VOTE RECONSIDERED" in line[2]:
            undone = next((k for k in reversed(kept) if k[1] == line[1] and "PASSED" in k[2]), None)
            kept = [k for k in kept if k is not undone]
        kept.append(line)
    return kept


def _passed_both(lines: list[Line]) -> bool:
    """Whether the last word is that it went to the governor or the voters, or waits to go there."""
    texts = [text for _, _, text in lines]
    marks = [i for i, t in enumerate(texts) if re.match(r"DELIVERED TO (GOVERNOR|SECRETARY)|RETURNED TO GOVERNOR", t)]
    if marks:
        return not any(re.match("RECALLED FROM GOVERNOR|VOTE RECON", t) for t in texts[marks[-1] :]) or _ready(texts)
    return _ready(texts)


def _ready(texts: list[str]) -> bool:
    """Passed by both, none of it undone, and waiting to be delivered."""
    passed: set[str] = set()
    for text in texts:
        if found := re.match(r"(?:RE)?PASSED (SENATE|ASSEMBLY)|(SENATE|ASSEMBLY) CONCURS", text):
            passed.add(found[1] or found[2])
        elif re.match("DIED", text) or (len(passed) == 2 and re.match("VOTE RECON|AMENDED|REFERRED|RECOMMIT", text)):
            passed.clear()
    return len(passed) == 2


@pytest.mark.parametrize("session", ["2019", "2021", "2023"])
def test_as_counted_by_hand(recorded: dict[str, Lines], session: str) -> None:
    """Of each place on six days of a real session: bills, passed, both, law and vetoed, to the last one."""
    bills = recorded[session]
    begins, ends = NY.session_start(session), NY.session_end(session)
    journeys = {number: journey_of(_bill(session, number, lines), NY.rules(session)) for number, lines in bills.items()}
    rates = rates_of(journeys, begins, ends)
    assert len(bills) > 19_000
    differences: Counter[str] = Counter()
    for day in (45, 155, 163, 300, 400, 520):
        look = (begins + (day - 1) * DAY).isoformat()
        ours = {place: row for place in {r.place for r in rates} if (row := _row(rates, place, day)) and row[0]}
        theirs = by_hand(session, bills, look)
        for place in ours.keys() | theirs.keys():
            if ours.get(place) != theirs.get(place):
                differences[f"{look} {place}: {ours.get(place)} by us, {theirs.get(place)} by hand"] += 1
    assert not differences, "\n".join(differences)


def _row(rates: list[Rate], place: Place, day: int) -> list[int]:
    rows = [rate for rate in rates if rate.place == place and rate.day <= day]
    return list(rows[-1][2:]) if rows else []
