"""Watching New York through Open Legislation: fill a session from list pages, then follow what it says has changed.

The API's ranges are [from, to) in New York local time; windows overlap by an hour, because an update may be published
with an earlier time than it becomes visible. What a window names twice is known by its token. When more has changed
than a few hundred single questions can bring, the session's list pages are read again: a flood of 10,000 updates costs
21 requests, and a bill whose bytes are the same costs no parsing. Once a month they are read again in any case, for
what the updates may have missed, and a last time when every end in a session is certain: it is then held whole. A bill
that could not be answered or read holds up neither window nor session: it stands among the failures, and is asked for
in every run until it is answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from billwatch.answer import Answer
from billwatch.bill import BillId
from billwatch.errors import Damaged, LayoutChanged
from billwatch.legislatures.new_york.open_legislation_bill import bill_of, named_in
from billwatch.legislatures.new_york.session import session_end
from billwatch.run.desk import Desk, Failed, Observed, Sighting, Unchanged, digest_of
from billwatch.stages import CERTAIN_AFTER

if TYPE_CHECKING:
    from billwatch.legislatures.new_york.open_legislation import OpenLegislation, Page

T = TypeVar("T")
BILLS = "AS"  # numbers of bills begin so; resolutions are left out
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
    due = {*_sessions(desk), *_over(source, desk)}
    filled = {s for s in due if desk.discovers and not _is_fresh(source, desk, s)}
    for session in sorted(filled):
        yield from _session(source, desk, session, local, {})
    yield from _updates(source, desk, local, filled)
    yield from desk.ask(source, _unseen(source, desk))


def _sessions(desk: Desk) -> list[str]:
    found: list[str] = desk.settings.sessions_on(desk.today)
    return found


def _is_fresh(source: OpenLegislation, desk: Desk, session: str) -> bool:
    """Whether the session's list pages were read in the last month."""
    read_at = desk.store.bookmark(f"ny/{source.name}/filled/{session}")
    return bool(read_at) and desk.now - datetime.fromisoformat(read_at) < REREAD


def _over(source: OpenLegislation, desk: Desk) -> list[str]:
    """Sessions whose list we read while they lasted, and have not read since their ends are certain."""
    marks = desk.store.rows("select name, value from bookmarks where name like ?", (f"ny/{source.name}/filled/%",))
    read_on = {mark["name"].rpartition("/")[2]: datetime.fromisoformat(mark["value"]).date() for mark in marks}
    certain = {session: session_end(session) + CERTAIN_AFTER for session in read_on}
    return [s for s, on in read_on.items() if on <= certain[s] < desk.now.date()]


def _session(
    source: OpenLegislation, desk: Desk, session: str, local: datetime, times: Mapping[str, str]
) -> Iterator[Sighting]:
    """Every bill of a session from its list pages; `times`: when a window says that bills were processed."""
    known = desk.store.digests(source.name)
    if not desk.store.bookmark(_since(source)):
        desk.store.set_bookmark(_since(source), local.isoformat())
    for page, answer in _pages(desk, source.read_session, lambda offset: source.session_address(session, offset)):
        digests = [(digest_of(raw), raw) for raw in page.items]
        yield Unchanged(tuple(known[d] for d, _ in digests if d in known))
        for seen in (_listed(raw, digest, answer) for digest, raw in digests if digest not in known):
            if isinstance(seen, Observed):
                yield _timed(seen, times, local)
            elif seen:
                yield seen
    desk.store.set_bookmark(f"ny/{source.name}/filled/{session}", desk.now.isoformat())


def _listed(raw: bytes, digest: str, answer: Answer) -> Observed | Failed | None:
    """One bill of a list page, None for a resolution. One that we cannot read keeps the others from nobody."""
    named = named_in(raw)
    if named and named.identifier[0] not in BILLS:
        return None
    try:
        return Observed(bill=bill_of(raw, answer.url), answer=answer, digest=digest, part=raw)
    except LayoutChanged as error:
        return Failed(str(named or ""), error)


def _timed(seen: Observed, times: Mapping[str, str], local: datetime) -> Observed:
    """The sighting with the time of its state, so that no later window asks for it again.

    Where no window gave one, it is what every window before this moment had shown for certain.
    """
    token = times.get(seen.bill.id) or (local - OVERLAP).isoformat()
    return msgspec.structs.replace(seen, token=token)


