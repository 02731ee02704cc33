"""The subscribers' file: private, forgetful, and counted without a clock."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from billwatch.errors import Busy, StoreError, UsageError
from billwatch_site.alerts.subscriptions import Subscribers, checked_target
from billwatch_site.alerts.tables import alone

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)
ZONE = "America/New_York"


@pytest.fixture
def people() -> Subscribers:
    return Subscribers(":memory:")


def test_the_file_is_private(tmp_path: Path) -> None:
    """Nobody else may read the file, nor what SQLite puts beside it."""
    people = Subscribers(tmp_path / "data" / "subscribers.db")
    people.add("ann@example.org", NOW, zone=ZONE)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert set(modes) >= {"subscribers.db", "subscribers.db-wal"}
    assert set(modes.values()) == {0o600}


def test_forget_leaves_nothing(tmp_path: Path) -> None:
    """After `forget`, no byte of the folder holds the address, the id, or a message to it."""
    people = Subscribers(tmp_path / "subscribers.db")
    for name in ("ann", "bea"):
        one = people.add(f"{name}@example.org", NOW, zone=ZONE)
        people.subscribe(one, "words", f"the secret of {name}", "all", NOW)
        with people.atomic():
            people.db.table("told").insert({"recipient": one, "change": f"change-of-{name}"})
            people.db.table("outbox").insert(
                {"recipient": one, "message_id": name, "created_at": "", "due_at": "", "message": name.encode() * 9000}
            )
    ann = people.find("ANN@example.org")
    assert ann
    people.forget(ann.id)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for trace in (b"ann@", b"secret of ann", b"change-of-ann", b"annann", ann.id.encode()):
        assert trace not in held
    for trace in (b"bea@", b"secret of bea", b"change-of-bea", b"beabea"):
        assert trace in held


def test_what_was_before_is_no_news(people: Subscribers) -> None:
    """A subscription counts from when it was confirmed; a second confirmation changes nothing."""
    one = people.add("ann@example.org", NOW, zone=ZONE)
    people.subscribe(one, "bill", "ny/2025/S4505", "all", NOW)
    with people.atomic():
        people.db.table("ledger").insert_all([{"change": "a"}, {"change": "b"}])
    assert people.confirm(one, NOW)
    assert [s.since for s in people.subscriptions(one)] == [2]
    with people.atomic():
        people.db.table("ledger").insert({"change": "c"})
    assert not people.confirm(one, NOW)
    people.subscribe(one, "bill", "ny/2025/S4505", "milestones", NOW)
    assert [(s.since, s.strength) for s in people.subscriptions(one)] == [(2, "milestones")]
    people.subscribe(one, "bill", "ny/2025/S404", "all", NOW)
    assert sorted(s.since for s in people.subscriptions(one)) == [2, 3]


def test_unconfirmed_are_forgotten(people: Subscribers) -> None:
    """Who has not confirmed after seven days is deleted, and nobody else."""
    late, confirmed = (people.add(f"{n}@example.org", NOW - timedelta(days=8), zone=ZONE) for n in ("ann", "bea"))
    fresh = people.add("cat@example.org", NOW - timedelta(days=6), zone=ZONE)
    people.confirm(confirmed, NOW - timedelta(days=8))
    assert people.forget_unconfirmed(NOW) == 1
    assert [people.get(one) is not None for one in (late, confirmed, fresh)] == [False, True, True]


def test_an_address_is_known_once(people: Subscribers) -> None:
    """Entering a known address again, in other capitals, gives the same id and changes nothing."""
    one = people.add("ann@example.org", NOW, zone=ZONE, rhythm="weekly")
    assert people.add("Ann@Example.org", NOW, zone=ZONE, rhythm="at-once") == one
    ann = people.get(one)
    assert ann and ann.rhythm == "weekly" and ann.address == "ann@example.org"
    assert "example" not in repr(ann)


def test_one_address_in_two_spellings_is_one(people: Subscribers) -> None:
    """Entered in the letters of its alphabet or as xn--, it is found and entered again under either."""
    one = people.add(" eva@bücher.example", NOW, zone=ZONE)
    assert people.add("eva@xn--bcher-kva.example", NOW, zone=ZONE) == one
    for spelling in ("eva@bücher.example", "Eva@BÜCHER.example\n", "eva@XN--bcher-kva.example"):
        assert people.find(spelling) == people.get(one)
    assert people.find("eva") is None and people.find("eva@bucher.example") is None


def test_what_an_earlier_rule_let_in_is_found(people: Subscribers) -> None:
    """A request to be forgotten never fails because the address would not be entered today."""
    one = people.add("ann@example.org", NOW, zone=ZONE)
    people.db.table("subscribers").update(one, {"address": "ann@mail.local"})
    assert people.find(" Ann@mail.local ") == people.get(one) is not None


def test_what_is_no_address_is_not_entered(people: Subscribers) -> None:
    """It is refused by the rule of the form, and nothing is kept."""
    with pytest.raises(UsageError, match=r"name@example\.org"):
        people.add("Ann <ann@example.org>", NOW, zone=ZONE)
    assert people.value("select count(*) from subscribers") == 0


def test_targets_are_checked() -> None:
    """A bill is a bill id; words are a line of text."""
    assert checked_target("bill", " ny/2025/S4505 ") == "ny/2025/S4505"
    assert checked_target("words", " gun   license ") == "gun license"
    for kind, text in (("family", "S4505"), ("words", "  "), ("words", "x" * 201), ("topic", "a\x00b")):
        with pytest.raises(UsageError):
            checked_target(kind, text)  # type: ignore[arg-type] # a kind, as the loop's type has it


def test_half_a_transaction_is_none(people: Subscribers) -> None:
    """What fails inside `atomic` leaves nothing behind."""
    with pytest.raises(ValueError), people.atomic():
        people.add("ann@example.org", NOW, zone=ZONE)
        raise ValueError
    assert people.find("ann@example.org") is None


def test_one_sender_at_a_time(tmp_path: Path) -> None:
    """Who would send from a file from which another run sends is told so; afterwards it may."""
    path = tmp_path / "subscribers.db"
    Subscribers(path).close()
    with alone(path), pytest.raises(Busy, match="another run"), alone(path):
        pass
    with alone(path):
        pass


def test_a_file_of_tomorrow_is_refused(tmp_path: Path) -> None:
    """A file that a newer billwatch wrote is left alone."""
    people = Subscribers(tmp_path / "subscribers.db")
    row = dict(next(iter(people.db["_sqlite_migrations"].rows)))
    people.db.table("_sqlite_migrations").insert({**row, "id": 99, "name": "tomorrow"})
    people.close()
    with pytest.raises(StoreError, match="newer billwatch"):
        Subscribers(tmp_path / "subscribers.db")


def test_what_cannot_be_opened_is_one_line_with_a_remedy(tmp_path: Path) -> None:
    """A damaged file is to be brought back from a backup; a folder that is none can be named anew."""
    (tmp_path / "subscribers.db").write_text("a shopping list, and certainly no database" * 50)
    with pytest.raises(StoreError, match=r"cannot use the subscribers' file .*; bring it back from a backup, or move"):
        Subscribers(tmp_path / "subscribers.db")
    with pytest.raises(StoreError, match=r"cannot use the subscribers' file .* --data DIR"):
        Subscribers(tmp_path / "subscribers.db" / "subscribers.db")


def test_a_file_that_somebody_holds_is_one_line(tmp_path: Path) -> None:
    """Who cannot write is told to run again, without an address; nothing is kept, and the next one writes."""
    people, other = (Subscribers(tmp_path / "subscribers.db") for _ in range(2))
    people.db.conn.execute("pragma busy_timeout = 1")
    with other.atomic(), pytest.raises(StoreError, match=r"locked; .*; another program holds it; run again") as said:
        people.add("ann@example.org", NOW, zone=ZONE)
    assert "example" not in str(said.value) and not people.find("ann@example.org")
    people.add("ann@example.org", NOW, zone=ZONE)
    assert other.find("ann@example.org")


def test_what_fails_inside_is_one_line_and_keeps_nothing(people: Subscribers) -> None:
    """As with the store: a row that cannot be is a `StoreError`, and what came before it is undone."""
    said = r"cannot write to the subscribers' file :memory:: .*; nothing of it was written"
    with pytest.raises(StoreError, match=said), people.atomic():
        people.db.conn.execute("insert into ledger (change) values ('a')")
        people.db.conn.execute("insert into ledger (change) values ('a')")
    assert people.count() == 0 and not people.db.conn.in_transaction
