"""Are the sources well? One question each, and a plain answer."""

from __future__ import annotations

import json

from answers import KEY, Answers, Given, bill_json, envelope, refusal
from billwatch.errors import Blocked
from billwatch.legislatures import legislature
from billwatch.legislatures.new_york.settings import Settings
from billwatch.reports.check import Health, healths


def health(given: dict[str, Given]) -> dict[str, Health]:
    """Each source's health, where an address that contains the key is answered so."""

    def answers(url: str) -> Given:
        return next((found for part, found in given.items() if part in url), Blocked("a challenge stood there", url))

    settings = Settings(open_legislation_key=KEY)
    return {it.source: it for it in healths(legislature("ny"), settings, Answers(answers))}


def test_a_source_that_answers_is_well() -> None:
    """It says what it answered; the others say what went wrong, each in one line."""
    found = health({"/api/3/": json.dumps(envelope(bill_json("S1413", 2019)))})
    assert list(found) == ["open-legislation", "lbdc", "assembly", "senate"]
    assert found["open-legislation"].well and "1 lines about ny/2019/S1413" in found["open-legislation"].said
    for source in ("lbdc", "assembly", "senate"):
        assert not found[source].well and found[source].said.startswith("a challenge stood there")
        assert "\n" not in found[source].said


def test_an_answer_about_another_bill_is_not_well() -> None:
    """Nor is a missing key, or a page of another kind; and no line shows the key."""
    for given in (envelope(bill_json("S1")), refusal(701, "A valid API key is needed"), "<html></html>"):
        found = health({"/api/3/": given})["open-legislation"]
        assert not found.well and KEY not in found.said
