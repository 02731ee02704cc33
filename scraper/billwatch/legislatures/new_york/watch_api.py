"""Watching New York through Open Legislation: fill a session from list pages, then follow what it says has changed.

The API's ranges are [from, to) in New York local time; windows overlap by an hour, because an update may be published
with an earlier time than it becomes visible. What a window names twice is known by its token. When more has changed
than a few hundred single questions can bring, the session's list pages are read again: a flood of 10,000 updates costs
21 requests, and a bill whose bytes are the same costs no parsing. Once a month they are read again in any case, for
what the updates may have missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from billwatch.bill import BillId
from billwatch.desk import Desk, Failed, Observed, Sighting, Unchanged, digest_of
from billwatch.errors import Damaged, LayoutChanged
from billwatch.legislatures.new_york.open_legislation import OpenLegislation, Page, Update, bill_of
from billwatch.legislatures.new_york.session import session_of

NEW_YORK = ZoneInfo("America/New_York")
OVERLAP = timedelta(hours=1)
FLOOD = 200  # more changed bills of one session than this are read from its list pages
REREAD = timedelta(days=30)


def watch(source: OpenLegislation, desk: Desk) -> Iterator[Sighting]:
    """All that the API has to say in this run."""
    if desk.only:
        yield from desk.ask(source, desk.named_only(source))
        return
    local = desk.now.astimezone(NEW_YORK).replace(tzinfo=None, microsecond=0)
    filled = {s for s in _sessions(desk, local) if desk.discovers and not _is_fresh(source, desk, s)}
    for session in sorted(filled):
        yield from _session(source, desk, session, local)
    yield from _updates(source, desk, local, filled)
    yield from desk.ask(source, _unseen(source, desk))


def _sessions(desk: Desk, local: datetime) -> list[str]:
    return [str(s) for s in desk.settings.sessions] or [session_of(local.date())]


def _is_fresh(source: OpenLegislation, desk: Desk, session: str) -> bool:
    """Whether the session's list pages were read in the last month."""
    read_at = desk.store.bookmark(f"ny/{source.name}/filled/{session}")
    return bool(read_at) and desk.now - datetime.fromisoformat(read_at) < REREAD


def _session(source: OpenLegislation, desk: Desk, session: str, local: datetime) -> Iterator[Sighting]:
    """Every bill of a session from its list pages; resolutions are left out."""
    known, offset = desk.store.digests(source.name), 1
    if not desk.store.bookmark(_since(source)):
        desk.store.set_bookmark(_since(source), local.isoformat())
    whole = True
    while True:
        desk.budget.spend()  # 21 requests fill a session: a fill is never cut short by the budget
        answer = desk.fetcher.get(source.session_address(session, offset), kind="json")
        page = source.read_session(answer)
        digests = [(digest_of(raw), raw) for raw in page.items]
        yield Unchanged(tuple(known[d] for d, _ in digests if d in known))
        for digest, raw in digests:
            if digest in known:
                continue
            try:
                bill = bill_of(raw, answer.url)
            except LayoutChanged as error:  # one bill that we cannot read keeps the others from nobody
                whole = False
                yield Failed("", error)
            else:
                if bill.identifier[0] in "AS":
                    yield Observed(bill=bill, answer=answer, digest=digest, part=raw)
        if page.end >= page.total:
            break
        offset = _next(page, offset, answer.url)
    if whole:
        desk.store.set_bookmark(f"ny/{source.name}/filled/{session}", desk.now.isoformat())


def _next(page: Page[Any], offset: int, url: str) -> int:
    """Where the next page begins; a list that ends before its end is no list."""
    if not page.items or page.end < offset:
        raise Damaged(f"the list ends at {page.end} of {page.total}", url)
    return page.end + 1


def _updates(source: OpenLegislation, desk: Desk, local: datetime, filled: set[str]) -> Iterator[Sighting]:
    """What changed since the last window that was handled whole."""
    since = desk.store.bookmark(_since(source))
    if not since:  # nothing was ever filled: only named bills are followed
        yield from desk.ask(source, desk.wanted)
        return
    failed: set[str] = set()
    named: set[str] = set()
    by_session = defaultdict(list)
    for update in _tokens(source, desk, datetime.fromisoformat(since) - OVERLAP, local):
        by_session[update.bill.session].append(update)
        named.add(str(update.bill))
    for session, updates in sorted(by_session.items()):
        if session in filled:
            continue
        for sighting in _changed(source, desk, session, updates, local):
            if isinstance(sighting, Failed):
                failed.add(sighting.bill)
            yield sighting
    if not failed and not desk.budget.waiting:
        desk.store.set_bookmark(_since(source), local.isoformat())
    known = desk.store.observations(map(str, desk.wanted))
    unnamed = {bill for bill, seen in known.items() if source.name in seen and not seen[source.name].missing}
    unnamed -= desk.answered | named
    yield Unchanged(tuple(sorted(unnamed)))


def _changed(
    source: OpenLegislation, desk: Desk, session: str, updates: list[Update], local: datetime
) -> Iterator[Sighting]:
    """The bills of one session that a window names: one by one, or by the session's pages when they are many."""
    if len(updates) > FLOOD and desk.discovers and session in _sessions(desk, local):
        yield from _session(source, desk, session, local)
        return
    times = {str(u.bill): u.at for u in updates}
    for sighting in desk.ask(source, (u.bill for u in updates)):
        if isinstance(sighting, Observed):
            yield Observed(
                bill=sighting.bill,
                answer=sighting.answer,
                digest=sighting.digest,
                token=times[sighting.bill.id],
            )
        else:
            yield sighting


def _tokens(source: OpenLegislation, desk: Desk, since: datetime, until: datetime) -> list[Update]:
    """The updates in a window that are ours and not handled yet: each bill once, at its last time."""
    found: dict[str, Update] = {}
    offset = 1
    while True:
        desk.budget.spend()
        answer = desk.fetcher.get(source.updates_address(since, until, offset), kind="json")
        page = source.read_updates(answer)
        found |= {str(u.bill): u for u in page.items if u.bill.identifier[0] in "AS"}
        if page.end >= page.total:
            break
        offset = _next(page, offset, answer.url)
    return _unhandled(source, desk, found, until)


def _unhandled(source: OpenLegislation, desk: Desk, found: dict[str, Update], local: datetime) -> list[Update]:
    seen = desk.store.observations(found)
    wanted, sessions = set(map(str, desk.wanted)), set(_sessions(desk, local))
    return [
        update
        for bill, update in found.items()
        if (bill in wanted or bill in seen or (desk.discovers and update.bill.session in sessions))
        and not (source.name in seen.get(bill, {}) and seen[bill][source.name].token >= update.at)
    ]


def _unseen(source: OpenLegislation, desk: Desk) -> list[BillId]:
    """Named and related bills that this source was never asked about, or that it did not have any more.

    Those of other sessions, mostly; what is gone is named by no window, and asked for until it is back.
    """
    seen = desk.store.observations(map(str, desk.wanted))
    last = {b: seen.get(str(b), {}).get(source.name) for b in desk.wanted if str(b) not in desk.answered}
    return [bill for bill, observation in last.items() if observation is None or observation.missing]


def _since(source: OpenLegislation) -> str:
    return f"ny/{source.name}/updates-since"
