"""A bill that is gutted, or parts from its twin, stays followed, with a reason that says so."""

from __future__ import annotations

from datetime import timedelta

from answers import NOON
from billwatch.bill import BillId
from billwatch.follow.following import follow, retopic
from billwatch.follow.inheriting import inherit
from billwatch.follow.leaving import parted_twins, reasons_to_stay
from billwatch.store import Store
from billwatch.topics import Classifier, Decision, Taxonomy
from saying import bill, recorder, says, told

S1, A1 = "ny/2025/S1", "ny/2025/A1"
OURS, BARE = {"title": "Relates to facial recognition in stores"}, {"title": "Relates to rented business premises"}
LEFT = {S1: "was about biometrics until 2025-06-03"}  # the day after NOON
DAY = timedelta(days=1)
CLASSIFIER = Classifier(Taxonomy.load())


def looked_over(store: Store, topics: tuple[str, ...] = ("privacy",), *named: str) -> dict[str, str]:
    """Which bills are followed, and why."""
    staying = reasons_to_stay(store, "ny", CLASSIFIER.taxonomy.under(topics))
    with store.atomic():
        follow(store, "ny", map(BillId.parse, named), topics, staying, parted_twins(store, "ny"))
    return dict(store.db.conn.execute("select id, follow_reason from bills where followed").fetchall())


def gutted(store: Store) -> None:
    """S1 is ours and followed, and a day later it is about something else."""
    says(store, "lbdc", bill(S1, **OURS))
    assert looked_over(store) == {S1: "topic"}
    says(store, "lbdc", bill(S1, **BARE), at=NOON + DAY)


def test_the_day_on_which_it_left_is_the_legislatures(store: Store) -> None:
    """At two in the morning in Greenwich it is the evening before in Albany."""
    says(store, "lbdc", bill(S1, **OURS))
    looked_over(store)
    says(store, "lbdc", bill(S1, **BARE), at=NOON.replace(hour=2) + DAY)
    assert looked_over(store) == {S1: "was about biometrics until 2025-06-02"}


def test_a_bill_that_is_gutted_stays_followed(store: Store) -> None:
    """Its words lose their only topic: it is followed still, however often we look, and was told to have left once."""
    gutted(store)
    assert looked_over(store) == looked_over(store) == LEFT
    assert [change for change in told(store, S1) if change[0].startswith("topic")] == [
        ("topic-removed", "biometrics", "")
    ]


def test_it_stays_when_its_end_is_certain(store: Store) -> None:
    """Then nobody has to ask for it any more, but its page and feeds keep their addresses."""
    gutted(store)
    looked_over(store)
    store.db.conn.execute("update bills set ended = 1")
    assert looked_over(store) == LEFT


def test_what_had_ended_before_it_left_is_let_go(store: Store) -> None:
    """A bill of a past session that loses what its family gave it has no end to be followed to."""
    gutted(store)
    store.db.conn.execute("update bills set ended = 1")
    assert looked_over(store) == {}


def test_a_bill_that_was_named_or_is_ours_again_says_so(store: Store) -> None:
    """The better reason counts; and what left its topic again says the later day."""
    gutted(store)
    assert looked_over(store, ("privacy",), S1) == {S1: "named"}
    says(store, "lbdc", bill(S1, **OURS), at=NOON + 2 * DAY)
    assert looked_over(store) == {S1: "topic"}
    says(store, "lbdc", bill(S1, **BARE), at=NOON + 3 * DAY)
    assert looked_over(store) == {S1: "was about biometrics until 2025-06-05"}


def test_its_family_stays_with_it(store: Store) -> None:
    """The twin of a bill that left its topic is followed as its family."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, title="Relates to bridges"))
    looked_over(store)
    says(store, "lbdc", bill(S1, **BARE, same_as=(A1,)), at=NOON + DAY)
    assert looked_over(store) == {**LEFT, A1: f"family of {S1}"}


def test_what_its_twin_gave_it_and_took_away_keeps_it_too(store: Store) -> None:
    """A topic that was inherited makes a bill one of ours like its own, and its loss lets it go as little."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, title="Relates to facial matters in stores"))
    inherit(store, "ny", {}, recorder(store, "billwatch", NOON).desk.stamp, None)
    assert looked_over(store) == {S1: "topic", A1: "topic"}
    says(store, "lbdc", bill(S1, **BARE, same_as=(A1,)), at=NOON + DAY)
    writing = recorder(store, "billwatch", NOON + DAY)
    inherit(store, "ny", {}, writing.desk.stamp, writing.teller.tell)
    assert looked_over(store) == {**LEFT, A1: LEFT[S1]}


