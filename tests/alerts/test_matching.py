"""Matching is what a brute-force reading of the rules says, for any subscriptions and any news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.brute import expected
from alerts.news import change, news, record
from billwatch_site.alerts.matching import Board, News, matches_of
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import Change

BILLS = ["ny/2025/S1", "ny/2025/A2", "ny/2023/S3", "us/119/HR4"]
FAMILIES = {"ny/2025/S1": "ny/2023/S3", "ny/2025/A2": "ny/2023/S3", "ny/2023/S3": "ny/2023/S3"}
TOPICS = {"ny/2025/S1": ["privacy/biometrics"], "us/119/HR4": ["speech/age-verification", "privacy/biometrics"]}
TITLES = {"ny/2025/S1": "Gun licenses and social media", "ny/2025/A2": "A license", "us/119/HR4": "Guns"}
TARGETS = {
    "bill": BILLS,
    "family": BILLS,
    "legislature": ["ny", "us"],
    "topic": ["biometrics", "privacy", "speech", "age-verification", "nothing"],
    "words": ["license", "gun license", '"social media"', "passed senate", "joined"],
}
KINDS = ["action", "action-edited", "action-removed", "topic-removed", "cosponsor-added"]


@st.composite
def some_news(draw: st.DrawFn) -> list[News]:
    """Up to twelve changes of four bills, some of which correct earlier ones or what was told long ago."""
    found: list[Change] = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        ids = [*(c.id for c in found), "told-before", "never-told"]
        found.append(
            change(
                draw(st.sampled_from(BILLS)),
                id=f"c{number}",
                kind=kind,
                was="biometrics" if kind == "topic-removed" else "",
                severity=draw(st.sampled_from(["milestone", "notable", "detail"])),
                corrects=draw(st.sampled_from(["", *ids])) if kind.startswith("action-") else "",
            )
        )
    return [
        News(n, c, record(c.bill, topics=TOPICS.get(c.bill, ()), title=TITLES.get(c.bill, "")))
        for n, c in enumerate(found, 1)
    ]


@st.composite
def subscription(draw: st.DrawFn) -> Subscription:
    kind = draw(st.sampled_from(sorted(TARGETS)))
    strength = draw(st.sampled_from(["milestones", "notable", "all"]))
    return Subscription("ann", kind, draw(st.sampled_from(TARGETS[kind])), strength, draw(st.integers(0, 12)))  # type: ignore[arg-type] # of the lists above


@given(some_news(), st.lists(subscription(), max_size=6))
def test_the_board_finds_what_brute_force_finds(found: list[News], subscriptions: list[Subscription]) -> None:
    """The same changes with the same reasons, each once, in the order in which we saw them."""
    told = {"told-before"}
    matches = matches_of(Board(found, FAMILIES), subscriptions, told)
    wanted = expected([(n.count, n.change, n.record) for n in found], subscriptions, FAMILIES, told)
    assert {m.news.change.id: set(m.reasons) for m in matches} == wanted
    assert [m.news.count for m in matches] == sorted({m.news.count for m in matches})
    assert all(len(set(m.reasons)) == len(m.reasons) for m in matches)


def test_two_subscriptions_one_item() -> None:
    """What two subscriptions ask for comes once, with both reasons."""
    bill, house = Subscription("ann", "bill", "ny/2025/S4505"), Subscription("ann", "legislature", "ny")
    (match,) = matches_of(Board(news([change()]), {}), [bill, house])
    assert match.reasons == (bill, house)


def test_a_correction_reaches_whoever_was_told() -> None:
    """A correction is a detail, but whoever heard that a bill passed hears that it did not."""
    passed = change()
    gone = change(kind="action-removed", was=passed.now, now="", severity="detail", corrects=passed.id)
    only_milestones = Subscription("ann", "bill", "ny/2025/S4505", "milestones")
    (match,) = matches_of(Board(news([gone]), {}), [only_milestones], {passed.id})
    assert match.news.change is gone
    assert matches_of(Board(news([gone]), {}), [only_milestones]) == [], "and nobody else"


@pytest.mark.parametrize("topic", ["biometrics", "privacy"])
def test_whoever_follows_a_topic_hears_that_a_bill_left_it(topic: str) -> None:
    """Also where it has no topic any more, and also by the area."""
    left = change(kind="topic-removed", was="biometrics", now="", severity="notable")
    (match,) = matches_of(Board(news([left]), {}), [Subscription("ann", "topic", topic)])
    assert match.news.change is left
