"""A sample store, filled through the project's own migrations: real bills as far as facts go, hard cases beside them.

S8000, A9000, A10402 and S6666 of 2025 are made up: a long history that went backwards, 150 sponsors, a bill with
nothing but one action, and a title written to break pages.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from billwatch.legislatures.new_york.actions import classified
from billwatch.store.migrations import migrations
from billwatch_site import OwnCorrection, Settings, Stance, build
from billwatch_site.serving import server

NOW = datetime(2025, 12, 19, 18, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202etfosorciM\u202c </title>{{ 7*7 }}\x0b & done"
Row = dict[str, Any]


def bill_row(bill: str, title: str | None, **more: Any) -> Row:
    """A row of `bills` with the columns that have no default."""
    legislature, session, identifier = bill.split("/")
    row: Row = {"id": bill, "legislature": legislature, "session": session, "identifier": identifier, "title": title}
    row |= {"first_seen_at": "2025-06-03T09:00:00+00:00", "changed_at": "2025-12-19T15:00:00+00:00", "followed": 1}
    return row | {name: json.dumps(value) if name in ("steps", "marks") else value for name, value in more.items()}


def way(*steps: tuple[Any, ...]) -> list[list[Any]]:
    """Steps as the store holds them: [name, chamber, state, on], and the turns where there are any."""
    return [list(step) for step in steps]


def history(bill: str, *lines: tuple[str, str, str]) -> list[Row]:
    """Rows of `actions`: (date, chamber, text), oldest first."""
    return [
        {"bill": bill, "position": i, "date": d, "chamber": c, "text": t, "classification": json.dumps(classified(t))}
        for i, (d, c, t) in enumerate(lines)
    ]


def sponsored(bill: str, *names: str) -> list[Row]:
    """Rows of `sponsorships`: the first is the sponsor."""
    return [
        {"bill": bill, "position": i, "name": n, "short": "", "role": "cosponsor" if i else "primary"}
        for i, n in enumerate(names)
    ]


def change_row(bill: str, kind: str, now: str = "", was: str = "", **more: Any) -> Row:
    """A row of `changes`; a cause of its own unless one is given."""
    seen = more.pop("seen_at", "2025-12-19T15:00:00+00:00")
    name = hashlib.sha256(f"{bill}{kind}{was}{now}{seen}".encode()).hexdigest()[:20]
    row: Row = {"id": name, "bill": bill, "kind": kind, "was": was, "now": now, "happened_on": now[:10], "cause": name}
    if not now[:4].isdigit():
        row["happened_on"] = ""
    row |= {"seen_at": seen, "severity": "detail", "backfill": 0, "source": "open-legislation", "receipt": "r1"}
    return row | {"url": f"https://legislation.nysenate.gov/api/3/bills/{bill[3:]}"} | more


def _bills() -> list[Row]:
    law = way(
        ("Introduced", "Senate", "done", "2025-02-06"),
        ("Committee", "Senate", "done", "2025-02-06"),
        ("Floor", "Senate", "done", "2025-06-05"),
        ("Passed", "Senate", "done", "2025-06-12"),
        ("Committee", "Assembly", "done", "2025-06-12"),
        ("Floor", "Assembly", "done", "2025-06-16"),
        ("Passed", "Assembly", "done", "2025-06-17"),
        ("Governor", "", "done", "2025-12-08"),
        ("Law", "", "here", "2025-12-19"),
    )
    committee = way(
        ("Introduced", "Senate", "done", "2025-01-08"),
        ("Committee", "Senate", "here", "2025-01-08"),
        ("Floor", "Senate", "ahead", ""),
        ("Passed", "Senate", "ahead", ""),
        ("Committee", "Assembly", "ahead", ""),
        ("Passed", "Assembly", "ahead", ""),
        ("Governor", "", "ahead", ""),
        ("Law", "", "ahead", ""),
    )
    expired = way(
        ("Introduced", "Senate", "done", "2018-11-14"),
        ("Committee", "Senate", "ended", "2018-11-14"),
        ("Passed", "Senate", "ahead", ""),
        ("Passed", "Assembly", "ahead", ""),
        ("Law", "", "ahead", ""),
    )
    backwards = way(
        ("Introduced", "Senate", "done", "2025-01-08"),
        ("Committee", "Senate", "done", "2025-01-08"),
        ("Floor", "Senate", "here", "2025-06-10", [[1, "2025-03-04"]]),
        ("Passed", "Senate", "undone", "2025-05-20"),
        ("Committee", "Assembly", "undone", "2025-05-20"),
        ("Floor", "Assembly", "ahead", ""),
        ("Passed", "Assembly", "ahead", ""),
        ("Governor", "", "ahead", ""),
        ("Law", "", "ahead", ""),
    )
    vetoed = [*law[:-2], ["Governor", "", "ended", "2025-12-19"], ["Law", "", "ahead", ""]]
    substituted = way(
        ("Introduced", "Assembly", "done", "2025-02-13"),
        ("Committee", "Assembly", "done", "2025-02-13"),
        ("Floor", "Assembly", "ended", "2025-06-16"),
        ("Passed", "Assembly", "ahead", ""),
        ("Law", "", "ahead", ""),
    )
    review = "Relates to requiring social media and search engine reviews prior to the approval of an application or "
    return [
        bill_row(
            "ny/2017/S9191",
            review + "renewal of a license to carry or possess a pistol or revolver",
            abstract=review
            + "renewal of a license to carry or possess a pistol or revolver; requires a person applying "
            "to consent to having his or her social media accounts and search engine history reviewed and investigated "
            "over a period of 1-3 years prior to the approval of such application or renewal; defines terms.",
            sponsor="Kevin S. Parker",
            law_section="Penal Law",
            law_code="Amd §400.00, Pen L",
            introduced_on="2018-11-14",
            stage="expired",
            stage_since="2018-12-31",
            steps=expired,
            sentence="It was referred to Rules on 14 November 2018 and never voted on; it ended with the session.",
            next="It cannot move again. A bill of a later session can take it up.",
            official="In Senate committee: Rules",
            ended=1,
            last_action_on="2018-11-14",
        ),
        bill_row(
            "ny/2019/S1413",
            "Relates to requiring social media reviews prior to the approval of an application for a license to carry "
            "or possess a pistol or revolver or to purchase a rifle or shotgun",
            sponsor="Kevin S. Parker",
            stage="expired",
            last_action_on="2020-01-08",
            followed=0,
        ),
        bill_row(
            "ny/2025/S4505",
            "Relates to warning labels on certain social media platforms",
            abstract="Requires warning labels on social media platforms which provide an addictive feed, autoplay, "
            "infinite scroll, like counts, and/or push notifications; directs the commissioner of mental health to "
            "design the warning label.",
            sponsor="Andrew Gounardes",
            law_section="General Business Law",
            law_code="Add Art 45-A §§1520 - 1526, Gen Bus L; add §7.48, Ment Hyg L",
            introduced_on="2025-02-06",
            version="A",
            stage="law",
            stage_since="2025-12-19",
            steps=law,
            sentence="It was signed on 19 December 2025 and is chapter 689 of 2025.",
            next="A chapter amendment often follows in January.",
            official="Signed by the Governor",
            marks=["approval memorandum 68"],
            last_action_on="2025-12-19",
            takes_effect="This act shall take effect on the one hundred eightieth day after it shall have become law.",
        ),
        bill_row(
            "ny/2025/A5346",
            "Relates to warning labels on certain social media platforms",
            sponsor="Nily Rozic",
            law_section="General Business Law",
            introduced_on="2025-02-13",
            stage="substituted",
            stage_since="2025-06-16",
            steps=substituted,
            sentence="It was replaced by S4505 on 16 June 2025, which goes on in its place.",
            official="On the Assembly floor",
            ended=1,
            last_action_on="2025-06-16",
        ),
        bill_row(
            "ny/2025/S3591",
            "Requires age verification for internet pornography websites",
            abstract="Requires age verification for internet pornography websites; imposes a $50,000 penalty per day "
            "for violations; provides exemptions for news organizations.",
            sponsor="Jake Ashby",
            law_section="General Business Law",
            stage="in-committee",
            stage_since="2025-05-05",
            steps=committee,
            sentence="It was defeated in the committee on Internet and Technology on 5 May 2025; the record also has "
            "it committed to Codes the same day, and still calls it in committee.",
            next="The committee can take it up again in 2026.",
            official="In Senate committee",
            disagreement="The official status still says 'In Senate committee', but the committee on Internet and "
            "Technology defeated the bill on 5 May 2025.",
            marks=["defeated in committee on 5 May 2025"],
            last_action_on="2025-05-05",
        ),
        bill_row(
            "ny/2025/S929",
            "Provides for the protection of health information",
            sponsor="Liz Krueger",
            law_section="General Business Law",
            stage="vetoed",
            stage_since="2025-12-19",
            steps=vetoed,
            sentence="The Governor vetoed it on 19 December 2025.",
            next="Two thirds of both houses could override the veto.",
            official="Vetoed",
            last_action_on="2025-12-19",
        ),
        bill_row(
            "ny/2025/S8000",
            "Relates to the retention of data of automatic license plate readers and to its disclosure",
            sponsor="Patricia Canzoneri-Fitzpatrick",
            stage="on-floor",
            stage_since="2025-06-10",
            steps=backwards,
            sentence="It was recalled from the Assembly on 10 June 2025 and is on the Senate floor again.",
            next="The Senate can amend it and vote again.",
            official="On the Senate floor",
            marks=["recalled from the Assembly"],
            last_action_on="2025-06-10",
            rates=json.dumps(
                [["2021", "2021-12-19", 210, 120, 80, 61, 9, 0], ["2023", "2023-12-19", 1, 0, 0, 0, 0, 0]]
            ),
            unlisted_since="2025-12-18T09:00:00+00:00",
        ),
        bill_row(
            "ny/2025/A9000",
            "Enacts the New York privacy act",
            sponsor="Member 1",
            stage="in-committee",
            steps=committee,
        ),
        bill_row("ny/2025/A10402", None, sponsor=None, stage="introduced", last_action_on="2025-11-03"),
        bill_row(
            "ny/2025/S6666",
            HOSTILE,
            sponsor=HOSTILE,
            stage="in-committee",
            abstract=HOSTILE,
            sentence=HOSTILE,
            official=HOSTILE,
            steps=way((HOSTILE, HOSTILE, "here", "2025-01-08")),
        ),
        bill_row(
            "ny/2025/S404",
            "Prohibits the use of reverse location and reverse keyword searches",
            sponsor="Zellnor Myrie",
            stage="in-committee",
            steps=committee,
            sentence="It is with the Senate committee on Codes.",
            next="The committee can report it to the floor.",
            official="In Senate committee",
            last_action_on="2025-01-08",
        ),
        bill_row(
            "ny/2025/S9191",
            "Provides limitations on overlapping control between insurance companies and pharmacy "
            "benefits managers and pharmacies",
            sponsor="Michelle Hinchey",
            stage="in-committee",
            followed=0,
        ),
        bill_row(
            "ny/2023/S9191",
            "Adds Fishkill Creek to the definition of inland waterways",
            sponsor="Robert Rolison",
            stage="passed-one-chamber",
            followed=0,
            last_action_on="2024-05-28",
        ),
        bill_row(
            "ny/2021/S9191",
            "Includes the right to strike as an employee right",
            sponsor="Jabari Brisport",
            stage="in-committee",
            followed=0,
        ),
    ]


def _actions() -> list[Row]:
    senate, assembly = "Senate", "Assembly"
    recalled = [("2025-01-08", senate, "REFERRED TO TRANSPORTATION")]
    recalled += [
        (f"2025-0{2 + i // 9}-{10 + i % 9}", senate, f"NOTICE OF COMMITTEE CONSIDERATION - REQUESTED {i}")
        for i in range(32)
    ]
    return [
        *history("ny/2017/S9191", ("2018-11-14", senate, "REFERRED TO RULES")),
        *history(
            "ny/2019/S1413", ("2019-01-14", senate, "REFERRED TO CODES"), ("2020-01-08", senate, "REFERRED TO CODES")
        ),
        *history(
            "ny/2025/S4505",
            ("2025-02-06", senate, "REFERRED TO INTERNET AND TECHNOLOGY"),
            ("2025-05-29", senate, "1ST REPORT CAL.1507"),
            ("2025-06-04", senate, "2ND REPORT CAL."),
            ("2025-06-05", senate, "ADVANCED TO THIRD READING"),
            ("2025-06-11", senate, "PASSED SENATE"),  # as the record has it since it was corrected
            ("2025-06-12", senate, "DELIVERED TO ASSEMBLY"),
            ("2025-06-12", assembly, "REFERRED TO CODES"),
            ("2025-06-16", assembly, "SUBSTITUTED FOR A5346"),
            ("2025-06-16", assembly, "ORDERED TO THIRD READING RULES CAL.787"),
            ("2025-06-17", assembly, "PASSED ASSEMBLY"),
            ("2025-06-17", assembly, "RETURNED TO SENATE"),
            ("2025-12-08", senate, "DELIVERED TO GOVERNOR"),
            ("2025-12-19", senate, "SIGNED CHAP.689"),
            ("2025-12-19", senate, "APPROVAL MEMO.68"),
        ),
        *history(
            "ny/2025/A5346",
            ("2025-02-13", assembly, "REFERRED TO CONSUMER AFFAIRS AND PROTECTION"),
            ("2025-06-16", assembly, "SUBSTITUTED BY S4505"),
        ),
        *history(
            "ny/2025/S3591",
            ("2025-01-28", senate, "REFERRED TO INTERNET AND TECHNOLOGY"),
            ("2025-03-21", senate, "NOTICE OF COMMITTEE CONSIDERATION - REQUESTED"),
            ("2025-05-05", senate, "REPORTED AND COMMITTED TO CODES"),
            ("2025-05-05", senate, "DEFEATED IN INTERNET AND TECHNOLOGY"),
        ),
        *history(
            "ny/2025/S929",
            ("2025-01-08", senate, "REFERRED TO INTERNET AND TECHNOLOGY"),
            ("2025-12-08", senate, "DELIVERED TO GOVERNOR"),
            ("2025-12-19", senate, "VETOED MEMO.135"),
        ),
        *history(
            "ny/2025/S8000",
            *recalled,
            ("2025-05-20", senate, "PASSED SENATE"),
            ("2025-05-20", senate, "DELIVERED TO ASSEMBLY"),
            ("2025-06-10", senate, "RECALLED FROM ASSEMBLY"),
            ("2025-06-10", senate, "VOTE RECONSIDERED - RESTORED TO THIRD READING"),
        ),
        *history("ny/2025/A10402", ("2025-11-03", assembly, "REFERRED TO CODES")),
        *history("ny/2025/S6666", ("2025-01-08", HOSTILE, HOSTILE)),
        *history("ny/2025/S404", ("2025-01-08", senate, "REFERRED TO CODES")),
    ]


def _changes() -> list[Row]:
    june = {"seen_at": "2025-06-12T21:05:00+00:00"}
    passed = change_row("ny/2025/S4505", "action", "2025-06-12 Senate: PASSED SENATE", severity="milestone", **june)
    left = {
        "was": "Latrice Walker",
        "seen_at": "2025-11-07T10:00:00+00:00",
        "severity": "notable",
        "cause": "walker-left",
    }
    return [
        change_row("ny/2025/S4505", "listed", "", seen_at="2025-06-03T09:00:00+00:00"),
        change_row(
            "ny/2025/S4505", "version", "S4505A", "S4505", severity="notable", seen_at="2025-06-05T10:00:00+00:00"
        ),
        passed,
        change_row("ny/2025/S4505", "vote-added", "2025-06-12 Senate floor: 58 aye, 3 nay", severity="notable", **june),
        change_row("ny/2025/S4505", "action", "2025-06-12 Senate: DELIVERED TO ASSEMBLY", **june),
        change_row("ny/2025/S4505", "action", "2025-06-12 Assembly: REFERRED TO CODES", **june),
        change_row("ny/2025/S4505", "status", "IN_ASSEMBLY_COMM", "SENATE_FLOOR", **june),
        change_row(
            "ny/2025/S4505",
            "action-edited",
            "2025-06-11 Senate: PASSED SENATE",
            "2025-06-12 Senate: PASSED SENATE",
            severity="notable",
            corrects=passed["id"],
            seen_at="2025-06-14T10:00:00+00:00",
        ),
        change_row(
            "ny/2025/S4505",
            "action",
            "2025-12-08 Senate: DELIVERED TO GOVERNOR",
            severity="milestone",
            seen_at="2025-12-08T20:00:00+00:00",
        ),
        change_row("ny/2025/S4505", "action", "2025-12-19 Senate: SIGNED CHAP.689", severity="milestone"),
        change_row("ny/2025/S4505", "action", "2025-12-19 Senate: APPROVAL MEMO.68"),
        change_row("ny/2025/S929", "action", "2025-12-19 Senate: VETOED MEMO.135", severity="milestone"),
        change_row(
            "ny/2025/A5346",
            "substituted-by",
            "ny/2025/S4505",
            severity="milestone",
            seen_at="2025-06-16T22:00:00+00:00",
        ),
        change_row("ny/2025/S404", "cosponsor-added", "Jabari Brisport", severity="notable"),
        change_row("ny/2025/S404", "same-as-added", "ny/2025/A407"),
        change_row(
            "ny/2025/S3591",
            "title",
            "Requires age verification for internet pornography websites",
            "Requires age verification for websites",
            seen_at="2025-11-07T12:00:00+00:00",
        ),
        change_row(
            "ny/2025/S8000",
            "action",
            "2025-06-10 Senate: RECALLED FROM ASSEMBLY",
            severity="milestone",
            backfill=1,
            seen_at="2025-11-07T12:00:00+00:00",
        ),
        *(
            change_row(bill, "cosponsor-removed", **left)
            for bill in ("ny/2025/A9000", "ny/2025/A5346", "ny/2025/S8000")
        ),
        change_row("ny/2017/S9191", "reintroduced", "ny/2019/S1413", severity="milestone", backfill=1),
        change_row("ny/2025/S6666", "title", HOSTILE, HOSTILE[::-1], url="javascript:alert(1)"),
        change_row("ny/2025/A10402", "topic-added", "age-verification", severity="notable"),
    ]


def _rows() -> dict[str, list[Row]]:
    roll = [["aye", ["Ashby", "Bailey", "CANZONERI-FITZPATRICK"]], ["nay", ["Borrello", "O'MARA"]]]
    vote = {"bill": "ny/2025/S4505", "position": 0, "date": "2025-06-12", "chamber": "Senate", "kind": "floor"}
    vote |= {
        "committee": "",
        "motion": "",
        "version": "A",
        "counts": '[["aye", 58], ["nay", 3]]',
        "roll": json.dumps(roll),
    }
    check = {"digest": b"", "facts": b"{}", "first_seen_at": "2025-06-03T09:00:00+00:00", "receipt": "r1"}
    check |= {"changed_at": "2025-12-19T15:00:00+00:00", "checked_at": "2025-12-19T15:30:00+00:00", "checks": 14}
    ids = [row["id"] for row in _bills() if row["followed"]]
    run = {"legislature": "ny", "started_at": "2025-12-19T15:00:00+00:00", "finished_at": "2025-12-19T15:31:00+00:00"}
    run |= {"asked": 412, "answered": 410, "unchanged": 396, "failed": 2, "changes": 14}
    return {
        "bills": _bills(),
        "actions": _actions(),
        "sponsorships": [
            *sponsored("ny/2017/S9191", "Kevin S. Parker"),
            *sponsored("ny/2025/S4505", "Andrew Gounardes", "Leroy Comrie", "Nathalia Fernandez", "Robert Jackson"),
            *sponsored("ny/2025/A9000", *(f"MEMBER-WITH A. LONGISH NAME {i}" for i in range(1, 151))),
            *sponsored("ny/2025/S6666", HOSTILE, HOSTILE),
        ],
        "versions": [
            {"bill": "ny/2025/S4505", "letter": "", "published_on": "2025-02-06", "text": None, "memo": None},
            {"bill": "ny/2025/S4505", "letter": "A", "published_on": "2025-06-05", "text": None, "memo": None},
        ],
        "votes": [vote, vote | {"bill": "ny/2025/S6666", "motion": HOSTILE, "committee": HOSTILE, "kind": "committee",
                                "roll": json.dumps([[HOSTILE, [HOSTILE]]]), "counts": json.dumps([[HOSTILE, 3]])}],
        "relations": [
            {"bill": "ny/2019/S1413", "kind": "previous-version", "other": "ny/2017/S9191"},
            {"bill": "ny/2025/S4505", "kind": "same-as", "other": "ny/2025/A5346"},
            {"bill": "ny/2025/A5346", "kind": "same-as", "other": "ny/2025/S4505"},
            {"bill": "ny/2025/A5346", "kind": "substituted-by", "other": "ny/2025/S4505"},
            {"bill": "ny/2025/S404", "kind": "same-as", "other": "ny/2025/A407"},
            {"bill": "ny/2025/S8000", "kind": "chapter-amendment", "other": "ny/2025/S4505", "by": "billwatch",
             "evidence": "its act clause names S. 4505 and A. 5346 of the laws of 2025"},
            {"bill": "ny/2025/S404", "kind": "previous-version", "other": "ny/2023/S217"},
            {"bill": "ny/2025/S404", "kind": "probably-same", "other": "ny/2021/S296", "by": "billwatch",
             "evidence": "same sponsor and nearly the same title"},
            {"bill": "ny/2025/S6666", "kind": "same-as", "other": HOSTILE, "evidence": HOSTILE, "by": "billwatch"},
        ],
        "topics": [
            {"bill": "ny/2025/S4505", "topic": "social-media-minors", "area": "speech",
             "evidence": "title: 'social media platforms'", "inherited_from": ""},
            {"bill": "ny/2017/S9191", "topic": "government-reading", "area": "speech",
             "evidence": "title: 'social media'; summary: 'search engine history'", "score": 0.96},
            {"bill": "ny/2025/S3591", "topic": "age-verification", "area": "speech",
             "evidence": "title: 'age verification', 'internet'"},
            {"bill": "ny/2025/S6666", "topic": HOSTILE, "area": HOSTILE, "evidence": HOSTILE,
             "inherited_from": HOSTILE, "score": 0.6},
        ],
        "doubts": [
            {"bill": "ny/2025/A9000", "topic": "police-technology", "area": "privacy", "score": 0.4,
             "evidence": "title: 'body cameras' (a hint)"},
            {"bill": "ny/2025/A10402", "topic": "not-ours", "area": "", "score": 0, "evidence": "by hand: Of cattle."},
            {"bill": "ny/2025/S6666", "topic": HOSTILE, "area": HOSTILE, "evidence": HOSTILE, "score": 0.45},
        ],
        "changes": _changes(),
        "observations": [
            check | {"bill": bill, "source": "open-legislation",
                     "url": f"https://legislation.nysenate.gov/api/3/bills/{bill[3:]}"} for bill in ids
        ],
        "disagreements": [
            {"bill": "ny/2025/S3591", "fact": "committee", "source": "senate", "says": "Codes", "since": "2025-05-06"},
            {"bill": "ny/2025/S3591", "fact": "committee", "source": "assembly", "says": "Internet And Technology",
             "since": "2025-05-06"},
            {"bill": "ny/2025/S6666", "fact": HOSTILE, "source": HOSTILE, "says": HOSTILE, "since": "2025-05-06"},
        ],
        "failures": [
            {"bill": "ny/2025/S3591", "source": "senate", "since": "2025-12-17T09:00:00+00:00", "times": 3,
             "last_at": "2025-12-19T15:30:00+00:00", "error": "a challenge page came instead of the answer"},
            {"bill": "ny/2025/S6666", "source": HOSTILE, "since": "2025-12-17T09:00:00+00:00", "times": 1,
             "last_at": "2025-12-19T15:30:00+00:00", "error": HOSTILE},
        ],
        "fetches": [{"id": "r1", "source": "open-legislation", "url": "https://legislation.nysenate.gov/",
                     "status": 200, "fetched_at": "2025-12-19T15:00:00+00:00", "sha256": "9f" * 32, "bytes": 5120}],
        "sessions": [
            {"legislature": "ny", "session": name, "begins_on": f"{name}-01-01", "ends_on": f"{int(name) + 1}-12-31",
             "bills": bills, "unread": 0, "read_at": read, "counted_at": read}
            for name, bills, read in (("2021", 19_636, "2025-04-01T12:00:00+00:00"), ("2025", 14, ""),
                                      ("2023", 19_981, "2025-04-01T12:00:00+00:00"))
        ],
        "base_rates": [
            {"legislature": "ny", "session": name, "stage": "on-floor", "step": "Floor", "chamber": "Senate",
             "day": day, "bills": bills, "passed": bills - 100, "passed_both": bills // 2, "law": bills // 3,
             "vetoed": 9, "open": 1}
            for name in ("2021", "2023") for day, bills in ((20, 120), (152, 400))
        ],
        "settled": [
            {"bill": "ny/2025/S404", "fact": "title", "source": source, "says": says, "since": "2025-10-01",
             "until": "2025-10-03T09:00:00+00:00"}
            for source, says in (("senate", "Prohibits reverse searches"), ("assembly", HOSTILE))
        ],
        "runs": [
            run | {"source": "open-legislation", "last_good_at": "2025-12-19T15:30:00+00:00"},
            run | {"source": "assembly", "failed": 0, "last_good_at": "2025-12-19T15:30:00+00:00"},
            run | {"source": "lbdc", "failed": 0, "last_good_at": "2025-12-10T15:30:00+00:00"},
            run | {"source": "senate", "answered": 0, "failed": 412, "failing_since": "2025-12-17T09:00:00+00:00",
                   "last_good_at": "2025-12-16T09:00:00+00:00", "error": "a challenge page came instead of the answer"},
        ],
    }  # fmt: skip


def filled(path: Path) -> Path:
    """A store at `path` with everything above in it."""
    db = Database(path)
    migrations.apply(db)
    for table, rows in _rows().items():
        db.table(table).insert_all(rows, replace=True)
    db.close()
    return path


SETTINGS = Settings(
    title="Online speech and privacy bills",
    url="https://bills.example.org/billwatch/",
    contact="mailto:editor@example.org",
    corrections=(
        OwnCorrection(date(2025, 11, 20), "We had S404 in the committee on Rules; it was in Codes.", "ny/2025/S404"),
    ),
    stances={"ny/2025/S404": Stance("support", "high", "Ends reverse-location warrants.")},
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The sample store, one for each test: it may be written to."""
    return filled(tmp_path / "bills.db")


