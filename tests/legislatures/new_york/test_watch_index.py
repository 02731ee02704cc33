"""Finding bills without a key: one question a session, and only what is new is told."""

from __future__ import annotations

from typing import Any

import pytest

from answers import Answers, Given, answer
from billwatch.errors import LayoutChanged
from billwatch.legislatures.new_york.watch_index import AssemblyIndex
from billwatch.run.desk import Observed, Sighting, Unchanged
from billwatch.store import Store
from saying import desk, recorder

SOURCE = AssemblyIndex("https://example.org/leg/")


def page(*bills: tuple[str, str], term: str = "2025") -> str:
    """The list as the Assembly's advanced search prints it: a link and the title behind it."""
    rows = "".join(
        f'<a href="?bn={n}&term={term}&sh=t" target="_blank">{n}</a>&nbsp;&nbsp;{title}<br>\n' for n, title in bills
    )
    return f'<!DOCTYPE html><html><body><div id="leg_search">{rows}</div></body></html>'


def seen(store: Store, given: Given, **more: Any) -> tuple[list[Sighting], Answers]:
    fetcher = Answers(lambda url: given)
    return list(SOURCE.watch(desk(store, fetcher=fetcher, **{"topics": ("speech",), **more}))), fetcher


def test_one_question_brings_every_number_and_title(store: Store) -> None:
    """Bills of both houses by their base numbers; resolutions are left out; nothing is claimed but the title."""
    found, fetcher = seen(
        store, page(("S00404", "Relates to bail"), ("A05346-A", "Relates to cats"), ("K00001", "Mourns"))
    )
    bills = [s.bill for s in found if isinstance(s, Observed)]
    assert [(b.id, b.title, b.actions, b.status) for b in bills] == [
        *(("ny/2025/S404", "Relates to bail", None, None), ("ny/2025/A5346", "Relates to cats", None, None))
    ]
    assert fetcher.asked == ["https://example.org/leg/?sh=advanced"] and fetcher.forms[0]["term"] == "2025"


def test_only_what_is_new_is_handed_on(store: Store) -> None:
    """The same list again: unchanged; another title of one bill: that bill."""
    first, _ = seen(store, page(("S00404", "Relates to bail"), ("S00405", "Relates to jail")))
    recorder(store, SOURCE.name).record([s for s in first if isinstance(s, Observed)])
    second, _ = seen(store, page(("S00404", "Relates to bail"), ("S00405", "Relates to mail")))
    assert [s.bill.title for s in second if isinstance(s, Observed)] == ["Relates to mail"]
    assert [s for s in second if isinstance(s, Unchanged)] == [Unchanged(("ny/2025/S404",))]


@pytest.mark.parametrize("more", [{"topics": ()}, {"only": {"lbdc": frozenset({"ny/2025/S404"})}}])
def test_where_only_named_bills_count_it_is_not_asked(store: Store, more: dict[str, Any]) -> None:
    """Nothing to find: no request."""
    found, fetcher = seen(store, page(("S00404", "Relates to bail")), **more)
    assert (found, fetcher.asked) == ([], [])


@pytest.mark.parametrize("given", [page(), page(("S00404", "Relates to bail"), term="2023"), "<html></html>"])
def test_a_page_without_the_list_is_an_error_not_an_empty_session(store: Store, given: str) -> None:
    """No bill at all, or bills of another session: the source's failure, and no fact."""
    with pytest.raises(LayoutChanged):
        seen(store, answer(given))


def test_it_is_probed_with_a_session_that_has_ended() -> None:
    """One question, and how many bills there were: that cannot change any more."""
    fetcher = Answers(lambda url: page(("S00404", "Relates to bail"), ("K00001", "Mourns"), term="2019"))
    assert SOURCE.probe(fetcher) == "answered with 1 bills of 2019" and len(fetcher.asked) == 1
