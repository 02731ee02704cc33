"""Which bills are ours, where they stand, and which have come back: the family of S9191 as the record has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from answers import NOON
from billwatch.bill import BillId, Sponsorship
from billwatch.follow.following import announce_returns, compare_sources, follow, linked, restage
from billwatch.legislatures import legislature
from billwatch.store import Store
from saying import ORDER, bill, recorder, says, told

S9191, S1413, A5256 = "ny/2017/S9191", "ny/2019/S1413", "ny/2019/A5256"
TITLE = "Relates to requiring social media and search engine reviews prior to the approval of an application"
PARKER = (Sponsorship("Kevin S. Parker", "PARKER", "primary"),)
DAY = timedelta(days=1)


@pytest.fixture
def family(store: Store) -> Store:
    """S9191 of 2017; its return of 2019 with a sister in the Assembly, and a bill that has nothing to do with them."""
    says(store, "lbdc", bill(S9191, "2018-11-14 REFERRED TO RULES", title=TITLE, sponsors=PARKER), at=NOON - DAY)
    says(
        store,
        "lbdc",
        bill(S1413, title=TITLE, sponsors=PARKER, previous_versions=(S9191,), same_as=(A5256,)),
        bill(A5256, title=TITLE),
        bill("ny/2025/S9191", title="Provides limitations on overlapping control between insurance companies"),
    )
    return store


def named(*bills: str) -> list[BillId]:
    return list(map(BillId.parse, bills))


def looked_over(store: Store, *bills: str, day: int = 0) -> dict[str, str]:
    """What an update does when all sources have been read."""
    with store.atomic():
        reasons, joined = follow(store, "ny", named(*bills), [])
        announce_returns(store, "ny", joined, recorder(store, "billwatch", NOON + day * DAY).teller.tell)
    return reasons


def returns(store: Store, kind: str = "reintroduced") -> list[tuple[str, str]]:
    """(bill, what came back), each as often as it was told."""
    found = store.rows("select bill, now from changes where kind = ? order by bill, now", (kind,))
    return [tuple(row) for row in found]


def test_why_a_bill_is_followed(family: Store) -> None:
    """Named, ours by topic, or of the family of such a bill; the first of these counts; other bills are not."""
    reasons, joined = follow(family, "ny", named(S9191), [])
    assert reasons == {S9191: "named", S1413: f"family of {S9191}", A5256: f"family of {S9191}"}
    assert joined == reasons.keys()
    by_topic, joined = follow(family, "ny", named(A5256), ["speech"])
    assert not joined
    assert (by_topic[A5256], by_topic[S9191], by_topic[S1413]) == ("named", "topic", "topic")
    assert follow(family, "ny", [], ["government-reading"])[0].keys() == {S9191, S1413, A5256}
    rows = family.rows("select id, follow_reason from bills where followed order by id")
    assert [tuple(row) for row in rows] == [(S9191, "topic"), (A5256, "topic"), (S1413, "topic")]


def test_what_is_followed_no_more_is_let_go(family: Store) -> None:
    """Taken out of the configuration, a bill and its family are ordinary bills again."""
    follow(family, "ny", named(S9191), [])
    assert follow(family, "ny", [], []) == ({}, set())
    assert family.column("select id from bills where followed or follow_reason != ''") == []


def test_another_legislatures_bills_are_not_touched(family: Store) -> None:
    """Following New York changes nothing of what is followed elsewhere."""
    family.db.conn.execute("update bills set legislature = 'us', followed = 1 where id = 'ny/2025/S9191'")
    follow(family, "ny", named(S9191), [])
    assert family.column("select id from bills where followed and legislature = 'us'") == ["ny/2025/S9191"]


def test_s9191_leads_forward_and_s1413_back(family: Store) -> None:
    """Sources link one way only; we go both."""
    assert linked(family, [S9191]) == [S1413]
    assert sorted(linked(family, [S1413])) == [S9191, A5256]
    assert S9191 in follow(family, "ny", named(A5256), [])[0]


def test_a_return_linked_by_its_source_is_announced_once(family: Store) -> None:
    """S1413 of 2019 came back after S9191 of 2017: told at S9191, once, however often we look."""
    for day in range(3):
        looked_over(family, S9191, day=day)
    assert returns(family) == [(S9191, S1413)]


@pytest.mark.parametrize("day", [0, 1])
def test_the_past_of_a_bill_seen_first_is_not_told_again(family: Store, day: int) -> None:
    """S1413 was there before S77 of 2015, of which it is a return, or came with it: nobody waited for it."""
    known = bill(S1413, title=TITLE, sponsors=PARKER, previous_versions=(S9191, "ny/2015/S77"), same_as=(A5256,))
    says(family, "lbdc", known, bill("ny/2015/S77"), at=NOON + day * DAY)
    looked_over(family, S9191, day=day)
    assert returns(family) == [(S9191, S1413)] and linked(family, ["ny/2015/S77"]) == [S1413]


def test_a_reintroduction_filed_tomorrow_reaches_the_whole_family(family: Store) -> None:
    """A bill of 2027 that names only A5256 is told at S9191, too, to each of the family once."""
    looked_over(family, S9191)
    new = "ny/2027/A77"
    says(family, "lbdc", bill(new, title="Of something else", previous_versions=(A5256,)), at=NOON + DAY)
    for day in (1, 2):
        looked_over(family, S9191, day=day)
    assert [pair for pair in returns(family) if pair[1] == new] == [(S9191, new), (A5256, new), (S1413, new)]
    assert follow(family, "ny", named(S9191), [])[0][new] == f"family of {S9191}"


def test_a_reintroduction_without_a_link_is_guessed_and_marked(family: Store) -> None:
    """The same sponsor and title in a later session: ours, with the reason, told once and as probable."""
    looked_over(family, S9191)
    new = "ny/2027/S77"
    says(family, "lbdc", bill(new, title=TITLE, sponsors=PARKER), at=NOON + DAY)
    for day in (1, 2):
        looked_over(family, S9191, day=day)
    guesses = family.rows("select other, by, evidence from relations where bill = ? and kind = 'probably-same'", (new,))
    assert {tuple(row)[1:] for row in guesses} == {("billwatch", "same sponsor, the same title")}
    assert returns(family, "probably-reintroduced") == [(S9191, new), (A5256, new), (S1413, new)]
    assert new not in {told for _, told in returns(family)}
    assert set(family.column("select severity from changes where now = ? and kind like '%reintroduced'", (new,))) == {
        "notable"
    }


@pytest.mark.parametrize("first", [True, False])
def test_nothing_is_guessed_where_a_source_has_spoken(family: Store, first: bool) -> None:
    """It says that S77 of 2027 was S99 of 2025, not its twin S88; where it says so later, the guess is taken back."""
    twins = [bill(f"ny/2025/S{n}", title=TITLE, sponsors=PARKER) for n in (88, 99)]
    says(family, "lbdc", *twins, at=NOON + DAY)
    for day, said in ((2, first), (3, True)):
        stated = (twins[1].id,) if said else ()
        came = bill("ny/2027/S77", title=TITLE, sponsors=PARKER, previous_versions=stated)
        says(family, "lbdc", came, at=NOON + day * DAY)
        looked_over(family, twins[0].id, day=day)
        guesses = family.column("select other from relations where bill = ? and kind = 'probably-same'", (came.id,))
        assert (twins[0].id in guesses) is not said
    denied = [(twins[0].id, came.id)]
    assert returns(family, "probably-reintroduced")[-1:] == ([] if first else denied)
    taken_back = family.rows("select bill, was from changes where kind = 'not-reintroduced'")
    assert [tuple(row) for row in taken_back] == ([] if first else denied)


def test_a_return_is_guessed_whatever_name_each_source_prints(family: Store) -> None:
    """The Assembly's page says "Rosenthal L", the Senate's "Linda B. Rosenthal": the store knows which is the short."""
    held, new = "ny/2025/A7", "ny/2027/A77"
    title = "Relates to the sale of location data by brokers"
    says(family, "assembly", bill(held, title=title, sponsors=(Sponsorship("Rosenthal L", "ROSENTHAL L", "primary"),)))
    looked_over(family, held)
    full = (Sponsorship("Someone Else", "ELSE"), Sponsorship("Linda B. Rosenthal", role="primary"))
    says(family, "senate", bill(new, title=title, sponsors=full), at=NOON + DAY)
    looked_over(family, held, day=1)
    assert returns(family, "probably-reintroduced") == [(held, new)]


def test_a_guess_is_no_news_to_those_whom_a_source_tells(family: Store) -> None:
    """A5256 reads like S9197 of 2017: that is told at S9197. S9191 has heard of it from S1413, whose sister it is."""
    s9197 = "ny/2017/S9197"
    says(family, "lbdc", bill(s9197, title=TITLE, law_code="Add §400.20, Pen L"), at=NOON - DAY)
    says(family, "lbdc", bill(A5256, title=TITLE, law_code="Add §400.20, Pen L"), at=NOON + DAY)
    looked_over(family, S9191, s9197, day=1)
    assert returns(family, "probably-reintroduced") == [(s9197, A5256), (s9197, S1413)]
    assert returns(family) == [(S9191, S1413)]


def test_the_guess_that_the_source_confirms_is_told_as_sure_once(family: Store) -> None:
    """First guessed, then linked by the source: who wants milestones alone hears of it now, and nobody twice."""
    looked_over(family, S9191)
    new = "ny/2027/S77"
    says(family, "lbdc", bill(new, title=TITLE, sponsors=PARKER), at=NOON + DAY)
    looked_over(family, S9191, day=1)
    says(family, "lbdc", bill(new, title=TITLE, sponsors=PARKER, previous_versions=(S1413,)), at=NOON + 2 * DAY)
    for day in (2, 3):
        looked_over(family, S9191, day=day)
    for kind in ("probably-reintroduced", "reintroduced"):
        found = [pair for pair in returns(family, kind) if pair[1] == new]
        assert found == [(S9191, new), (A5256, new), (S1413, new)]


def test_a_bill_that_was_there_before_we_followed_is_found_too(family: Store) -> None:
    """Whoever begins to follow S9191 when its return is long in the store hears of it."""
    new = "ny/2027/S77"
    says(family, "lbdc", bill(new, title=TITLE, sponsors=PARKER))
    looked_over(family, "ny/2025/S9191")
    looked_over(family, S9191, day=1)
    assert (S9191, new) in returns(family, "probably-reintroduced")


def test_the_number_is_no_relation(family: Store) -> None:
    """S9191 of 2025 is about pharmacies: it is nobody's return."""
    looked_over(family, S9191)
    assert "ny/2025/S9191" not in {new for _, new in returns(family)}