def test_what_the_configuration_lets_go_is_let_go(store: Store) -> None:
    """Neither a topic that is not followed any more keeps a bill that left it, nor one that is followed only now."""
    gutted(store)
    assert looked_over(store, ("speech",)) == {}
    assert looked_over(store, ("privacy",)) == {}


def test_a_person_who_decides_against_it_lets_it_go(store: Store) -> None:
    """`not_ours` is stronger than what a bill was about once."""
    gutted(store)
    looked_over(store)
    with store.atomic():
        store.set_bookmark("ny/taxonomy", "an earlier one")
        retopic(store, "ny", CLASSIFIER.deciding({S1: Decision(not_ours=True, reason="Of rents.")}))
    assert looked_over(store) == {}


def test_an_edited_taxonomy_lets_go_what_it_finds_no_more(store: Store) -> None:
    """No bill changed and nothing was told: what our own lists found by mistake does not stay for ever."""
    says(store, "lbdc", bill(S1, **BARE))
    store.db.conn.execute("insert into topics values (?, 'biometrics', 'privacy', 'stores', '', 1)", (S1,))
    store.set_bookmark("ny/taxonomy", "an earlier one")
    assert looked_over(store) == {S1: "topic"}
    with store.atomic():
        retopic(store, "ny", CLASSIFIER)
    assert looked_over(store) == {}


def parted(store: Store) -> None:
    """A1 is followed as the twin of S1, until S1 is amended first and its source names it no more."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE, same_as=(S1,)))
    assert looked_over(store) == {S1: "topic", A1: f"family of {S1}"}
    says(store, "lbdc", bill(S1, **OURS, same_as=()), bill(A1, **BARE, same_as=()), at=NOON + DAY)


PARTED = {S1: "topic", A1: f"was the same bill as {S1} until 2025-06-03"}


def test_a_twin_stays_while_the_two_prints_differ(store: Store) -> None:
    """Each time one chamber amends first, the link goes; when it is back, so is the ordinary reason."""
    parted(store)
    assert looked_over(store) == looked_over(store) == PARTED
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE, same_as=(S1,)), at=NOON + 2 * DAY)
    assert looked_over(store) == {S1: "topic", A1: f"family of {S1}"}


def test_it_matters_little_which_of_the_two_lost_the_link(store: Store) -> None:
    """Where only the twin named the other, only the twin's change tells; and its own topic is the better reason."""
    says(store, "lbdc", bill(S1, **OURS), bill(A1, **BARE, same_as=(S1,)))
    looked_over(store)
    says(store, "lbdc", bill(A1, **BARE, same_as=()), at=NOON + DAY)
    assert looked_over(store) == PARTED
    says(store, "lbdc", bill(A1, **OURS), at=NOON + 2 * DAY)
    assert looked_over(store) == {S1: "topic", A1: "topic"}


def test_its_own_family_stays_with_a_twin(store: Store) -> None:
    """What was linked with our bill through the twin alone is followed still."""
    old = "ny/2023/A7"
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE, previous_versions=(old,)), bill(old))
    looked_over(store)
    says(store, "lbdc", bill(S1, **OURS, same_as=()), at=NOON + DAY)
    assert looked_over(store) == {**PARTED, old: f"family of {A1}"}


def test_a_twin_is_let_go_with_the_bill_that_it_was_the_same_as(store: Store) -> None:
    """A narrower configuration follows neither; and of what was never followed, a lost link makes nothing."""
    parted(store)
    looked_over(store)
    assert looked_over(store, ("speech",)) == {}
    assert looked_over(store) == {S1: "topic"}


def test_a_twin_that_had_ended_or_is_none_of_ours_is_let_go(store: Store) -> None:
    """One whose end was certain when its source took the link back; one whose end came later keeps its page."""
    parted(store)
    store.db.conn.execute("update bills set ended = 1")
    assert looked_over(store) == {S1: "topic"}
    store.db.conn.execute("update bills set followed = 1, ended = 0")
    assert looked_over(store) == PARTED
    store.db.conn.execute("update bills set ended = 1")
    assert looked_over(store) == PARTED
    store.db.conn.execute("insert into doubts values (?, 'not-ours', '', 'Of rents.', '', 0)", (A1,))
    assert looked_over(store) == {S1: "topic"}


def test_a_guess_that_is_taken_back_keeps_no_bill(store: Store) -> None:
    """What we only thought to be the same bill was never called so by a source."""
    says(store, "lbdc", bill(S1, **OURS), bill("ny/2023/S7"))
    guess = "insert into relations values (?, 'probably-same', 'ny/2023/S7', 'billwatch', 'same title')"
    store.db.conn.execute(guess, (S1,))
    assert looked_over(store) == {S1: "topic", "ny/2023/S7": f"family of {S1}"}
    store.db.conn.execute("delete from relations")
    assert looked_over(store) == {S1: "topic"}
