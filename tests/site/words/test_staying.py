"""Why a bill that has left its topics, or parted from its twin, is here still."""

from __future__ import annotations

import pytest

from billwatch_site.words.staying import staying


def test_what_it_was_about_and_until_when() -> None:
    """Topics by their names, the day as people write it, and how long it is followed."""
    assert staying("was about biometrics, net-neutrality until 2025-06-03") == (
        "It was about “Biometrics and face recognition” and “Net neutrality and access” until 3 June 2025. "
        "It is followed all the same until its end is certain."
    )


def test_the_twin_that_it_parted_from() -> None:
    """By its number, for the two are of one session."""
    assert staying("was the same bill as ny/2025/S6953 until 2025-05-28") == (
        "It was the same bill as S6953 until 28 May 2025. It is followed all the same until its end is certain."
    )


@pytest.mark.parametrize("reason", ["about biometrics", "the same bill as ny/2025/S6953"])
def test_what_has_ended_since_is_followed_no_more(reason: str) -> None:
    """Nobody says of a bill whose end is certain that it is followed until then."""
    said = staying(f"was {reason} until 2025-05-28", ended=True)
    assert said.endswith(" until 28 May 2025. It was followed until its end.")


@pytest.mark.parametrize("reason", ["", "named", "topic", "family of ny/2025/S1"])
def test_other_reasons_are_none_of_these(reason: str) -> None:
    """Nothing is said of a bill that has left no topic."""
    assert staying(reason) == ""
