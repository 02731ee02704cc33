"""Lines of JSON in, topics with their reasons out; what is odd is said, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from billwatch.topics import Classifier, Decision, Taxonomy
from billwatch.topics.lines import classified_lines

CLASSIFIER = Classifier(Taxonomy.load())


def answers(*bills: dict[str, Any] | bytes, classifier: Classifier = CLASSIFIER) -> list[tuple[Any, str]]:
    lines = [bill if isinstance(bill, bytes) else json.dumps(bill).encode() for bill in bills]
    found: Iterable[tuple[str, str]] = classified_lines(lines, classifier)
    return [(json.loads(line) if line else None, problem) for line, problem in found]


def test_a_bill_comes_back_with_the_words_that_count() -> None:
    """Topics, areas, the score, and for each topic the words, where they stand, the rule and its weight."""
    ((said, problem),) = answers({"id": "a", "title": "Relates to facial recognition"})
    assert problem == ""
    assert (said["id"], said["areas"], said["topics"], said["score"]) == ("a", ["privacy"], ["biometrics"], 0.9)
    (reason,) = said["evidence"][0]["reasons"]
    assert reason["places"] == [["title", ["facial recognition"]]]
    assert (reason["rule"], reason["weight"]) == ("term", 0.9) and "facial recognition" in reason["term"]


def test_a_doubtful_bill_has_no_topic_but_a_score() -> None:
    """What is just too weak is told with its reasons."""
    ((said, _),) = answers({"id": "a", "title": "Relates to body cameras"})
    assert (said["topics"], said["areas"], said["score"]) == ([], [], 0.4)
    assert said["evidence"][0]["reasons"][0]["rule"] == "hint"


def test_every_field_counts_and_may_be_null() -> None:
    """Title, abstract, law, act clause and text; all may be absent or null."""
    bill = {"id": "a", "title": None, "law": "Amd §899-aa, Gen Bus L"}
    assert answers(bill)[0][0]["topics"] == ["breaches-and-security"]
    assert answers({"id": "a", "act_clause": "in relation to biometric data"})[0][0]["topics"] == ["biometrics"]
    assert answers({"id": "a", "text": "A drone with a camera. " * 3 + "Use of drones. " * 4})[0][0]["topics"]
    assert answers({"id": "a"})[0] == ({"id": "a", "areas": [], "topics": [], "score": 0.0, "evidence": []}, "")


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    """Not JSON, no id, no UTF-8: one line each with its number."""
    good = {"id": "a", "title": "x"}
    said = answers(good, b"{", b'{"title": "x"}', b'{"id": 7}', b'{"id": "\xff"}', b" \n", good)
    assert [line is not None for line, _ in said] == [True, False, False, False, False, True]
    assert [problem.split(":")[0] for _, problem in said if problem] == ["line 2", "line 3", "line 4", "line 5"]


def test_five_megabytes_of_text() -> None:
    """The first million letters are read, and that is said."""
    ((said, problem),) = answers({"id": "a", "title": "Relates to drones and privacy", "text": "of drones " * 525_000})
    assert said["topics"] == ["police-technology"]
    assert problem == "line 1: a: 5.2 million letters in a field; the first million was read"


def test_control_characters() -> None:
    """They are left out, and that is said."""
    ((said, problem),) = answers({"id": "a", "title": "Relates to bio\x00metric data"})
    assert said["topics"] == ["biometrics"] and problem == "line 1: a: control characters were left out"


def test_another_language() -> None:
    """The taxonomy is English: a bill in another language is answered, with a warning."""
    german = "Regelt die automatische Gesichtserkennung durch Behörden und verbietet deren Verwendung in Schulen"
    ((said, problem),) = answers({"id": "a", "title": german})
    assert said["topics"] == [] and "does not read as English" in problem
    assert answers({"id": "a", "title": "Relates to the use of facial recognition by police in schools"})[0][1] == ""


def test_a_decision_counts_here_too() -> None:
    """A bill that a person decided about has what was decided, with the reason."""
    decided = CLASSIFIER.deciding({"ny/2025/A1071": Decision(topics=("content-moderation",), reason="Its text is.")})
    ((said, _),) = answers({"id": "ny/2025/A1071", "title": "Relates to material"}, classifier=decided)
    assert (said["topics"], said["score"]) == (["content-moderation"], 1.0)
    assert said["evidence"][0]["reasons"][0]["places"] == [["by hand", ["Its text is."]]]


@given(st.lists(st.binary(max_size=40) | st.text(max_size=20).map(str.encode), max_size=4))
def test_whatever_comes_in_each_line_gets_an_answer(lines: list[bytes]) -> None:
    """No bytes end the reading."""
    found = list(classified_lines(lines, CLASSIFIER))
    assert len(found) == sum(bool(line.strip()) for line in lines)
