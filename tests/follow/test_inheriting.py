"""A label travels through a family, marked, and not into bills that became something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answers import NOON
from billwatch.follow.following import retopic
from billwatch.follow.inheriting import Likeness, inherit
from billwatch.store import Store
from billwatch.topics import Classifier, Decision, Taxonomy
from saying import bill, recorder, says, told

CLASSIFIER = Classifier(Taxonomy.load())
S1, A1, OLD, OLDER, OLDEST = "ny/2025/S1", "ny/2025/A1", "ny/2023/S5", "ny/2021/S6", "ny/2019/S7"
TITLE = "Relates to the conduct of large retail stores in rented business premises"
OURS = {"title": f"{TITLE} that use facial recognition", "abstract": "Of stores"}
BARE = {"title": TITLE, "abstract": "Of stores"}
DAY = timedelta(days=1)


def looked_over(store: Store, day: int = 0, *, silent: bool = False, **decisions: Decision) -> None:
    """What an update does when all sources have been read."""
    writing = recorder(store, "billwatch", NOON + day * DAY)
    by_id = {f"ny/2025/{number}": decision for number, decision in decisions.items()}
    with store.atomic():
        inherit(store, "ny", by_id, writing.desk.stamp, None if silent else writing.teller.tell)


def labels(store: Store, id: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in store.rows("select topic, inherited_from from topics where bill = ?", (id,))]


def of_topics(store: Store, id: str) -> list[tuple[str, str]]:
    return [(kind, was or now) for kind, was, now in told(store, id) if kind.startswith("topic")]


def test_a_twin_and_an_earlier_version_inherit_and_say_from_whom(store: Store) -> None:
    """The same bill in the other house and session has the label too; nothing is told of a bill that is new."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,), previous_versions=(OLD,)), bill(A1, **BARE), bill(OLD, **BARE))
    looked_over(store)
    assert labels(store, S1) == [("biometrics", "")]
    assert labels(store, A1) == labels(store, OLD) == [("biometrics", S1)]
    assert of_topics(store, A1) == []


def test_a_substitute_inherits(store: Store) -> None:
    """What replaces a bill is that bill."""
    says(store, "lbdc", bill(S1, **OURS, substituted_by=A1), bill(A1, **BARE))
    looked_over(store)
    assert labels(store, A1) == [("biometrics", S1)]


def test_a_label_does_not_travel_endlessly(store: Store) -> None:
    """Two links away is the same fight; three may be another, and what is inherited is not passed on."""
    chain = ((OLD, OLDER), (OLDER, OLDEST), (OLDEST, "ny/2017/S8"))
    linked = [bill(new, **BARE, previous_versions=(old,)) for new, old in chain]
    says(store, "lbdc", bill(S1, **OURS, previous_versions=(OLD,)), *linked)
    for _ in range(3):
        looked_over(store)
    assert labels(store, OLD) and labels(store, OLDER) and not labels(store, OLDEST)


def test_a_bill_that_was_amended_into_something_else_inherits_nothing(store: Store) -> None:
    """The link stands, the text is about bridges now."""
    says(store, "lbdc", bill(S1, **OURS, previous_versions=(OLD,)), bill(OLD, title="Provides for bridges in Kings"))
    looked_over(store)
    assert labels(store, OLD) == []


def test_what_is_doubtful_is_not_passed_on(store: Store) -> None:
    """And what is passed on is less sure than what it comes from."""
    late = {"title": TITLE, "abstract": "Of stores that keep a record of faces or use facial recognition"}
    says(store, "lbdc", bill(S1, **late, same_as=(A1,)), bill(A1, **BARE))
    looked_over(store)
    assert store.column("select score from topics where bill = ?", (S1,)) == [0.63] and labels(store, A1) == []
    says(store, "lbdc", bill(S1, title=f"{TITLE} and facial recognition", same_as=(A1,)), at=NOON + DAY)
    looked_over(store, 1)
    assert store.column("select score from topics where bill = ?", (A1,)) == [0.63]


def test_guesses_pass_nothing_on(store: Store) -> None:
    """What we only think is the same bill is no ground for a label."""
    says(store, "lbdc", bill(S1, **OURS), bill(OLD, **BARE))
    store.db.conn.execute("insert into relations values (?, 'probably-same', ?, 'billwatch', 'x')", (S1, OLD))
    looked_over(store)
    assert labels(store, OLD) == []


