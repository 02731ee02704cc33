"""The flow to people: once, when it is due, and never a flood."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.news import MORNING, NOW, add_changes, change, put_bill, put_good_run, record, same_as, subscriber
from alerts.scene import Scene, plan, subjects, text_of
from billwatch.store import Store
from billwatch_site.alerts.alert import rehearse
from billwatch_site.words.subjects import topic_name

BILL = "ny/2025/S4505"
EARLIER = change(id="earlier", severity="notable", now="2025-06-01 Senate: REFERRED TO CODES", happened_on="2025-06-01")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """One bill, looked at before: its one change is no news."""
    scene = Scene(tmp_path, record(BILL, EARLIER, topics=["speech/social-media-warnings"]))
    scene.first_look()
    return scene


def test_first_run_is_quiet(tmp_path: Path) -> None:
    """A new installation tells nobody what was there, not even those who were entered before it."""
    scene = Scene(tmp_path, record(BILL, *(change() for _ in range(50))))
    subscriber(scene.people, "ann", ("legislature", "ny", "all"), rhythm="at-once")
    decided = scene.first_look(NOW)
    assert (decided.noted.new, decided.noted.quiet) == (50, True)
    assert scene.decide(MORNING).messages == {} == scene.decide(MORNING + timedelta(days=9)).messages


def test_an_empty_store_says_nothing(tmp_path: Path) -> None:
    """Before the first update there is nothing to note; the fill that follows is the first look."""
    scene = Scene(tmp_path)
    subscriber(scene.people, "ann", ("legislature", "ny", "all"), rhythm="at-once")
    assert scene.decide().noted.new == 0
    with closing(Store(scene.store)) as store, store.atomic():
        put_bill(store, record(BILL, change()))
    assert scene.decide(MORNING).noted.quiet and scene.waiting() == []


def test_a_store_filled_anew_is_quiet(scene: Scene, tmp_path: Path) -> None:
    """A store that has lost what we noted was filled again: what it holds is no news."""
    subscriber(scene.people, "ann", ("bill", BILL, "all"), rhythm="at-once")
    with closing(sqlite3.connect(scene.store)) as db, db:
        db.execute("delete from changes")
    add_changes(scene.store, change(), change(now="x"))
    assert scene.decide().noted.quiet and scene.waiting() == []
    add_changes(scene.store, change(now="2025-06-12 Senate: DELIVERED TO ASSEMBLY"))
    assert scene.decide().messages == {"digest": 1}, "and what comes afterwards is told"


def test_told_once(scene: Scene) -> None:
    """Running again tells nothing again, at once, in the morning or in a year."""
    ann = subscriber(scene.people, "ann", ("bill", BILL), ("topic", "speech"), rhythm="at-once")
    passed = change()
    add_changes(scene.store, passed)
    assert scene.decide().messages == {"digest": 1}
    assert scene.told(ann) == {passed.id}
    for later in (NOW, MORNING, MORNING + timedelta(days=365), NOW - timedelta(days=30)):
        assert scene.decide(later).messages == {}
    (message,) = scene.waiting()
    assert message["Subject"] == "S4505 passed the Senate"
    assert f"S4505 of 2025 · the topic {topic_name('speech')}" in text_of(message)


@pytest.mark.parametrize(
    ("choices", "severity", "at_noon", "in_the_morning"),
    [
        ({"rhythm": "at-once"}, "notable", 1, 0),
        ({"rhythm": "daily"}, "notable", 0, 1),
        ({"rhythm": "daily"}, "milestone", 1, 0),
        ({"rhythm": "daily", "urgent": False}, "milestone", 0, 1),
        ({"rhythm": "weekly"}, "milestone", 1, 0),
        ({"rhythm": "weekly", "urgent": False}, "milestone", 0, 0),
    ],
)
def test_rhythm(scene: Scene, choices: dict[str, object], severity: str, at_noon: int, in_the_morning: int) -> None:
    """Each in its rhythm, milestones at once for whoever wants them so."""
    subscriber(scene.people, "ann", ("bill", BILL), **choices)
    add_changes(scene.store, change(severity=severity))
    assert [scene.decide(now).recipients for now in (NOW, MORNING)] == [at_noon, in_the_morning]
    monday = MORNING + timedelta(days=3)
    assert scene.decide(monday).recipients == (at_noon + in_the_morning == 0), "nothing is left over"


def test_backfill_waits_for_the_morning(scene: Scene) -> None:
    """What happened long ago is in no message of its own, and marked."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    add_changes(scene.store, change(backfill=True, happened_on="2025-05-01", severity="milestone"))
    assert scene.decide().messages == {}
    assert scene.decide(MORNING).messages == {"digest": 1}
    (message,) = scene.waiting()
    assert "HAPPENED EARLIER, SEEN ONLY NOW" in text_of(message)
    assert message["Subject"] == "Earlier, seen now: S4505 passed the Senate"


