"""From answers to memory: each change once, with what it corrects and what proves it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from answers import NOON
from billwatch.archive import Archive, ArchivedAnswers
from billwatch.bill import Sponsorship
from billwatch.store import Store
from saying import bill, observed, recorder, says, told

S404 = "ny/2025/S404"
CODES, REPORTED = "2025-01-08 REFERRED TO CODES", "2025-06-01 REPORTED"
DAY = timedelta(days=1)
OURS = "Relates to requiring social media and search engine reviews prior to the approval of an application"


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.rows(sql)]


def test_a_bill_seen_for_the_first_time_is_one_change(store: Store) -> None:
    """Its past is not news: `listed`, with the day of its introduction, and back-fill when that is long ago."""
    writing = says(store, "lbdc", bill(S404, CODES, REPORTED, introduced_on="2025-01-08"))
    assert told(store) == [("listed", "", "Relates to the matter of S404")]
    assert rows(store, "select happened_on, backfill, corrects from changes") == [("2025-01-08", 1, "")]
    assert (writing.tally.answered, writing.tally.unchanged, dict(writing.tally.changes)) == (1, 0, {"listed": 1})


def test_the_same_again_is_nothing(store: Store) -> None:
    """Running twice is the same as running once, whoever says it."""
    for day in range(3):
        writing = says(store, "lbdc", bill(S404, CODES), at=NOON + day * DAY)
    assert [kind for kind, *_ in told(store)] == ["listed"]
    assert (writing.tally.answered, writing.tally.unchanged, writing.tally.moved) == (1, 1, set())
    assert rows(store, "select checks from observations") == [(3,)]


def test_news_is_told_once_though_three_sources_tell_it(store: Store) -> None:
    """Each source is compared with its own last answer; what another told already is not told again."""
    sources = ("open-legislation", "assembly", "senate")
    for source in sources:
        says(store, source, bill(S404, CODES))
    for source in reversed(sources):
        says(store, source, bill(S404, CODES, REPORTED), at=NOON + DAY)
    assert [kind for kind, *_ in told(store)] == ["listed", "action"]
    assert rows(store, "select source from changes where kind = 'action'") == [("senate",)]
    assert rows(store, "select count(*) from actions") == [(2,)]
    assert rows(store, "select source from observations order by source") == [
        *(("assembly",), ("merged",), ("open-legislation",), ("senate",))
    ]


def test_a_correction_points_at_the_change_that_it_corrects(store: Store) -> None:
    """A line that we announced and that reads otherwise now: never a second alert, but a pointer."""
    says(store, "lbdc", bill(S404, CODES))
    says(store, "lbdc", bill(S404, CODES, REPORTED), at=NOON + DAY)
    says(store, "lbdc", bill(S404, CODES, "2025-06-02 REPORTED"), at=NOON + 2 * DAY)
    says(store, "lbdc", bill(S404, CODES), at=NOON + 3 * DAY)
    found = rows(store, "select id, kind, corrects, severity from changes where kind like 'action%' order by seen_at")
    (first, *_), (second, kind, corrects, severity), (_, last, undone, _) = found
    assert (kind, corrects, severity) == ("action-edited", first, "detail")
    assert (last, undone) == ("action-removed", second)


def test_a_line_of_the_past_that_we_never_announced_corrects_nothing(store: Store) -> None:
    """What was there at first sight was not announced."""
    says(store, "lbdc", bill(S404, CODES))
    says(store, "lbdc", bill(S404, "2025-01-08 REFERRED TO RULES"), at=NOON + DAY)
    assert rows(store, "select kind, corrects from changes where kind != 'listed'") == [("action-edited", "")]


def test_the_same_transition_twice_has_two_ids(store: Store) -> None:
    """Status back and forth: each way is told as often as it went, with ids of their own."""
    for day, status in enumerate("ABABA"):
        says(store, "open-legislation", bill(S404, status=status), at=NOON + day * DAY)
    assert [change for change in told(store) if change[0] == "status"] == [
        *(("status", "A", "B"), ("status", "B", "A"), ("status", "A", "B"), ("status", "B", "A"))
    ]


def test_unlisted_is_told_after_three_runs_and_relisted_when_it_is_back(store: Store) -> None:
    """A page that fails to be there once or twice is no news; three times is, once; and its return is."""
    says(store, "lbdc", bill(S404, CODES))
    for day in range(1, 6):
        writing = recorder(store, "lbdc", NOON + day * DAY)
        writing.missing(S404)
        assert [kind for kind, *_ in told(store)] == ["listed"] + ["unlisted"] * (day >= 3)
    recorder(store, "senate").missing(S404)  # never listed there: it says nothing new
    says(store, "lbdc", bill(S404, CODES, REPORTED), at=NOON + 6 * DAY)
    assert told(store)[1:] == [
        ("unlisted", "", "lbdc"),
        ("action", "", "2025-06-01 Senate: REPORTED"),
        ("relisted", "", "lbdc"),
    ]
    recorder(store, "lbdc", NOON + 7 * DAY).missing(S404)
    assert len(told(store)) == 4


def test_a_bill_missed_once_was_never_away(store: Store) -> None:
    """What was not told as gone is not told as back."""
    says(store, "lbdc", bill(S404, CODES))
    recorder(store, "lbdc", NOON + DAY).missing(S404)
    says(store, "lbdc", bill(S404, CODES, REPORTED), at=NOON + 2 * DAY)
    assert [kind for kind, *_ in told(store)] == ["listed", "action"]


def test_an_answer_in_between_begins_the_count_anew(store: Store) -> None:
    """Three runs in a row: an answer that says the same is an answer."""
    says(store, "lbdc", bill(S404, CODES))
    for day in range(1, 7):
        writing = recorder(store, "lbdc", NOON + day * DAY, followed=[S404])
        writing.missing(S404)
        if day % 2 == 0:
            writing.unchanged([S404])
    assert [kind for kind, *_ in told(store)] == ["listed"]


def test_becoming_ours_and_ceasing_to_be(store: Store) -> None:
    """A summary that brings a bill to our topics is told, and so is one that takes it away; at first sight neither."""
    says(store, "lbdc", bill(S404, abstract="Of licenses"), bill("ny/2025/S1", title=OURS))
    says(store, "lbdc", bill(S404, abstract=OURS), at=NOON + DAY)
    says(store, "lbdc", bill(S404, abstract="Of licenses"), at=NOON + 2 * DAY)
    kinds = [(kind, was or now) for kind, was, now in told(store) if kind.startswith("topic")]
    assert ("topic-added", "government-reading") in kinds and ("topic-removed", "government-reading") in kinds
    assert len(kinds) == 2 * len({topic for _, topic in kinds})
    assert not [change for change in told(store, "ny/2025/S1") if change[0].startswith("topic")]
    assert store.column("select distinct bill from topics") == ["ny/2025/S1"]


def test_becoming_ours_when_it_is_read_at_last(store: Store) -> None:
    """An index knows a title only: what the bill itself says when it is read is as old as the bill."""
    for name in ("ny/2025/S1", "ny/2025/S2"):
        says(store, "assembly-index", bill(name, actions=None))
    says(store, "lbdc", bill("ny/2025/S1", abstract=OURS, introduced_on="2025-01-08"), at=NOON + DAY)
    says(store, "lbdc", bill("ny/2025/S2", abstract="Of licenses", introduced_on="2025-01-08"), at=NOON + DAY)
    says(store, "lbdc", bill("ny/2025/S2", abstract=OURS, introduced_on="2025-01-08"), at=NOON + 2 * DAY)
    found = rows(store, "select bill, happened_on, backfill from changes where kind = 'topic-added' order by bill")
    assert found == [("ny/2025/S1", "2025-01-08", 1), ("ny/2025/S2", "", 0)]


def test_what_is_ours_has_a_receipt_and_nothing_else_has(store: Store, tmp_path: Path) -> None:
    """Kept is what is followed, or ours by its words; the receipt gives the very bytes back."""
    ours, followed, other = bill("ny/2025/S1", title=OURS), bill("ny/2025/S2"), bill("ny/2025/S3")
    with Archive(tmp_path / "archive", max_bytes=1_000_000) as archive:
        says(store, "lbdc", ours, followed, other, followed=[followed.id], archive=archive)
    receipts = dict(rows(store, "select bill, receipt from observations"))
    assert receipts[ours.id] and receipts[followed.id] and not receipts[other.id]
    assert rows(store, "select bill, receipt from changes order by bill") == sorted(receipts.items())
    assert rows(store, "select count(*) from fetches") == [(2,)]
    kept = ArchivedAnswers(tmp_path / "archive").answer(str(receipts[ours.id]))
    assert kept.body == observed(ours).answer.body


def test_a_part_of_a_list_is_kept_by_itself(store: Store, tmp_path: Path) -> None:
    """Of a page of a thousand bills the receipt proves the bill's own bytes."""
    page = observed(bill("ny/2025/S1", title=OURS))
    part = msgspec.structs.replace(page, part=b'{"only":"S1"}')
    with Archive(tmp_path / "archive", max_bytes=1_000_000) as archive:
        recorder(store, "open-legislation", archive=archive).record([part])
    (receipt,) = store.column("select receipt from observations")
    kept = ArchivedAnswers(tmp_path / "archive").answer(receipt)
    assert kept.body == b'{"only":"S1"}' and kept.url.endswith("#S1")


