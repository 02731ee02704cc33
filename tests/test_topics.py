"""Topics: which bills are ours, and the words that say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import UsageError
from billwatch.topics import Classifier, Taxonomy, Topic, classified, followed

TAXONOMY = """
[areas]
speech = "Online speech"
[[topic]]
slug = "feeds"
area = "speech"
name = "Feeds"
explanation = "What is shown to whom."
terms = ["social media", "drone*", "app store + minor*"]
not = ["social media campaign*"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Classifier:
    file = tmp_path / "taxonomy.toml"
    file.write_text(TAXONOMY)
    return Classifier(Taxonomy.load(file))


def evidence(classifier: Classifier, *fields: str) -> str:
    return " / ".join(topic.evidence for topic in classifier.topics(*fields))


def test_the_bill_that_started_it_is_ours() -> None:
    """S9191 of 2017 is found by its own words, and the evidence quotes them."""
    topics = classified(
        "Relates to requiring social media and search engine reviews prior to the approval of an application for a "
        "license to carry or possess a pistol or revolver; requires a person applying for such license to consent"
    )
    reading = next(t for t in topics if t.topic == "government-reading")
    assert reading.area == "speech"
    assert "title: 'social media and search engine reviews'" in reading.evidence


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Establishes the Stop Addictive Feeds Exploitation (SAFE) for Kids act", "social-media-minors"),
        ("Requires age verification for internet pornography websites", "age-verification"),
        ("Relates to a threat to share an intimate image", "intimate-images"),
        ("Prohibits the use of reverse location and reverse keyword searches", "warrants-and-wiretaps"),
        ("Relates to enacting the NY privacy act", "consumer-privacy"),
        ("Relates to banning the use of biometric identifying technology in schools", "biometrics"),
        ("Prohibits the use of surveillance pricing", "data-brokers"),
    ],
)
def test_bills_that_experts_list(title: str, topic: str) -> None:
    """Titles of bills on independent experts' lists fall under the subtopic a reader would look in."""
    assert topic in {t.topic for t in classified(title)}


@pytest.mark.parametrize(
    "title",
    [
        "Establishes a distinctive license plate for volunteer firefighters",
        "Requires agencies to post meeting minutes on their website",
        "Provides limitations on overlapping control between insurance companies and pharmacy benefits managers",
        "Relates to increasing fines for certain speed camera violations",
        "Prohibits the sale of electronic cigarettes to minors",
    ],
)
def test_bills_that_only_sound_like_ours(title: str) -> None:
    """Plain words that lead a keyword net astray do not count."""
    assert classified(title) == []


def test_only_whole_words_count(small: Classifier) -> None:
    """A term inside another word is not that term; a * takes the longer word, and quotes it whole."""
    assert evidence(small, "Antisocial media", "social mediator") == ""
    assert evidence(small, "Of drones") == "title: 'drones'"
    assert evidence(small, "Hydrones") == ""


def test_case_hyphens_and_apostrophes_do_not_matter(small: Classifier) -> None:
    """The same phrase in another dress is the same phrase."""
    assert evidence(small, "SOCIAL-MEDIA") == "title: 'social media'"


def test_a_term_of_two_parts_wants_both(small: Classifier) -> None:
    """ "app store + minor*" needs both, in whichever field."""
    assert evidence(small, "App store rules") == ""
    assert evidence(small, "App store rules", "for minors") == "title: 'app store'; summary: 'minors'"


def test_an_exception_turns_a_term_off_only_where_it_stands(small: Classifier) -> None:
    """A social media campaign is not about social media, unless the bill speaks of that too."""
    assert evidence(small, "A social media campaign against drunk driving") == ""
    assert evidence(small, "A social media campaign", "about social media") == "summary: 'social media'"


def test_evidence_is_short_and_the_same_every_time(small: Classifier) -> None:
    """Each word once a field, in the order of the text, whatever the order of the taxonomy."""
    text = "Drones, social media, drones and social media"
    assert evidence(small, text) == "title: 'drones', 'social media'"
    assert small.topics(text) == small.topics(text)


def test_chosen_topics() -> None:
    """A configuration may name areas or subtopics."""
    topics = [Topic("biometrics", "privacy", "x"), Topic("anonymity", "speech", "y")]
    assert followed(topics, ["privacy"]) == topics[:1]
    assert followed(topics, ["anonymity"]) == topics[1:]
    assert followed(topics, []) == []


def test_the_projects_taxonomy_is_whole() -> None:
    """Two areas, 23 subtopics, each explained in one sentence, no slug or term written twice."""
    taxonomy = Taxonomy.load()
    assert list(taxonomy.areas) == ["speech", "privacy"]
    assert [s.area for s in taxonomy.topic].count("speech") == 11
    assert len({s.slug for s in taxonomy.topic}) == len(taxonomy.topic) == 23
    for subtopic in taxonomy.topic:
        assert subtopic.explanation.endswith(".") and subtopic.explanation.count(". ") == 0
        assert len(set(subtopic.terms)) == len(subtopic.terms) > 3


def test_every_term_of_the_taxonomy_can_be_found() -> None:
    """A term that its own text does not meet could never make a bill ours."""
    classifier = Classifier(Taxonomy.load())
    for subtopic in classifier.taxonomy.topic:
        for term in subtopic.terms:
            found = classifier.topics(term.replace("*", "").replace(" + ", " . "))
            assert subtopic.slug in {t.topic for t in found}, term


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[topic", "not a taxonomy"),
        (TAXONOMY.replace("terms", "term"), "not a taxonomy .*unknown field `term`"),
        (TAXONOMY.replace('area = "speech"', 'area = "spech"'), "feeds: no area 'spech'; add it under"),
    ],
)
def test_a_broken_taxonomy_says_where(tmp_path: Path, text: str, says: str) -> None:
    """An edited taxonomy that cannot be read is one line with the file's name."""
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=f"mine.toml: {says}"):
        Taxonomy.load(file)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_any_text_can_be_classified(title: str, abstract: str, law: str) -> None:
    """No text breaks the finder; every topic it gives has evidence that names a field."""
    for topic in classified(title + " biometric", abstract, law):
        assert topic.evidence.split(": ")[0] in {"title", "summary", "law"}
