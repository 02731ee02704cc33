"""The network and the disk put together for a run."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from answers import KEY, NOON, Answers, bill_json, envelope
from billwatch.bill import Bill, BillId
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.database import locked
from billwatch.errors import Busy, NotListed, UsageError, WrongBill
from billwatch.legislatures.new_york.open_legislation import OpenLegislation
from billwatch.live import live_update, recorded, session_for
from billwatch.store import Store
from faulty_server import FaultyServer, json
from test_recordings import as_json

S404 = BillId("ny", "2025", "S404")


def config(server: FaultyServer, **ny: object) -> Config:
    addresses = {
        "open_legislation_url": f"{server.root}/api/3",
        "open_legislation_key": KEY,
        "requests_per_second": 500,
    }
    tables = {
        "site": {"url": "https://bills.example.org/", "contact": "mailto:you@example.org"},
        "follow": {"topics": [], "bills": [str(S404)]},
        "legislatures": {"ny": {**addresses, "sources": ["open-legislation"], **ny}},
    }
    return checked(ConfigFile(Path("a test"), tables))


def whole(number: str = "S404") -> str:
    return msgspec.json.encode(envelope(bill_json(number))).decode()


def test_a_run_from_the_network_to_the_disk(tmp_path: Path) -> None:
    """Asked by name and with who we are; kept in the archive with its receipt; the key is nowhere on the disk."""
    with FaultyServer() as server:
        server.on("/api/3/bills/2025/S404", json(whole()))
        report = live_update(config(server), tmp_path / "data", NOON, {})
        (asked,) = server.asked("/api/3/bills/2025/S404")
    assert report.unanswered == [] and report.runs[0].tally.answered == 1
    assert (
        "bills.example.org" in asked.headers["user-agent"] and "mailto:you@example.org" in asked.headers["user-agent"]
    )
    with closing(Store(tmp_path / "data" / "bills.db")) as store:
        assert store.column("select title from bills") == ["Relates to the matter of S404"]
        (file,) = store.column("select file from fetches")
    assert (tmp_path / "data" / "archive" / file).exists()
    assert not any(KEY.encode() in f.read_bytes() for f in (tmp_path / "data").rglob("*") if f.is_file())


def test_a_second_run_asks_whether_it_changed(tmp_path: Path) -> None:
    """With the validator of the first answer; not modified is unchanged."""
    with FaultyServer() as server:
        first = json(whole())._replace(headers=(("ETag", '"1"'),))
        server.on("/api/3/bills/2025/S404", first, json("")._replace(status=304))
        live_update(config(server), tmp_path, NOON, {})
        report = live_update(config(server), tmp_path, NOON + timedelta(days=1), {})
        assert server.asked("/api/3/bills/2025/S404")[1].headers["if-none-match"] == '"1"'
    assert (report.runs[0].tally.unchanged, report.runs[0].tally.changes.total()) == (1, 0)


def test_only_the_bills_named(tmp_path: Path) -> None:
    """A run for one bill asks for no other; what is no bill id is a mistake before anything is asked."""
    with FaultyServer() as server:
        server.on("/api/3/bills/2025/S405", json(whole("S405")))
        live_update(config(server), tmp_path, NOON, {}, ["ny/2025/S405"])
        assert not server.asked("/api/3/bills/2025/S404") and len(server.asked("/api/3/bills/2025/S405")) == 1
        for wrong in ("S405", "us/119/HR1"):
            with pytest.raises(UsageError):
                live_update(config(server), tmp_path, NOON, {}, [wrong])


def test_another_run_is_kept_out(tmp_path: Path) -> None:
    """While one works on the data directory, a second says so and does nothing."""
    with FaultyServer() as server, locked(tmp_path), pytest.raises(Busy, match="another run is using"):
        live_update(config(server), tmp_path, NOON, {})
    assert not (tmp_path / "bills.db").exists()


def test_the_session_of_a_legislature_has_its_settings() -> None:
    """A legislature that is not followed has none."""
    with FaultyServer() as server, closing(session_for(config(server), "ny", {})) as session:
        server.on("/x", json("{}"))
        assert KEY not in session.get(f"{server.root}/x?key={KEY}", kind="json").url
        with pytest.raises(UsageError, match="'us' is not followed"):
            session_for(config(server), "us", {})


def test_a_page_is_recorded_with_the_facts_read_from_it(tmp_path: Path) -> None:
    """The bytes as they came, and the facts beside them under the name that the generic test looks for."""
    address = OpenLegislation().address(S404).replace("key=", "key=***")
    page, expected = recorded(Answers({address: whole()}), S404, "open-legislation", tmp_path / "new")
    assert page == tmp_path / "new" / "2025-S404.json" and page.read_text() == whole()
    assert expected == page.with_name("2025-S404.expected.json")
    assert expected.read_text() == as_json(msgspec.json.decode(expected.read_bytes(), type=Bill))


def test_what_cannot_be_read_is_not_recorded(tmp_path: Path) -> None:
    """Another bill's page, no such bill, a source of lists alone, no such source: nothing is written."""
    address = OpenLegislation().address(S404).replace("key=", "key=***")
    with pytest.raises(WrongBill):
        recorded(Answers({address: whole("S405")}), S404, "open-legislation", tmp_path)
    with pytest.raises(NotListed):
        recorded(Answers({address: '{"success":false,"errorCode":11}'}), S404, "open-legislation", tmp_path)
    with pytest.raises(UsageError, match="'assembly-index' lists bills"):
        recorded(Answers(), S404, "assembly-index", tmp_path)
    with pytest.raises(UsageError, match="there is no source 'lbcd'"):
        recorded(Answers(), S404, "lbcd", tmp_path)
    assert list(tmp_path.iterdir()) == []