def test_one_transaction(store: Store) -> None:
    """Killed in the middle of a source's run, nothing of it is there; the next run does it all."""
    says(store, "lbdc", bill(S404, CODES))
    before = "\n".join(store.db.conn.iterdump())
    with pytest.raises(KeyboardInterrupt), store.atomic():
        writing = recorder(store, "lbdc", NOON + DAY)
        writing.record([observed(bill(S404, CODES, REPORTED)), observed(bill("ny/2025/S1"))])
        writing.missing(S404)
        raise KeyboardInterrupt
    assert "\n".join(store.db.conn.iterdump()) == before
    says(store, "lbdc", bill(S404, CODES, REPORTED), at=NOON + DAY)
    assert [kind for kind, *_ in told(store)] == ["listed", "action"]


def test_actions_that_no_rule_knows_are_kept_and_counted(store: Store) -> None:
    """The text stays, its classification is empty, and the run says how many there were."""
    writing = says(store, "lbdc", bill(S404, CODES, "2025-06-01 SENT TO THE MOON"))
    assert dict(writing.tally.unclassified) == {"SENT TO THE MOON": 1}
    assert rows(store, "select text, classification from actions where position = 2") == [("SENT TO THE MOON", "[]")]
    assert rows(store, "select classification from actions where position = 1") == [('["referral-committee"]',)]


