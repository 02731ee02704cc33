"""Topics: which bills are ours, and the words that say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import UsageError
from billwatch.topics import Classifier, Subtopic, Taxonomy, Topic
from billwatch.topics.terms import terms_of

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


OURS = Classifier(Taxonomy.load())


def classified(title: str, abstract: str = "", law: str = "") -> list[Topic]:
    """The topics of a bill by the project's own taxonomy."""
    return OURS.topics(title, abstract, law)


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


GUN_LICENCE = (
    "Relates to requiring social media reviews prior to the approval of an application for a license to carry a pistol",
    "Relates to requiring social media and search engine reviews prior to the delivery of a rifle or shotgun; provides "
    "that the purchaser shall consent to have his or her social media accounts and search engine history reviewed and "
    "investigated by the police authority of the locality where such sale is made",
)
CHILD_DATA = (
    "Establishes the New York child data protection act",
    "Establishes the New York child data protection act to protect minors from having their personal data accessed",
)


@pytest.mark.parametrize(
    ("fields", "topics"),
    [
        (GUN_LICENCE, {"government-reading"}),
        (("", GUN_LICENCE[1]), {"government-reading"}),
        (("Permits schools to look at the social media accounts of prospective employees",), {"government-reading"}),
        (("Requires age verification for internet pornography websites",), {"age-verification"}),
        (CHILD_DATA, {"children-data", "consumer-privacy"}),
    ],
)
def test_words_that_mean_another_topic_bring_no_topic_of_their_own(fields: tuple[str, ...], topics: set[str]) -> None:
    """Police who read a gun buyer's accounts are no matter of minors, adult sites none of intimate images, and a data
    protection act says nothing of breaches."""
    assert {label.topic for label in Classifier(Taxonomy.load()).labels(*fields)} == topics


def test_an_account_of_a_minor_still_counts_beside_what_is_reviewed() -> None:
    """Only the words that speak of a review are set aside, not the bill."""
    found = classified("Requires parental consent for social media accounts, and social media reviews of applicants")
    assert {topic.topic for topic in found} >= {"social-media-minors", "government-reading"}


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
    """Each term once, at its best place, the longer term first."""
    text = "Drones, social media, drones and social media"
    assert evidence(small, text, text) == "title: 'social media'; title: 'drones'"
    assert small.topics(text) == small.topics(text)


def test_words_that_stand_apart_are_not_one_term(small: Classifier) -> None:
    """ "app store + minor*" wants both near each other: a long act speaks of both somewhere."""
    assert evidence(small, "App store rules", "x " * 250 + "for minors") == ""


def test_a_source_without_titles(small: Classifier) -> None:
    """A summary begins with what the title would say."""
    (topic,) = small.topics("", "Relates to social media; " + "makes provisions; " * 20)
    assert topic.evidence == "title: 'social media'" and topic.score == 0.9


def test_where_words_stand_counts(small: Classifier) -> None:
    """The title says what a bill is about, a summary's beginning less surely, and later on it mentions in passing."""
    late = "Relates to one thing; " + "provides for another; " * 8
    scores = [
        max(topic.score for topic in small.labels(*fields))
        for fields in (("Of drones",), ("Of things", "Of drones"), ("Of things", late + "and drones"))
    ]
    assert scores == [0.9, 0.63, 0.45]
    assert small.topics("Of things", late + "and drones") == []


def test_an_act_clause_is_read_where_the_title_says_little(small: Classifier) -> None:
    """ "Relates to certain matters" is no title; "AN ACT ... in relation to drones" tells."""
    clause = "AN ACT to amend the general business law, in relation to drones"
    assert [t.topic for t in small.topics("Relates to certain matters", act_clause=clause)] == ["feeds"]
    assert small.topics("Relates to the construction of bridges in the county of Kings", act_clause=clause) == []