@pytest.fixture
def settings() -> Settings:
    return SETTINGS


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store's site, built once; tests only read it."""
    folder = tmp_path_factory.mktemp("site")
    build(filled(folder / "bills.db"), folder / "public", SETTINGS, NOW)
    return folder / "public"


@pytest.fixture(scope="session")
def site_at_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site for a host where it stands at the root."""
    folder = tmp_path_factory.mktemp("root")
    build(filled(folder / "bills.db"), folder / "public", msgspec.structs.replace(SETTINGS, url=""), NOW)
    return folder / "public"


@pytest.fixture(scope="session")
def hostile() -> str:
    """A text that tries to break every page."""
    return HOSTILE


@pytest.fixture
def changed(store: Path) -> Iterator[Callable[[str, Row], None]]:
    """Put one more row into the sample store: `changed("changes", row)`."""
    db = Database(store)
    yield lambda table, row: (db.table(table).insert(row, replace=True), None)[1]
    db.close()


@pytest.fixture(scope="session")
def new_change() -> Callable[..., Row]:
    """Makes a row of `changes`."""
    return change_row


# --- a browser -------------------------------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder that is served on the loopback address."""
    with server(folder) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_address[1]}/"
        found.shutdown()


@pytest.fixture(scope="session")
def served() -> Callable[[Path], Any]:
    """Serves a folder: `with served(folder) as address`."""
    return serving


@pytest.fixture(scope="session")
def address(site_at_root: Path) -> Iterator[str]:
    """The sample store's site, served."""
    with serving(site_at_root) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield found
        found.close()


@pytest.fixture
def visitor(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page in a browser of its own, `visitor(dark=True)`; at the end nothing has acted, left or complained."""
    seen: list[str] = []
    contexts = []

    def visit(**options: Any) -> Any:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: seen.append(f"console {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error {error}"))
        page.on("request", lambda r: r.url.startswith(("http://127.0.0.1:", "blob:")) or seen.append(f"out {r.url}"))
        page.on("response", lambda answer: answer.status < 400 or seen.append(f"missing {answer.url}"))
        return page

    yield visit
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert (seen, cookies) == ([], [])