def test_a_new_subscription_begins_now(scene: Scene) -> None:
    """What we saw before somebody asked for it is not theirs, also where they had other things before."""
    ann = subscriber(scene.people, "ann", ("words", "nothing"))
    add_changes(scene.store, change(severity="notable"))
    scene.decide()
    scene.people.subscribe(ann, "bill", BILL, "all", NOW)
    late = subscriber(scene.people, "bea", ("bill", BILL), now=NOW)
    assert scene.decide(MORNING).messages == {}
    add_changes(scene.store, change(severity="notable"))
    scene.decide(MORNING + timedelta(days=1))
    assert len(scene.told(ann)) == len(scene.told(late)) == 1


def test_a_stronger_wish_begins_now(scene: Scene) -> None:
    """Who asks for more does not get what was passed over before, whatever others still wait for."""
    ann = subscriber(scene.people, "ann", ("bill", BILL, "milestones"))
    weekly = subscriber(scene.people, "bea", ("bill", BILL, "all"), rhythm="weekly")
    small = change(severity="detail", kind="title", now="Another title")
    add_changes(scene.store, small)
    scene.decide()
    scene.decide(MORNING)
    scene.people.subscribe(ann, "bill", BILL, "all", MORNING)
    scene.decide(MORNING + timedelta(days=3))
    assert (scene.told(ann), scene.told(weekly)) == (set(), {small.id})


def test_who_is_not_told(scene: Scene) -> None:
    """Neither who has not confirmed, nor who cannot be reached, nor who has left."""
    people = scene.people
    pending = people.add("pending@example.org", NOW - timedelta(days=1), zone="America/New_York")
    people.subscribe(pending, "bill", BILL, "all", NOW)
    out, gone = (subscriber(people, name, ("bill", BILL), rhythm="at-once") for name in ("out", "gone"))
    people.db.conn.execute("update subscribers set suspended_at = ? where id = ?", (NOW.isoformat(), out))
    people.db.conn.commit()
    people.forget(gone)
    add_changes(scene.store, change())
    assert scene.decide().messages == {}


def test_a_correction_is_one(scene: Scene) -> None:
    """It says so, names what it corrects, and goes as fast as what it corrects went."""
    subscriber(scene.people, "ann", ("bill", BILL, "milestones"))
    passed = change()
    add_changes(scene.store, passed)
    scene.decide()
    gone = change(kind="action-removed", was=passed.now, now="", severity="detail", corrects=passed.id, cause="c")
    add_changes(scene.store, gone)
    assert scene.decide(NOW + timedelta(hours=1)).messages == {"digest": 1}
    message = scene.waiting()[1]
    assert str(message["Subject"]).startswith("Correction: S4505: The record no longer has the line")
    assert "CORRECTION: The record no longer" in text_of(message)
    assert "Corrects: what we saw on 12 June 2025: Passed the Senate." in text_of(message)


@pytest.mark.parametrize("leap", [timedelta(days=-1), timedelta(days=365), timedelta(hours=-1), timedelta(days=-20000)])
def test_clock_leaps(scene: Scene, leap: timedelta) -> None:
    """The clock is wrong for one run, then right again: nothing is told twice, nobody waits until it is right."""
    ann = subscriber(scene.people, "ann", ("bill", BILL, "all"), rhythm="daily", urgent=False)
    first = change(severity="notable")
    add_changes(scene.store, first)
    scene.decide(NOW + leap)
    scene.decide(NOW + timedelta(minutes=5))
    scene.decide(MORNING)
    second = change(severity="notable", seen_at=NOW + leap)
    add_changes(scene.store, second)
    scene.decide(MORNING + timedelta(days=1))
    assert scene.told(ann) == {first.id, second.id}
    assert len(scene.waiting()) == 2


def test_an_unfinished_update_waits(scene: Scene) -> None:
    """What a killed update left behind is not told before the next has looked over it: it may not be ours yet."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    add_changes(scene.store, change())
    with closing(Store(scene.store)) as store:
        store.set_bookmark("ny/unfinished", "1")
        store.db.conn.commit()
    decided = scene.decide()
    assert (decided.noted.unfinished, decided.noted.new, decided.messages) == (("ny",), 0, {})
    with closing(Store(scene.store)) as store:
        store.set_bookmark("ny/unfinished", "")
        store.db.conn.commit()
    assert scene.decide().messages == {"digest": 1}


def test_rehearsal_leaves_nothing(scene: Scene) -> None:
    """A dry run shows what would be told, and is as if it had not been."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    add_changes(scene.store, change())
    before = list(scene.people.db.conn.iterdump())
    shown: list[str] = []
    decided = rehearse(scene.people, scene.store, plan(), NOW, lambda d: shown.append(d.recipient.id))
    assert (decided.recipients, len(shown)) == (1, 1)
    assert list(scene.people.db.conn.iterdump()) == before
    assert scene.decide().messages == {"digest": 1}