def test_time_passes_for_a_bill_that_nobody_touches(family: Store) -> None:
    """The session's end makes it expired without an answer of any source."""
    restage(family, legislature("ny"), [S9191], date(2018, 12, 30))
    assert family.column("select stage from bills where id = ?", (S9191,)) != ["expired"]
    restage(family, legislature("ny"), [S9191], date(2019, 3, 31))
    assert family.column("select stage from bills where id = ?", (S9191,)) == ["expired"]


def test_what_an_earlier_version_of_us_said_is_said_as_we_say_it_now(store: Store) -> None:
    """The next update words what is next of a followed bill anew, though no source has news of it."""
    says(store, "lbdc", bill("ny/2025/S1", "2025-06-12 PASSED SENATE"))
    store.db.conn.execute("update bills set next = 'The Assembly votes next.'")
    restage(store, legislature("ny"), ["ny/2025/S1"], date(2025, 6, 20))
    (said,) = store.column("select next from bills")
    assert "goes back to the Senate, which must pass it again" in said


def test_a_substituted_bill_stands_where_its_substitute_stands(store: Store) -> None:
    """A5346 was substituted by S4505: when that is signed, A5346's fight is won."""
    replaced = bill("ny/2025/A5346", "2025-06-12 SUBSTITUTED BY S4505")
    says(
        store, "lbdc", replaced, bill("ny/2025/S4505", "2025-06-12 SUBSTITUTED FOR A5346", "2025-12-19 SIGNED CHAP.689")
    )
    before = store.column("select sentence from bills where id = 'ny/2025/A5346'")
    restage(store, legislature("ny"), ["ny/2025/A5346"], date(2025, 12, 20))
    (after,) = store.column("select sentence from bills where id = 'ny/2025/A5346'")
    assert [after] != before and "S4505" in after


