"""Why a bill that has left its topics is here still."""

from __future__ import annotations

import pytest

from billwatch_site.words.staying import staying


def test_what_it_was_about_and_until_when() -> None:
    """Topics by their names, the day as people write it, and how long it is followed."""
    assert staying("was about biometrics, net-neutrality until 2025-06-03") == (
        "It was about “Biometrics and face recognition” and “Net neutrality and access” until 3 June 2025. "
        "It is followed all the same until its end is certain."
    )


@pytest.mark.parametrize("reason", ["", "named", "topic", "family of ny/2025/S1"])
def test_other_reasons_are_none_of_these(reason: str) -> None:
    """Nothing is said of a bill that has left no topic."""
    assert staying(reason) == ""
