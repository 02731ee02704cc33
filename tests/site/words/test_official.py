"""What readers are told of a legislature: each source by a name for sentences, and its home page."""

from __future__ import annotations

import pytest

from billwatch.legislatures import all_codes
from billwatch.legislatures import legislature as watched
from billwatch.legislatures.new_york.settings import Settings
from billwatch_site.words.official import legislature


@pytest.mark.parametrize("key", ["", "a key"])
@pytest.mark.parametrize("code", all_codes())
def test_every_source_that_is_asked_has_its_words(code: str, key: str) -> None:
    """With a key and without one: no page says "Assembly-index", and each links to where it can be seen."""
    asked = [source.name for source in watched(code).sources(Settings(open_legislation_key=key))]
    house = legislature(code)
    assert asked and set(asked) <= house.sources.keys()
    assert all(house.source_label(name) != name for name in asked)
    assert all(page.url.startswith("http") for page in house.sources.values())


def test_sources_stand_in_the_order_in_which_they_lead() -> None:
    """The page of the sources shows them so, whatever was asked first."""
    asked = [source.name for source in watched("ny").sources(Settings())]
    assert [name for name in legislature("ny").sources if name in asked] == asked