def test_twins_are_one_story(tmp_path: Path) -> None:
    """The same bill in both houses is told as one; a bill that is not shown on the site is not told."""
    senate, assembly, other = "ny/2025/S4505", "ny/2025/A5346", "ny/2025/S1"
    scene = Scene(
        tmp_path,
        record(senate, EARLIER, relations=(same_as(assembly),)),
        record(assembly, title="The title of ny/2025/S4505"),
        record(other, followed=False),
    )
    scene.first_look()
    subscriber(scene.people, "ann", ("legislature", "ny"), rhythm="at-once")
    sent = "2025-06-12 Assembly: REFERRED TO CODES"
    add_changes(scene.store, change(senate), change(assembly, now=sent, severity="notable"), change(other))
    scene.decide()
    (message,) = scene.waiting()
    assert message["Subject"] == "S4505 passed the Senate"
    assert "S4505 and A5346 · New York, 2025–2026" in text_of(message)
    assert "S1 " not in text_of(message)


def test_a_flood_is_one_line(tmp_path: Path) -> None:
    """A member who joins forty bills is one item, with the bills inside; not all of them are named."""
    bills = [f"ny/2025/S{n}" for n in range(1, 41)]
    scene = Scene(tmp_path, record(BILL, EARLIER), *(record(bill) for bill in bills))
    scene.first_look()
    subscriber(scene.people, "ann", ("legislature", "ny", "all"), rhythm="at-once")
    joined = {"kind": "cosponsor-added", "now": "RIVERA", "severity": "detail", "happened_on": "", "cause": "one"}
    add_changes(scene.store, *(change(bill, **joined) for bill in bills))
    decided = scene.decide()
    assert (decided.messages, decided.told) == ({"digest": 1}, 40)
    (message,) = scene.waiting()
    assert message["Subject"] == "Rivera joined as a co-sponsor: 40 bills"
    assert text_of(message).count("The title of") == 30 and "and 10 more bills" in text_of(message)


def test_outage_and_quiet(scene: Scene) -> None:
    """No source answers: said once a week. Nothing happens for a month: said once a month. Never both."""
    ann = subscriber(scene.people, "ann", ("bill", BILL))
    days = [NOW.replace(hour=12) + timedelta(days=n) for n in range(1, 9)]
    with closing(Store(scene.store)) as store, store.atomic():
        put_good_run(store, NOW, good=NOW - timedelta(days=3))
    told = [scene.decide(day, quiet_after_days=30).messages["notice"] for day in days]
    assert sum(told) == 2, "and the report counts what is really sent"
    assert subjects(scene.waiting()) == ["No news from New York: its sources do not answer"] * 2, "in two weeks"
    with closing(Store(scene.store)) as store, store.atomic():
        put_good_run(store, NOW + timedelta(days=60))
    scene.people.db.conn.execute("delete from outbox")
    scene.people.db.conn.commit()
    for day in range(25, 40):
        scene.decide(NOW.replace(hour=12) + timedelta(days=day), quiet_after_days=30)
    assert [s.startswith("All quiet") for s in subjects(scene.waiting())] == [True]
    assert scene.told(ann) == set()


def test_silent_source_is_a_note(scene: Scene) -> None:
    """A source that is out while another answers is named in the digest."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    with closing(Store(scene.store)) as store, store.atomic():
        put_good_run(store, NOW, good=NOW)
        other = {**next(iter(store.db["runs"].rows)), "id": None, "source": "lbdc"}
        store.db.table("runs").insert({**other, "last_good_at": "2025-06-01T00:00:00+00:00"})
    add_changes(scene.store, change())
    decided = scene.decide()
    (message,) = scene.waiting()
    assert "Drafting Commission has not answered since 1 June 2025" in " ".join(text_of(message).split())
    assert len(decided.silent) == 1


def test_a_source_that_had_nothing_to_answer_is_no_note(scene: Scene) -> None:
    """On quiet days the second opinion is asked nothing for a week: that is no silence."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    with closing(Store(scene.store)) as store, store.atomic():
        put_good_run(store, NOW, good=NOW)
        other = {**next(iter(store.db["runs"].rows)), "id": None, "source": "lbdc", "asked": 0}
        store.db.table("runs").insert({**other, "last_good_at": "2025-06-01T00:00:00+00:00"})
    add_changes(scene.store, change())
    assert scene.decide().silent == ()


def test_a_source_that_is_not_asked_any_more_is_no_note(scene: Scene) -> None:
    """Somebody has added a key since: what stood in for it is silent for ever, and that is nobody's news."""
    subscriber(scene.people, "ann", ("bill", BILL), rhythm="at-once")
    with closing(Store(scene.store)) as store, store.atomic():
        put_good_run(store, NOW, good=NOW)
        other = {**next(iter(store.db["runs"].rows)), "id": None, "source": "assembly-index"}
        store.db.table("runs").insert({**other, "last_good_at": "2025-02-01T00:00:00+00:00"})
        store.set_bookmark("ny/sources", "open-legislation lbdc")
    add_changes(scene.store, change())
    decided = scene.decide()
    (message,) = scene.waiting()
    assert "has not answered" not in text_of(message) and decided.silent == ()
