"""Calendars: read by others' programs, the same for the same store, and what no longer holds is taken back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component
from sqlite_utils import Database

from billwatch_site import Settings, build
from billwatch_site.calendars import ical

Row = dict[str, Any]


def events(file: Path) -> dict[str, Component]:
    """Events by the part of their name that tells what they are."""
    return {str(e["UID"]).split("/")[0]: e for e in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}


def test_what_can_be_followed_has_a_calendar(site: Path) -> None:
    """Everything, a legislature, an area, a topic, each bill."""
    for folder in ("", "ny/", "topics/speech/", "topics/government-reading/", "ny/2017/S9191/", "ny/2025/A10402/"):
        assert (site / f"{folder}calendar.ics").is_file(), folder


def test_every_calendar_is_read_without_complaint(site: Path) -> None:
    """By icalendar: no error, each event with what RFC 5545 asks for, each name once, lines of 75 octets at most."""
    for file in site.rglob("calendar.ics"):
        lines = file.read_bytes().split(b"\r\n")
        assert max(map(len, lines)) <= 75 and lines[-1] == b"" and not any(b"\n" in line for line in lines)
        calendar = Calendar.from_ical(file.read_bytes())
        found = calendar.walk("VEVENT")
        assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and calendar["METHOD"] == "PUBLISH"
        assert found and not calendar.errors and not any(event.errors for event in found)
        assert all(event["UID"] and event["DTSTAMP"] and event["DTSTART"] and event["SUMMARY"] for event in found)
        assert len({str(event["UID"]) for event in found}) == len(found)


def test_khal_reads_them(site: Path, tmp_path: Path) -> None:
    """A calendar program shows the end of the session on its day."""
    if not shutil.which("khal"):
        pytest.skip("khal is not installed")
    config = f"""
[calendars]
[[bills]]
path = {tmp_path}/bills
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {tmp_path}/khal.db
"""
    (tmp_path / "bills").mkdir()
    (tmp_path / "config").write_text(config)
    khal = ["khal", "-c", str(tmp_path / "config")]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "America/New_York"}

    def run(*words: str) -> str:
        done = subprocess.run([*khal, *words], env=environment, capture_output=True, text=True, timeout=120, check=True)
        return done.stdout

    run("import", "--batch", str(site / "ny/2025/S404/calendar.ics"))
    run("import", "--batch", str(site / "ny/calendar.ics"))
    told = run("list", "2026-12-31", "1d")
    assert "New York: the session 2025–2026 ends" in told
    assert "S404: the session ends" in told


def test_the_governors_deadline_is_marked_and_taken_back(site: Path) -> None:
    """S4505 was delivered and signed: the deadline stands cancelled, and says by what."""
    deadline = events(site / "ny/2025/S4505/calendar.ics")["executive-1"]
    assert deadline.decoded("DTSTART") == date(2025, 12, 19)
    assert deadline["STATUS"] == "CANCELLED"
    assert "Signed into law as chapter 689 on 19 December 2025" in deadline["DESCRIPTION"]
    assert "Rule: The Governor has ten days, Sundays excepted" in deadline["DESCRIPTION"]
    assert events(site / "ny/2025/S4505/calendar.ics")["session-end"]["STATUS"] == "CANCELLED"
    assert events(site / "ny/2025/S404/calendar.ics")["session-end"]["STATUS"] == "CONFIRMED"


def test_the_day_on_which_bills_go_back_is_told(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, site: Path
) -> None:
    """In its legislature's calendar, and in that of a bill that has passed its own house in the first year."""
    assert events(site / "ny/calendar.ics")["bills-return"].decoded("DTSTART") == date(2026, 1, 7)
    assert "bills-return" not in events(site / "ny/2025/S404/calendar.ics")
    db = Database(store)
    way = [
        ["Introduced", "Senate", "done", ""],
        ["Passed", "Senate", "done", "2025-06-12"],
        ["Committee", "Assembly", "here"],
    ]
    db.table("bills").update("ny/2025/S404", {"steps": json.dumps(way), "stage": "passed-one-chamber"})
    db.close()
    build(store, tmp_path / "public", settings, now)
    found = events(tmp_path / "public/ny/2025/S404/calendar.ics")["bills-return"]
    assert (found["STATUS"], found.decoded("DTSTART")) == ("CONFIRMED", date(2026, 1, 7))
    assert str(found["SUMMARY"]) == "S404: goes back to the Senate unless the Assembly has passed it"
    assert "Passed the Senate on 12 June 2025. Rule: New York’s legislature assembles" in found["DESCRIPTION"]


def test_a_bill_that_passed_both_houses_goes_back_no_more(site: Path) -> None:
    """S4505: the day stands cancelled, and says by what."""
    found = events(site / "ny/2025/S4505/calendar.ics")["bills-return"]
    assert found["STATUS"] == "CANCELLED" and "the Assembly passed it on 17 June 2025" in found["DESCRIPTION"]


