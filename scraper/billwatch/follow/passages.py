"""Which passage of an amendment to the constitution a bill is: one legislature passes it, then the next one again.

The record has no word for it. It is the second where a version of the session before, or what stood in for that one,
was delivered to the Secretary of State; the first where we hold those versions and none was; else nobody tells. It was
passed again where a version of the session after, or what stood in for that one, passed both chambers.
"""

from __future__ import annotations

from datetime import timedelta

from billwatch.bill import Bill, BillId
from billwatch.legislatures import Legislature
from billwatch.store import Store

# The bill itself, what took its place or whose place it took, and the same bill of the other chamber.
_TWINS = """
    select ?1 twin union select other from relations where bill = ?1 and kind in ('same-as', 'substituted-by')
    union select bill from relations where other = ?1 and kind in ('same-as', 'substituted-by')"""
_EARLIER = f"""
    select distinct other from relations where kind = 'previous-version' and bill in ({_TWINS}) and other like ?2"""
_LATER = f"""
    select distinct bill from relations where kind = 'previous-version' and other in ({_TWINS}) and bill like ?2"""
_DELIVERED = """
    select exists (select 1 from actions where bill = ? and classification like '%"to-next-legislature"%')"""
_PASSED = "select exists (select 1 from bills where id = ? and stage in ('passed-both', 'to-next-legislature'))"


def passage_of(store: Store, place: Legislature, bill: Bill) -> int:
    """1 or 2, or 0 where nobody tells; 0 for what is no amendment to the constitution."""
    if not place.rules(bill.session).amends_constitution(bill):
        return 0
    return _passage(store, place, bill.id)


def passed_again(store: Store, place: Legislature, bill: Bill) -> str:
    """The bill that both chambers of the next legislature passed, as people say it: "A7454 of 2025"; "" for none."""
    rules = place.rules(bill.session)
    if not rules.amends_constitution(bill):
        return ""
    after = place.session_of(rules.session_end + timedelta(days=1))
    later = store.column(_LATER, (bill.id, f"{place.CODE}/{after}/%"))
    twins = sorted({twin for version in later for twin in store.column(_TWINS, (version,))})
    passed = [BillId.parse(twin) for twin in twins if store.column(_PASSED, (twin,))[0]]
    return f"{passed[0].identifier} of {passed[0].session}" if passed else ""


def _passage(store: Store, place: Legislature, bill: str) -> int:
    session = BillId.parse(bill).session
    before = place.session_of(place.session_start(session) - timedelta(days=1))
    earlier = store.column(_EARLIER, (bill, f"{place.CODE}/{before}/%"))
    twins = {twin for version in earlier for twin in store.column(_TWINS, (version,))}
    passed = [twin for twin in twins if store.column(_DELIVERED, (twin,))[0]]
    if passed:  # what had gone to the voters by then begins anew, if it comes back
        return 0 if any(_passage(store, place, twin) == 2 for twin in passed) else 2
    return 1 if twins and _held(store, twins) else 0


def _held(store: Store, bills: set[str]) -> bool:
    """Whether we have the history of each of these bills."""
    return all(store.column("select exists (select 1 from actions where bill = ?)", (bill,))[0] for bill in bills)
