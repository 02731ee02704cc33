"""Which passage of a constitutional amendment a bill is, as far as the store tells."""

from __future__ import annotations

from datetime import date

import pytest

from billwatch.bill import Action, Bill
from billwatch.follow.following import restage
from billwatch.follow.passages import passage_of
from billwatch.legislatures import legislature
from billwatch.store import Store
from saying import bill, says

NY = legislature("ny")
SECTION = "Constitution, Concurrent Resolutions to Amend"
SENT = "DELIVERED TO SECRETARY OF STATE"
A7454, A2452, S5540, S7222 = "ny/2025/A7454", "ny/2023/A2452", "ny/2023/S5540", "ny/2021/S7222"


def amendment(id: str, *lines: str, **facts: object) -> Bill:
    return bill(id, *lines, law_section=SECTION, **facts)


SECOND = amendment(A7454, previous_versions=("ny/2021/A9416", A2452))
GAVE_WAY = amendment(A2452, "2023-06-08 SUBSTITUTED BY S5540")
PASSED = amendment(S5540, "2023-06-08 PASSED ASSEMBLY", f"2023-06-29 {SENT}", previous_versions=(S7222,))
DIED = amendment(S7222, "2021-06-01 REFERRED TO JUDICIARY")


@pytest.mark.parametrize(
    ("it", "others", "passage"),
    [
        (SECOND, (GAVE_WAY, PASSED, DIED), 2),  # what stood in for the earlier version went to the Secretary of State
        (SECOND, (GAVE_WAY, PASSED), 2),
        (PASSED, (DIED, GAVE_WAY), 1),  # the earlier one died
        (SECOND, (GAVE_WAY,), 0),  # what took its place is not held
        (PASSED, (), 0),  # nothing earlier is held
        (amendment(A7454), (GAVE_WAY, PASSED), 0),  # nothing earlier is stated
        (amendment(A7454, previous_versions=(S7222,)), (DIED,), 0),  # nor for the session before
    ],
)
def test_the_passage_is_read_from_the_session_before(
    store: Store, it: Bill, others: tuple[Bill, ...], passage: int
) -> None:
    """A7454 and its earlier versions as the record has them; where a link or a history is missing, nobody tells."""
    says(store, "open-legislation", it, *others)
    assert passage_of(store, NY, it) == passage


def test_what_its_sister_tells_counts_as_well(store: Store) -> None:
    """The same bill of the other chamber may state the earlier version."""
    first = amendment(A7454, same_as=("ny/2025/S5227",))
    says(store, "open-legislation", first, amendment("ny/2025/S5227", previous_versions=(S5540,)), PASSED)
    assert passage_of(store, NY, first) == 2


def test_what_comes_back_from_the_voters_is_not_for_them_again(store: Store) -> None:
    """The version before was itself a second passage: this one may begin anew."""
    third = amendment("ny/2027/A1", previous_versions=(A7454,))
    sent = amendment(A7454, f"2025-06-25 {SENT}", previous_versions=(A2452,))
    says(store, "open-legislation", third, sent, GAVE_WAY, PASSED)
    assert passage_of(store, NY, third) == 0


def test_a_bill_has_no_passage(store: Store) -> None:
    """Though an earlier version of it may have gone to the Secretary of State."""
    it = bill(A7454, previous_versions=(S5540,))
    says(store, "open-legislation", it, PASSED)
    assert passage_of(store, NY, it) == 0


def test_the_standing_says_who_decides(store: Store) -> None:
    """Once a run has seen the whole, also for the bill that gave way."""
    says(store, "open-legislation", SECOND, GAVE_WAY, PASSED, DIED)
    restage(store, NY, [A7454, A2452], date(2025, 6, 26))
    said = dict(store.db.conn.execute("select id, sentence || steps from bills").fetchall())
    assert '"Voters"' in said[A7454]
    assert said[A2452].partition("[")[0].endswith("on 29 June 2023 for the next legislature.")


BOTH = (Action("2025-05-27", "Senate", "PASSED SENATE"), Action("2025-06-06", "Assembly", "PASSED ASSEMBLY"))


def next_of(store: Store, bill: str) -> str:
    """What can come next for the bill, once a run has seen the whole."""
    restage(store, NY, [bill], date(2025, 6, 13))
    return store.column("select next from bills where id = ?", (bill,))[0]


@pytest.mark.parametrize("lines", [BOTH, (*BOTH, Action("2025-06-25", "Senate", SENT))])
def test_what_was_passed_again_needs_no_second_passage(store: Store, lines: tuple[Action, ...]) -> None:
    """The bill of the next legislature is named, by whichever print of the two its passage stands."""
    again = amendment(A7454, actions=lines, same_as=("ny/2025/S5227",))
    says(store, "open-legislation", PASSED, amendment("ny/2025/S5227", previous_versions=(S5540,)), again)
    assert next_of(store, S5540) == "It was passed again as A7454 of 2025."


def test_what_only_one_chamber_passed_again_still_waits(store: Store) -> None:
    """The other has to, and the voters come after that; a bill that is none of its versions does not count."""
    second = amendment(A7454, actions=BOTH[:1], previous_versions=(S5540,))
    says(store, "open-legislation", PASSED, DIED, second, amendment("ny/2025/S9", actions=BOTH))
    assert next_of(store, S5540) == "The legislature of 2025–2026 must pass it again; then the voters decide."
