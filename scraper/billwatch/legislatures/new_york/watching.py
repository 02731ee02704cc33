"""Which of New York's sources is asked for what in a run.

With a key, Open Legislation leads; LBDC stands in for what it did not answer, and the Assembly's and the Senate's
sites are a second opinion: asked when a bill has moved, else once a week. Without a key, the Assembly's index finds the
bills, LBDC leads with the Assembly's site, which is asked once a day and when a bill has moved, and the Senate's site
is the second opinion. Sources named in the configuration are asked for every followed bill, in that order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from billwatch.answer import Fetcher
from billwatch.bill import BillId
from billwatch.legislatures.new_york.session import session_end
from billwatch.run.desk import Desk, Sighting
from billwatch.source import Source
from billwatch.stages import CERTAIN_AFTER

READING = 4  # while bills are unread, one request in so many is theirs, however many are followed
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
ENDED = BillId("ny", "2019", "S1413")  # nothing about it can change any more


class BillByBill:
    """A source that is asked for one bill at a time."""

    is_index = False

    def watch(self: Source, desk: Desk) -> Iterator[Sighting]:
        """What it says of the bills that are due."""
        return desk.ask(self, due(self, desk))

    def probe(self: Source, fetcher: Fetcher) -> str:
        """What it says of S1413 of 2019, whose session has ended."""
        bill = self.read(fetcher.get(self.address(ENDED), kind=self.kind), ENDED)
        return f"answered with {len(bill.actions or ())} lines about {ENDED}"


def due(source: Source, desk: Desk) -> list[BillId]:
    """The bills that a site of pages is to be asked for in this run, the longest unasked first."""
    if desk.only:
        return desk.named_only(source)
    patience = _patience(source, desk.settings)
    seen = desk.store.observations(map(str, desk.wanted))
    asked_at = {
        bill: last.checked_at if (last := seen.get(str(bill), {}).get(source.name)) else "" for bill in desk.wanted
    }
    bills = [b for b in desk.wanted if _is_due(b, patience, asked_at[b], desk)]
    bills.sort(key=lambda b: asked_at[b])
    unread = _unread(source, desk)
    room = _room(len(unread), len(bills), desk)
    desk.budget.waiting += len(unread) - room
    turn = desk.budget.left - room
    return [*bills[:turn], *unread[:room], *bills[turn:]]


def _room(unread: int, followed: int, desk: Desk) -> int:
    """How many unread bills may be asked for: what this source and the next leave over when they have been asked for
    the followed bills; but never less than a share, or a long list of followed bills would keep others of ours unseen.
    """
    spare = desk.budget.left - followed - len(desk.wanted)
    return min(unread, max(spare, desk.budget.left // READING))


def _patience(source: Source, settings: Any) -> timedelta | None:
    """How long a source may stay unasked for a bill that has not moved; None: it only stands in for others."""
    if settings.sources or (source.name == "lbdc" and not settings.open_legislation_key):
        return timedelta(0)
    if source.name == "lbdc":
        return None
    return DAY if source.name == "assembly" and not settings.open_legislation_key else WEEK


def _is_due(bill: BillId, patience: timedelta | None, asked_at: str, desk: Desk) -> bool:
    unanswered = str(bill) not in desk.answered
    if not asked_at:
        return unanswered or patience is not None
    age = desk.now - datetime.fromisoformat(asked_at)
    if desk.now.date() > session_end(bill.session) + CERTAIN_AFTER:
        return age > MONTH  # its end is known: now and then we make sure that nobody rewrote it
    return unanswered or (patience is not None and (str(bill) in desk.moved or age >= patience))


def _unread(source: Source, desk: Desk) -> list[BillId]:
    """Bills that we know by title only. They are read over many runs, for their summaries may make them ours."""
    if source.name != "lbdc" or not desk.discovers:
        return []
    sql = (
        "select bill from observations o where source = 'assembly-index' and not exists "
        "(select 1 from observations where bill = o.bill and source not in ('assembly-index', 'merged')) "
        "order by exists (select 1 from failures where bill = o.bill), bill desc"
    )
    wanted = set(map(str, desk.wanted))
    return [BillId.parse(b) for b in desk.store.column(sql) if b not in wanted]