def test_an_inherited_label_that_comes_and_goes_is_told_once(store: Store) -> None:
    """A known bill whose twin becomes ours is ours, and ceases to be when the twin does; each is told once."""
    says(store, "lbdc", bill(S1, **BARE, same_as=(A1,)), bill(A1, **BARE))
    looked_over(store)
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), at=NOON + DAY)
    for _ in range(2):
        looked_over(store, 1)
    assert of_topics(store, A1) == [("topic-added", "biometrics")]
    says(store, "lbdc", bill(S1, **BARE, same_as=(A1,)), at=NOON + 2 * DAY)
    for _ in range(2):
        looked_over(store, 2)
    expected = [("topic-added", "biometrics"), ("topic-removed", "biometrics")]
    assert of_topics(store, A1) == of_topics(store, S1) == expected
    assert labels(store, A1) == labels(store, S1) == []


def test_inherited_and_then_its_own_is_no_news(store: Store) -> None:
    """A bill that had the label from its twin, and whose own words say it now, is ours as before; and back."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE))
    looked_over(store)
    says(store, "lbdc", bill(A1, **OURS), at=NOON + DAY)
    looked_over(store, 1)
    assert labels(store, A1) == [("biometrics", "")]
    says(store, "lbdc", bill(A1, **BARE), at=NOON + 2 * DAY)
    assert labels(store, A1) == [("biometrics", S1)]  # already before all is looked over: a killed run loses nothing
    looked_over(store, 2)
    assert labels(store, A1) == [("biometrics", S1)] and of_topics(store, A1) == []


def test_twins_that_become_ours_and_cease_to_be_together(store: Store) -> None:
    """Both are told, both ways, though each could have inherited from the other."""
    for day, facts in enumerate((BARE, OURS, BARE)):
        says(store, "lbdc", bill(S1, **facts, same_as=(A1,)), bill(A1, **facts, same_as=(S1,)), at=NOON + day * DAY)
        looked_over(store, day)
    expected = [("topic-added", "biometrics"), ("topic-removed", "biometrics")]
    assert of_topics(store, S1) == of_topics(store, A1) == expected
    assert labels(store, S1) == labels(store, A1) == []


def test_an_edited_taxonomy_tells_nothing(store: Store) -> None:
    """New words make old bills ours, also by inheritance: no bill changed, so nothing is told, and topics are right."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE))
    store.set_bookmark("ny/taxonomy", "an earlier one")
    store.put_topics({S1: []})
    with store.atomic():
        assert retopic(store, "ny", CLASSIFIER) is True
    looked_over(store, 1, silent=True)
    assert labels(store, A1) == [("biometrics", S1)] and labels(store, S1) == [("biometrics", "")]
    assert of_topics(store, A1) == of_topics(store, S1) == []
    with store.atomic():
        assert retopic(store, "ny", CLASSIFIER) is False


def test_a_decision_against_a_bill_keeps_inheritance_out(store: Store) -> None:
    """A person said that this one is not ours, whatever its twin is; what was decided by hand travels."""
    says(store, "lbdc", bill(S1, **OURS, same_as=(A1,)), bill(A1, **BARE))
    looked_over(store, A1=Decision(not_ours=True, reason="x"))
    assert labels(store, A1) == []
    by_hand = CLASSIFIER.deciding({S1: Decision(topics=("anonymity",), reason="Its text.")})
    store.put_topics({S1: by_hand.labels_of(bill(S1, **BARE))})
    looked_over(store)
    assert labels(store, A1) == [("anonymity", S1)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Relates to smart meters", ""), ("Relates to the use of smart meters", ""), True),
        (("Relates to smart meters", ""), ("Relates to bridges", ""), False),
        (("Relates to smart meters", "Amd §1, Ed L"), ("Relates to bridges", "Amd §1, Ed L"), True),
        (("", ""), ("", ""), False),
    ],
)
def test_what_still_reads_like_the_same_bill(one: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    """The same sections of law, or half of the words of both titles."""
    assert Likeness(*one).alike(Likeness(*other)) is alike


def test_a_relative_that_we_do_not_hold_gives_nothing(store: Store) -> None:
    """A source names an earlier version that is not in the store: a bill that loses its topic inherits none from it."""
    says(store, "lbdc", bill(S1, **OURS, previous_versions=(OLD,)))
    says(store, "lbdc", bill(S1, **BARE, previous_versions=(OLD,)), at=NOON + DAY)
    assert labels(store, S1) == []
    assert of_topics(store, S1) == [("topic-removed", "biometrics")]