def _pages(
    desk: Desk, read: Callable[[Answer], Page[T]], address: Callable[[int], str]
) -> Iterator[tuple[Page[T], Answer]]:
    """All pages of a list, never cut short by the budget: 21 requests fill a session."""
    offset = 1
    while True:
        desk.budget.spend()
        answer = desk.fetcher.get(address(offset), kind="json")
        page = read(answer)
        if page.start != offset:
            raise Damaged(f"the list goes on at {page.start} where {offset} was due", answer.url)
        yield page, answer
        if page.end >= page.total:
            return
        if page.end < offset:
            raise Damaged(f"the list ends at {page.end} of {page.total}", answer.url)
        offset = page.end + 1


def _updates(source: OpenLegislation, desk: Desk, local: datetime, filled: set[str]) -> Iterator[Sighting]:
    """What changed since the last window that was handled whole, and what earlier runs could not be answered."""
    since = desk.store.bookmark(_since(source))
    if not since:  # nothing was ever filled: only named bills are followed
        yield from desk.ask(source, desk.wanted)
        return
    named = _named(source, desk, datetime.fromisoformat(since) - OVERLAP, local)
    due = _unhandled(source, desk, named, local)
    for session, times in _by_session(due).items():
        if session not in filled:
            yield from _changed(source, desk, session, times, local)
    if not desk.budget.waiting:
        desk.store.set_bookmark(_since(source), local.isoformat())
    for session, bills in _by_session(_ours(source, desk, _failing(source, desk), local)).items():
        yield from _changed(source, desk, session, bills, local)
    known = desk.store.observations(map(str, desk.wanted))
    unnamed = {bill for bill, seen in known.items() if source.name in seen and not seen[source.name].missing}
    unnamed -= desk.answered | due.keys() | _failing(source, desk, now=True).keys()
    yield Unchanged(tuple(sorted(unnamed)))


def _by_session(times: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for bill, at in times.items():
        found[BillId.parse(bill).session][bill] = at
    return dict(sorted(found.items()))


def _changed(
    source: OpenLegislation, desk: Desk, session: str, times: Mapping[str, str], local: datetime
) -> Iterator[Sighting]:
    """Bills of one session: one by one, or by the session's pages when they are many."""
    if len(times) > FLOOD and desk.discovers and session in _sessions(desk):
        yield from _session(source, desk, session, local, times)
        return
    for sighting in desk.ask(source, map(BillId.parse, times)):
        yield _timed(sighting, times, local) if isinstance(sighting, Observed) else sighting


def _named(source: OpenLegislation, desk: Desk, since: datetime, until: datetime) -> dict[str, str]:
    """The bills that a window names, each with its last time."""
    found: dict[str, str] = {}
    for page, _ in _pages(desk, source.read_updates, lambda offset: source.updates_address(since, until, offset)):
        found |= {str(u.bill): u.at for u in page.items if u.bill.identifier[0] in BILLS}
    return found


def _unhandled(source: OpenLegislation, desk: Desk, named: Mapping[str, str], local: datetime) -> dict[str, str]:
    """Those of a window's bills that are ours and not known as of then."""
    seen = desk.store.observations(named)
    tokens = {bill: own.token for bill in named if (own := seen.get(bill, {}).get(source.name))}
    return {b: at for b, at in _ours(source, desk, named, local).items() if not at or tokens.get(b, "") < at}


def _ours(source: OpenLegislation, desk: Desk, times: Mapping[str, str], local: datetime) -> dict[str, str]:
    """The bills that we follow, know, or would find in the sessions that we read."""
    seen = desk.store.observations(times)
    ours, sessions = seen.keys() | set(map(str, desk.wanted)), _sessions(desk) if desk.discovers else []
    return {b: at for b, at in times.items() if b in ours or BillId.parse(b).session in sessions}


def _failing(source: OpenLegislation, desk: Desk, *, now: bool = False) -> dict[str, str]:
    """Bills that this source owes us an answer for; with `now`, those too that it was asked for in this run.

    They keep no window from moving: they are asked for in every run until they are answered. What the source says
    it does not have is an answer.
    """
    sql = "select bill from failures where source = ? and (? or last_at < ?) and error not like 'not listed%'"
    stamp = desk.now.isoformat(timespec="seconds")
    return dict.fromkeys(desk.store.column(f"{sql} order by bill", (source.name, now, stamp)), "")


def _unseen(source: OpenLegislation, desk: Desk) -> list[BillId]:
    """Named and related bills that this source was never asked about, or that it did not have any more.

    Those of other sessions, mostly; what is gone is named by no window, and asked for until it is back.
    """
    seen = desk.store.observations(map(str, desk.wanted))
    last = {b: seen.get(str(b), {}).get(source.name) for b in desk.wanted if str(b) not in desk.answered}
    return [bill for bill, observation in last.items() if observation is None or observation.missing]


def _since(source: OpenLegislation) -> str:
    return f"ny/{source.name}/updates-since"