def test_a_long_text_does_not_flag_by_a_passing_mention(small: Classifier) -> None:
    """A full text counts where it speaks of the matter again and again, not where it names it."""
    filler = "The department shall adopt rules for the bridges of the state. " * 200
    assert small.labels("Of bridges", text=filler + "No drones are allowed. ") == []
    assert small.labels("Of bridges", text=filler + "Drones, drones, drones. ")[0].ours is False
    assert small.topics("Relates to flying", text="A drone is flown. No drone flies at night. A drone is registered.")


def test_an_omnibus_bill_mentions_in_passing(tmp_path: Path) -> None:
    """A budget bill holds something of everything: it is for a person to look at."""
    file = tmp_path / "taxonomy.toml"
    file.write_text('omnibus = ["enacts into law major components"]\n' + TAXONOMY)
    (label,) = Classifier(Taxonomy.load(file)).labels("Enacts into law major components of the budget and of drones")
    assert label.doubtful and not label.ours


def test_hints_are_for_a_person(tmp_path: Path) -> None:
    """What may mean something else does not make a bill ours, however often; with a law about nothing else it does."""
    file = tmp_path / "taxonomy.toml"
    file.write_text(TAXONOMY + 'hints = ["camera*", "website*"]\nlaws = ["899 aa + gen bus l"]\n')
    small = Classifier(Taxonomy.load(file))
    (label,) = small.labels("Relates to cameras")
    assert (label.score, label.ours, label.evidence) == (0.4, False, "title: 'cameras' (a hint)")
    (label,) = small.labels("Relates to cameras and websites")
    assert (label.score, label.ours) == (0.49, False)
    assert small.topics("Relates to cameras", law="Amd §899-aa, Gen Bus L")[0].score == 0.76
    assert small.topics("Relates to section 899-aa of the Gen Bus L") == []


def test_a_choice_in_a_term(tmp_path: Path) -> None:
    """ "a + b | c" is met by a with b, and by a with c."""
    file = tmp_path / "taxonomy.toml"
    file.write_text(TAXONOMY.replace("app store + minor*", "app store + minor* | teen*"))
    small = Classifier(Taxonomy.load(file))
    assert small.topics("App stores and teens") == [] and small.topics("An app store for teens")
    assert small.topics("An app store for minors") and not small.topics("Minors and teens")


@pytest.mark.parametrize("subtopic", Taxonomy.load().topic, ids=lambda subtopic: subtopic.slug)
def test_the_examples_of_the_taxonomy_are_found(subtopic: Subtopic) -> None:
    """Each subtopic shows titles that must be found, and they are."""
    assert subtopic.examples
    for title in subtopic.examples:
        assert subtopic.slug in {topic.topic for topic in classified(title)}, title


def test_the_projects_taxonomy_is_whole() -> None:
    """Two areas, 23 subtopics, each explained in one sentence, no slug or term written twice."""
    taxonomy = Taxonomy.load()
    assert list(taxonomy.areas) == ["speech", "privacy"]
    assert [s.area for s in taxonomy.topic].count("speech") == 11
    assert len({s.slug for s in taxonomy.topic}) == len(taxonomy.topic) == 23
    for subtopic in taxonomy.topic:
        assert subtopic.explanation.endswith(".") and subtopic.explanation.count(". ") == 0
        written = (*subtopic.terms, *subtopic.hints, *subtopic.laws)
        assert len(set(written)) == len(written) > 3


def test_every_term_of_the_taxonomy_can_be_found() -> None:
    """A term that its own text does not meet could never make a bill ours."""
    classifier = Classifier(Taxonomy.load())
    for subtopic in classifier.taxonomy.topic:
        for term in terms_of(subtopic):
            words = " . ".join(term.parts).replace("*", "")
            found = classifier.labels("", law=words) if term.rule == "law" else classifier.labels(words)
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
        assert topic.evidence.split(": ")[0] in {"title", "summary", "law", "act clause"}