def test_where_sources_differ_is_shown_until_they_agree(store: Store) -> None:
    """Both titles stand beside each other; when one is mended the disagreement is gone."""
    s404 = "ny/2025/S404"

    def differing(day: int) -> list[tuple[object, ...]]:
        compare_sources(store, [s404], ORDER, f"day {day}")
        return [tuple(r) for r in store.rows("select source, says, since from disagreements order by source")]

    says(store, "open-legislation", bill(s404, title="Relates to bail"))
    says(store, "lbdc", bill(s404, title="Relates to jail"))
    expected = [("lbdc", "Relates to jail", "day 1"), ("open-legislation", "Relates to bail", "day 1")]
    assert differing(1) == differing(2) == expected
    says(store, "lbdc", bill(s404, title="RELATES TO BAIL"), at=NOON + DAY)
    recorder(store, "open-legislation", NOON + DAY, followed=[s404]).unchanged([s404])
    assert differing(3) == []


def test_a_source_that_was_not_asked_since_does_not_disagree(store: Store) -> None:
    """The Senate's page of last week cannot know what the interface says today."""
    s404 = "ny/2025/S404"
    for source in ("open-legislation", "senate"):
        says(store, source, bill(s404))
    says(store, "open-legislation", bill(s404, title="Relates to bail"), at=NOON + DAY)
    compare_sources(store, [s404], ORDER, "now")
    assert store.column("select says from disagreements") == []
    assert [kind for kind, *_ in told(store)] == ["listed", "title"]
