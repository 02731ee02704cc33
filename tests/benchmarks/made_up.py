"""A store of made-up bills in the shape of real ones, the same every time.

A session has 20,000 bills of two houses. The median bill has five lines of history, one in thirty has 37; the median
has eight sponsors, some have 150; one in ten was voted on; most have the same bill in the other house. What was
watched for longer has more changes, up to thirty.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from billwatch.store.migrations import migrations

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SESSION = 20_000  # bills
_WORDS = [
    "warning labels on certain social media platforms",
    "age verification for websites",
    "the retention of data of licence plate readers",
    "reverse location searches by law enforcement",
    "automated decisions in hiring",
    "biometric identifiers in places of business",
    "the privacy of health information",
    "addictive feeds for minors",
    "the sale of location data",
    "synthetic media in elections",
    "the disclosure of breaches of security",
    "net neutrality in public contracts",
]
_COMMITTEES = [
    "CODES",
    "INTERNET AND TECHNOLOGY",
    "CONSUMER AFFAIRS AND PROTECTION",
    "RULES",
    "HEALTH",
    "LABOR",
    "FINANCE",
]
_TOPICS = ["age-verification", "platform-duties", "data-brokers", "biometrics", "government-reading", "health-data"]
_FIRST = [
    "Andrew",
    "Nily",
    "Kristen",
    "Latrice",
    "Zellnor",
    "Patricia",
    "Robert",
    "Liz",
    "Jake",
    "Nathalia",
    "Leroy",
    "Jabari",
    "Michelle",
]
_LAST = [
    "Gounardes",
    "Rozic",
    "Gonzalez",
    "Walker",
    "Myrie",
    "Fitzpatrick",
    "Jackson",
    "Krueger",
    "Ashby",
    "Fernandez",
    "Comrie",
    "Brisport",
]
_MEMBERS = [f"{first} {last}" for first in _FIRST for last in _LAST]
_COURSE = (
    *(
        "REFERRED TO {}",
        "REPORTED AND COMMITTED TO RULES",
        "1ST REPORT CAL.{}",
        "2ND REPORT CAL.",
        "ADVANCED TO THIRD READING",
    ),
    *(
        "PASSED {}",
        "DELIVERED TO {}",
        "REFERRED TO {}",
        "ORDERED TO THIRD READING CAL.{}",
        "PASSED {}",
        "RETURNED TO {}",
    ),
)
Row = dict[str, Any]


def filled(path: Path, bills: int) -> Path:
    """A store with so many followed bills."""
    db = Database(path)
    migrations.apply(db)
    rows = {name: [] for name in ("bills", "actions", "sponsorships", "versions", "votes", "relations")}
    rows |= {name: [] for name in ("topics", "changes", "observations", "fetches")}
    for n in range(bills):
        for table, row in _bill(n):
            rows[table].append(row)
        if n % 2000 == 1999 or n == bills - 1:
            _written(db, rows)
    db.table("runs").insert(_run(bills))
    db.execute("analyze")
    db.close()
    return path


def _written(db: Database, rows: dict[str, list[Row]]) -> None:
    with db.conn:
        for table, some in rows.items():
            if some:
                columns = ", ".join(some[0])
                marks = ", ".join(f":{column}" for column in some[0])
                db.conn.executemany(f"insert into {table} ({columns}) values ({marks})", some)
                some.clear()


def touched(path: Path, part: float) -> int:
    """Move this part of the bills: a new line of history, a new stage, and the changes that tell of it."""
    db = Database(path)
    ids = [id for (id,) in db.execute("select id from bills order by id")]
    moved = random.Random(2).sample(ids, max(1, round(len(ids) * part)))
    seen = (NOW - timedelta(hours=1)).isoformat()
    with db.conn:
        for id in moved:
            line = "2026-01-15 Senate: REFERRED TO HEALTH"
            ((last,),) = db.execute("select max(position) from actions where bill = ?", (id,))
            action = (id, last + 1, "2026-01-15", "Senate", "REFERRED TO HEALTH", '["referral-committee"]')
            db.execute("insert into actions values (?, ?, ?, ?, ?, ?)", action)
            db.execute("update bills set last_action_on = '2026-01-15', stage_since = '2026-01-15' where id = ?", (id,))
            db.execute("update observations set checked_at = ?, checks = checks + 1 where bill = ?", (seen, id))
            change = _change(id, "action", line, "", seen, "notable", f"2026-01-15 {id}")
            db.table("changes").insert(change)
    db.close()
    return len(moved)


def _bill(n: int) -> Iterator[tuple[str, Row]]:
    """The rows of the n-th bill."""
    dice = random.Random(n)
    session, place = 2025 - 2 * (n // SESSION), n % SESSION
    house = "SA"[place % 2]
    number, chamber = place // 2 + 1, ("Senate", "Assembly")[place % 2]
    id, other = f"ny/{session}/{house}{number}", f"ny/{session}/{'AS'[place % 2]}{number}"
    lines = _history(dice, session, chamber)
    stage = "in-committee" if len(lines) < 5 else "on-floor" if len(lines) < 7 else "passed-one-chamber"
    names = dice.sample(_MEMBERS, min(150, max(1, int(dice.lognormvariate(2.1, 1)))))
    title = f"Relates to {dice.choice(_WORDS)} and {dice.choice(_WORDS)}, number {n}"
    abstract = f"{title}; requires {dice.choice(_WORDS)}; " + "; ".join(dice.sample(_WORDS, dice.randint(2, 6)))
    first = datetime(session, 1, 8, 9, tzinfo=UTC) + timedelta(days=dice.randint(0, 90))
    sentence = f"It has been with the {chamber} committee on {dice.choice(_COMMITTEES).title()} since {lines[-1][0]}."
    yield (
        "bills",
        {
            **{
                "id": id,
                "legislature": "ny",
                "session": str(session),
                "identifier": f"{house}{number}",
                "title": title,
            },
            **{"abstract": abstract, "status": "IN_SENATE_COMM", "committee": dice.choice(_COMMITTEES), "version": ""},
            **{
                "introduced_on": lines[0][0],
                "law_section": "General Business Law",
                "law_code": "Add Art 45-A, Gen Bus L",
            },
            **{
                "sponsor": names[0],
                "stage": stage,
                "stage_since": lines[-1][0],
                "chamber": chamber,
                "sentence": sentence,
            },
            **{"next": "The committee can report it to the floor.", "official": "In Senate committee", "marks": "[]"},
            **{"steps": json.dumps(_steps(lines[0][0], lines[-1][0], chamber, stage)), "ended": 0, "followed": 1},
            **{"last_action_on": lines[-1][0], "last_action": lines[-1][2], "follow_reason": "topic"},
            **{"first_seen_at": first.isoformat(), "changed_at": NOW.isoformat()},
        },
    )
    for position, (on, where, text) in enumerate(lines, 1):
        yield (
            "actions",
            {"bill": id, "position": position, "date": on, "chamber": where, "text": text, "classification": "[]"},
        )
    for position, name in enumerate(names, 1):
        role = "cosponsor" if position > 1 else "primary"
        yield (
            "sponsorships",
            {"bill": id, "position": position, "name": name, "short": name.split()[1].upper(), "role": role},
        )
    yield "versions", {"bill": id, "letter": "", "published_on": lines[0][0]}
    if dice.random() < 0.1:
        yield "votes", _vote(dice, id, lines[-1][0], chamber)
    if dice.random() < 0.7:
        yield "relations", {"bill": id, "kind": "same-as", "other": other}
    for topic in dice.sample(_TOPICS, dice.choice((1, 1, 1, 2, 2, 3))):
        yield "topics", {"bill": id, "topic": topic, "area": "privacy", "evidence": f"title: '{title[11:40]}'"}
    yield from (("changes", change) for change in _changes(dice, id, lines, names, first))
    yield from _answers(dice, id, first)


def _history(dice: random.Random, session: int, chamber: str) -> list[tuple[str, str, str]]:
    length = 37 if dice.random() < 0.03 else max(1, min(20, int(dice.lognormvariate(1.6, 0.6))))
    on, lines = datetime(session, 1, 8, tzinfo=UTC) + timedelta(days=dice.randint(0, 60)), []
    for i in range(length):
        filling = dice.choice(_COMMITTEES) if "REFERRED" in _COURSE[i % 11] else chamber.upper()
        lines.append((f"{on:%Y-%m-%d}", chamber, _COURSE[i % 11].format(filling)))
        on += timedelta(days=dice.randint(0, 330 // length))
    return lines


def _steps(begun: str, moved: str, chamber: str, stage: str) -> list[tuple[str, str, str, str]]:
    other = "Assembly" if chamber == "Senate" else "Senate"
    here = {"in-committee": 1, "on-floor": 2, "passed-one-chamber": 3}[stage]
    names = [("Introduced", chamber), ("Committee", chamber), ("Floor", chamber), ("Passed", chamber)]
    names += [("Committee", other), ("Floor", other), ("Passed", other), ("Governor", ""), ("Law", "")]
    states = ["done" if i < here else "here" if i == here else "ahead" for i in range(len(names))]
    on = [begun] * here + [moved] + [""] * len(names)
    return [(name, where, states[i], on[i]) for i, (name, where) in enumerate(names)]


def _vote(dice: random.Random, id: str, on: str, chamber: str) -> Row:
    names = dice.sample(_MEMBERS, 62)
    roll = [["aye", names[:50]], ["nay", names[50:60]], ["excused", names[60:]]]
    counts = [["aye", 50], ["nay", 10], ["excused", 2]]
    what = {"bill": id, "position": 1, "date": on, "chamber": chamber, "kind": "floor", "committee": "", "motion": ""}
    return what | {"version": "", "counts": json.dumps(counts), "roll": json.dumps(roll)}


def _changes(
    dice: random.Random, id: str, lines: list[tuple[str, str, str]], names: list[str], first: datetime
) -> Iterator[Row]:
    yield _change(id, "listed", "", "", first.isoformat(), "detail", f"listed {id}")
    for on, chamber, text in lines[-20:]:
        seen = max(first, datetime.fromisoformat(f"{on}T20:00:00+00:00"))
        weight = "milestone" if "PASSED" in text else "detail"
        yield _change(id, "action", f"{on} {chamber}: {text}", "", seen.isoformat(), weight, f"{on} {text} {id}")
    for name in names[1 : dice.randint(1, 9)]:
        seen = first + timedelta(days=dice.randint(0, 300))
        yield _change(id, "cosponsor-added", name, "", seen.isoformat(), "notable", f"{name} {seen}")


def _change(id: str, kind: str, now: str, was: str, seen: str, severity: str, cause: str) -> Row:
    name = random.Random("\0".join((id, kind, now, was, seen))).randbytes(10).hex()
    row = {
        "id": name,
        "bill": id,
        "kind": kind,
        "was": was,
        "now": now,
        "happened_on": now[:10] if now[:4].isdigit() else "",
    }
    row |= {"seen_at": seen, "severity": severity, "cause": cause, "backfill": 0, "source": "open-legislation"}
    return row | {"url": f"https://legislation.example.org/api/3/bills/{id[3:]}", "receipt": f"r-{id}"}


def _answers(dice: random.Random, id: str, first: datetime) -> Iterator[tuple[str, Row]]:
    """Two sources' last answers, what was merged from them, and the receipt."""
    facts = json.dumps({"text": dice.randbytes(1500).hex()})
    for source in ("open-legislation", "lbdc", "merged"):
        yield (
            "observations",
            {
                **{"bill": id, "source": source, "digest": dice.randbytes(16).hex(), "facts": facts},
                **{"first_seen_at": first.isoformat(), "changed_at": first.isoformat(), "checked_at": NOW.isoformat()},
                **{"checks": dice.randint(1, 200), "url": f"https://{source}.example.org/{id}", "receipt": f"r-{id}"},
            },
        )
    sha = dice.randbytes(32).hex()
    yield (
        "fetches",
        {
            **{"id": f"r-{id}", "source": "open-legislation", "url": f"https://legislation.example.org/{id}"},
            **{"fetched_at": NOW.isoformat(), "status": 200, "sha256": sha, "bytes": 5120},
        },
    )


def _run(bills: int) -> Row:
    row: Row = {"legislature": "ny", "source": "open-legislation", "started_at": NOW.isoformat()}
    row |= {"finished_at": NOW.isoformat(), "asked": bills, "answered": bills, "unchanged": bills, "failed": 0}
    return row | {"changes": 0, "last_good_at": NOW.isoformat()}
