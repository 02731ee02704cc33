"""What was seen to change: milestones and details, a correction, one cause for many bills, what nobody should trust."""

from __future__ import annotations

from site_sample.rows import HOSTILE, change_row

JUNE = {"seen_at": "2025-06-12T21:05:00+00:00"}
PASSED = change_row("ny/2025/S4505", "action", "2025-06-12 Senate: PASSED SENATE", severity="milestone", **JUNE)
LEFT = {
    "was": "Latrice Walker",
    "seen_at": "2025-11-07T10:00:00+00:00",
    "severity": "notable",
    "cause": "walker-left",
}
CHANGES = [
    change_row("ny/2025/S4505", "listed", "", seen_at="2025-06-03T09:00:00+00:00"),
    change_row("ny/2025/S4505", "version", "S4505A", "S4505", severity="notable", seen_at="2025-06-05T10:00:00+00:00"),
    PASSED,
    change_row("ny/2025/S4505", "vote-added", "2025-06-12 Senate floor: 58 aye, 3 nay", severity="notable", **JUNE),
    change_row("ny/2025/S4505", "action", "2025-06-12 Senate: DELIVERED TO ASSEMBLY", **JUNE),
    change_row("ny/2025/S4505", "action", "2025-06-12 Assembly: REFERRED TO CODES", **JUNE),
    change_row("ny/2025/S4505", "status", "IN_ASSEMBLY_COMM", "SENATE_FLOOR", **JUNE),
    change_row(
        "ny/2025/S4505",
        "action-edited",
        "2025-06-11 Senate: PASSED SENATE",
        "2025-06-12 Senate: PASSED SENATE",
        severity="notable",
        corrects=PASSED["id"],
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
    *(change_row(bill, "cosponsor-removed", **LEFT) for bill in ("ny/2025/A9000", "ny/2025/A5346", "ny/2025/S8000")),
    change_row("ny/2017/S9191", "reintroduced", "ny/2019/S1413", severity="milestone", backfill=1),
    change_row("ny/2025/S6666", "title", HOSTILE, HOSTILE[::-1], url="javascript:alert(1)"),
    change_row("ny/2025/A10402", "topic-added", "age-verification", severity="notable"),
]
