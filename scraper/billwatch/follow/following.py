"""Which bills are ours after a run: by name, by topic, by family; where they stand; and what has come back.

Runs when all sources have been read, and may be run again at any time with the same outcome.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from billwatch.bill import Bill, BillId
from billwatch.compare.agreement import disagreements
from billwatch.compare.changes import Difference
from billwatch.follow.families import LINKS, STATED, Candidate, family_of, likeness, probable_returns
from billwatch.follow.leaving import Parted
from billwatch.follow.passages import passage_of, passed_again
from billwatch.legislatures import Legislature
from billwatch.stages import Standing, stage_of
from billwatch.store import MERGED, Store
from billwatch.topics import Classifier

Tell = Callable[[str, Difference], None]


def follow(
    store: Store,
    legislature: str,
    named: Iterable[BillId],
    topics: Iterable[str],
    staying: Mapping[str, str] = MappingProxyType({}),
    parted: Sequence[Parted] = (),
) -> tuple[dict[str, str], set[str]]:
    """Mark the followed bills of a legislature: each with the reason, and those that are followed newly.

    `staying` are those that were followed for their topic, and `parted` those that were for their family, see
    leaving.py. The members of a family follow their relatives.
    """
    reasons = {str(bill): "named" for bill in named if bill.legislature == legislature}
    for bill in by_topic(store, legislature, topics):
        reasons.setdefault(bill, "topic")
    for bill, why in staying.items():
        reasons.setdefault(bill, why)
    _add_relatives(store, reasons, parted)
    sql = "select id, follow_reason from bills where legislature = ? and followed"
    before: dict[str, str] = dict(store.db.conn.execute(sql, (legislature,)).fetchall())
    moved = [(why, bill) for bill, why in reasons.items() if before.get(bill) != why]
    store.db.conn.executemany("update bills set followed = 1, follow_reason = ? where id = ?", moved)
    left = [(bill,) for bill in before.keys() - reasons.keys()]
    store.db.conn.executemany("update bills set followed = 0, follow_reason = '' where id = ?", left)
    return reasons, reasons.keys() - before.keys()


def _add_relatives(store: Store, reasons: dict[str, str], parted: Sequence[Parted]) -> None:
    """Their families too, and what was of one until it parted from a bill that is still followed, with its own."""
    links = cache(lambda member: linked(store, [member]))  # the members of a family are each a bill to begin with
    kept = reasons
    while kept:
        for bill in list(kept):
            for relative in family_of(bill, links):
                reasons.setdefault(relative, f"family of {bill}")
        kept = {bill: why for bill, other, why in parted if other in reasons and bill not in reasons}
        reasons |= kept


def retopic(store: Store, legislature: str, classifier: Classifier) -> bool:
    """Whether the taxonomy or a decision was edited: then every bill's topics are found anew.

    No bill changed, so nothing of it is told.
    """
    name = f"{legislature}/taxonomy"
    last = store.bookmark(name)
    if last == classifier.edition:
        return False
    if last:  # without an earlier edition, every topic there is was found by this one
        sql = (
            "select id, title, abstract, law_code, act_clause, text from bills "
            "left join versions on bill = id and letter = version where legislature = ?"
        )
        bills = store.db.conn.execute(sql, (legislature,)).fetchall()
        labels = ((bill, classifier.labels(*(text or "" for text in texts))) for bill, *texts in bills)
        store.put_topics({bill: classifier.judged(bill, found) for bill, found in labels})
    store.set_bookmark(name, classifier.edition)
    return bool(last)


def by_topic(store: Store, legislature: str, topics: Iterable[str]) -> list[str]:
    """The bills whose words put them under one of these areas or subtopics."""
    names = list(topics)
    places = ", ".join("?" * len(names))
    sql = f"select distinct bill from topics where (topic in ({places}) or area in ({places})) and bill like ?"
    return store.column(sql, (*names, *names, f"{legislature}/%"))


def linked(store: Store, bills: Sequence[str], kinds: Iterable[str] = LINKS) -> list[str]:
    """The bills linked with any of these, in either direction."""
    among = ", ".join(f"'{kind}'" for kind in kinds)
    sql = (
        f"select other from json_each(?1) near join relations on bill = near.value and kind in ({among}) "
        f"union select bill from json_each(?1) near join relations on other = near.value and kind in ({among})"
    )
    return store.column(sql, (json.dumps(bills),))


def announce_returns(store: Store, legislature: str, joined: set[str], tell: Tell) -> None:
    """Tell those who follow a bill that it has come back in a later session: once, in its whole family.

    That is news where we knew the bill before the other one. A bill that we see only then, or together with what it
    came back as, is new to us as it is, and its past is not told again.
    Where only a guess of ours joins the two, it has probably come back; when a source joins them later, that is told
    as well. `joined`: the bills that are followed newly, for which nothing was guessed before.
    """
    _guess_returns(store, legislature, joined, tell)
    came_up = "coalesce(nullif(b.introduced_on, ''), (select min(date) from actions where bill = b.id), '')"
    sql = (
        f"select r.bill, r.other, r.kind, {came_up} from relations r join bills b on b.id = r.bill "
        "join bills o on o.id = r.other where r.kind in ('previous-version', 'probably-same') "
        "and o.legislature = ? and o.followed and b.session > o.session"
    )
    for new, earlier, link, came_up_on in store.db.conn.execute(sql, (legislature,)).fetchall():
        sure = family_of(new, lambda member: linked(store, [member], STATED))
        for relative in family_of(earlier, lambda member: linked(store, [member])):
            if _session(relative) >= _session(new) or (link == "probably-same" and relative in sure):
                continue  # what a source says of the two is not told by a guess
            kind = "reintroduced" if relative in sure else "probably-reintroduced"
            if _was_here_before(store, relative, new) and _is_untold(store, relative, kind, new):
                tell(relative, Difference(kind, now=new, happened_on=came_up_on))


def _was_here_before(store: Store, bill: str, new: str) -> bool:
    """Whether we saw a bill before we saw the new one."""
    sql = "select 1 from bills b, bills n where b.id = ? and n.id = ? and b.first_seen_at < n.first_seen_at"
    return bool(store.column(sql, (bill, new)))


def _is_untold(store: Store, bill: str, kind: str, new: str) -> bool:
    """Whether those who follow this bill have not heard of the new one, or only as probable what is sure now."""
    followed = store.column("select id from bills where id = ? and followed", (bill,))
    return bool(followed) and not any(store.told(bill)[known, "", new] for known in {kind, "reintroduced"})


def _session(bill: str) -> str:
    return bill.split("/")[1]


def _guess_returns(store: Store, legislature: str, joined: set[str], tell: Tell) -> None:
    """Link bills that have probably come back; a link of the source's own stands instead of a guess.

    Only pairs that are new to us, or one of whose bills reads otherwise now, are looked at: two sessions hold
    40,000 bills.
    """
    name = f"{legislature}/returns-guessed-until"
    since = store.bookmark(name)
    ours = _candidates(store, "from bills where legislature = ?1 and followed", legislature, since)
    theirs = "from bills where legislature = ?1 and session > ?3"
    first = min((c.session for c in ours), default="")
    old = [c for c in ours if c.bill in joined or c.changed_at > since]
    _take_back(store, legislature, since, tell)
    _link_returns(
        store, probable_returns(_candidates(store, f"{theirs} and changed_at > ?2", legislature, since, first), ours)
    )
    if old:
        _link_returns(store, probable_returns(_candidates(store, theirs, legislature, since, first), old))
    store.set_bookmark(name, store.column("select coalesce(max(changed_at), '') from bills")[0])


def _take_back(store: Store, legislature: str, since: str, tell: Tell) -> None:
    """Unlink what we would not guess any more, because a bill reads otherwise or a source has spoken since.

    Who was told of it is told so.
    """
    sql = (
        "select r.bill, r.other from relations r join bills b on b.id = r.bill join bills o on o.id = r.other "
        "where r.kind = 'probably-same' and b.legislature = ? and max(b.changed_at, o.changed_at) > ?"
    )
    pairs = store.db.conn.execute(sql, (legislature, since)).fetchall()
    guessed = "from relations where kind = 'probably-same'"
    among = f"from bills where id in (select bill {guessed} union select other {guessed})"
    known = {candidate.bill: candidate for candidate in _candidates(store, among, legislature, since)}
    for new, earlier in pairs:
        if _is_said(store, new, earlier) or not likeness(known[new], known[earlier]):
            store.db.conn.execute(
                "delete from relations where bill = ? and other = ? and kind = 'probably-same'", (new, earlier)
            )
            _deny(store, new, earlier, tell)


def _deny(store: Store, new: str, earlier: str, tell: Tell) -> None:
    """Tell those who heard that a bill of this family has probably come back that it has not."""
    for relative in family_of(earlier, lambda member: linked(store, [member])):
        told = store.told(relative)
        if told["probably-reintroduced", "", new] and not told["not-reintroduced", new, ""] and relative != new:
            tell(relative, Difference("not-reintroduced", was=new))


def _is_said(store: Store, bill: str, earlier: str) -> bool:
    """Whether a source names another bill of the earlier session that this one was, or of this one that it became."""
    sql = "select bill, other from relations where kind = 'previous-version' and (bill = ?1 or other = ?2)"
    links = store.db.conn.execute(sql, (bill, earlier)).fetchall()
    return any((_session(new), _session(old)) == (_session(bill), _session(earlier)) for new, old in links)


def _link_returns(store: Store, guesses: Iterable[tuple[Candidate, Candidate, str]]) -> None:
    for bill, earlier, why in guesses:
        known = family_of(bill.bill, lambda member: linked(store, [member]))
        if earlier.bill not in known and not _is_said(store, bill.bill, earlier.bill):
            store.db.conn.execute(
                "insert or ignore into relations (bill, kind, other, by, evidence) "
                "values (?, 'probably-same', ?, 'billwatch', ?)",
                (bill.bill, earlier.bill, why),
            )


def _candidates(store: Store, where: str, legislature: str, since: str, first: str = "") -> list[Candidate]:
    texts = [f"coalesce({name}, '')" for name in ("title", "sponsor", "law_section", "abstract", "law_code")]
    short = "(select short from sponsorships where bill = bills.id and role = 'primary' order by position limit 1)"
    columns = f"id, session, changed_at, {', '.join(texts)}, coalesce({short}, '')"
    rows = store.db.conn.execute(f"select {columns}, ?2, ?3 {where}", (legislature, since, first))
    return [Candidate(*row[:-2]) for row in rows]


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


def restage(store: Store, place: Legislature, bills: Iterable[str], today: date) -> None:
    """Where these bills stand today: time passes for a bill that nobody touches, and a substitute moves for it."""
    facts = store.facts(bills)
    substitutes = {
        row[0]: row[1]
        for row in store.db.conn.execute("select bill, other from relations where kind = 'substituted-by'")
        if row[0] in facts
    }
    others = store.facts(set(substitutes.values()) - facts.keys())

    def standing(it: Bill, substitute: Standing | None = None) -> Standing:
        passages = passage_of(store, place, it), passed_again(store, place, it)
        return stage_of(it, today, place.rules(it.session), substitute, *passages)

    alone = {key: standing(it) for key, it in {**others, **facts}.items()}
    given_way = {bill: alone[other] for bill, other in substitutes.items() if other in alone}
    store.put_standings(
        (bill, standing(it, given_way[bill]) if bill in given_way else alone[bill]) for bill, it in facts.items()
    )
