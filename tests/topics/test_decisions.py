"""What a person decided about a bill stands over its words."""

from __future__ import annotations

from billwatch.topics import Classifier, Decision, Taxonomy
from saying import bill

CLASSIFIER = Classifier(Taxonomy.load())
ID = "ny/2025/S404"


def topics(title: str, decision: Decision) -> list[tuple[str, float, str]]:
    classifier = CLASSIFIER.deciding({ID: decision})
    return [(t.topic, t.score, t.evidence) for t in classifier.labels_of(bill(ID, title=title))]


def test_what_is_not_ours_has_no_topic_but_the_reason() -> None:
    """Whatever its words say."""
    said = topics("Relates to biometric data", Decision(not_ours=True, reason="Of cattle."))
    assert said == [("not-ours", 0.0, "by hand: Of cattle.")]


def test_topics_by_hand_come_with_their_reason() -> None:
    """They are certain, and stand beside what the words say."""
    said = topics("Relates to biometric data", Decision(topics=("anonymity",), reason="Its text says so."))
    assert said[0] == ("anonymity", 1.0, "by hand: Its text says so.")
    assert [topic for topic, *_ in said] == ["anonymity", "biometrics"]


def test_a_decided_bill_is_doubtful_no_more() -> None:
    """What was not named is settled too."""
    assert topics("Relates to body cameras", Decision(topics=("anonymity",), reason="x"))[1:] == []


def test_other_bills_are_as_before() -> None:
    """A decision is about one bill."""
    classifier = CLASSIFIER.deciding({"ny/2023/S404": Decision(not_ours=True, reason="x")})
    assert [t.topic for t in classifier.labels_of(bill(ID, title="Relates to biometric data"))] == ["biometrics"]


def test_a_decision_changes_the_edition() -> None:
    """So that the topics are found anew; the same decisions are the same edition."""
    one, two = {ID: Decision(not_ours=True, reason="x")}, {ID: Decision(topics=("anonymity",), reason="x")}
    editions = {CLASSIFIER.edition, CLASSIFIER.deciding(one).edition, CLASSIFIER.deciding(two).edition}
    assert len(editions) == 3
    assert CLASSIFIER.deciding(one).edition == CLASSIFIER.deciding(dict(one)).edition
    assert CLASSIFIER.deciding({}).edition == CLASSIFIER.edition
