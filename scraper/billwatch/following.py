"""Which bills are ours after a run: by name, by topic, by family; where they stand; and what has come back.

Runs when all sources have been read, and may be run again at any time with the same outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from types import ModuleType

from billwatch.agreement import disagreements
from billwatch.bill import BillId
from billwatch.changes import Difference
from billwatch.families import LINKS, Candidate, family_of, probable_returns
from billwatch.stages import Standing, stage_of
from billwatch.store import MERGED, Store

Tell = Callable[[str, Difference], None]
_KINDS = ", ".join(f"'{kind}'" for kind in LINKS)


def follow(store: Store, legislature: str, named: Iterable[BillId], topics: Iterable[str]) -> dict[str, str]:
    """Mark the followed bills of a legislature with the reason; those of a family follow their relatives."""
    reasons = {str(bill): "named" for bill in named if bill.legislature == legislature}
    for bill in by_topic(store, legislature, topics):
        reasons.setdefault(bill, "topic")
    for bill in list(reasons):
        for relative in family_of(bill, lambda member: linked(store, member)):
            reasons.setdefault(relative, f"family of {bill}")
    conn = store.db.conn
    conn.execute("update bills set followed = 0, follow_reason = '' where legislature = ? and followed", (legislature,))
    conn.executemany(
        "update bills set followed = 1, follow_reason = ? where id = ?", ((why, bill) for bill, why in reasons.items())
    )
    return reasons


def by_topic(store: Store, legislature: str, topics: Iterable[str]) -> list[str]:
    """The bills whose words put them under one of these areas or subtopics."""
    names = list(topics)
    places = ", ".join("?" * len(names))
    sql = f"select distinct bill from topics where (topic in ({places}) or area in ({places})) and bill like ?"
    return store.column(sql, (*names, *names, f"{legislature}/%"))


def linked(store: Store, bill: str) -> list[str]:
    """The bills linked with this one, in either direction."""
    sql = (
        f"select other from relations where bill = ? and kind in ({_KINDS}) "
        f"union select bill from relations where other = ? and kind in ({_KINDS})"
    )
    return store.column(sql, (bill, bill))


def announce_returns(store: Store, legislature: str, tell: Tell) -> None:
    """Tell those who follow a bill that it has come back in a later session: once, in its whole family."""
    _guess_returns(store, legislature)
    sql = (
        "select r.bill, r.other, b.introduced_on from relations r join bills b on b.id = r.bill "
        "join bills o on o.id = r.other where r.kind in ('previous-version', 'probably-same') "
        "and o.legislature = ? and o.followed and b.session > o.session"
    )
    for new, earlier, introduced_on in store.db.conn.execute(sql, (legislature,)).fetchall():
        for relative in family_of(earlier, lambda member: linked(store, member)):
            if _session(relative) < _session(new) and _is_untold(store, relative, new):
                tell(relative, Difference("reintroduced", now=new, happened_on=introduced_on or ""))


def _is_untold(store: Store, bill: str, new: str) -> bool:
    """Whether those who follow this bill have not heard of the new one."""
    followed = store.column("select id from bills where id = ? and followed", (bill,))
    return bool(followed) and not store.told(bill)["reintroduced", "", new]


def _session(bill: str) -> str:
    return bill.split("/")[1]


def _guess_returns(store: Store, legislature: str) -> None:
    """Link bills that have probably come back; a link of the source's own stands instead of a guess.

    Only pairs of which we had not seen both before are looked at: two sessions hold 40,000 bills.
    """
    name = f"{legislature}/returns-guessed-until"
    since = store.bookmark(name)
    ours = "from bills where legislature = ?1 and followed"
    theirs = f"from bills where legislature = ?1 and session > (select min(session) {ours})"
    for new, old in ((f"{theirs} and first_seen_at > ?2", ours), (theirs, f"{ours} and first_seen_at > ?2")):
        if earlier := _candidates(store, old, legislature, since):
            _link_returns(store, probable_returns(_candidates(store, new, legislature, since), earlier))
    store.set_bookmark(name, store.column("select coalesce(max(first_seen_at), '') from bills")[0])


def _link_returns(store: Store, guesses: Iterable[tuple[Candidate, Candidate, str]]) -> None:
    for bill, earlier, why in guesses:
        if earlier.bill not in family_of(bill.bill, lambda member: linked(store, member)):
            store.db.conn.execute(
                "insert or ignore into relations (bill, kind, other, by, evidence) "
                "values (?, 'probably-same', ?, 'billwatch', ?)",
                (bill.bill, earlier.bill, why),
            )


def _candidates(store: Store, where: str, legislature: str, since: str) -> list[Candidate]:
    columns = "id, session, coalesce(title, ''), coalesce(sponsor, ''), coalesce(law_section, ''), ?2"
    return [Candidate(*row[:5]) for row in store.db.conn.execute(f"select {columns} {where}", (legislature, since))]


def compare_sources(store: Store, bills: Iterable[str], order: Sequence[str], now: str) -> None:
    """What the sources say differently of these bills now.

    A source that was not asked since another one changed its mind has had no chance to agree, and is left out.
    """
    for bill, seen in store.observations(bills).items():
        if MERGED not in seen:
            continue
        moved = max(o.changed_at for o in seen.values())
        answers = {s: seen[s].read() for s in order if s in seen and seen[s].checked_at >= moved}
        store.put_disagreements(bill, disagreements(answers), now)


def restage(store: Store, place: ModuleType, bills: Iterable[str], today: date) -> None:
    """Where these bills stand today: time passes for a bill that nobody touches, and a substitute moves for it."""
    facts = store.facts(bills)
    substitutes = {
        row[0]: row[1]
        for row in store.db.conn.execute("select bill, other from relations where kind = 'substituted-by'")
        if row[0] in facts
    }
    others = store.facts(set(substitutes.values()) - facts.keys())
    alone = {key: stage_of(bill, today, place.rules(bill.session)) for key, bill in {**others, **facts}.items()}

    def standing(bill: str) -> Standing:
        substitute = alone.get(substitutes.get(bill, ""))
        return stage_of(facts[bill], today, place.rules(facts[bill].session), substitute) if substitute else alone[bill]

    store.put_standings((bill, standing(bill)) for bill in facts)