# A line of the history, its kind, and the stage that it brings a bill to.
DELIVERED = "DELIVERED TO GOVERNOR", "executive-receipt", "with-executive"
RECALLED = "RECALLED FROM GOVERNOR", "executive-recall", "passed-both"
VETOED = "VETOED MEMO.91", "executive-veto", "vetoed"


def acted(store: Path, new_change: Callable[..., Row], bill: str, on: str, text: str, term: str, stage: str) -> None:
    """One more line of a bill's history, the stage it brought, and the change that told of it."""
    db = Database(store)
    (last,) = db.execute("select max(position) from actions where bill = ?", [bill]).fetchone()
    line = {"bill": bill, "position": last + 1, "date": on, "chamber": "Senate", "text": text}
    db.table("actions").insert(line | {"classification": f'["{term}"]'})
    db.table("bills").update(bill, {"stage": stage})
    db.table("changes").insert(new_change(bill, "action", f"{on} Senate: {text}", seen_at=f"{on}T20:00:00+00:00"))
    db.close()


def test_a_bill_recalled_and_sent_again_has_two_deadlines(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Callable[..., Row]
) -> None:
    """The first is taken back under its name with a higher number, the second is an event of its own."""
    file = tmp_path / "public/ny/2025/S404/calendar.ics"
    acted(
        store, new_change, "ny/2025/S404", "2026-03-02", "DELIVERED TO GOVERNOR", "executive-receipt", "with-executive"
    )
    build(store, tmp_path / "public", settings, now)
    before = events(file)["executive-1"]
    acted(store, new_change, "ny/2025/S404", "2026-03-05", *RECALLED)
    acted(
        store, new_change, "ny/2025/S404", "2026-12-28", "DELIVERED TO GOVERNOR", "executive-receipt", "with-executive"
    )
    build(store, tmp_path / "public", settings, now)
    after = events(file)
    assert before["STATUS"] == "CONFIRMED" and after["executive-1"]["STATUS"] == "CANCELLED"
    assert before["UID"] == after["executive-1"]["UID"] and before["SEQUENCE"] < after["executive-1"]["SEQUENCE"]
    assert after["executive-2"]["STATUS"] == "TENTATIVE"
    assert after["executive-2"].decoded("DTSTART") == date(2027, 1, 30)
    assert str(after["executive-2"]["SUMMARY"]).endswith("(estimate)")
    assert "Estimate: The ten days run past the end of the year." in after["executive-2"]["DESCRIPTION"]


def test_a_veto_ends_the_governors_wait_and_not_the_session(
    store: Path, settings: Settings, now: datetime, tmp_path: Path, new_change: Callable[..., Row]
) -> None:
    """The bill's page speaks of an override until the session ends, and so does the calendar."""
    acted(store, new_change, "ny/2025/S404", "2026-03-02", *DELIVERED)
    acted(store, new_change, "ny/2025/S404", "2026-03-10", *VETOED)
    build(store, tmp_path / "public", settings, now)
    found = events(tmp_path / "public/ny/2025/S404/calendar.ics")
    assert found["executive-1"]["STATUS"] == "CANCELLED"
    assert "Vetoed (memorandum 91) on 10 March 2026" in found["executive-1"]["DESCRIPTION"]
    assert found["session-end"]["STATUS"] == "CONFIRMED"
    assert str(found["session-end"]["SUMMARY"]).endswith("and with it the chance to override the veto")


def test_calendars_stay_the_same_to_the_byte(store: Path, settings: Settings, now: datetime, tmp_path: Path) -> None:
    """Checked again without news."""
    build(store, tmp_path / "public", settings, now)
    before = {file: file.read_bytes() for file in (tmp_path / "public").rglob("calendar.ics")}
    db = Database(store)
    db.execute("update observations set checks = checks + 1")
    db.conn.commit()
    build(store, tmp_path / "public", settings, now)
    assert {file: file.read_bytes() for file in (tmp_path / "public").rglob("calendar.ics")} == before


# Letters as the RFC allows them in TEXT; what it forbids is left out by us.
@given(words=st.text(max_size=300))
def test_any_text_comes_back(words: str) -> None:
    """Escaped, folded, unfolded and read by another program: the same text, without control characters."""
    event = ical.Event(uid="x@y", on=date(2026, 1, 1), summary=words, description=words, url="",
                       stamp=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    written = ical.calendar("u", words, "", [event])
    assert max(map(len, written.split(b"\r\n"))) <= 75
    (found,) = Calendar.from_ical(written).walk("VEVENT")
    held = "".join(c for c in words if c in "\t\n\r" or (c >= " " and c != "\x7f"))
    assert str(found["SUMMARY"]) == held.replace("\r\n", "\n").replace("\r", "\n")
