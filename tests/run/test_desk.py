"""Asking a source for bills one by one: once each, within the budget, and only what may be asked conditionally so."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from answers import KEY, Answers, Given, answer, bill_json, envelope, keyless, refusal
from billwatch.answer import Answer
from billwatch.bill import BillId
from billwatch.errors import Blocked, NotListed, Unreachable
from billwatch.legislatures.new_york.open_legislation import OpenLegislation
from billwatch.run.desk import Budget, Desk, Failed, Missing, Observed, Sighting, Unchanged, digest_of
from billwatch.store import Observation, Store
from saying import desk

SOURCE = OpenLegislation(key=KEY)
S404, S405 = BillId("ny", "2025", "S404"), BillId("ny", "2025", "S405")


def address(bill: BillId) -> str:
    return keyless(SOURCE.address(bill))


def desk_of(store: Store, given: dict[str, Given], left: int = 9, **more: object) -> Desk:
    return desk(store, fetcher=Answers(given), budget=Budget(left), wanted=[S404, S405], **more)


def asked(desk: Desk) -> list[str]:
    assert isinstance(desk.fetcher, Answers)
    return desk.fetcher.asked


def remember(store: Store, seen: Answer, **more: object) -> None:
    """S404 as it was answered before."""
    store.db.table("bills").insert(
        {
            "id": str(S404),
            "legislature": "ny",
            "session": "2025",
            "identifier": "S404",
            "first_seen_at": "",
            "changed_at": "",
        }
    )
    times: dict[str, Any] = dict.fromkeys(("first_seen_at", "changed_at", "checked_at"), "2025-06-01T16:00:00+00:00")
    old = Observation(
        bill=str(S404), source=SOURCE.name, digest=digest_of(seen.body), facts="{}", url=seen.url, **times
    )
    store.put_observations([msgspec.structs.replace(old, etag='"1"', last_modified="Sun", **more)])


def sightings(desk: Desk) -> list[Sighting]:
    return list(desk.ask(SOURCE, [S404, S405]))


def test_each_answer_is_what_it_is(store: Store) -> None:
    """Read, or the source's own "no such bill", or a failure: one bill's trouble is not another's."""
    desk = desk_of(store, {address(S404): envelope(bill_json("S404")), address(S405): refusal(11)})
    found, missing = sightings(desk)
    assert isinstance(found, Observed) and found.bill.id == str(S404) and found.digest == digest_of(found.answer.body)
    assert isinstance(missing, Missing) and isinstance(missing.error, NotListed)
    failed, other = sightings(desk_of(store, {address(S404): Blocked("a challenge")}))
    assert isinstance(failed, Failed) and isinstance(failed.error, Blocked)
    assert isinstance(other, Failed) and isinstance(other.error, Unreachable)


def test_the_answer_about_another_bill_is_a_failure(store: Store) -> None:
    """Asked for S404, answered about S405: nothing is read."""
    (failed, _) = sightings(desk_of(store, {address(S404): envelope(bill_json("S405"))}))
    assert isinstance(failed, Failed) and "asked for ny/2025/S404, got ny/2025/S405" in str(failed.error)


def test_nobody_is_asked_twice(store: Store) -> None:
    """Within a run a source is asked once for a bill, also when it failed."""
    desk = desk_of(store, {})
    assert len(sightings(desk)) == 2 and sightings(desk) == []
    assert asked(desk) == [address(S404), address(S405)]


def test_what_the_budget_does_not_reach_waits(store: Store) -> None:
    """One request left, three bills: two wait and are counted; nothing is asked beyond."""
    desk = desk_of(store, {}, left=1)
    assert len(list(desk.ask(SOURCE, [S404, S405, BillId("ny", "2025", "S406")]))) == 1
    assert (desk.budget.left, desk.budget.spent, desk.budget.waiting, len(asked(desk))) == (0, 1, 2, 1)


def test_the_same_bytes_are_unchanged_without_being_read(store: Store) -> None:
    """Not modified, or the digest we know: nothing to read."""
    body = answer(b'{"success": true, "result": "unreadable"}', address(S404))
    remember(store, body)
    assert sightings(desk_of(store, {address(S404): body}))[0] == Unchanged((str(S404),), body)
    unmodified = msgspec.structs.replace(body, body=b"", status=304, not_modified=True)
    assert sightings(desk_of(store, {address(S404): unmodified}))[0] == Unchanged((str(S404),), unmodified)


@pytest.mark.parametrize(
    ("url", "more", "conditional"),
    [
        (address(S404), {}, True),
        (address(S404).replace("https://legislation", "https://mirror"), {}, False),
        (keyless(SOURCE.session_address("2025", 1)), {}, False),
        (address(S404), {"missing": 1}, False),
    ],
)
def test_validators_belong_to_their_address(store: Store, url: str, more: dict[str, int], conditional: bool) -> None:
    """Asked conditionally only where the last answer came from this very address, and the bill was there."""
    remember(store, answer(b"x", url), **more)
    desk = desk_of(store, {address(S404): envelope(bill_json("S404"))})
    sightings(desk)
    assert isinstance(desk.fetcher, Answers)
    assert desk.fetcher.validators[0] == (('"1"', "Sun") if conditional else ("", ""))


def test_a_bill_that_is_back_is_read_though_its_bytes_are_known(store: Store) -> None:
    """After the source had said it has no such bill, its return is news: it must reach the recorder."""
    body = answer(msgspec.json.encode(envelope(bill_json("S404"))), address(S404))
    remember(store, body, missing=3)
    assert isinstance(sightings(desk_of(store, {address(S404): body}))[0], Observed)


def test_a_run_limited_to_some_bills(store: Store) -> None:
    """`only` names the bills for each source; a source that is not named is asked for none."""
    desk = desk_of(store, {}, only={"open-legislation": frozenset({str(S405), str(S404)})})
    assert desk.named_only(SOURCE) == [S404, S405]
    assert desk.named_only(OpenLegislation(name="other")) == []
