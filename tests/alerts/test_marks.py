"""A channel of a scheduled run, whose machine is new each time: what it was told is kept beside the store's dump."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from alerts.news import MORNING, NOW, add_changes, change, record, subscriber
from alerts.receivers import Receiver
from alerts.scene import Scene
from billwatch.cli import main
from billwatch.errors import StoreError
from billwatch_site.alerts.deciding import HURRIED
from billwatch_site.alerts.ledger import FILLING
from billwatch_site.alerts.marks import NAME, bring_back, keep, marks_of
from billwatch_site.alerts.subscriptions import Subscribers

BILL = "ny/2025/S4505"
SECRET = "a-secret-that-both-ends-know"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line with one webhook, whose secret and address are in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BILLWATCH_NOW", NOW.isoformat())
    monkeypatch.setenv("BILLWATCH_HOOK", receiver.url)
    monkeypatch.setenv("BILLWATCH_HOOK_SECRET", SECRET)
    channel = '[[channel]]\nname = "room"\nwebhook = "${BILLWATCH_HOOK}"\nsecret = "${BILLWATCH_HOOK_SECRET}"\n'
    Path("billwatch.toml").write_text(channel)

    def ran(*arguments: str) -> int:
        try:
            main(["--quiet", *arguments])
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    return ran


def told(receiver: Receiver) -> list[str]:
    """What the webhook got, and let it forget."""
    bodies = [json.loads(body) for _, _, body in receiver.received]
    receiver.received.clear()
    return [note["sentence"] for body in bodies for story in body["stories"] for note in story]


def test_a_fresh_machine_tells_what_is_new_and_nothing_twice(run: Run, tmp_path: Path, receiver: Receiver) -> None:
    """Load, alert, dump, on a new machine each time: the first look is quiet, then each change is told once."""
    Scene(tmp_path / "first", record(BILL, change()))
    assert [run("--data", "first", *words) for words in (["alert"], ["dump", "history"])] == [0, 0]
    assert told(receiver) == []
    for data, now in (("second", "DELIVERED TO ASSEMBLY"), ("third", ""), ("fourth", "SIGNED CHAP.1")):
        assert run("--data", data, "load", "history") == 0
        if now:
            add_changes(tmp_path / data / "bills.db", change(now=f"2025-06-12 Senate: {now}"))
        assert [run("--data", data, *words) for words in (["alert"], ["dump", "history"])] == [0, 0]
        assert len(told(receiver)) == bool(now), data


def test_what_waits_for_a_channel_waits_on_the_next_machine(
    run: Run, tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A webhook that was away gets the same bytes under the same name, from another machine."""
    Scene(tmp_path / "first", record(BILL, change()))
    run("--data", "first", "alert")
    add_changes(tmp_path / "first" / "bills.db", change(now="2025-06-12 Senate: SIGNED CHAP.1"))
    receiver.script = [(503, {})]
    assert [run("--data", "first", *words) for words in (["alert"], ["dump", "history"])] == [0, 0]
    monkeypatch.setenv("BILLWATCH_NOW", MORNING.isoformat())
    assert [run("--data", "second", *words) for words in (["load", "history"], ["alert"])] == [0, 0]
    (_, first, body), (_, again, same) = receiver.received
    assert body == same and first["X-Billwatch-Delivery"] == again["X-Billwatch-Delivery"]


def test_nobody_is_in_what_is_kept(run: Run, tmp_path: Path, receiver: Receiver) -> None:
    """No subscriber, no address, no search of theirs, no letter, and not how a channel is reached."""
    scene = Scene(tmp_path / "data", record(BILL, change()), on_disk=True)
    run("alert")
    ann = subscriber(scene.people, "ann", ("bill", BILL), ("words", "a very private search"), rhythm="at-once")
    add_changes(scene.store, change(now="2025-06-12 Senate: SIGNED CHAP.1"))
    receiver.script = [(503, {})]
    run("alert")
    add_changes(scene.store, change(now="2025-06-12 Senate: ANOTHER"))
    scene.decide()
    assert scene.told(ann) and scene.waiting(), "there is a letter that could get out"
    assert run("dump", "history") == 0
    published = b"".join(file.read_bytes() for file in (tmp_path / "history").rglob("*") if file.is_file())
    assert b'"channel:room"' in published
    for trace in (b"ann@", ann.encode(), b"private search", SECRET.encode(), receiver.url.encode(), b"Subject:"):
        assert trace not in published, trace
    assert {json.loads(line)["table"] for line in marks_of(scene.people).splitlines()} == {
        *("ledger", "bookmarks", "told", "outbox")
    }


