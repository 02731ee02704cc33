"""The bills that a person should look at, highest doubt first, each with what to write to settle it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billwatch.store import Store


class Case(msgspec.Struct, frozen=True):
    """Bills of one session with one title, and what speaks for the subtopic that is likeliest."""

    bills: tuple[str, ...]
    title: str
    topic: str
    evidence: str
    score: float


def cases(store: Store) -> list[Case]:
    """What is borderline, nearest to the line first."""
    found: dict[tuple[str, str], Case] = {}
    for row in store.rows("select * from borderline"):
        session, title = row["bill"].rsplit("/", 1)[0], row["title"] or row["bill"]
        case = found.get((session, title)) or Case((), title, row["topic"], row["evidence"], row["score"])
        found[session, title] = msgspec.structs.replace(case, bills=(*case.bills, row["bill"]))
    return list(found.values())


def review_lines(store: Store, limit: int = 0) -> Iterator[str]:
    """What is borderline, for the terminal; the first `limit` cases only, 0 for all."""
    all_cases = cases(store)
    for case in all_cases[: limit or None]:
        is_ours = "ours so far" if case.score >= 0.5 else "not ours so far"
        yield f"{case.score:.2f}  {', '.join(case.bills)}  {case.title}"
        yield f"      {is_ours}; {case.topic}? {case.evidence}"
        yield from (f"      {line}" for bill in case.bills for line in settling(bill, case.topic))
        yield ""
    yield f"{len(all_cases)} to look at, highest doubt first; what settles one goes into billwatch.toml, with a reason"


def settling(bill: str, topic: str) -> tuple[str, ...]:
    """What to write in the configuration about a bill."""
    return "[[bill]]", f'id = "{bill}"', f'topics = ["{topic}"]  # or: not_ours = true', 'reason = ""'
