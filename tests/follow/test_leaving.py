"""A bill that was followed for its topic and is gutted stays followed, with a reason that says so."""

from __future__ import annotations

from datetime import timedelta

from answers import NOON
from billwatch.bill import BillId
from billwatch.follow.following import follow, retopic
from billwatch.follow.inheriting import inherit
from billwatch.follow.leaving import reasons_to_stay
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
        follow(store, "ny", map(BillId.parse, named), topics, staying)
    return dict(store.db.conn.execute("select id, follow_reason from bills where followed").fetchall())


def gutted(store: Store) -> None:
    """S1 is ours and followed, and a day later it is about something else."""
    says(store, "lbdc", bill(S1, **OURS))
    assert looked_over(store) == {S1: "topic"}
    says(store, "lbdc", bill(S1, **BARE), at=NOON + DAY)


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
