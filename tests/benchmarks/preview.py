"""How long a visitor waits for "in the last month you would have got 3 messages", on a store of 20,000 bills.

    python tests/benchmarks/preview.py            20,000 bills
    python tests/benchmarks/preview.py 2000

Three forms: one topic, a whole legislature with every detail, and the longest form that is taken. Beside them, what
counting the matching rows of the month by SQL takes, and the limit, half a second. The store itself is read beside the
requests; how long that takes is printed too. Times are of the processor, the least of three.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from made_up import NOW, SESSION, filled

from billwatch_site.alerts.signup.preview import MONTH, Snapshot, snapshot_of
from billwatch_site.alerts.signup.wishes import MOST, Follow, Wishes
from billwatch_site.words.subjects import areas

LIMIT = 0.5  # seconds
ZONE = "America/New_York"


def least(of: Callable[[], object], times: int = 3) -> float:
    """The least time of the processor, in seconds."""
    found = []
    for _ in range(times):
        began = time.process_time()
        of()
        found.append(time.process_time() - began)
    return min(found)


def forms(snapshot: Snapshot) -> dict[str, Wishes]:
    """What people ask for, and the most that anybody can."""
    topics: list[Follow] = [("topic", topic.slug) for area in areas() for topic in area.subtopics]
    families: list[Follow] = [("family", bill) for bill in list(snapshot.bills)[:: max(len(snapshot.bills) // 30, 1)]]
    words: list[Follow] = [("words", f"location data {n}*") for n in range(MOST)]
    return {
        "one topic": Wishes(follow=(("topic", "age-verification"),)),
        "a legislature": Wishes(follow=(("legislature", "ny"),), strength="all", rhythm="at-once"),
        f"{MOST} things": Wishes(follow=tuple([*topics, *families, *words][:MOST]), strength="all"),
    }


def shown(snapshot: Snapshot, wishes: Wishes) -> int:
    """All that a page of the preview asks for; how many messages."""
    snapshot.related(wishes)
    return snapshot.preview(wishes, ZONE).messages


def main(bills: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = filled(Path(folder) / "bills.db", bills)
        with closing(sqlite3.connect(path)) as db:
            sql = "select count(*) from changes join topics using (bill) where seen_at > ? and topic = ?"
            counted = least(lambda: db.execute(sql, ((NOW - MONTH).isoformat(), "age-verification")).fetchone())
        read = least(lambda: snapshot_of(path, NOW), times=1)
        snapshot = snapshot_of(path, NOW)
    print(f"{bills:,} bills: read in {read:.2f} s, beside the requests; counting one topic by SQL {counted:.3f} s")
    slowest = 0.0
    for name, wishes in forms(snapshot).items():
        first = least(lambda wishes=wishes: shown(snapshot, wishes), times=1)  # type: ignore[misc] # mypy and defaults
        took = least(lambda wishes=wishes: shown(snapshot, wishes))  # type: ignore[misc] # mypy and defaults
        slowest = max(slowest, first)
        messages = shown(snapshot, wishes)
        print(f"  {name}: {messages} messages in {took:.3f} s, the first time {first:.3f} s: {first / LIMIT:.2f} of it")
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SESSION))