def test_the_leading_title_stands(store: Store) -> None:
    """Where two sources differ, the bill has the title of the one that leads, when it was there first."""
    says(store, "open-legislation", bill(S404, title="Relates to bail"))
    says(store, "lbdc", bill(S404, title="Relates to jail"))
    assert store.column("select title from bills") == ["Relates to bail"]


def test_a_source_that_says_less_erases_nothing(store: Store) -> None:
    """The Assembly's page has no title and no status, and short names: the bill keeps what it had."""
    full = bill(S404, CODES, status="IN_SENATE_COMM", sponsors=(Sponsorship("Ann Lee", "LEE", "primary"),))
    says(store, "open-legislation", full)
    says(store, "assembly", bill(S404, CODES, title=None, sponsors=(Sponsorship("LEE", "LEE", "primary"),)))
    says(
        store,
        "assembly",
        bill(S404, CODES, title=None, sponsors=(Sponsorship("LEE", "LEE", "primary"),)),
        at=NOON + DAY,
    )
    assert rows(store, "select title, status, sponsor from bills") == [
        ("Relates to the matter of S404", "IN_SENATE_COMM", "Ann Lee")
    ]
    assert [kind for kind, *_ in told(store)] == ["listed"]


def test_one_bill_twice_in_a_batch_counts_as_its_last_answer(store: Store) -> None:
    """A list page that shifts while it is read may hold a bill twice."""
    writing = recorder(store, "open-legislation")
    writing.record([observed(bill(S404, title="Old words")), observed(bill(S404, title="New words"))])
    assert store.column("select title from bills") == ["New words"]
    assert [kind for kind, *_ in told(store)] == ["listed"]


def test_the_day_is_the_legislatures(store: Store) -> None:
    """At two in the morning UTC New York still has the day before: seven days back are counted from there."""
    late = NOON.replace(hour=2)
    says(store, "lbdc", bill(S404, CODES), at=late - DAY)
    says(store, "lbdc", bill(S404, CODES, "2025-05-25 REPORTED"), at=late)
    assert rows(store, "select backfill from changes where kind = 'action'") == [(0,)]