def test_the_marks_come_back_as_they_were(run: Run, tmp_path: Path) -> None:
    """What is kept of what was brought back is the same, byte for byte; every bookmark of ours is in it."""
    scene = Scene(tmp_path / "data", record(BILL, change()), on_disk=True)
    run("alert")
    marks = marks_of(scene.people)
    keep(marks, tmp_path)
    with closing(Subscribers(tmp_path / "again.db")) as people:
        bring_back(people, tmp_path)
        assert marks_of(people) == marks
    names = {row[0] for row in scene.people.db.conn.execute("select name from bookmarks")}
    assert names >= {FILLING, HURRIED} and all(f'"{name}"'.encode() in marks for name in names)


def test_who_knows_better_is_left_alone(tmp_path: Path) -> None:
    """Where changes were noted before, a dump brings nothing back: its marks may be older."""
    scene = Scene(tmp_path, record(BILL, change()))
    scene.first_look()
    before = marks_of(scene.people)
    keep(b'{"table":"ledger","count":9,"change":"x"}\n', tmp_path)
    bring_back(scene.people, tmp_path)
    assert marks_of(scene.people) == before


def test_without_channels_none_are_kept(run: Run, tmp_path: Path) -> None:
    """What channels were told long ago would make news of all since: with the last channel it goes."""
    Scene(tmp_path / "data", record(BILL, change()))
    run("alert")
    run("dump", "history")
    assert (tmp_path / "history" / NAME).exists()
    (tmp_path / "billwatch.toml").write_text("")
    run("dump", "history")
    assert not (tmp_path / "history" / NAME).exists()


@pytest.mark.parametrize(
    "line",
    [
        *(b'{"table":"subscribers","id":"x"}', b'{"table":"ledger","count":1}', b"<<<<<<<", b'{"count":1}', b"[]"),
        b'{"table":"\xff"}',
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: bytes) -> None:
    """With its file and number, and nothing of the file is taken."""
    keep(b'{"table":"ledger","count":1,"change":"x"}\n' + line + b"\n", tmp_path)
    with closing(Subscribers(":memory:")) as people:
        with pytest.raises(StoreError, match=rf"{NAME}:2: .*; restore the file from an earlier commit"):
            bring_back(people, tmp_path)
        assert people.count() == 0


def test_where_the_marks_cannot_be_read_nothing_is_loaded(
    run: Run, tmp_path: Path, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    """The remedy that is named can be followed: with the file restored, the same load goes through, and tells nothing
    twice."""
    Scene(tmp_path / "first", record(BILL, change()))
    assert [run("--data", "first", *words) for words in (["alert"], ["dump", "history"])] == [0, 0]
    marks = (tmp_path / "history" / NAME).read_bytes()
    keep(b"<<<<<<<\n" + marks, tmp_path / "history")
    assert run("--data", "second", "load", "history") == 1
    assert f"{NAME}:1: " in (said := capsys.readouterr().err) and "restore the file from an earlier commit" in said
    assert not (tmp_path / "second" / "bills.db").exists()
    keep(marks, tmp_path / "history")
    assert [run("--data", "second", *words) for words in (["load", "history"], ["alert"])] == [0, 0]
    assert told(receiver) == []


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """In one line, as all that can go wrong."""
    (tmp_path / NAME).mkdir()
    with closing(Subscribers(":memory:")) as people, pytest.raises(StoreError, match=f"cannot read .*{NAME}: "):
        bring_back(people, tmp_path)
