"""The method page: every stage explained, figures from the store, sessions named, measurements with their day."""

from __future__ import annotations

import re
from pathlib import Path

from billwatch.stages import STAGE_SENTENCES
from billwatch_site.pages.method import figures
from site_pages import cells_of, text_of, tree


def test_every_stage_is_explained(site: Path) -> None:
    """In the words that the bills' pages use."""
    terms = [
        " ".join(e.text_content().split()) for e in tree(site / "method/index.html").xpath("//dl[@class='stages']//dt")
    ]
    assert terms == [label for label, _ in STAGE_SENTENCES.values()]


def test_figures_come_from_the_store(site: Path) -> None:
    """Bills, runs, lines, kinds of change, links: as many as the sample holds."""
    page, said = tree(site / "method/index.html"), text_of(site, "method")
    counted = dict(cells_of(page.xpath("//section[@class='figures']//dl/div")))
    assert counted["bills in the store"] == "39,631" and counted["corrections of the record"] == "1"
    assert counted["changes found in them"] == "56" and "Of 66 lines" in said
    assert ["Cosponsor removed", "3"] in cells_of(page.xpath("//table[@class='kinds']/tbody/tr"))
    assert "as proposed in bills that it names. 1 such link." in said


def test_base_rates_name_their_sessions(site: Path) -> None:
    """Which, how many bills, and the sums of both on the days shown."""
    said = text_of(site, "method")
    assert "Held whole: 2023–2024 (19,981 bills), 2021–2022 (19,636 bills)." in said
    cells = cells_of(tree(site / "method/index.html").xpath("//table[@class='rates']//tbody/tr"))
    assert cells[0] == ["1 February 2023", "240", "40", "120", "80", "18", "2"]
    assert ["1 June 2023", "800", "600", "400", "266", "18", "2"] in cells


def test_what_was_measured_has_a_day_and_a_way_to_repeat_it(site: Path) -> None:
    """No figure without them, and no percentage anywhere on the page."""
    said = text_of(site, "method")
    for figure in figures():
        assert figure.result in said and figure.how in said and figure.on.year >= 2025
    assert not re.search(r"\d ?%|per ?cent", said)
