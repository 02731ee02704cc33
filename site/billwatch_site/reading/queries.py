"""The questions that a build asks the store, made from the fields of the records that the answers become.

Every answer is JSON: an array for a record, its fields in their order; arrays of arrays for what hangs on a bill. A
field is read from the column of its name; only what is otherwise is written down here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import msgspec

from billwatch_site.records import (
    Action,
    BillRecord,
    Brief,
    Card,
    Change,
    Check,
    Disagreement,
    Failure,
    FloorVote,
    Line,
    Move,
    Namesake,
    Print,
    Relation,
    SourceRun,
    Sponsor,
    Topic,
    Vote,
)

FOUND = """
with recursive found(id) as (
    select id from main.bills where followed
    union select r.other from found join main.relations r on r.bill = found.id
    union select r.bill from found join main.relations r on r.other = found.id
)
select b.id from main.bills b join found on found.id = b.id order by b.id
"""
OURS = "create temp table ours (id text primary key, family text) without rowid"


def is_asked(legislature: str, store: str = "main") -> str:
    """Whether a source is one that the last whole update asked, as it noted; all are where no update has noted any."""
    asked = f"(select ' ' || value || ' ' from {store}.bookmarks where name = {legislature} || '/sources')"
    return f"ifnull(instr({asked}, ' ' || source || ' '), 1)"


IS_ASKED = is_asked("legislature")
_HOUSE = "substr(bill, 1, instr(bill, '/') - 1)"
OWED = f"failures where {is_asked(_HOUSE)}"  # who is not asked owes no answer
_IN_OURS = "in (select id from temp.ours)"
LINKS = f"select bill, other, by = 'source' from main.relations where bill {_IN_OURS} and other {_IN_OURS}"
COUNT_CHANGES = f"select count(*) from changes where bill {_IN_OURS}"


def _array(kind: type[msgspec.Struct], table: str, without: type[msgspec.Struct] | None = None, **columns: str) -> str:
    """A record as an array, from a row of the table of this short name; "" leaves a field at the end out."""
    fields = msgspec.structs.fields(kind)[len(without.__struct_fields__) if without else 0 :]
    found = [columns[f.name] if f.name in columns else _column(f, table) for f in fields]
    return f"json_array({', '.join(expression for expression in found if expression)})"


def _column(field: msgspec.structs.FieldInfo, table: str) -> str:
    """A column as a field: absent text is "", an absent moment is none."""
    name = f"{table}.{field.name}"
    if field.type is str:
        return f"ifnull({name}, '')"
    return f"nullif({name}, '')" if _is_instant(field.type) else name


def _is_instant(kind: Any) -> bool:
    """Whether a field holds a moment, or none."""
    return kind is datetime or any(map(_is_instant, get_args(kind)))


def _all(array: str, rows: str, table: str) -> str:
    """An array of such arrays: these rows in their order."""
    return f"(select json_group_array({array}) from (select * from {rows}) {table})"


def _nested(column: str) -> str:
    """What a column holds as JSON; where that is broken, a text that no record takes."""
    return f"iif(json_valid({column}), json({column}), '{column} is broken')"


def _full(name: str, bill: str) -> str:
    """A name on a bill: the full one where this is a short one of somebody who is known."""
    return f"""ifnull((
        select p.name from temp.people p where p.legislature = {bill}.legislature and p.session = {bill}.session
            and p.initial = substr({bill}.identifier, 1, 1) and p.short = {name}), ifnull({name}, ''))"""


def _bytes(json: str) -> str:
    return f"cast({json} as blob)"


# A link that both bills state is told once, by the bill itself: same-as reads the same both ways, the others do not.
_RELATIONS = """(
    select kind, other, by = 'source' sure, evidence, 0 incoming from relations where bill = b.id
    union all
    select r.kind, r.bill, r.by = 'source', r.evidence, 1 from relations r where r.other = b.id and not (
        r.kind = 'same-as' and exists (
            select 1 from relations s where s.bill = b.id and s.kind = 'same-as' and s.other = r.bill))
    order by incoming, kind, other)"""
_CLAUSE = "trim(substr(b.abstract, 1, instr(b.abstract || ';', ';') - 1))"
_CALLED = f"coalesce(nullif(b.title, ''), {_CLAUSE}, '')"
# A sponsor of whom a source gives the short name alone is called by the full one where it is known (`people.py`).
PEOPLE = """
create temp table people (
    legislature text, session text, initial text, short text, name text,
    primary key (legislature, session, initial, short)
) without rowid"""
_IS_SHORT = "short != '' and upper(name) = upper(short)"
SHORT = f"select exists (select 1 from main.sponsorships where {_IS_SHORT})"
NAMES = """
select distinct legislature, session, substr(identifier, 1, 1), name, short
from main.sponsorships join main.bills on bills.id = bill where short != ''"""
MOVING = ("topic-added", "topic-removed", "sponsor", "cosponsor-added", "cosponsor-removed")
_MOVES = f"changes where bill = b.id and kind in {MOVING} order by seen_at, happened_on, id"
_EXECUTIVE = """actions where bill = b.id
    and (classification like '%"executive-%' or classification like '%"became-law"%') order by position"""
_REVISION = "(select count(*) from changes where bill = b.id and (kind like 'action%' or kind = 'status'))"
_HOURS = "(select distinct substr(seen_at, 1, 13) hour from changes where bill = b.id order by hour)"

# The line that a correction took out, where another like it still stands.
STANDS = "select text from actions a where a.bill = c.bill and a.date || ' ' || a.chamber || ': ' || a.text = c.was"
_MOTION = """select motion from votes v where v.bill = c.bill and v.date = c.happened_on and v.kind = 'committee'
    and instr(c.now, v.date || ' ' || v.chamber || ' ' || v.committee || ' committee: ') = 1"""
# Whose law a chapter amendment would amend: "" for the bill's own, else its substitute's; "?" where it is none yet.
_LAW = """select case when b.stage = 'law' then '' when s.stage = 'law' then s.identifier
    else ifnull(s.identifier, '') || '?' end
    from bills b left join bills s on s.id = b.substituted_by where b.id = c.bill"""
_VETO = """select 1 from actions v
    where v.bill = c.bill and v.date <= c.happened_on and v.classification like '%"executive-veto"%'"""
_CONTEXT = f"""case c.kind
    when 'action' then iif(substr(c.now, -8) = ': TABLED' and exists ({_VETO}), 'veto', '')
    when 'vote-added' then ifnull(({_MOTION}), '')
    when 'chapter-amendment' then ifnull(({_LAW}), '')
    when 'action-removed' then ifnull(({STANDS}), '') else '' end"""
_CHANGE = _array(Change, "c", context=_CONTEXT, corrected_by="")
_ACTION = _array(Action, "a", classification=_nested("a.classification"))
_BRIEF = _array(
    Brief,
    "b",
    called=_CALLED,
    sponsor=_full("b.sponsor", "b"),
    marks=_nested("b.marks"),
    sponsors=_all(
        _array(Sponsor, "s", name=_full("s.name", "b")), "sponsorships where bill = b.id order by position", "s"
    ),
    relations=_all(_array(Relation, "r"), _RELATIONS, "r"),
    topics=_all(_array(Topic, "t"), "topics where bill = b.id order by area, topic", "t"),
    family="(select family from temp.ours o where o.id = b.id)",
    seen=f"(select json_group_array(hour) from {_HOURS})",
    moves=_all(_array(Move, "m"), _MOVES, "m"),
    executive=_all(_ACTION, _EXECUTIVE, "a"),
    revision=_REVISION,
)
_CHANGES = _all(_CHANGE, "changes where bill = b.id order by seen_at desc, source, url, happened_on desc, id", "c")
_CHECKS = """(
    select o.source, o.url, o.first_seen_at, o.changed_at, o.checked_at, o.checks, o.missing,
        ifnull(f.sha256, '') sha256, f.fetched_at fetched_at
    from observations o left join fetches f on f.id = o.receipt
    where o.bill = b.id and o.source != 'merged' order by o.checked_at desc, o.source)"""
_REST = _array(
    BillRecord,
    "b",
    without=Brief,
    changes="",
    rates=_nested("b.rates"),
    steps=_nested("b.steps"),
    actions=_all(_ACTION, "actions where bill = b.id order by position", "a"),
    prints=_all(_array(Print, "p"), "versions where bill = b.id order by letter", "p"),
    votes=_all(
        _array(Vote, "v", counts=_nested("v.counts"), roll=_nested("v.roll")),
        "votes where bill = b.id order by date desc, position desc",
        "v",
    ),
    checks=_all(_array(Check, "o"), _CHECKS, "o"),
    failures=_all(_array(Failure, "f"), f"{OWED} and bill = b.id order by source", "f"),
    disagreements=_all(_array(Disagreement, "d"), "disagreements where bill = b.id order by fact, source", "d"),
    set_aside="ifnull((select d.evidence from doubts d where d.bill = b.id and d.topic = 'not-ours'), '')",
    namesakes=_all(
        _array(Namesake, "n", sponsor=_full("n.sponsor", "n"), own=f"n.id {_IN_OURS}"),
        "bills where legislature = b.legislature and identifier = b.identifier order by session desc, id",
        "n",
    ),
    kin="",
)

_WANTED = "from json_each(:ids) wanted join bills b on b.id = wanted.value"
BRIEFS = f"select b.id, {_bytes(_BRIEF)} {_WANTED}"
# What only the database for others shows of a bill (`reading/database.py`).
_RECEIPT = "json_array(x.receipt, f.source, f.url, f.fetched_at, f.status, f.sha256, f.bytes)"
_HANDED = f"""json_array(b.status, b.act_clause, b.substituted_by, b.sponsor,
    (select json_group_array(json_array(x.id, x.position, x.receipt, {_RECEIPT}))
        from (select * from changes where bill = b.id order by id) x left join fetches f on f.id = x.receipt),
    (select json_group_array(json_array(x.source, x.url, x.first_seen_at, x.changed_at, x.checked_at, x.checks,
        x.missing, {_RECEIPT}))
        from (select * from observations where bill = b.id order by source) x
        left join fetches f on f.id = x.receipt),
    (select json_group_array(json_array(name, short, role)) from
        (select * from sponsorships where bill = b.id order by position)),
    (select json_group_array(json_array(kind, other, "by", evidence)) from
        (select * from relations where bill = b.id order by kind, other)),
    (select json_group_array(since) from (select * from disagreements where bill = b.id order by fact, source)),
    (select json_group_array(score) from (select * from topics where bill = b.id order by topic)))"""
RAW = f"select b.id, {_bytes(_BRIEF)}, {_bytes(_CHANGES)}, {_bytes(_REST)}, {_bytes(_HANDED)} {_WANTED}"
_CHECKED = "ifnull((select max(checked_at) from observations where bill = b.id and source != 'merged'), '')"
CHECKS = f"select b.id, {_CHECKED} from bills b where b.followed and not b.ended and b.id {_IN_OURS}"
LINES = f"""
select b.id, {_bytes(_BRIEF)}, {_bytes(_array(Line, "b", without=Brief, checked_at=_CHECKED))}
from bills b where b.id {_IN_OURS} order by b.id"""
# The plus keeps SQLite from going through all bills where few changes are wanted: it goes by when they were seen.
_AMONG_OURS = f"+c.bill {_IN_OURS}"
CORRECTED = f"""
select corrects, id from changes c where corrects != '' and {_AMONG_OURS}
order by seen_at desc, source, url, happened_on desc, id"""
# What the database for others shows besides its bills and what hangs on them.
HANDED = (
    "select * from runs order by id",
    f"select * from doubts where bill {_IN_OURS} order by bill, topic",
    "select * from sessions order by legislature, session",
    "select * from base_rates order by legislature, session, stage, step, chamber, day",
)

_LATEST = "order by c.seen_at desc, c.happened_on desc, c.position desc, c.id desc"
# In which months (UTC) something changed; what a day's page says of a bill besides its changes.
MONTHS = "select distinct substr(seen_at, 1, 7) from changes order by 1"
_FLOOR = "votes where bill = b.id and kind = 'floor' order by position"
_CARD = _array(
    Card,
    "b",
    called=_CALLED,
    sponsor=_full("b.sponsor", "b"),
    votes=_all(_array(FloorVote, "v", counts=_nested("v.counts")), _FLOOR, "v"),
)
CARDS = f"select b.id, {_bytes(_CARD)} from bills b where b.id {_IN_OURS}"
# How much was seen in which hour.
HOURS = f"""
select substr(c.bill, 1, instr(c.bill, '/') - 1), substr(c.seen_at, 1, 13), count(*) from changes c
where c.seen_at >= :since and c.seen_at < :until and {_AMONG_OURS} group by 1, 2"""
CHANGES_RAW = f"""
select c.bill, substr(c.seen_at, 1, 13), c.severity, c.kind, {_bytes(_CHANGE)} from changes c
where c.seen_at >= :since and c.seen_at < :until and {_AMONG_OURS} {_LATEST}"""

# With its company: the flood that it came in, which is one notice, and corrections, which join what they correct.
_WHEN = """seen_at >= :since and seen_at < :until and (
    severity in (select value from json_each(:severities)) or :company and (backfill or corrects != ''))"""
CHANGES = f"select {_bytes(_CHANGE)} from changes c where {_WHEN} and {_AMONG_OURS} {_LATEST}"
COUNTS = f"select bill, count(*) from changes where bill {_IN_OURS} group by bill"
# Age is how many changes of its bill are newer; louder is what outweighs them all.
NEWEST = f"""
with weighed as (
    select id, bill, seen_at, happened_on, position,
        case severity when 'milestone' then 0 when 'notable' then 1 else 2 end weight
    from changes where bill {_IN_OURS}
), aged as (
    select id, seen_at, row_number() over newer - 1 age,
        weight < ifnull(min(weight) over (newer rows between unbounded preceding and 1 preceding), 3) louder
    from weighed window newer as (partition by bill order by seen_at desc, happened_on desc, position desc, id desc)
)
select age, {_bytes(_CHANGE)} from aged join changes c on c.id = aged.id
where aged.seen_at >= :since or louder {_LATEST}"""
CHANGES_OF_BILLS = f"""
select {_bytes(_CHANGE)} from json_each(:ids) wanted join changes c on c.bill = wanted.value where {_WHEN} {_LATEST}"""

_RUNS = f"""(
    select *, max(id) from runs where {IS_ASKED} group by legislature, source order by legislature, source) r"""
RUNS = f"select {_bytes(_array(SourceRun, 'r'))} from {_RUNS}"
CHECKED_AT = f"select max(checked_at) from observations where source != 'merged' and bill {_IN_OURS}"
_DOUBT = "json_array(d.bill, ifnull(d.title, ''), d.topic, d.evidence, d.score)"
DOUBTS = f"select {_bytes(_DOUBT)} from borderline d"
AROUND = f"""
select {_bytes(f"json_group_array({_array(SourceRun, 'r')})")} from {_RUNS}
union all select {_bytes(f"json_group_array(json_array(f.bill, {_array(Failure, 'f')}))")}
    from (select * from {OWED} and bill {_IN_OURS} order by bill, source) f
union all select {_bytes(f"(select json_group_array({_DOUBT}) from borderline d)")}
union all select {_bytes(f"({CHECKED_AT})")}"""
